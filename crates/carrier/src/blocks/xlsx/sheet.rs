//! One sheet: takes its part, gives what each cell shows.

use super::super::sheets::{Merge, Sheet};
use super::super::tree::{Element, Tree};
use super::super::{At, Blocks, Noted, Paragraph};
use super::{Book, Style, format, words};

/// A cell may hold 32,767 letters.
const MAX_BYTES: usize = 4 * 32_767;

/// Reads a sheet.
pub(super) fn read(
    tree: &Tree<'_>,
    name: String,
    at: At,
    book: &Book,
    left: &mut u64,
    out: &mut Blocks,
) {
    let Some(root) = tree.root() else { return };
    let mut sheet = Sheet::new(name, at);
    sheet.hidden_columns = hidden_columns(root);
    sheet.heads = book.titles.get(&at.page).copied().into_iter().collect();
    let zero = root
        .child("sheetFormatPr")
        .and_then(|f| f.attribute("zeroHeight"))
        .is_some_and(|z| z == "1" || z == "true");
    let data = root.child("sheetData").into_iter();
    let mut row = 0u32;
    for element in data.flat_map(Element::children) {
        if element.name() != "row" {
            continue;
        }
        row = element.number("r").unwrap_or_else(|| row.saturating_add(1));
        if is_hidden(element, zero) {
            sheet.hidden_rows.insert(row);
        }
        cells(&mut sheet, element, row, book, left);
        if *left == 0 || sheet.full() {
            *left = 0;
            sheet.note(Noted::Cut, row, 0);
            break;
        }
    }
    sheet.merges = root
        .child("mergeCells")
        .into_iter()
        .flat_map(Element::children)
        .filter_map(|m| area(&m.attribute("ref")?))
        .collect();
    sheet.finish(out);
}

fn is_hidden(row: Element<'_>, zero: bool) -> bool {
    let flag = |name: &str| row.attribute(name).map(|v| v == "1" || v == "true");
    let flat = row.number("ht").is_some_and(|h: f64| h == 0.0);
    flat || flag("hidden").unwrap_or(zero && flag("customHeight") != Some(true))
}

fn cells(sheet: &mut Sheet, element: Element<'_>, row: u32, book: &Book, left: &mut u64) {
    let mut column = 0u32;
    for cell in element.children().filter(|e| e.name() == "c") {
        let own = cell.attribute("r").and_then(|r| reference(&r)).map(|r| r.1);
        column = own.unwrap_or_else(|| column.saturating_add(1));
        if uncomputed(cell) && !sheet.hidden_rows.contains(&row) && !sheet.is_hidden(column) {
            sheet.note(Noted::Uncomputed, row, column);
        }
        let Some(paragraph) = shown(cell, book) else {
            continue;
        };
        if !sheet.put(row, column, vec![paragraph]) {
            break;
        }
        *left = left.saturating_sub(1);
        if *left == 0 {
            break;
        }
    }
}

/// A formula whose result was never stored.
fn uncomputed(cell: Element<'_>) -> bool {
    cell.child("f").is_some()
        && cell.child("v").is_none_or(|v| v.text().is_empty())
        && cell.attribute("t").is_none_or(|t| t != "str")
}

/// What a cell shows; nothing when it shows nothing.
fn shown(cell: Element<'_>, book: &Book) -> Option<Paragraph> {
    let style = cell.number::<usize>("s").unwrap_or(0);
    let usual = Style::default();
    let style = book.styles.get(style).unwrap_or(&usual);
    let value = cell.child("v").map(Element::text).unwrap_or_default();
    let mut bold = style.bold;
    let text = match cell.attribute("t").unwrap_or_default().as_ref() {
        "s" => {
            let index: usize = value.trim().parse().ok()?;
            let words = book.strings.get(index)?;
            bold |= words.bold;
            format::show_text(first(&words.text), &style.format)
        }
        "inlineStr" => {
            let words = words(cell.child("is")?);
            bold |= words.bold;
            format::show_text(first(&words.text), &style.format)
        }
        "str" | "e" => super::unescaped(&value),
        "b" => match value.trim() {
            "1" | "true" => "ИСТИНА".to_owned(),
            _ => "ЛОЖЬ".to_owned(),
        },
        "d" => iso(&value),
        _ => match value.trim().parse::<f64>() {
            Ok(number) => format::show(number, &style.format, book.early),
            Err(_) => value,
        },
    };
    let text = tidy(&text);
    (!text.is_empty()).then_some(Paragraph {
        text,
        bold,
        align: style.align,
        ..Paragraph::default()
    })
}

fn hidden_columns(root: Element<'_>) -> Vec<(u32, u32)> {
    root.children()
        .filter(|e| e.name() == "cols")
        .flat_map(Element::children)
        .filter(|c| {
            let hidden = c
                .attribute("hidden")
                .is_some_and(|h| h == "1" || h == "true");
            hidden || c.number("width").is_some_and(|w: f64| w == 0.0)
        })
        .filter_map(|c| Some((c.number("min")?, c.number("max")?)))
        .take(1000)
        .collect()
}

/// `2025-05-05T00:00:00` day first.
fn iso(value: &str) -> String {
    let (date, time) = value.split_once('T').unwrap_or((value, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return value.to_owned();
    };
    let clock = time.get(..5).filter(|t| *t != "00:00");
    match clock {
        Some(clock) => format!("{day}.{month}.{year} {clock}"),
        None => format!("{day}.{month}.{year}"),
    }
}

/// As much of a text as a cell may hold.
fn first(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or(text)
}

fn tidy(text: &str) -> String {
    let text = first(text).replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}'))
        .collect();
    shown.trim().to_owned()
}

/// `B12` as row and column from 1.
fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let column = letters.bytes().take(3).fold(0u32, |c, b| {
        c * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    Some((digits.parse().ok()?, column)).filter(|r| r.1 > 0)
}

fn area(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (reference(from)?, reference(to)?);
    (top <= bottom && left <= right).then_some(Merge {
        top,
        left,
        bottom,
        right,
    })
}
