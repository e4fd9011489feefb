//! What is written in pieces, drawn out of order, or shown by something else than text.

use std::io::{Cursor, Write};

use super::build::{assemble, zip};
use super::*;

#[test]
fn strings_are_joined() {
    finds(
        "a.po",
        "msgstr \"\"\n\"План: При\"\n\"речная\"".as_bytes(),
        "План: Приречная",
    );
    finds(
        "a.sql",
        "SET a = 'При' || 'речная'".as_bytes(),
        "'Приречная'",
    );
    finds("a.py", "a = ('При'\n     'речная')".as_bytes(), "Приречная");
    finds(
        "a.js",
        "var a = [\"При\" + 'речная', \"x\"]".as_bytes(),
        "Приречная",
    );
    finds(
        "a.properties",
        "a = При\\\n    речная".as_bytes(),
        "Приречная",
    );
    finds(
        "a.tex",
        "При\\-речная школа~№\\,5".as_bytes(),
        "Приречная школа\u{a0}№ 5",
    );
    finds(
        "a.php",
        "<?php echo 'При' . 'речная'; ?>".as_bytes(),
        "Приречная",
    );
    // Two members of a list are not one word.
    let all = texts("a.js", "var a = [\"При\", \"речная\"]".as_bytes());
    assert!(!all.iter().any(|t| t.contains("Приречная")), "{all:?}");
}

#[test]
fn marks_and_times_are_left_out() {
    finds(
        "a.rst",
        "*При*\\ речная школа".as_bytes(),
        "Приречная школа",
    );
    finds(
        "a.wiki",
        "'''При'''речная [[шко]]ла".as_bytes(),
        "Приречная школа",
    );
    finds("a.md", "Школа №\\ 5".as_bytes(), "Школа №\u{a0}5");
    let cues = "1\n00:00:01,000 --> 00:00:02,000\nПри-\n\n2\n00:00:02,000 --> 00:00:03,000\nречная <i>школа</i>\n";
    finds("a.srt", cues.as_bytes(), "При-\nречная школа");
}

#[test]
fn members_of_a_record_are_a_row() {
    let xml = "<list><org><kind>Школа</kind><name>Приречная</name></org><org><kind>Школа</kind><name>Лесная</name></org></list>";
    assert_eq!(cells("a.xml", xml.as_bytes(), "Приречная"), [(1, 1)]);
    assert_eq!(cells("a.xml", xml.as_bytes(), "Лесная"), [(2, 1)]);
    assert_eq!(cells("a.xml", xml.as_bytes(), "kind"), [(0, 0)]);
    // Paragraphs beside each other are not.
    let prose = "<body><p>Приречная</p><p>Лесная</p></body>";
    assert_eq!(cells("a.xml", prose.as_bytes(), "Лесная"), []);
    let json = "{\"rows\": [[\"Тип\", \"Номер\"], [\"Школа\", 5]], \"at\": [[1.5, 2.5]]}";
    assert_eq!(cells("a.json", json.as_bytes(), "5"), [(1, 1)]);
    let named = "[{\"Тип\": \"Школа\", \"Номер\": 5}]";
    assert_eq!(cells("a.json", named.as_bytes(), "Номер"), [(0, 1)]);
    assert_eq!(cells("a.json", named.as_bytes(), "5"), [(1, 1)]);
}

#[test]
fn rtf_cells_and_fields() {
    let table = b"{\\rtf1\\ansi \\trowd\\cellx1\\cellx2\\intbl one\\cell two\\cell\\row\\trowd\\intbl three\\cell\\cell four\\cell\\row\\pard five\\par}";
    assert_eq!(cells("a.rtf", table, "two"), [(0, 1)]);
    assert_eq!(cells("a.rtf", table, "four"), [(1, 2)]);
    assert_eq!(cells("a.rtf", table, "five"), []);
    let field = b"{\\rtf1 Pri{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt rech}}naya{\\footnote note}s\\par}";
    finds("a.rtf", field, "Prirechnayas");
    finds("a.rtf", field, "HYPERLINK");
}

#[test]
fn formats_and_prompts_of_sheets() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"&quot;Школа № &quot;0\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>5</v></c></row></sheetData>\
        <dataValidations><dataValidation prompt=\"&#1051;&#1077;&#1089;&#1085;&#1072;&#1103;\"/></dataValidations></worksheet>";
    let file = zip(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    finds("a.xlsx", &file, "Школа № 5");
    finds("a.xlsx", &file, "Лесная");
}

#[test]
fn attributes_of_one_element_are_a_row() {
    let file = "<a><item area=\"Lakeside\" code=\"school-14\" link=\"/x%20y\"/><item code=\"school-15\" area=\"Hill\"/></a>";
    assert_eq!(cells("a.xml", file.as_bytes(), "Lakeside"), [(1, 0)]);
    assert_eq!(cells("a.xml", file.as_bytes(), "school-14"), [(1, 1)]);
    assert_eq!(cells("a.xml", file.as_bytes(), "school-15"), [(2, 1)]);
    // Words alone stand in the record alone; what may be more is read as what it is too.
    let alone = lift("a.xml", file.as_bytes()).0;
    assert!(!alone.contains(&(Role::Attribute, "Lakeside".to_owned())));
    assert!(alone.contains(&(Role::Address, "/x y".to_owned())));
    let named = "<страна имя=\"Озёрная\"><город>Ключ</город></страна>";
    finds("a.xml", named.as_bytes(), "Озёрная страна");
}

