//! The tables of a document as XLSX, each on a sheet.
//!
//! Takes the tree; gives a file. What is printed stays text: `1.10` is no number and `=1+1` no formula. Heads stay in
//! sight when one scrolls, are repeated in print, and rows can be filtered by them.

use crate::font::fonts;
use crate::package::{self, Package, RELATIONS};
use crate::tree::{Document, Error, Row, Table, places, plain};
use crate::xml::{escape, escaped};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// What a cell may hold; readers of the format refuse more.
const MOST: usize = 32_767;
/// Styles of cells, by their place in `STYLES`.
const BODY: usize = 0;
const HEAD: usize = 1;
const QUOTED: usize = 2;

/// The tables as a file.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, Error> {
    let tables: Vec<&Table> = document
        .tables()
        .into_iter()
        .filter(|t| !t.head.is_empty() || !t.rows.is_empty())
        .collect();
    if tables.is_empty() {
        return Err(Error::NoTable);
    }
    let mut names: Vec<String> = Vec::new();
    for table in &tables {
        let name = name(&table.summary, &document.title, &names);
        names.push(name);
    }
    let mut types = String::from(TYPES);
    for n in 1..=tables.len() {
        types.push_str(&format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"));
    }
    types.push_str("</Types>");
    let mut package = Package::begin(&types, "xl/workbook.xml", document)?;
    let office = |name: &str| format!("{RELATIONS}/{name}");
    package.part("xl/workbook.xml", &workbook(&tables, &names))?;
    let sheet = office("worksheet");
    let styles = office("styles");
    let mut relations: Vec<(String, &str, String, bool)> = (1..=tables.len())
        .map(|n| {
            (
                format!("rId{n}"),
                &*sheet,
                format!("worksheets/sheet{n}.xml"),
                false,
            )
        })
        .collect();
    relations.push(("rIdS".into(), &styles, "styles.xml".into(), false));
    package.part(
        "xl/_rels/workbook.xml.rels",
        &package::relations(&relations),
    )?;
    package.part(
        "xl/styles.xml",
        &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"),
    )?;
    for (n, table) in tables.iter().enumerate() {
        package.part(
            &format!("xl/worksheets/sheet{}.xml", n + 1),
            &worksheet(table)?,
        )?;
    }
    package.finish()
}

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
    <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>";

const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"10\"/><name val=\"Arial\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"10\"/><name val=\"Arial\"/><family val=\"2\"/></font></fonts>\
    <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
    <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFEEF2F6\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
    <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
    <border><left style=\"thin\"><color rgb=\"FFB4BDC7\"/></left><right style=\"thin\"><color rgb=\"FFB4BDC7\"/></right>\
    <top style=\"thin\"><color rgb=\"FFB4BDC7\"/></top><bottom style=\"thin\"><color rgb=\"FFB4BDC7\"/></bottom><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"3\">\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    </cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// A name that the format allows and no other sheet has.
fn name(summary: &str, title: &str, taken: &[String]) -> String {
    let words = if summary.is_empty() { title } else { summary };
    let plain: String = words
        .chars()
        .filter(|c| {
            !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control()
        })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |n: usize| {
        plain
            .chars()
            .take(n)
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    let first = Some(cut(31)).filter(|n| !n.is_empty());
    let first = first.unwrap_or_else(|| "1".to_owned());
    let free = |name: &String| {
        !taken
            .iter()
            .any(|t| t.to_lowercase() == name.to_lowercase())
    };
    if free(&first) {
        return first;
    }
    let mut n = 2;
    loop {
        let next = format!("{} {n}", cut(27));
        if free(&next) || n > 999 {
            return next;
        }
        n += 1;
    }
}

fn workbook(tables: &[&Table], names: &[String]) -> String {
    let mut xml = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"24000\" windowHeight=\"14000\"/></bookViews><sheets>"
    );
    for (n, name) in names.iter().enumerate() {
        let n = n + 1;
        xml.push_str(&format!(
            "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>",
            escaped(name)
        ));
    }
    xml.push_str("</sheets>");
    let mut defined = String::new();
    for (n, (table, name)) in tables.iter().zip(names).enumerate() {
        if !table.head.is_empty() {
            defined.push_str(&format!(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{n}\">'{}'!$1:${}</definedName>",
                escaped(name),
                table.head.len()
            ));
        }
    }
    if !defined.is_empty() {
        xml.push_str(&format!("<definedNames>{defined}</definedNames>"));
    }
    xml.push_str("</workbook>");
    xml
}

