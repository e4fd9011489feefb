//! Roadmaps and plans: sections or stages, rows, rows under rows. Rows stand in the printed order, each with its printed
//! number; rows under rows stand flat behind their parent, with their depth.

use super::blank::Blank;
use super::columns::{Cell, announce, cells, is_mark, printed};
use super::common::{Amended, Done, Responsible};
use super::fields::{Formed, fields, formed, references};
use super::shape::Shaped;
use super::stage::said;
use super::stage::{Source, SourceMarkup, SourceNumber, SourceText, Stage};
use super::term::{self, Term};
use super::visit::{Visit, Visitor, nothing_to_see};
use crate::diag::Span;
use crate::diag::catalog::model as messages;
use crate::document::decode::Cx;
use crate::document::yaml::Style;
use crate::period::{self, Plan};

/// A column of the printed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Measure,
    Period,
    Start,
    Finish,
    Indicator,
    Result,
    Responsible,
    /// By its position among the further columns.
    Further(usize),
}

impl Column {
    /// The word in sources.
    pub fn key(self) -> &'static str {
        match self {
            Column::Measure => "measure",
            Column::Period => "period",
            Column::Start => "start",
            Column::Finish => "finish",
            Column::Indicator => "indicator",
            Column::Result => "result",
            Column::Responsible => "responsible",
            Column::Further(_) => "further",
        }
    }
}

nothing_to_see!(Column);

#[derive(Debug, Clone)]
pub struct Roadmap<S: Stage> {
    pub plan: Option<Plan>,
    /// In the printed order, with the printed headings.
    pub columns: Vec<(Column, S::Text)>,
    pub sections: Vec<RoadmapSection<S>>,
    /// What is printed under the table.
    pub note: Option<S::Markup>,
}

#[derive(Debug, Clone)]
pub struct RoadmapSection<S: Stage> {
    pub no: Option<S::Text>,
    /// `None` where the table has no sections.
    pub title: Option<S::Text>,
    /// 0 for a heading, 1 for a heading under it. Sections stand flat behind the one that they stand under.
    pub depth: u8,
    /// Of a stage that has one of its own.
    pub period: Option<Term<S>>,
    pub rows: Vec<Row<S>>,
    /// What is printed under its rows.
    pub note: Option<S::Markup>,
}

#[derive(Debug, Clone)]
pub struct Row<S: Stage> {
    /// As printed; `None` where the original has no number.
    pub no: Option<S::Number>,
    pub at: Span,
    /// 0 for a row, 1 for a row under it.
    pub depth: u8,
    pub measure: S::Markup,
    /// Where beginning and end stand in columns of their own, or quarters are marked, what these say together.
    pub period: Option<Term<S>>,
    pub indicator: Option<S::Markup>,
    pub target: Option<S::Text>,
    pub result: Option<S::Markup>,
    pub responsible: Vec<Responsible<S>>,
    /// Records that it is done; where it recurs, each may be of an occurrence.
    pub done: Box<[Done<S>]>,
    /// The row as it was before another act changed it.
    pub amended: Option<Box<Amended<S>>>,
    /// Apart, for few rows have it and many rows are kept.
    pub more: Option<Box<More<S>>>,
}

/// What few tables have.
#[derive(Debug, Clone)]
pub struct More<S: Stage> {
    pub start: Option<Term<S>>,
    pub finish: Option<Term<S>>,
    pub cells: Vec<Cell<S>>,
}

formed! {
    Roadmap { plan, columns, sections, note } by RoadmapForm;
}

references! { RoadmapSection { no, title, depth, period, rows, note } }

references! {
    Row { no, at, depth, measure, period, indicator, target, result, responsible, done, amended, more }
}

references! { More { start, finish, cells } }

impl Visit for (Column, SourceText) {
    fn visit(&mut self, v: &mut dyn Visitor) {
        self.1.visit(v);
    }
}

/// A new one.
pub static BLANK: Blank = Blank {
    word: "roadmap",
    about: "Дорожная карта, план-график",
    file: "content/ПАПКА-РАЗДЕЛА/roadmap.yaml",
    head: &[
        ("title", "План мероприятий на 2025 год"),
        ("order", ""),
        ("annex", ""),
    ],
    shape: Roadmap::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "Если разделов («этапов») в таблице нет, вместо `sections` пишут `rows`.\n\n\
            Графа, которой нет среди описанных, получает имя, какое вам удобно, и то же имя в строках: \
            `columns: {measure: \"Дела\", classes: \"Классы\", period: \"Дата\"}`, `- {measure: \"Линейка\", classes: \"5–9\", period: \"1 сентября\"}`. \
            Где сроки отмечены крестиками в графах кварталов или месяцев (`q1: \"I квартал\"` и `q1: \"+\"`), срок строки складывается из этих граф.\n\n\
            Год, которого нет у срока, берётся из срока этапа или из заголовка раздела («2024–2025 учебный год»); если в плане подходит не один год и ничто его не называет, программа скажет, какой приняла. \
            Лица и должности («Н. Е. Берёзкин», «директор школы») в справочнике не нужны; «А/Б» — две организации справочника вместе.",
};