/// One record of an old workbook.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes(), &len.to_le_bytes(), body].concat()
}

fn letters(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn cells_of_old_workbooks() {
    let begin = |kind: u16| record(0x809, &[&[0, 6][..], &kind.to_le_bytes()].concat());
    let number = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    // The second string goes on in another record, which says anew how wide its letters are.
    let mut strings = [2u32.to_le_bytes(), 2u32.to_le_bytes()].concat();
    strings.extend([&[5, 0, 1][..], &letters("Школа")].concat());
    strings.extend([&[9, 0, 1][..], &letters("Прир")].concat());
    let rest = [&[1][..], &letters("ечная")].concat();
    let globals = |at: u32| {
        let title = [&at.to_le_bytes()[..], &[0, 0, 4, 1], &letters("План")].concat();
        [
            begin(5),
            record(0x85, &title),
            record(0xfc, &strings),
            record(0x3c, &rest),
            record(0x0a, &[]),
        ]
        .concat()
    };
    let at = u32::try_from(globals(0).len()).unwrap();
    let text = |row, column, index: u32| {
        record(
            0xfd,
            &[number(row, column), index.to_le_bytes().to_vec()].concat(),
        )
    };
    let packed = |value: u32| ((value << 2) | 2).to_le_bytes();
    let sheet = [
        begin(0x10),
        text(0, 0, 0),
        text(0, 1, 1),
        record(0x27e, &[number(1, 1), packed(19).to_vec()].concat()),
        record(
            0x203,
            &[number(1, 2), 2.5f64.to_le_bytes().to_vec()].concat(),
        ),
        record(0x0a, &[]),
    ];
    let stream = [globals(at), sheet.concat()].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook")
        .unwrap()
        .write_all(&stream)
        .unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(cells("a.xls", &bytes, "Приречная"), [(0, 1)]);
    assert_eq!(cells("a.xls", &bytes, "19"), [(1, 1)]);
    assert_eq!(cells("a.xls", &bytes, "2.5"), [(1, 2)]);
    refused("a.xls", &bytes, Reason::Legacy);
    // A workbook cut short anywhere is still read to its end.
    for end in (0..stream.len()).step_by(3) {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut inner = file.create_stream("/Workbook").unwrap();
        inner.write_all(&stream[..end]).unwrap();
        drop(inner);
        lift("a.xls", &file.into_inner().into_inner());
    }
}

/// A page on which each piece stands at its own place.
fn placed(pieces: &[(u32, u32, &str)]) -> Vec<u8> {
    let shown: String = pieces
        .iter()
        .map(|(x, y, t)| format!("1 0 0 1 {x} {y} Tm ({t}) Tj "))
        .collect();
    let content = format!("BT /F1 10 Tf {shown}ET");
    assemble(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /Widths [{}] >>", "500 ".repeat(256)),
        ],
        "",
    )
}

#[test]
fn pages_are_read_as_they_look() {
    let file = placed(&[(72, 700, "school"), (50, 700, "Lake"), (50, 712, "Above")]);
    finds("a.pdf", &file, "Above\nLake school");
    let spaced: Vec<(u32, u32, &str)> = [50, 60, 70, 80]
        .into_iter()
        .zip(["L", "a", "k", "e"])
        .map(|(x, t)| (x, 700, t))
        .collect();
    finds("a.pdf", &placed(&spaced), "Lake");
    let twice = placed(&[
        (50, 700, "L"),
        (51, 700, "L"),
        (55, 700, "ak"),
        (65, 700, "e"),
    ]);
    finds("a.pdf", &twice, "Lake");
    let table = placed(&[
        (50, 700, "kind"),
        (150, 700, "name"),
        (50, 688, "school"),
        (150, 688, "Lake"),
    ]);
    assert_eq!(cells("a.pdf", &table, "Lake"), [(1, 1)]);
    let columns = [
        (50, 700, "A long line that goes"),
        (250, 700, "Another one goes on"),
        (50, 688, "on below as La-"),
        (250, 688, "below without a word"),
        (50, 676, "keside of the other"),
        (250, 676, "that is cut in two"),
    ];
    finds("a.pdf", &placed(&columns), "on below as La-\nkeside");
}

#[test]
fn archives_behind_something_else() {
    let inner = zip(&[("Приречная.txt", "Лесная".as_bytes())]);
    let file = [&b"MZ\0\0\x01\x02\x03"[..], &[0; 200], &inner].concat();
    refused("a.exe", &file, Reason::Unknown);
    finds("a.exe", &file, "Лесная");
    let file = [&build::png(b"tEXt", b"a\0b")[..], &inner].concat();
    refused("a.png", &file, Reason::Stowaway);
    finds("a.png", &file, "Лесная");
}

#[test]
fn mailboxes() {
    let file = "From a Mon\nSubject: x\n\nfirst\n\nFrom b Tue\nSubject: =?utf-8?B?0JvQtdGB0L3QsNGP?=\n\nsecond\n";
    finds("a.mbox", file.as_bytes(), "Лесная");
    finds("a", file.as_bytes(), "second");
}

#[test]
fn wide_tables_and_long_documents_take_little_memory() {
    let wide = [&vec![b';'; 200_000][..], "Лесная".as_bytes()].concat();
    finds("a.csv", &wide, "Лесная");
    let long = format!("{}Лесная", "*a ".repeat(600_000));
    finds("a.md", long.as_bytes(), "Лесная");
}
