//! Plans and roadmaps: takes a table whose columns are known, gives sections and rows as printed. Rows and cells that a
//! page cuts are put together, rows under rows stand below them, merged cells hold in every row they cover. Must not
//! lose a cell: what has no place of its own stands in a neighbouring one, and a doubt says so.

use super::columns::{Part, Role, is_period};
use super::doubt::Doubts;
use super::line::Origin;
use super::table::{Head, Row, Table, is_column_numbers};
use super::words::{
    Mark, fold, is_capitals, is_number_cell, letters, marked, number_parts, one_line,
};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

/// A plan as printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Keys of the model with the printed heads, in the printed order.
    pub columns: Vec<(&'static str, String)>,
    pub sections: Vec<Section>,
    /// What stands below the table.
    pub notes: Vec<String>,
    /// What stands above its head.
    pub titles: Vec<(String, At)>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub no: Option<String>,
    pub title: Option<String>,
    pub rows: Vec<Measure>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub no: Option<String>,
    pub measure: String,
    pub period: Option<String>,
    pub indicator: Option<String>,
    pub result: Option<String>,
    /// The whole cell; who is named in it is told by the directory.
    pub responsible: Option<String>,
    pub rows: Vec<Measure>,
    pub at: At,
    /// Where the period stands, for its own doubts.
    pub period_at: At,
    pub responsible_at: At,
}

impl Plan {
    pub(super) fn count(&self) -> usize {
        fn deep(rows: &[Measure]) -> usize {
            rows.iter().map(|r| 1 + deep(&r.rows)).sum()
        }
        self.sections.iter().map(|s| deep(&s.rows)).sum()
    }

    /// All rows in the printed order.
    pub(super) fn rows(&self) -> Vec<&Measure> {
        fn deep<'a>(rows: &'a [Measure], out: &mut Vec<&'a Measure>) {
            for row in rows {
                out.push(row);
                deep(&row.rows, out);
            }
        }
        let mut out = Vec::new();
        for section in &self.sections {
            deep(&section.rows, &mut out);
        }
        out
    }
}

/// Which column of the table fills which field.
struct Fields {
    no: Option<usize>,
    measure: usize,
    /// Columns that together are the period, and how.
    period: Periods,
    indicator: Vec<usize>,
    result: Vec<usize>,
    responsible: Vec<usize>,
    stage: Option<usize>,
}

enum Periods {
    None,
    One(usize),
    FromTo(Option<usize>, Option<usize>),
    Marks(Vec<(usize, Part)>),
}

/// Whether a table is a plan: it says what is done and by when or by whom.
pub(super) fn is_plan(head: &Head) -> bool {
    let timed = head
        .roles
        .iter()
        .any(|r| matches!(r, Role::Period | Role::Start | Role::Finish | Role::Part(_)));
    let who = head.has(Role::Responsible);
    head.has(Role::Measure) && (timed || who)
        || (head.has(Role::Theme) || head.has(Role::Form)) && timed && who
        || timed && who
}

/// Reads a plan. `file` names the file in doubts.
pub(super) fn plan(table: &Table, head: &Head, file: usize, doubts: &mut Doubts) -> Plan {
    let fields = fields(table, head, file, doubts);
    let mut reader = Reader {
        table,
        head,
        fields,
        file,
        doubts,
        plan: Plan::default(),
        flat: Vec::new(),
        stage: None,
    };
    reader.columns();
    for row in table.rows.get(..head.from).unwrap_or_default() {
        for column in row.filled() {
            reader
                .plan
                .titles
                .push((row.own(column).to_owned(), row.at));
        }
    }
    reader.read();
    reader.plan
}

