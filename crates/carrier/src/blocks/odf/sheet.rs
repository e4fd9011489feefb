//! Sheets of an OpenDocument workbook: takes its body, gives a table for each that is shown. Cells hold the text that
//! was displayed; only dates are written day first, whatever the program of who saved it was set to.

use super::super::sheets::{Merge, Sheet};
use super::super::tree::Element;
use super::super::{Align, At, Block, Blocks, Limits, Note, Noted, Paragraph, Part};
use super::flow::Walk;
use super::styles::Styles;

const MAX_SHEETS: u32 = 500;
/// A row or a cell with something in it that is said to repeat is written out so often.
const MAX_REPEATED: usize = 1000;

/// Reads a workbook.
pub(super) fn read(book: Element<'_>, styles: &Styles, limits: &Limits) -> Blocks {
    let mut out = Blocks::default();
    let mut left = limits.max_fragments;
    let tables = book.children().filter(|e| e.name() == "table");
    for (table, number) in tables.zip(1u32..) {
        let at = At {
            page: number,
            ..At::default()
        };
        if number > MAX_SHEETS || left == 0 {
            out.notes.push(Note {
                what: Noted::Cut,
                at,
            });
            break;
        }
        let name = table.attribute("name").unwrap_or_default().into_owned();
        let style = table.attribute("style-name");
        if styles.get("table", style.as_deref()).shown == Some(false) {
            let what = Noted::HiddenSheet(name);
            out.notes.push(Note { what, at });
            continue;
        }
        let shown = out.blocks.iter().filter(|b| matches!(b, Block::Table(_)));
        let at = At {
            table: u32::try_from(shown.count() + 1).unwrap_or(u32::MAX),
            ..at
        };
        let mut reader = Reader {
            sheet: Sheet::new(name, at),
            walk: Walk::new(table, styles, limits),
            boxes: Vec::new(),
            row: 0,
            column: 0,
            left: &mut left,
        };
        reader.rows(table, false);
        let Reader {
            sheet, walk, boxes, ..
        } = reader;
        for note in walk.gather.notes {
            let at = At {
                line: 0,
                page: number,
                ..note.at
            };
            out.notes.push(Note { at, ..note });
        }
        out.blocks.extend(boxes);
        sheet.finish(&mut out);
    }
    out
}

struct Reader<'d, 'l> {
    sheet: Sheet,
    walk: Walk<'d>,
    boxes: Vec<Block>,
    row: u32,
    column: u32,
    left: &'l mut u64,
}

impl Reader<'_, '_> {
    fn done(&self) -> bool {
        *self.left == 0 || self.sheet.full()
    }

