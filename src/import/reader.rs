//! Plans out of tables: takes a table whose columns are known, gives sections and rows as printed. Rows and cells that a
//! page cuts are put together, rows under rows stand below them, merged cells hold in every row they cover. Must not
//! lose a cell.

use super::columns::{Part, is_period};
use super::doubt::Doubts;
use super::fields::{Fields, Further, Periods, fields};
use super::line::Origin;
use super::plan::{Measure, Plan, Section, append, nested, starts_small};
use super::rows::{Depths, Kind, Rows};
use super::schedule::summed;
use super::table::{Head, Row, Table};
use super::words::{Mark, fold, is_number_cell, marked, number_parts, one_line};
use super::yaml::Key;
use crate::diag::catalog::import as say;
use crate::kinds::columns::is_mark;

/// Reads a plan. `file` names the file in doubts.
pub(super) fn plan(table: &Table, head: &Head, file: usize, doubts: &mut Doubts) -> Plan {
    let fields = fields(table, head);
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
    reader.read();
    reader.plan
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

impl Reader<'_> {
    fn columns(&mut self) {
        let fields = &self.fields;
        let mut found: Vec<(usize, Key, &str)> =
            vec![(fields.measure, "measure".into(), "Мероприятие")];
        let mut add = |column: Option<usize>, key: &'static str, plain: &'static str| {
            found.extend(column.map(|c| (c, Key::from(key), plain)));
        };
        match &fields.period {
            Periods::One(c) => add(Some(*c), "period", "Срок"),
            Periods::FromTo(a, b) => {
                add(*a, "start", "Начало");
                add(*b, "finish", "Окончание");
            }
            Periods::None | Periods::Marks(_) => {}
        }
        add(fields.indicator.first().copied(), "indicator", "Показатель");
        add(fields.result.first().copied(), "result", "Результат");
        add(
            fields.responsible.first().copied(),
            "responsible",
            "Ответственные",
        );
        found.extend(
            fields
                .further
                .iter()
                .map(|f| (f.column, Key::from(f.name.clone()), f.head.as_str())),
        );
        found.sort();
        let further = |column: usize| fields.further.iter().any(|f| f.column == column);
        self.plan.columns = found
            .into_iter()
            .map(|(column, key, plain)| {
                let printed = self.head.texts.get(column).map_or("", String::as_str);
                let own = further(column) || printed.is_empty();
                (key, if own { plain } else { printed }.to_owned())
            })
            .collect();
    }

    fn read(&mut self) {
        let rows: Vec<&Row> = self.table.rows.iter().skip(self.head.to).collect();
        let depths = Depths::of(&rows, &self.fields);
        for (index, row) in rows.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| rows.get(i)).copied();
            let kinds = Rows {
                table: self.table,
                head: self.head,
                fields: &self.fields,
                last: self.flat.last(),
                depths: &depths,
            };
            match kinds.kind(row, rows.get(index + 1..).unwrap_or_default(), before) {
                Kind::Skip => {}
                Kind::Section => self.section(row),
                Kind::Continuation => self.go_on(row),
                Kind::Note => {
                    let mut said = row.filled().into_iter().map(|c| self.noted(row, c));
                    let first = said.next().unwrap_or_default();
                    self.plan.notes.push(summed(&first, said.collect()));
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

    fn section(&mut self, row: &Row) {
        self.close();
        let filled = row.filled();
        let number = self
            .fields
            .no
            .map(|c| row.own(c))
            .filter(|n| is_number_cell(n) && filled.len() > 1)
            .map(str::to_owned);
        let period = match &self.fields.period {
            Periods::One(c) if filled.contains(c) && filled.len() > 1 => Some(*c),
            _ => None,
        };
        let text = filled
            .iter()
            .filter(|c| Some(**c) != period)
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
            period: period.map(|c| one_line(row.own(c))),
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
            start: self.day(row, true),
            finish: self.day(row, false),
            indicator: read(row, &self.fields.indicator),
            result: read(row, &self.fields.result),
            cells: self.cells(row),
            responsible: read(row, &self.fields.responsible),
            rows: Vec::new(),
            at: row.at,
            period_at: at(&self.fields.period_columns()),
            responsible_at: at(&self.fields.responsible),
        };
        self.flat.push(measure);
    }

    fn period(&self, row: &Row) -> Option<String> {
        let text = match &self.fields.period {
            Periods::None | Periods::FromTo(..) => String::new(),
            Periods::One(c) => row.read(*c).to_owned(),
            // Marks alone are read by the model out of their columns.
            Periods::Marks(marks)
                if marks.iter().all(|(c, _)| {
                    let text = row.read(*c);
                    text.is_empty() || is_mark(text) || matches!(text, "-" | "–" | "—")
                }) =>
            {
                String::new()
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

    /// Beginning or end, where each has a column of its own.
    fn day(&self, row: &Row, first: bool) -> Option<String> {
        let Periods::FromTo(start, finish) = &self.fields.period else {
            return None;
        };
        let column = if first { *start } else { *finish };
        column
            .map(|c| row.read(c).to_owned())
            .filter(|t| !t.is_empty())
    }

    fn cells(&self, row: &Row) -> Vec<(Key, String)> {
        let cell = |f: &Further| {
            let text = row.read(f.column);
            (!text.is_empty()).then(|| (Key::from(f.name.clone()), text.to_owned()))
        };
        self.fields.further.iter().filter_map(cell).collect()
    }

    /// Puts a row's cells behind those of the row before.
    fn go_on(&mut self, row: &Row) {
        let period = self.period_own(row);
        let who = self.own_of(row, &self.fields.responsible);
        let indicator = self.own_of(row, &self.fields.indicator);
        let result = self.own_of(row, &self.fields.result);
        let said = row.own(self.fields.measure).to_owned();
        let own = |f: &Further| {
            let text = row.own(f.column);
            (!text.is_empty()).then(|| (Key::from(f.name.clone()), text.to_owned()))
        };
        let cells: Vec<(Key, String)> = self.fields.further.iter().filter_map(own).collect();
        let [first_day, last_day] = match &self.fields.period {
            Periods::FromTo(a, b) => [*a, *b].map(|c| c.map(|c| row.own(c).to_owned())),
            _ => [None, None],
        };
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
            (&mut last.start, first_day),
            (&mut last.finish, last_day),
        ] {
            if let Some(text) = text.filter(|t| !t.is_empty()) {
                append(slot.get_or_insert_default(), &text);
            }
        }
        for (name, text) in cells {
            match last.cells.iter_mut().find(|(n, _)| *n == name) {
                Some((_, there)) => append(there, &text),
                None => last.cells.push((name, text)),
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

    /// A cell of a row that is a note: a total stands under the head of its column.
    fn noted(&self, row: &Row, column: usize) -> String {
        let text = one_line(row.own(column));
        let head = self.head.texts.get(column).map_or("", String::as_str);
        let figure = text.chars().all(|c| !c.is_alphabetic());
        if figure && !head.is_empty() {
            format!("{head} – {text}")
        } else {
            text
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
            .fields
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
            let mut under: Vec<Measure> = Vec::new();
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
                place(row, &mut under);
            }
            section.rows = under;
        }
        self.plan.sections = nested(std::mem::take(&mut self.plan.sections));
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

/// What the first of these columns says, by its own cell or by one above it.
fn read(row: &Row, columns: &[usize]) -> Option<String> {
    let text = columns.first().map_or("", |c| row.read(*c));
    (!text.is_empty()).then(|| text.to_owned())
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

fn who_begins(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}
