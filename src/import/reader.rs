//! Plans out of tables: takes a table whose columns are known, gives sections and rows as printed. Rows and cells that a
//! page cuts are put together, rows under rows stand below them, merged cells hold in every row they cover. Must not
//! lose a cell.

use super::columns::{Part, is_period};
use super::doubt::Doubts;
use super::fields::{Fields, Periods, fields};
use super::line::Origin;
use super::plan::{Measure, Plan, Section, append, starts_small};
use super::rows::{Depths, Kind, Rows};
use super::table::{Head, Row, Table};
use super::words::{Mark, fold, is_number_cell, marked, number_parts, one_line};
use crate::diag::catalog::import as say;

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
            period_at: at(&self.fields.period_columns()),
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

fn who_begins(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}