/// `A`, `B`, … `AA`.
fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut n = column + 1;
    while n > 0 {
        n -= 1;
        letters.insert(0, char::from(b'A' + (n % 26) as u8));
        n /= 26;
    }
    letters
}

fn worksheet(table: &Table) -> Result<String, Error> {
    let count = table.width();
    let mut xml = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">"
    );
    let heads = table.head.len();
    if heads > 0 {
        xml.push_str(&format!(
            "<pane ySplit=\"{heads}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/>",
            heads + 1
        ));
    }
    xml.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"13\"/><cols>");
    for (n, width) in widths(table, count)?.into_iter().enumerate() {
        let n = n + 1;
        xml.push_str(&format!(
            "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    xml.push_str("</cols><sheetData>");
    let mut merged = Vec::new();
    let mut line = 0;
    for (rows, head) in [(&table.head, true), (&table.rows, false)] {
        for (row, places) in rows.iter().zip(places(rows, count)) {
            line += 1;
            write_row(row, &places, head, line, count, &mut xml);
            for (at, columns, down) in places {
                if columns > 1 || down > 1 {
                    merged.push(format!(
                        "<mergeCell ref=\"{}{line}:{}{}\"/>",
                        letters(at),
                        letters(at + columns.max(1) - 1),
                        line + down - 1
                    ));
                }
            }
        }
    }
    xml.push_str("</sheetData>");
    if heads > 0 && line > heads {
        xml.push_str(&format!(
            "<autoFilter ref=\"A{heads}:{}{line}\"/>",
            letters(count - 1)
        ));
    }
    if !merged.is_empty() {
        xml.push_str(&format!(
            "<mergeCells count=\"{}\">{}</mergeCells>",
            merged.len(),
            merged.concat()
        ));
    }
    xml.push_str("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
    xml.push_str("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>");
    xml.push_str(
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
    );
    Ok(xml)
}

fn write_row(
    row: &Row,
    places: &[(usize, usize, usize)],
    head: bool,
    line: usize,
    count: usize,
    xml: &mut String,
) {
    xml.push_str(&format!("<row r=\"{line}\">"));
    for column in 0..count {
        let at = |(x, columns, _): &(usize, usize, usize)| (*x..x + columns).contains(&column);
        let found = places.iter().position(at);
        let cell = found.and_then(|n| Some((row.cells.get(n)?, places.get(n)?)));
        let named = head || cell.is_some_and(|(c, _)| c.head);
        let text = match cell {
            Some((cell, (x, ..))) if *x == column => plain(&cell.blocks),
            _ => String::new(),
        };
        let text: String = text.chars().take(MOST).collect();
        // What a spreadsheet might run stays text when somebody edits it, too.
        let first = text.trim_start().chars().next();
        let runs = matches!(
            first,
            Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
        );
        let style = match () {
            () if named => HEAD,
            () if runs => QUOTED,
            () => BODY,
        };
        let place = format!("{}{line}", letters(column));
        if text.is_empty() {
            xml.push_str(&format!("<c r=\"{place}\" s=\"{style}\"/>"));
            continue;
        }
        xml.push_str(&format!(
            "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        ));
        escape(&text, xml);
        xml.push_str("</t></is></c>");
    }
    xml.push_str("</row>");
}

/// In letters: as wide as the longest line, within bounds.
fn widths(table: &Table, count: usize) -> Result<Vec<usize>, Error> {
    let fonts = fonts()?;
    let mut widths = vec![6usize; count];
    let rows = table.head.iter().chain(&table.rows);
    let all = [&table.head, &table.rows]
        .map(|rows| places(rows, count))
        .concat();
    for (row, places) in rows.zip(all) {
        for (cell, (at, columns, _)) in row.cells.iter().zip(places) {
            let Some(width) = widths.get_mut(at).filter(|_| columns == 1) else {
                continue;
            };
            let words = plain(&cell.blocks);
            let longest = words
                .lines()
                .map(|l| fonts.width(l, false, 1.0))
                .fold(0.0, f32::max);
            *width = (*width).max(((longest * 1.9) as usize + 2).min(60));
        }
    }
    Ok(widths)
}
