//! A workbook as it is displayed: takes the package, gives a table for each visible sheet: shown values, merged cells,
//! no hidden rows, columns or sheets. Formulas are not computed: what is not stored is told.

mod drawing;
mod format;
mod sheet;
mod time;
mod token;

use std::collections::BTreeMap;

use super::package::{Package, Relation};
use super::tree::{Element, Item, Tree};
use super::{Align, At, Block, Blocks, Limits, Note, Noted, Reason};

/// Sheets beyond this many are cut off.
const MAX_SHEETS: u32 = 500;

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
struct Book {
    strings: Vec<Words>,
    styles: Vec<Style>,
    /// Days count from 1904.
    early: bool,
    /// Rows that are repeated on each page, by the sheet's place: first and last.
    titles: BTreeMap<u32, (u32, u32)>,
}

/// A text, and whether all of it was made bold for itself.
#[derive(Debug, Default, Clone)]
struct Words {
    text: String,
    bold: bool,
}

/// How a cell looks.
#[derive(Debug, Default, Clone)]
struct Style {
    format: String,
    bold: bool,
    align: Align,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Blocks, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let main = package
        .relations("")
        .into_iter()
        .find(|r| r.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |r| r.target);
    if !main.to_ascii_lowercase().ends_with(".xml") {
        return Err(Reason::Unsupported);
    }
    let source = package.part(&main)?.ok_or(Reason::Malformed)?;
    let workbook = Tree::read(&source)?;
    let relations = package.relations(&main);
    let mut book = Book::default();
    for relation in &relations {
        match relation.kind.as_str() {
            "sharedStrings" => {
                if let Some(source) = package.part(&relation.target)? {
                    book.strings = strings(&Tree::read(&source)?);
                }
            }
            "styles" => {
                if let Some(source) = package.part(&relation.target)? {
                    book.styles = styles(&Tree::read(&source)?);
                }
            }
            _ => {}
        }
    }
    let mut out = Blocks::default();
    let root = workbook.root().ok_or(Reason::Malformed)?;
    book.early = root
        .child("workbookPr")
        .and_then(|p| p.attribute("date1904"))
        .is_some_and(|v| v == "1" || v == "true");
    let names = root.child("definedNames").into_iter();
    book.titles = names
        .flat_map(Element::children)
        .filter_map(title)
        .collect();
    let sheets = root.child("sheets").into_iter().flat_map(Element::children);
    let mut left = limits.max_fragments;
    for (element, number) in sheets.zip(1u32..) {
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
        let name = element.attribute("name").unwrap_or_default().into_owned();
        if element.attribute("state").is_some_and(|s| s != "visible") {
            let what = Noted::HiddenSheet(name);
            out.notes.push(Note { what, at });
            continue;
        }
        let id = element.attribute("id");
        let Some(relation) = relations
            .iter()
            .find(|r| Some(r.id.as_str()) == id.as_deref())
        else {
            continue;
        };
        if relation.kind != "worksheet" {
            out.notes.push(Note {
                what: Noted::Picture,
                at,
            });
            continue;
        }
        let source = package.part(&relation.target)?.ok_or(Reason::Malformed)?;
        beside(&mut package, relation, at, &mut out);
        let at = At {
            table: tables(&out),
            ..at
        };
        sheet::read(&Tree::read(&source)?, name, at, &book, &mut left, &mut out);
    }
    Ok(out)
}

/// The number of the next table.
fn tables(out: &Blocks) -> u32 {
    let tables = out.blocks.iter().filter(|b| matches!(b, Block::Table(_)));
    u32::try_from(tables.count() + 1).unwrap_or(u32::MAX)
}