fn fields(table: &Table, head: &Head, file: usize, doubts: &mut Doubts) -> Fields {
    let all = |role: Role| -> Vec<usize> {
        (0..table.width)
            .filter(|c| head.roles.get(*c) == Some(&role))
            .collect()
    };
    let mut taken: Vec<usize> = Vec::new();
    let no = head.column(Role::No);
    taken.extend(no);
    let measure = [
        Role::Measure,
        Role::Theme,
        Role::Form,
        Role::Other,
        Role::Indicator,
        Role::Stage,
        Role::Result,
    ]
    .into_iter()
    .find_map(|role| head.column(role))
    .or_else(|| (0..table.width).find(|c| Some(*c) != no))
    .unwrap_or(0);
    taken.push(measure);
    let marks: Vec<(usize, Part)> = (0..table.width)
        .filter_map(|c| match head.roles.get(c) {
            Some(Role::Part(part)) => Some((c, *part)),
            _ => None,
        })
        .collect();
    let period = if let Some(column) = head.column(Role::Period) {
        Periods::One(column)
    } else if head.has(Role::Start) || head.has(Role::Finish) {
        Periods::FromTo(head.column(Role::Start), head.column(Role::Finish))
    } else if !marks.is_empty() {
        Periods::Marks(marks)
    } else {
        Periods::None
    };
    match &period {
        Periods::None => {}
        Periods::One(c) => taken.push(*c),
        Periods::FromTo(a, b) => taken.extend(a.iter().chain(b)),
        Periods::Marks(marks) => taken.extend(marks.iter().map(|(c, _)| *c)),
    }
    let free = |role: Role, taken: &[usize]| -> Vec<usize> {
        all(role)
            .into_iter()
            .filter(|c| !taken.contains(c))
            .collect()
    };
    let mut responsible = free(Role::Responsible, &taken);
    if responsible.is_empty() {
        // Who acts may stand under «Координатор» or «ФИО».
        responsible = free(Role::Person, &taken).into_iter().take(1).collect();
    }
    taken.extend(&responsible);
    let stage = free(Role::Stage, &taken)
        .first()
        .copied()
        .filter(|c| *c < measure);
    taken.extend(stage);
    let mut indicator = free(Role::Indicator, &taken);
    taken.extend(&indicator);
    let mut result = free(Role::Result, &taken);
    taken.extend(&result);
    // Columns that the model does not know stand in what is free, under their printed head.
    for column in (0..table.width).filter(|c| !taken.contains(c)) {
        let said = table
            .rows
            .iter()
            .skip(head.to)
            .any(|r| !r.own(column).is_empty());
        let text = head.texts.get(column).map_or("", String::as_str);
        if !said && text.is_empty() {
            continue;
        }
        let place = if result.is_empty() || !indicator.is_empty() {
            &mut result
        } else {
            &mut indicator
        };
        place.push(column);
        if said {
            let at = table.rows.get(head.from).map_or(table.at, |r| r.at);
            let at = At {
                cell: u32::try_from(column + 1).unwrap_or(0),
                ..at
            };
            doubts.add(&say::EXTRA_COLUMN, Origin { file, at }, &[("value", text)]);
        }
    }
    indicator.sort_unstable();
    result.sort_unstable();
    Fields {
        no,
        measure,
        period,
        indicator,
        result,
        responsible,
        stage,
    }
}

struct Reader<'a> {
    table: &'a Table,
    head: &'a Head,
    fields: Fields,
    file: usize,
    doubts: &'a mut Doubts,
    plan: Plan,
    /// Rows of the section in hand, not yet put under each other.
    flat: Vec<Measure>,
    /// What the column of stages says last.
    stage: Option<String>,
}

enum Kind {
    Skip,
    Section,
    Continuation,
    Note,
    Measure,
}