fields! {
    /// How a roadmap is written.
    pub struct RoadmapForm any ["sections" | "rows"] {
        plan: opt Plan, then within => "первый и последний день плана: по ним читаются «ноябрь» и «в течение года»", live "{from: 2025-01-01, to: 2025-12-31}";
        columns: opt ColumnsForm, then further => "заголовки граф, как напечатаны и в том же порядке; каких граф нет, те удалите; графа, которой здесь нет, — под любым своим именем";
        sections: list Draft => "разделы или этапы таблицы";
        rows: list RowForm => "строки, если разделов в таблице нет";
        note: opt SourceMarkup => "примечание под таблицей", eg "* для школ, которые вошли в проект в 2025 году";
    }
}

impl RoadmapForm {
    fn within(plan: &Option<Plan>, cx: &mut Cx<'_>) {
        cx.plan = *plan;
    }

    fn further(columns: &Option<ColumnsForm>, cx: &mut Cx<'_>) {
        if let Some(columns) = columns {
            let described = [
                ("measure", columns.measure.is_some()),
                ("period", columns.period.is_some()),
                ("indicator", columns.indicator.is_some()),
                ("result", columns.result.is_some()),
                ("responsible", columns.responsible.is_some()),
            ];
            announce(&columns.further, &described, cx);
        }
    }
}

fields! {
    /// How the headings of the columns are written.
    pub struct ColumnsForm {
        measure: opt SourceText => "что делается", keep "Мероприятие";
        period: opt SourceText => "срок", keep "Срок";
        start: opt SourceText => "начало, если у него своя графа", eg "Плановое начало";
        finish: opt SourceText => "окончание, если у него своя графа", eg "Плановое окончание";
        indicator: opt SourceText => "показатель", eg "Показатель";
        result: opt SourceText => "результат", keep "Результат";
        responsible: opt SourceText => "кто отвечает", keep "Ответственные";
    }
    rest further: SourceText, any
}

fields! {
    /// How a section of the table is written.
    pub struct SectionForm {
        no: opt SourceText => "номер раздела, если напечатан", live "1.";
        title: want SourceText, then enter => "название раздела", live "Организация";
        period: opt Term<Source>, then stage => "срок этапа: по нему читаются сроки строк без года", eg "ноябрь 2024 – май 2025";
        rows: list RowForm => "строки раздела";
        sections: list Draft => "или (и) подразделы, тот же вид", docs;
        note: opt SourceMarkup => "примечание под строками раздела", docs;
    }
}

impl SectionForm {
    /// Years in a heading bound what stands under it.
    fn enter(title: &Option<SourceText>, cx: &mut Cx<'_>) {
        cx.around.push(cx.stage);
        let named = title
            .as_ref()
            .and_then(|t| period::heading(&t.text, cx.plan.as_ref()));
        cx.stage = named.or(cx.stage);
    }

    fn stage(period: &Option<Term<Source>>, cx: &mut Cx<'_>) {
        let Some(term) = period else { return };
        if let Some(to) = term.to {
            let from = term.from.or(cx.plan.map(|p| p.from)).unwrap_or(to).min(to);
            cx.stage = Some(Plan { from, to });
        }
    }
}

/// A section as it was read, with those under it.
#[derive(Debug, Clone)]
pub struct Draft {
    own: RoadmapSection<Source>,
    under: Vec<Draft>,
}

impl super::shape::Described for Draft {
    const TYPE: super::shape::Type = <SectionForm as super::shape::Described>::TYPE;
}

impl Formed for Draft {
    type Form = SectionForm;

    fn build(form: SectionForm, _: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let rows = flat(form.rows, cx);
        let around = cx.around.pop().flatten();
        // «2021 год» on a line of its own stands above the sections that follow.
        let alone = rows.is_empty() && form.sections.is_empty();
        if !alone {
            cx.stage = around;
        }
        Some(Draft {
            own: RoadmapSection {
                no: form.no,
                title: form.title,
                depth: 0,
                period: form.period,
                rows,
                note: form.note,
            },
            under: form.sections,
        })
    }
}

/// Sections with those under them, in the printed order.
fn flatten(drafts: Vec<Draft>, depth: u8, sections: &mut Vec<RoadmapSection<Source>>) {
    for Draft { own, under } in drafts {
        sections.push(RoadmapSection { depth, ..own });
        flatten(under, depth.saturating_add(1), sections);
    }
}