/// What lies on a sheet beside its cells: comments, pictures, boxes with text.
fn beside(package: &mut Package<'_>, sheet: &Relation, at: At, out: &mut Blocks) {
    for relation in package.relations(&sheet.target) {
        match relation.kind.as_str() {
            "comments" | "threadedComment" => {
                let note = Note {
                    what: Noted::Comments,
                    at,
                };
                if out.notes.last() != Some(&note) {
                    out.notes.push(note);
                }
            }
            "drawing" => {
                let source = package.optional(&relation.target);
                if let Some(tree) = source.as_deref().and_then(|s| Tree::read(s).ok()) {
                    drawing::read(&tree, at, out);
                }
            }
            _ => {}
        }
    }
}

/// The rows that a defined name repeats on each page: `'Лист 1'!$A:$B,'Лист 1'!$3:$4`.
fn title(name: Element<'_>) -> Option<(u32, (u32, u32))> {
    if name.attribute("name")? != "_xlnm.Print_Titles" {
        return None;
    }
    let sheet: u32 = name.number("localSheetId")?;
    let text = name.text();
    text.split(',').find_map(|area| {
        let area = area.rsplit('!').next()?.replace('$', "");
        let (first, last) = area.split_once(':')?;
        Some((
            sheet.checked_add(1)?,
            (first.parse().ok()?, last.parse().ok()?),
        ))
    })
}

fn strings(tree: &Tree<'_>) -> Vec<Words> {
    tree.root()
        .into_iter()
        .flat_map(Element::children)
        .filter(|e| e.name() == "si")
        .map(words)
        .collect()
}

/// A text of one run or several, without the reading aids of Japanese.
fn words(element: Element<'_>) -> Words {
    let mut text = String::new();
    let (mut runs, mut bold) = (0usize, 0usize);
    for child in element.children() {
        match child.name() {
            "t" => plain(child, &mut text),
            "r" => {
                let mut own = String::new();
                for t in child.children().filter(|e| e.name() == "t") {
                    plain(t, &mut own);
                }
                if !own.trim().is_empty() {
                    runs += 1;
                    let b = child.child("rPr").and_then(|p| p.child("b"));
                    bold += usize::from(b.is_some_and(|b| b.val().is_none_or(|v| v != "0")));
                }
                text.push_str(&own);
            }
            _ => {}
        }
    }
    Words {
        text,
        bold: runs > 0 && runs == bold,
    }
}

fn plain(element: Element<'_>, out: &mut String) {
    for item in element.items() {
        if let Item::Text(text) = item {
            out.push_str(&unescaped(&text));
        }
    }
}

/// `_x000D_` stands for a letter that XML does not allow.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let letter = after
            .get(..4)
            .filter(|_| after.get(4..5) == Some("_"))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match letter {
            Some(letter) => {
                out.push(letter);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn styles(tree: &Tree<'_>) -> Vec<Style> {
    let part = |name: &str| {
        let root = tree.root().and_then(|r| r.child(name));
        root.into_iter().flat_map(Element::children)
    };
    let formats: BTreeMap<u32, String> = part("numFmts")
        .filter_map(|f| {
            let code = f.attribute("formatCode")?.into_owned();
            Some((f.number("numFmtId")?, code))
        })
        .collect();
    let bold: Vec<bool> = part("fonts")
        .map(|f| {
            f.child("b")
                .is_some_and(|b| b.val().is_none_or(|v| v != "0"))
        })
        .collect();
    part("cellXfs")
        .map(|xf| {
            let id = xf.number("numFmtId").unwrap_or(0);
            let own = formats.get(&id).map(String::as_str);
            let font: usize = xf.number("fontId").unwrap_or(0);
            let side = xf
                .child("alignment")
                .and_then(|a| a.attribute("horizontal"));
            Style {
                format: own
                    .or_else(|| format::built_in(id))
                    .unwrap_or("General")
                    .to_owned(),
                bold: bold.get(font).copied().unwrap_or(false),
                align: match side.as_deref() {
                    Some("center" | "centerContinuous") => Align::Center,
                    Some("right") => Align::End,
                    _ => Align::Start,
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
