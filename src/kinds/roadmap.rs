//! Roadmaps and plans: sections or stages, rows, rows under rows. Rows stand in the printed order, each with its printed
//! number; rows under rows stand flat behind their parent, with their depth.

use super::blank::Blank;
use super::common::{Done, Responsible};
use super::fields::{Formed, choice, fields, formed, references};
use super::shape::Shaped;
use super::stage::said;
use super::stage::{Source, SourceMarkup, SourceNumber, SourceText, Stage};
use super::term::Term;
use super::visit::{Visit, Visitor};
use crate::diag::Span;
use crate::diag::catalog::model as messages;
use crate::document::decode::Cx;
use crate::period::Plan;

choice! {
    /// A column of the printed table.
    pub enum Column {
        Measure = "measure" "мероприятие",
        Period = "period" "срок",
        Indicator = "indicator" "показатель",
        Result = "result" "результат",
        Responsible = "responsible" "ответственные",
    }
}

#[derive(Debug, Clone)]
pub struct Roadmap<S: Stage> {
    pub plan: Option<Plan>,
    /// In the printed order, with the printed headings.
    pub columns: Vec<(Column, S::Text)>,
    pub sections: Vec<RoadmapSection<S>>,
}

#[derive(Debug, Clone)]
pub struct RoadmapSection<S: Stage> {
    pub no: Option<S::Text>,
    /// `None` where the table has no sections.
    pub title: Option<S::Text>,
    pub rows: Vec<Row<S>>,
}

#[derive(Debug, Clone)]
pub struct Row<S: Stage> {
    /// As printed; `None` where the original has no number.
    pub no: Option<S::Number>,
    pub at: Span,
    /// 0 for a row, 1 for a row under it.
    pub depth: u8,
    pub measure: S::Markup,
    pub period: Option<Term<S>>,
    pub indicator: Option<S::Markup>,
    pub target: Option<S::Text>,
    pub result: Option<S::Markup>,
    pub responsible: Vec<Responsible<S>>,
    /// Records that it is done; where it recurs, each may be of an occurrence.
    pub done: Box<[Done<S>]>,
}

formed! {
    Roadmap { plan, columns, sections } by RoadmapForm;
}

references! { RoadmapSection { no, title, rows } }

references! {
    Row { no, at, depth, measure, period, indicator, target, result, responsible, done }
}

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
    notes: "Если разделов («этапов») в таблице нет, вместо `sections` пишут `rows`.",
};

fields! {
    /// How a roadmap is written.
    pub struct RoadmapForm any ["sections" | "rows"] {
        plan: opt Plan, then within => "первый и последний день плана: по ним читаются «ноябрь» и «в течение года»", live "{from: 2025-01-01, to: 2025-12-31}";
        columns: opt ColumnsForm => "заголовки граф, как напечатаны и в том же порядке; каких граф нет, те удалите";
        sections: list SectionForm => "разделы или этапы таблицы";
        rows: list RowForm => "строки, если разделов в таблице нет";
    }
}

impl RoadmapForm {
    fn within(plan: &Option<Plan>, cx: &mut Cx<'_>) {
        cx.plan = *plan;
    }
}

fields! {
    /// How the headings of the columns are written.
    pub struct ColumnsForm {
        measure: opt SourceText => "что делается", live "Мероприятие";
        period: opt SourceText => "срок", live "Срок";
        indicator: opt SourceText => "показатель", eg "Показатель";
        result: opt SourceText => "результат", live "Результат";
        responsible: opt SourceText => "кто отвечает", live "Ответственные";
    }
}

fields! {
    /// How a section of the table is written.
    pub struct SectionForm {
        no: opt SourceText => "номер раздела, если напечатан", live "1.";
        title: want SourceText => "название раздела", live "Организация";
        rows: list RowForm => "строки раздела";
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
        indicator: opt Cell => "показатель; с целью — {text: …, target: …}", eg r#"{text: "Доля школ, где встречи прошли", target: "100 %"}"#;
        result: opt SourceMarkup => "результат", live "Протоколы";
        responsible: list Responsible<Source> => "кто отвечает, как напечатано", live "Управление образования" | "Школы-участницы";
        done: some Done<Source> => "выполнено, с подтверждением", eg r#"{date: 2025-01-20, text: "Протоколы размещены"}"#;
        rows: list RowForm => "подстроки (21.1 под 21), тот же вид";
    }
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
pub struct Cell {
    text: SourceMarkup,
    target: Option<SourceText>,
}

impl super::shape::Described for Cell {
    const TYPE: super::shape::Type = <CellForm as super::shape::Described>::TYPE;
}

impl Formed for Cell {
    type Form = CellForm;

    fn build(form: CellForm, _: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let SourceMarkup(text) = form.text;
        Some(Cell {
            text: SourceMarkup(said(text, form.sic, form.note, cx)),
            target: form.target,
        })
    }
}

impl Formed for Roadmap<Source> {
    type Form = RoadmapForm;

    fn build(form: RoadmapForm, at: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let mut sections: Vec<RoadmapSection<Source>> =
            form.sections.into_iter().map(section).collect();
        let bare = flat(form.rows);
        if !bare.is_empty() {
            sections.push(RoadmapSection {
                no: None,
                title: None,
                rows: bare,
            });
        }
        let roadmap = Roadmap {
            plan: form.plan,
            columns: form.columns.map_or_else(Vec::new, columns),
            sections,
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
        indicator,
        result,
        responsible,
    } = form;
    let all = [
        (Column::Measure, measure),
        (Column::Period, period),
        (Column::Indicator, indicator),
        (Column::Result, result),
        (Column::Responsible, responsible),
    ];
    let mut found: Vec<(Column, SourceText)> = all
        .into_iter()
        .filter_map(|(column, text)| Some((column, text?)))
        .collect();
    found.sort_by_key(|(_, text)| (text.at.line, text.at.column));
    found
}

fn section(form: SectionForm) -> RoadmapSection<Source> {
    RoadmapSection {
        no: form.no,
        title: form.title,
        rows: flat(form.rows),
    }
}

/// Rows with those under them, in the printed order.
fn flat(forms: Vec<RowForm>) -> Vec<Row<Source>> {
    let mut rows = Vec::with_capacity(forms.len());
    for form in forms {
        row(form, 0, &mut rows);
    }
    rows
}

fn row(form: RowForm, depth: u8, rows: &mut Vec<Row<Source>>) {
    let (indicator, target) = match form.indicator {
        Some(Cell { text, target }) => (Some(text), target),
        None => (None, None),
    };
    // What stands under a row without a measure stays, so that references to it are not told too.
    if let Some(measure) = form.measure {
        rows.push(Row {
            no: form.no,
            at: form.at,
            depth,
            measure,
            period: form.period,
            indicator,
            target,
            result: form.result,
            responsible: form.responsible,
            done: form.done.into(),
        });
    }
    for child in form.rows {
        row(child, depth.saturating_add(1), rows);
    }
}

impl<S: Stage> Roadmap<S> {
    /// Rows in the printed order with the index of their section.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row<S>)> {
        self.sections
            .iter()
            .enumerate()
            .flat_map(|(i, section)| section.rows.iter().map(move |row| (i, row)))
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
            (Column::Period, row.period.is_some()),
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