fields! {
    /// How a row is written.
    pub struct RowForm with at {
        no: opt SourceNumber => "номер, как напечатан, с точкой или без; нет номера — нет поля", live "1.1.";
        measure: want SourceMarkup => "мероприятие", live r#"|
  Провести встречи:
  - с руководителями школ
  - с учителями"#;
        period: opt Term<Source> => "срок словами документа", live "Январь 2025";
        start: opt Term<Source> => "начало, если у него своя графа", docs;
        finish: opt Term<Source> => "окончание, если у него своя графа", docs;
        indicator: opt Aim => "показатель; с целью — {text: …, target: …}", eg r#"{text: "Доля школ, где встречи прошли", target: "100 %"}"#;
        result: opt SourceMarkup => "результат", live "Протоколы";
        responsible: list Responsible<Source> => "кто отвечает, как напечатано", live "Управление образования" | "Школы-участницы";
        amended: opt Amended<Source> => "строка изменена: каким актом и что было", eg r#"{by: 15-od, was: "Январь 2025"}"#;
        done: some Done<Source> => "выполнено, с подтверждением", eg r#"{date: 2025-01-20, text: "Протоколы размещены"}"#;
        rows: list RowForm => "подстроки (21.1 под 21), тот же вид";
    }
    rest cells: SourceMarkup, further
}

fields! {
    /// How an indicator with a target is written.
    pub struct CellForm or Markdown in "text" {
        text: req SourceMarkup => "показатель, как напечатан", live "Доля школ, где встречи прошли";
        target: opt SourceText => "цель", live "100 %";
        sic: def bool => "в документе ошибка: слова публикуются как есть и помечаются", eg "true";
        note: opt Box<str> => "пояснение к ошибке", eg "так в документе";
    }
}

/// An indicator in a row, perhaps with its target.
#[derive(Debug, Clone)]
pub struct Aim {
    text: SourceMarkup,
    target: Option<SourceText>,
}

impl super::shape::Described for Aim {
    const TYPE: super::shape::Type = <CellForm as super::shape::Described>::TYPE;
}

impl Formed for Aim {
    type Form = CellForm;

    fn build(form: CellForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        let text = form.text.words;
        Some(Aim {
            text: said(text, form.sic, form.note).into(),
            target: form.target,
        })
    }
}

impl Formed for Roadmap<Source> {
    type Form = RoadmapForm;

    fn build(form: RoadmapForm, at: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let mut sections = Vec::with_capacity(form.sections.len());
        flatten(form.sections, 0, &mut sections);
        cx.stage = None;
        let bare = flat(form.rows, cx);
        if !bare.is_empty() {
            sections.push(RoadmapSection {
                no: None,
                title: None,
                depth: 0,
                period: None,
                rows: bare,
                note: None,
            });
        }
        let roadmap = Roadmap {
            plan: form.plan,
            columns: form.columns.map_or_else(Vec::new, columns),
            sections,
            note: form.note,
        };
        if roadmap.rows().next().is_none() {
            cx.say(&messages::NO_ROWS, at, |x| x);
        }
        check_columns(&roadmap, cx);
        check_numbers(&roadmap, cx);
        Some(roadmap)
    }
}

fn columns(form: ColumnsForm) -> Vec<(Column, SourceText)> {
    let ColumnsForm {
        measure,
        period,
        start,
        finish,
        indicator,
        result,
        responsible,
        further,
    } = form;
    let all = [
        (Column::Measure, measure),
        (Column::Period, period),
        (Column::Start, start),
        (Column::Finish, finish),
        (Column::Indicator, indicator),
        (Column::Result, result),
        (Column::Responsible, responsible),
    ];
    printed(all, further, Column::Further)
}

/// Rows with those under them, in the printed order.
fn flat(forms: Vec<RowForm>, cx: &mut Cx<'_>) -> Vec<Row<Source>> {
    let mut rows = Vec::with_capacity(forms.len());
    for form in forms {
        row(form, 0, &mut rows, cx);
    }
    rows
}

fn row(form: RowForm, depth: u8, rows: &mut Vec<Row<Source>>, cx: &mut Cx<'_>) {
    let (indicator, target) = match form.indicator {
        Some(Aim { text, target }) => (Some(text), target),
        None => (None, None),
    };
    // What stands under a row without a measure stays, so that references to it are not told too.
    if let Some(measure) = form.measure {
        let cells = cells(form.cells, cx);
        let (start, finish) = (
            form.start.map(term::in_words),
            form.finish.map(term::in_words),
        );
        let period = form
            .period
            .or_else(|| term::between(start.as_ref(), finish.as_ref(), cx))
            .or_else(|| marked(&cells, cx));
        let plain = start.is_none() && finish.is_none() && cells.is_empty();
        let more = (!plain).then(|| {
            Box::new(More {
                start,
                finish,
                cells,
            })
        });
        rows.push(Row {
            no: form.no,
            at: form.at,
            depth,
            measure,
            period,
            indicator,
            target,
            result: form.result,
            responsible: form.responsible,
            done: form.done.into(),
            amended: form.amended.map(Box::new),
            more,
        });
    }
    for child in form.rows {
        row(child, depth.saturating_add(1), rows, cx);
    }
}