impl Reader<'_> {
    fn columns(&mut self) {
        let text = |columns: &[usize]| -> String {
            let texts: Vec<String> = columns
                .iter()
                .filter_map(|c| self.head.texts.get(*c))
                .filter(|t| !t.is_empty())
                .cloned()
                .collect();
            texts.join("; ")
        };
        let period = match &self.fields.period {
            Periods::None => Vec::new(),
            Periods::One(c) => vec![*c],
            Periods::FromTo(a, b) => a.iter().chain(b).copied().collect(),
            Periods::Marks(marks) => marks.iter().map(|(c, _)| *c).collect(),
        };
        let mut found: Vec<(usize, &'static str, String)> =
            vec![(self.fields.measure, "measure", text(&[self.fields.measure]))];
        let period_text = match &self.fields.period {
            // «Сроки: I кв.», «Сроки: II кв.»: what they have in common.
            Periods::Marks(_) => {
                let first = period
                    .first()
                    .and_then(|c| self.head.texts.get(*c))
                    .map_or("", String::as_str);
                first
                    .split_once(": ")
                    .map_or("Срок", |(upper, _)| upper)
                    .to_owned()
            }
            _ => text(&period),
        };
        for (key, columns, printed) in [
            ("period", &period, period_text),
            (
                "indicator",
                &self.fields.indicator,
                text(&self.fields.indicator),
            ),
            ("result", &self.fields.result, text(&self.fields.result)),
            (
                "responsible",
                &self.fields.responsible,
                text(&self.fields.responsible),
            ),
        ] {
            if let Some(first) = columns.first() {
                found.push((*first, key, printed));
            }
        }
        found.sort();
        let plain = |key: &str| match key {
            "measure" => "Мероприятие",
            "period" => "Срок",
            "indicator" => "Показатель",
            "result" => "Результат",
            _ => "Ответственные",
        };
        self.plan.columns = found
            .into_iter()
            .map(|(_, key, text)| {
                (
                    key,
                    if text.is_empty() {
                        plain(key).to_owned()
                    } else {
                        text
                    },
                )
            })
            .collect();
    }

    fn read(&mut self) {
        let rows: Vec<&Row> = self.table.rows.iter().skip(self.head.to).collect();
        for (index, row) in rows.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| rows.get(i)).copied();
            match self.kind(row, rows.get(index + 1..).unwrap_or_default(), before) {
                Kind::Skip => {}
                Kind::Section => self.section(row),
                Kind::Continuation => self.go_on(row),
                Kind::Note => {
                    for column in row.filled() {
                        self.plan.notes.push(one_line(row.own(column)));
                    }
                    self.doubts.add(
                        &say::TABLE_NOTE,
                        Origin {
                            file: self.file,
                            at: row.at,
                        },
                        &[],
                    );
                }
                Kind::Measure => self.measure(row),
            }
        }
        self.close();
        self.typed_numbers();
    }

    /// Puts the rows in hand into the last section.
    fn close(&mut self) {
        let rows = std::mem::take(&mut self.flat);
        if rows.is_empty() {
            return;
        }
        if self.plan.sections.is_empty() {
            let at = rows.first().map(|r| r.at).unwrap_or_default();
            self.plan.sections.push(Section {
                at,
                ..Section::default()
            });
        }
        if let Some(section) = self.plan.sections.last_mut() {
            section.rows.extend(rows);
        }
    }

    fn kind(&self, row: &Row, after: &[&Row], before: Option<&Row>) -> Kind {
        let filled = row.filled();
        let Some(first) = filled.first().copied() else {
            return Kind::Skip;
        };
        if is_column_numbers(row) || self.repeats_head(row) {
            return Kind::Skip;
        }
        let text = row.own(first);
        let measure = self.fields.measure;
        let no = self.fields.no;
        let number = no.map_or("", |c| row.own(c));
        let numbered = !number.is_empty() && is_number_cell(number);
        let folded = fold(text);
        let note = folded.starts_with("примечани")
            || text.starts_with('*')
            || folded.starts_with("итого")
            || folded.starts_with("всего");
        let wide = row.cells.get(first).is_some_and(|c| {
            usize::try_from(c.columns).unwrap_or(0) + 1 >= self.table.width.max(3)
        });
        if filled.len() == 1 && note && !numbered && (wide || after.is_empty()) {
            return Kind::Note;
        }
        // One cell across the table.
        if filled.len() == 1
            && wide
            && !row
                .cells
                .iter()
                .any(|c| c.cover == super::table::Cover::Above && !c.text.is_empty())
        {
            return Kind::Section;
        }
        let own = |columns: &[usize]| columns.iter().any(|c| !row.own(*c).is_empty());
        let reads = |columns: &[usize]| columns.iter().any(|c| !row.read(*c).is_empty());
        let period_columns = self.period_columns();
        let timed = own(&period_columns);
        let who = own(&self.fields.responsible);
        let more = own(&self.fields.indicator) || own(&self.fields.result);
        let covered = reads(&period_columns) && !timed || reads(&self.fields.responsible) && !who;
        let said = row.own(measure);
        let bare = !timed && !who && !more && !covered;
        if no.is_some() && !numbered && number.is_empty() {
            return self.unnumbered(row, before, after, [timed, who, more], covered);
        }
        if no == Some(first) && !numbered {
            // Words in the column of numbers, and nothing else: a heading whose cell reached across.
            let rest: Vec<usize> = filled.iter().copied().filter(|c| Some(*c) != no).collect();
            if rest.is_empty() || bare && rest == [measure] && said.is_empty() {
                return Kind::Section;
            }
            if let Some(m) = marked(text)
                && bare
                && !m.rest.is_empty()
            {
                return Kind::Section;
            }
        }
        if numbered && bare && !said.is_empty() && self.heads_more(row, number, said, after) {
            return Kind::Section;
        }
        if no.is_none() {
            if bare && filled == [measure] {
                let small = starts_small(said);
                let opened = self.flat.last().is_some_and(|m| is_open(&m.measure));
                let heading = row
                    .cells
                    .get(measure)
                    .is_some_and(|c| c.bold || c.columns > 1)
                    || is_capitals(said)
                    || says_stage(said);
                return if heading {
                    Kind::Section
                } else if small && (row.fresh || opened) || row.fresh && opened {
                    Kind::Continuation
                } else if covered {
                    Kind::Measure
                } else {
                    Kind::Section
                };
            }
            if row.fresh
                && !timed
                && !self.flat.is_empty()
                && (said.is_empty() || starts_small(said))
            {
                return Kind::Continuation;
            }
            if said.is_empty() && !timed && !self.flat.is_empty() && !row.covered(measure) {
                return Kind::Continuation;
            }
        }
        // The number's row was cut before its words.
        Kind::Measure
    }

    /// A row without a number in a table that has them.
    fn unnumbered(
        &self,
        row: &Row,
        before: Option<&Row>,
        after: &[&Row],
        [timed, who, more]: [bool; 3],
        covered: bool,
    ) -> Kind {
        let measure = self.fields.measure;
        let said = row.own(measure);
        let filled = row.filled();
        let no_covered = self.fields.no.is_some_and(|c| row.covered(c));
        let last = self.flat.last();
        if said.is_empty() {
            if let Some(first) = filled.first()
                && filled.len() == 1
                && last.is_none()
                && !row.own(*first).is_empty()
            {
                return Kind::Section;
            }
            // A second period or body of the same measure, or the rest of a cell.
            return if last.is_some() {
                Kind::Continuation
            } else {
                Kind::Measure
            };
        }
        let heading = filled == [measure]
            && !covered
            && !no_covered
            && (row
                .cells
                .get(measure)
                .is_some_and(|c| c.bold || c.columns > 1)
                || is_capitals(said)
                || says_stage(said)
                || marked(said).is_some_and(|m| matches!(m.kind, Mark::Roman(_))));
        if heading {
            return Kind::Section;
        }
        let Some(last) = last else {
            return if filled == [measure] && !covered {
                Kind::Section
            } else {
                Kind::Measure
            };
        };
        // «2.5», words alone, «3.1.»: a heading that lost its number.
        if filled == [measure] && !covered && !no_covered {
            let group = |no: &str| number_parts(no).first().copied();
            let deep = |n: &&str| number_parts(n).len() > 1;
            let above = last.no.as_deref().filter(deep).and_then(group);
            let next = after.first().and_then(|r| Some(r.own(self.fields.no?)));
            let below = next.filter(deep).and_then(group);
            if above.is_some() && below.is_some() && above != below {
                return Kind::Section;
            }
        }
        let small = starts_small(said) || marked(said).is_some_and(|m| m.kind == Mark::Dash);
        if row.fresh && small {
            return Kind::Continuation;
        }
        // The row above is not whole yet: each of its printed lines is a row of the table.
        let short = |t: &Option<String>| t.as_deref().is_none_or(is_open);
        let cut = starts_small(said) && (is_open(&last.measure) || short(&last.period));
        if cut && !no_covered {
            return Kind::Continuation;
        }
        if timed {
            // Words of its own and a period of its own: a row of which only the number is missing.
            return Kind::Measure;
        }
        if no_covered {
            return if who {
                Kind::Measure
            } else {
                Kind::Continuation
            };
        }
        if covered {
            return Kind::Measure;
        }
        if small || row.fresh || is_open(&last.measure) || more && !who {
            return Kind::Continuation;
        }
        if who {
            return Kind::Measure;
        }
        let cut =
            before.is_some_and(|b| b.fresh || self.fields.no.is_some_and(|c| b.own(c).is_empty()));
        if cut {
            Kind::Continuation
        } else {
            Kind::Section
        }
    }

    fn period_columns(&self) -> Vec<usize> {
        match &self.fields.period {
            Periods::None => Vec::new(),
            Periods::One(c) => vec![*c],
            Periods::FromTo(a, b) => a.iter().chain(b).copied().collect(),
            Periods::Marks(marks) => marks.iter().map(|(c, _)| *c).collect(),
        }
    }

    fn repeats_head(&self, row: &Row) -> bool {
        if self.head.to == 0 {
            return false;
        }
        let filled = row.filled();
        let same = filled.iter().filter(|c| {
            let text = letters(row.own(**c));
            !text.is_empty()
                && self
                    .head
                    .texts
                    .get(**c)
                    .is_some_and(|h| letters(h).ends_with(&text))
        });
        filled.len() >= 2 && same.count() * 3 >= filled.len() * 2
    }

    /// Whether a numbered row with words alone is a heading: what follows is numbered under it, or begins anew.
    fn heads_more(&self, row: &Row, number: &str, said: &str, after: &[&Row]) -> bool {
        let own = number_parts(number);
        let roman = own.is_empty();
        let next = after.iter().find_map(|r| {
            let no = self.fields.no.map_or("", |c| r.own(c));
            (!no.is_empty()).then_some(no)
        });
        let below = next.map(number_parts);
        if let Some(below) = &below
            && below.len() > own.len()
            && below.starts_with(&own)
        {
            return true;
        }
        let bold = row
            .cells
            .get(self.fields.measure)
            .is_some_and(|c| c.bold || c.columns > 1);
        let restarts = below.as_ref().is_some_and(|b| {
            b.last() == Some(&1) && !own.ends_with(&[1]) || roman && b.first() == Some(&1)
        });
        // A measure whose cells are all empty would have lost them; a heading never had any.
        next.is_some() && (roman || bold || restarts || says_stage(said) || is_capitals(said))
    }

    fn section(&mut self, row: &Row) {
        self.close();
        let filled = row.filled();
        let number = self
            .fields
            .no
            .map(|c| row.own(c))
            .filter(|n| is_number_cell(n) && filled.len() > 1)
            .map(str::to_owned);
        let text = filled
            .iter()
            .map(|c| row.own(*c))
            .filter(|t| number.as_deref() != Some(*t))
            .map(one_line)
            .collect::<Vec<_>>()
            .join(" ");
        let (no, title) = match (number, marked(&text)) {
            (Some(no), _) => (Some(no), text.clone()),
            (None, Some(m)) if !matches!(m.kind, Mark::Dash) && !m.rest.is_empty() => {
                (Some(m.mark.to_owned()), m.rest.to_owned())
            }
            (None, _) => (None, text.clone()),
        };
        let title = title.trim().trim_end_matches(':').to_owned();
        let title = if title.is_empty() { text } else { title };
        self.plan.sections.push(Section {
            no,
            title: Some(title),
            at: row.at,
            ..Section::default()
        });
    }

    fn measure(&mut self, row: &Row) {
        if let Some(column) = self.fields.stage {
            let stage = one_line(row.read(column));
            if !stage.is_empty() && self.stage.as_deref() != Some(&stage) {
                self.close();
                let (no, title) = match marked(&stage) {
                    Some(m) if m.kind != Mark::Dash && !m.rest.is_empty() => {
                        (Some(m.mark.to_owned()), m.rest.to_owned())
                    }
                    _ => (None, stage.clone()),
                };
                let at = row.cells.get(column).map_or(row.at, |c| c.at);
                self.plan.sections.push(Section {
                    no,
                    title: Some(title),
                    at,
                    ..Section::default()
                });
                self.stage = Some(stage);
            }
        }
        let at = |columns: &[usize]| {
            columns
                .first()
                .and_then(|c| row.cells.get(*c))
                .map_or(row.at, |c| c.at)
        };
        let no = self
            .fields
            .no
            .map(|c| one_line(row.own(c)))
            .filter(|n| !n.is_empty());
        let said = row.read(self.fields.measure).to_owned();
        let measure = Measure {
            no,
            measure: said,
            period: self.period(row),
            indicator: self.together(row, &self.fields.indicator),
            result: self.together(row, &self.fields.result),
            responsible: self.together(row, &self.fields.responsible),
            rows: Vec::new(),
            at: row.at,
            period_at: at(&self.period_columns()),
            responsible_at: at(&self.fields.responsible),
        };
        self.flat.push(measure);
    }

    fn period(&self, row: &Row) -> Option<String> {
        let text = match &self.fields.period {
            Periods::None => String::new(),
            Periods::One(c) => row.read(*c).to_owned(),
            Periods::FromTo(a, b) => {
                let from = a.map_or("", |c| row.read(c)).trim();
                let to = b.map_or("", |c| row.read(c)).trim();
                match (from.is_empty(), to.is_empty()) {
                    (true, true) => String::new(),
                    (false, true) => format!("с {from}"),
                    (true, false) => format!("до {to}"),
                    (false, false) if from == to => from.to_owned(),
                    (false, false) => format!("{from} – {to}"),
                }
            }
            Periods::Marks(marks) => parts(
                &marks
                    .iter()
                    .map(|(c, part)| (*part, row.read(*c)))
                    .collect::<Vec<_>>(),
            ),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The texts of several columns; with more than one, each after its head.
    fn together(&self, row: &Row, columns: &[usize]) -> Option<String> {
        let filled: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|c| !row.read(*c).is_empty())
            .collect();
        let text = match filled.as_slice() {
            [] => return None,
            [one] if columns.len() == 1 => row.read(*one).to_owned(),
            many => many
                .iter()
                .map(|c| {
                    let head = self.head.texts.get(*c).map_or("", String::as_str);
                    if head.is_empty() {
                        row.read(*c).to_owned()
                    } else {
                        format!("{head}: {}", row.read(*c))
                    }
                })
                .collect::<Vec<_>>()
                .join("\n"),
        };
        Some(text)
    }

    /// Puts a row's cells behind those of the row before.
    fn go_on(&mut self, row: &Row) {
        let period = self.period_own(row);
        let who = self.own_of(row, &self.fields.responsible);
        let indicator = self.own_of(row, &self.fields.indicator);
        let result = self.own_of(row, &self.fields.result);
        let said = row.own(self.fields.measure).to_owned();
        let fresh = row.fresh;
        let broken = self.flat.last().is_some_and(|l| {
            [Some(&l.measure), l.indicator.as_ref(), l.result.as_ref()]
                .into_iter()
                .flatten()
                .any(|t| t.ends_with('-'))
        });
        if broken {
            let at = row.at;
            let word = said.split(' ').next().unwrap_or_default().to_owned();
            let args = [("value", word.as_str()), ("kept", "@joined")];
            self.doubts.add(
                &say::HYPHEN,
                Origin {
                    file: self.file,
                    at,
                },
                &args,
            );
        }
        let Some(last) = self.flat.last_mut() else {
            self.measure(row);
            return;
        };
        append(&mut last.measure, &said);
        for (slot, text) in [
            (&mut last.indicator, indicator),
            (&mut last.result, result),
            (&mut last.period, period),
        ] {
            if let Some(text) = text {
                append(slot.get_or_insert_default(), &text);
            }
        }
        if let Some(text) = who {
            let slot = last.responsible.get_or_insert_default();
            let open = slot.matches('«').count() > slot.matches('»').count()
                || starts_small(&text)
                || slot.trim_end().ends_with('-');
            if !slot.is_empty() {
                slot.push(
                    if open || fresh && !slot.ends_with([',', ';']) && !who_begins(&text) {
                        ' '
                    } else {
                        '\n'
                    },
                );
            }
            slot.push_str(&text);
        }
        if fresh {
            self.doubts.add(
                &say::CUT_ROW,
                Origin {
                    file: self.file,
                    at: row.at,
                },
                &[],
            );
        }
    }

    fn own_of(&self, row: &Row, columns: &[usize]) -> Option<String> {
        let texts: Vec<&str> = columns
            .iter()
            .map(|c| row.own(*c))
            .filter(|t| !t.is_empty())
            .collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    fn period_own(&self, row: &Row) -> Option<String> {
        let own = self
            .period_columns()
            .iter()
            .any(|c| !row.own(*c).is_empty());
        own.then(|| self.period(row)).flatten()
    }

    /// Numbers typed before the words of measures, where no column holds them; then rows under rows.
    fn typed_numbers(&mut self) {
        let rows = self.plan.sections.iter().flat_map(|s| &s.rows);
        let (mut all, mut typed, mut numbered) = (0usize, 0usize, 0usize);
        for row in rows {
            all += 1;
            numbered += usize::from(row.no.is_some());
            typed += usize::from(
                matches!(marked(&row.measure), Some(m) if matches!(m.kind, Mark::Dotted(_) | Mark::Bracket(_))),
            );
        }
        let take = numbered * 2 < all && typed * 10 >= all * 6;
        for section in &mut self.plan.sections {
            let mut nested: Vec<Measure> = Vec::new();
            for mut row in std::mem::take(&mut section.rows) {
                if take
                    && row.no.is_none()
                    && let Some(m) = marked(&row.measure)
                    && matches!(m.kind, Mark::Dotted(_) | Mark::Bracket(_))
                    && !m.rest.is_empty()
                {
                    let (no, rest) = (m.mark.to_owned(), m.rest.to_owned());
                    (row.no, row.measure) = (Some(no), rest);
                }
                place(row, &mut nested);
            }
            section.rows = nested;
        }
    }
}

/// Puts a row under the last one whose number its own goes on from.
fn place(row: Measure, rows: &mut Vec<Measure>) {
    let parts = row.no.as_deref().map(number_parts).unwrap_or_default();
    if parts.len() >= 2
        && let Some(last) = rows.last_mut()
    {
        let above = last.no.as_deref().map(number_parts).unwrap_or_default();
        if !above.is_empty() && above.len() < parts.len() && parts.starts_with(&above) {
            place(row, &mut last.rows);
            return;
        }
    }
    rows.push(row);
}

/// Marks in columns for parts of the year, as words.
fn parts(marks: &[(Part, &str)]) -> String {
    let name = |part: Part| match part {
        Part::Quarter(n) => format!(
            "{} квартал",
            ["I", "II", "III", "IV"]
                .get(usize::from(n) - 1)
                .copied()
                .unwrap_or("I")
        ),
        Part::Half(n) => format!("{} полугодие", if n == 1 { "I" } else { "II" }),
        Part::Month(n) => crate::text::dates::month_name(u32::from(n)).to_owned(),
        Part::Year(year) => year.to_string(),
    };
    let mut out: Vec<String> = Vec::new();
    let mut all = true;
    for (part, text) in marks {
        let text = one_line(text);
        if text.is_empty() {
            all = false;
            continue;
        }
        let sign = matches!(
            fold(&text).as_str(),
            "+" | "х" | "x" | "v" | "*" | "да" | "✓" | "✔" | "•" | "-" | "√" | "1"
        );
        if sign && matches!(text.as_str(), "-" | "–" | "—") {
            all = false;
            continue;
        }
        if sign {
            out.push(name(*part));
        } else if is_period(&text) {
            out.push(text);
            all = false;
        } else {
            out.push(format!("{} ({text})", name(*part)));
        }
    }
    // Years are written in a row.
    if all && out.len() > 2 && marks.iter().all(|(p, _)| matches!(p, Part::Year(_))) {
        return format!(
            "{} – {}",
            out.first().cloned().unwrap_or_default(),
            out.last().cloned().unwrap_or_default()
        );
    }
    out.join(", ")
}

/// Puts a piece of a cell behind what stands there: on a line of its own where it begins an item.
pub(super) fn append(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if text.is_empty() {
        text.push_str(piece);
        return;
    }
    let ended = text.ends_with(['.', ';', ':', '!', '?']);
    let item = marked(piece).is_some();
    let capital = piece.chars().next().is_some_and(char::is_uppercase);
    if item || ended && capital {
        text.push('\n');
    } else if text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && starts_small(piece)
    {
        let left: String = text
            .chars()
            .rev()
            .skip(1)
            .take_while(|c| c.is_alphabetic())
            .collect();
        let left: String = left.chars().rev().collect();
        if !super::flat::is_compound(&left.to_lowercase()) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(piece);
}

fn starts_small(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase)
        && !text.starts_with(['«', '"'])
}

/// Whether a sentence has not come to its end.
fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([',', '-', '–', '('])
        || text.matches('«').count() > text.matches('»').count()
        || text.matches('(').count() > text.matches(')').count()
}

fn who_begins(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn says_stage(text: &str) -> bool {
    let folded = fold(text);
    [
        "этап",
        "раздел",
        "направление",
        "блок",
        "модуль",
        "задача",
        "цель",
        "приоритет",
        "глава",
        "часть",
        "i этап",
        "ii этап",
    ]
    .iter()
    .any(|w| folded.starts_with(w))
        || folded
            .split(' ')
            .take(3)
            .any(|w| w == "этап" || w == "раздел")
}
