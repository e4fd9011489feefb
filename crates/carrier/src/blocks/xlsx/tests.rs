//! Workbooks made here, one feature each, and what a person sees of them.

use super::super::testing::{lines, notes, read, table};
use super::super::{Align, At, Blocks, Limits, Noted, Reason, blocks};
use crate::tests::build::zip;

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts>
<fonts><font/><font><b/></font></fonts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="0" fontId="1"><alignment horizontal="center"/></xf></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<sst><si><t>№</t></si><si><r><rPr><b/></rPr><t>Мера</t></r><r><rPr><b/></rPr><t xml:space="preserve"> плана</t></r><rPh><t>ж</t></rPh></si><si><t>1.10</t></si><si><t>а_x000D_
б</t></si></sst>"#;

fn workbook(sheets: &[(&str, &str, &str)], names: &str) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    for ((name, more, source), number) in sheets.iter().zip(1..) {
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" {more} r:id=\"s{number}\"/>"
        ));
        relations.push_str(&format!(
            "<Relationship Id=\"s{number}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        ));
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet>{source}</worksheet>"),
        ));
    }
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook><sheets>{list}</sheets>{names}</workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!(
            "<Relationships>{relations}<Relationship Id=\"a\" Type=\"x/styles\" Target=\"/xl/styles.xml\"/>\
             <Relationship Id=\"b\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        ),
    ));
    parts.push(("xl/styles.xml".into(), STYLES.into()));
    parts.push(("xl/sharedStrings.xml".into(), STRINGS.into()));
    let entries: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, source)| (name.as_str(), source.as_bytes()))
        .collect();
    zip(&entries)
}

fn sheet(source: &str) -> Blocks {
    read("a.xlsx", &workbook(&[("План", "", source)], ""))
}

fn text(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn strings_numbers_and_dates_as_shown() {
    let blocks = sheet(
        "<sheetData><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>\
         <row r=\"3\"><c r=\"B3\" t=\"s\"><v>2</v></c><c r=\"C3\" t=\"s\"><v>3</v></c><c r=\"D3\" s=\"1\"><v>45782</v></c>\
         <c r=\"E3\" s=\"2\"><v>1.1</v></c><c r=\"F3\"><v>1.1000000000000001</v></c><c r=\"G3\" t=\"b\"><v>1</v></c>\
         <c r=\"H3\" t=\"str\"><f>A1</f><v>итог</v></c></row></sheetData>",
    );
    assert_eq!(
        lines(&blocks),
        [
            "| 0: № | 1: Мера плана |",
            "| 0: 1.10 | 1: а\nб | 2: 05.05.2025 | 3: 1.10 | 4: 1.1 | 5: ИСТИНА | 6: итог |"
        ]
    );
    let grid = table(&blocks, 0);
    assert_eq!((grid.name.as_deref(), grid.columns), (Some("План"), 7));
    let cell = &grid.rows[1].cells[0];
    assert_eq!(
        cell.at,
        At {
            page: 1,
            line: 0,
            table: 1,
            row: 3,
            cell: 2
        }
    );
    assert!(grid.rows[0].cells[1].paragraphs[0].bold);
}

#[test]
fn merged_cells_cover_what_is_shown() {
    let source = format!(
        "<sheetData><row r=\"1\">{}<c r=\"B1\" s=\"3\" t=\"inlineStr\"><is><t>Сроки</t></is></c></row>\
         <row r=\"2\">{}{}{}</row><row r=\"9\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A9:XFD9\"/></mergeCells>",
        text("A1", "№"),
        text("A2", "под"),
        text("B2", "начало"),
        text("C2", "конец"),
        text("A9", "раздел")
    );
    let blocks = sheet(&source);
    assert_eq!(
        lines(&blocks),
        [
            "| 0x2: № | 1+1: Сроки |",
            "| 1: начало | 2: конец |",
            "| 0+300: раздел |"
        ]
    );
    let cell = &table(&blocks, 0).rows[0].cells[1].paragraphs[0];
    assert_eq!((cell.bold, cell.align), (true, Align::Center));
    assert_eq!(notes(&blocks), [Noted::HiddenText]);
}

#[test]
fn hidden_rows_columns_and_sheets_are_left_out_and_told() {
    let source = format!(
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
         <row r=\"1\">{}{}{}</row><row r=\"2\" hidden=\"1\">{}</row><row r=\"3\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:C3\"/></mergeCells>",
        text("A1", "а"),
        text("B1", "скрыто"),
        text("C1", "в"),
        text("A2", "видно внизу"),
        text("D3", "г"),
    );
    let bytes = workbook(
        &[
            ("Тайный", "state=\"hidden\"", "<sheetData/>"),
            ("План", "", &source),
            ("Пусто", "", "<sheetData/>"),
        ],
        "",
    );
    let blocks = read("a.xlsx", &bytes);
    assert_eq!(
        lines(&blocks),
        ["| 0: а | 1: в |", "| 0+1: видно внизу | 2: г |"]
    );
    assert_eq!(table(&blocks, 0).rows[1].at.row, 3);
    assert_eq!(table(&blocks, 0).rows[0].cells[1].at.cell, 3);
    assert_eq!(
        notes(&blocks),
        [
            Noted::HiddenSheet("Тайный".into()),
            Noted::HiddenRow,
            Noted::HiddenColumn
        ]
    );
}

#[test]
fn a_formula_without_a_result_is_told() {
    let blocks = sheet(&format!(
        "<sheetData><row>{}<c><f>A1&amp;\"б\"</f><v></v></c></row></sheetData>",
        text("A1", "а")
    ));
    assert_eq!(lines(&blocks), ["| 0: а |"]);
    assert_eq!(notes(&blocks), [Noted::Uncomputed]);
    assert_eq!(blocks.notes[0].at.cell, 2);
}

#[test]
fn rows_printed_on_each_page_are_heads() {
    let source = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row></sheetData>",
        text("A1", "шапка"),
        text("A2", "тело")
    );
    let names = "<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'План'!$A:$B,'План'!$1:$1</definedName></definedNames>";
    let blocks = read("a.xlsx", &workbook(&[("План", "", &source)], names));
    let heads: Vec<bool> = table(&blocks, 0).rows.iter().map(|r| r.head).collect();
    assert_eq!(heads, [true, false]);
}

#[test]
fn what_is_sparse_or_too_much_is_bounded() {
    let row = |at: u32| {
        format!("<row r=\"{at}\"><c r=\"A{at}\"><v>1</v></c><c r=\"XFD{at}\"><v>2</v></c></row>")
    };
    let rows: String = (1..=2000).map(row).collect();
    let sparse = sheet(&format!(
        "<sheetData>{rows}<row r=\"4294967295\"/><row><c><v>3</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B1:C2\"/></mergeCells>"
    ));
    assert_eq!(table(&sparse, 0).rows.len(), 2001);
    assert!(notes(&sparse).contains(&Noted::Cut));
    let few = Limits {
        max_fragments: 10,
        ..Limits::default()
    };
    let bytes = workbook(
        &[("План", "", &format!("<sheetData>{rows}</sheetData>"))],
        "",
    );
    let cut = blocks("a.xlsx", &bytes, &few).unwrap();
    assert_eq!(table(&cut, 0).rows.len(), 10);
    let none = blocks("a.xlsx", &zip(&[("xl/workbook.bin", b"x")]), &few);
    assert_eq!(none.unwrap_err(), Reason::Malformed);
}