/// The period of a row whose quarters or months are marked in columns of their own.
fn marked(cells: &[Cell<Source>], cx: &mut Cx<'_>) -> Option<Term<Source>> {
    let marks = cells.iter().filter(|cell| is_mark(&cell.text.text));
    let plan = cx.stage.or(cx.plan);
    let heads: Vec<_> = marks
        .filter_map(|cell| cx.further.get(cell.column))
        .filter(|further| period::parse(&further.head, plan.as_ref()).is_ok())
        .collect();
    let at = heads.first()?.at;
    let words: Vec<&str> = heads.iter().map(|further| &*further.head).collect();
    let text = words.join(", ").into();
    Some(term::read(
        SourceText {
            text,
            at,
            sic: None,
        },
        Style::Block,
        cx,
    ))
}

impl<S: Stage> Roadmap<S> {
    /// Rows in the printed order with the index of their section.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row<S>)> {
        self.sections
            .iter()
            .enumerate()
            .flat_map(|(i, section)| section.rows.iter().map(move |row| (i, row)))
    }

    /// The position behind the last section that stands under the heading of the `i`-th.
    pub fn end(&self, i: usize) -> usize {
        let own = self.sections.get(i).map_or(0, |s| s.depth);
        let after = self.sections.iter().enumerate().skip(i + 1);
        let mut next = after.filter(|(_, s)| s.depth <= own);
        next.next().map_or(self.sections.len(), |(n, _)| n)
    }

    /// The headings above the rows of a section, outermost first.
    pub fn headings(&self, i: usize) -> Vec<&S::Text> {
        let mut found = Vec::new();
        let mut depth = u8::MAX;
        for section in self.sections.iter().take(i + 1).rev() {
            if section.depth < depth {
                depth = section.depth;
                found.extend(section.title.as_ref());
            }
        }
        found.reverse();
        found
    }
}

/// Anchors of the rows in the printed order: `r-1-1`; where that is taken already, `r-1-1-2` and on.
pub fn anchors<S: Stage>(roadmap: &Roadmap<S>) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::<String>::new();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    roadmap
        .rows()
        .map(|(_, row)| {
            let number: String = row
                .no
                .as_deref()
                .unwrap_or("")
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() {
                        c.to_ascii_lowercase()
                    } else {
                        '-'
                    }
                })
                .collect();
            let base = match number.trim_matches('-') {
                "" => "r-bez-nomera".to_owned(),
                number => format!("r-{number}"),
            };
            let count = counts.entry(base.clone()).or_insert(0);
            // «1» printed twice must not take the place of «1.2».
            loop {
                *count += 1;
                let anchor = match *count {
                    1 => base.clone(),
                    n => format!("{base}-{n}"),
                };
                if taken.insert(anchor.clone()) {
                    return anchor;
                }
            }
        })
        .collect()
}

/// A value in a column that the table does not have would be lost on the page.
fn check_columns(roadmap: &Roadmap<Source>, cx: &mut Cx<'_>) {
    if roadmap.columns.is_empty() {
        return;
    }
    let has = |column| roadmap.columns.iter().any(|(c, _)| *c == column);
    for (_, row) in roadmap.rows() {
        let present = [
            (Column::Period, row.period.is_some() && row.more.is_none()),
            (Column::Indicator, row.indicator.is_some()),
            (Column::Result, row.result.is_some()),
            (Column::Responsible, !row.responsible.is_empty()),
        ];
        for (column, there) in present {
            if there && !has(column) {
                cx.say(&messages::NO_COLUMN, row.at, |f| {
                    f.arg("field", column.key())
                });
            }
        }
    }
}

fn check_numbers(roadmap: &Roadmap<Source>, cx: &mut Cx<'_>) {
    let mut seen = std::collections::BTreeMap::new();
    for (_, row) in roadmap.rows() {
        let Some(no) = &row.no else { continue };
        let plain = no.trim_end_matches('.');
        if let Some(first) = seen.get(plain) {
            let first: u32 = *first;
            cx.say(&messages::ROW_TWICE, row.at, |f| {
                f.arg("value", &**no).arg("line", first)
            });
        } else {
            seen.insert(plain, row.at.line);
        }
    }
}