    /// Rows and columns, whatever groups they stand in.
    fn rows(&mut self, parent: Element<'_>, head: bool) {
        for element in parent.children() {
            if self.done() {
                *self.left = 0;
                self.sheet.note(Noted::Cut, self.row, 0);
                return;
            }
            let hidden = element
                .attribute("visibility")
                .is_some_and(|v| v != "visible");
            let repeated = |name: &str| element.number(name).unwrap_or(1u32).max(1);
            match element.name() {
                "table-header-rows" => self.rows(element, true),
                "table-rows"
                | "table-row-group"
                | "table-columns"
                | "table-header-columns"
                | "table-column-group" => self.rows(element, head),
                "table-column" => {
                    let first = self.column.saturating_add(1);
                    let count = repeated("number-columns-repeated");
                    self.column = self.column.saturating_add(count);
                    if hidden && self.sheet.hidden_columns.len() < 1000 {
                        self.sheet.hidden_columns.push((first, self.column));
                    }
                }
                "table-row" => {
                    let count = repeated("number-rows-repeated");
                    self.row(element, count, hidden, head);
                }
                "shapes" => {
                    self.walk.aside(self.sheet.at, |walk| {
                        walk.drawn(element);
                        self.boxes.append(&mut walk.boxes);
                    });
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, element: Element<'_>, count: u32, hidden: bool, head: bool) {
        let written = element.children().any(|c| {
            let stated = ["value-type", "formula", "number-rows-spanned"];
            c.child("p").is_some() || stated.iter().any(|s| c.attribute(s).is_some())
        });
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(count);
        if head && self.sheet.heads.len() < 1000 {
            self.sheet.heads.push((first, self.row));
        }
        if !written {
            return;
        }
        for row in (first..=self.row).take(MAX_REPEATED) {
            if hidden {
                self.sheet.hidden_rows.insert(row);
            }
            self.cells(element, row, hidden);
            if self.done() {
                return;
            }
        }
        if usize::try_from(count).is_ok_and(|c| c > MAX_REPEATED) {
            self.sheet.note(Noted::Cut, first, 0);
        }
    }

    fn cells(&mut self, element: Element<'_>, row: u32, hidden: bool) {
        let mut column = 0u32;
        for cell in element.children() {
            if !matches!(cell.name(), "table-cell" | "covered-table-cell") {
                continue;
            }
            let number = |name: &str| cell.number(name).unwrap_or(1u32).max(1);
            let first = column.saturating_add(1);
            column = column.saturating_add(number("number-columns-repeated"));
            let wide = number("number-columns-spanned");
            let high = number("number-rows-spanned");
            if wide > 1 || high > 1 {
                self.sheet.merges.push(Merge {
                    top: row,
                    left: first,
                    bottom: row.saturating_add(high - 1),
                    right: first.saturating_add(wide - 1),
                });
            }
            let at = At {
                row,
                cell: first,
                ..self.sheet.at
            };
            let paragraphs = self.shown(cell, at, hidden || self.sheet.is_hidden(first));
            if paragraphs.is_empty() {
                continue;
            }
            for column in (first..=column).take(MAX_REPEATED) {
                if !self.sheet.put(row, column, paragraphs.clone()) {
                    return;
                }
                *self.left = self.left.saturating_sub(1);
                if *self.left == 0 {
                    return;
                }
            }
        }
    }

    /// What a cell shows.
    fn shown(&mut self, cell: Element<'_>, at: At, hidden: bool) -> Vec<Paragraph> {
        let style = cell.attribute("style-name");
        let style = self.walk.styles.get("table-cell", style.as_deref());
        let mut all = Vec::new();
        self.walk.gather.left = (*self.left).max(1);
        self.walk.aside(at, |walk| {
            if cell.child("annotation").is_some() {
                walk.gather.note(Noted::Comments);
            }
            walk.flow(cell, &mut all);
        });
        let kind = cell.attribute("value-type").unwrap_or_default();
        let date = (kind == "date")
            .then(|| cell.attribute("date-value"))
            .flatten();
        let mut paragraphs = Vec::new();
        for block in all {
            match block {
                Block::Paragraph(p) if p.part == Part::Body => paragraphs.push(p),
                Block::Paragraph(_) => self.boxes.push(block),
                Block::Table(_) => {}
            }
        }
        if paragraphs.is_empty() {
            let stored = ["string-value", "value", "boolean-value"]
                .into_iter()
                .find_map(|name| cell.attribute(name))
                .filter(|v| !v.trim().is_empty());
            if let Some(text) = stored.or_else(|| date.clone()) {
                paragraphs.push(Paragraph {
                    text: text.trim().to_owned(),
                    ..Paragraph::default()
                });
            } else if cell.attribute("formula").is_some() && kind.is_empty() && !hidden {
                // A result may be an empty text, but then it says so.
                self.sheet.note(Noted::Uncomputed, at.row, at.cell);
            }
        }
        if let (Some(date), [paragraph]) = (date, paragraphs.as_mut_slice())
            && let Some(text) = day_first(&date, &paragraph.text)
        {
            paragraph.text = text;
        }
        for paragraph in &mut paragraphs {
            paragraph.bold |= style.bold == Some(true);
            if paragraph.align == Align::Start {
                paragraph.align = style.align.unwrap_or_default();
            }
        }
        paragraphs
    }
}

/// A date as `dd.mm.yyyy`, unless the cell shows it in Russian words or without its day.
fn day_first(stored: &str, shown: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ];
    if shown.chars().any(|c| ('А'..='я').contains(&c)) {
        return None;
    }
    let (date, time) = stored.split_once('T').unwrap_or((stored, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let numbers = shown.split(|c: char| !c.is_ascii_digit());
    let numbers = numbers.filter(|n| !n.is_empty()).count();
    let words = shown.chars().any(|c| c.is_ascii_alphabetic());
    if words && numbers == 1 {
        let index = month.parse::<usize>().ok()?.checked_sub(1)?;
        return Some(format!("{} {year}", MONTHS.get(index)?));
    }
    if !words && numbers == 2 {
        // Day and month, or month and year: as shown.
        return None;
    }
    let clock = time
        .get(..5)
        .filter(|t| *t != "00:00" && shown.contains(':'));
    Some(match clock {
        Some(clock) => format!("{day}.{month}.{year} {clock}"),
        None => format!("{day}.{month}.{year}"),
    })
}
