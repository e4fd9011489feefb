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

/// A page of which one more object is a stream with this dictionary.
fn with_stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let page = placed(&[(50, 700, "x")]);
    let body = String::from_utf8(page).unwrap();
    let body = body.split("xref\n").next().unwrap().as_bytes();
    let mut file = body.to_vec();
    let at = file.len();
    file.extend(format!("6 0 obj\n<<{dictionary}/Length {}>>\nstream\n", data.len()).bytes());
    file.extend_from_slice(data);
    file.extend(b"\nendstream\nendobj\n");
    let mut offsets = Vec::new();
    for n in 1..6 {
        let mark = format!("{n} 0 obj");
        let found = memchr::memmem::find(&file, mark.as_bytes()).unwrap();
        offsets.push(found);
    }
    offsets.push(at);
    let table = file.len();
    file.extend(b"xref\n0 7\n0000000000 65535 f \n");
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// What its dictionary says of a stream hides nothing in it.
#[test]
fn streams_are_what_they_hold() {
    let said = "Приречная школа".as_bytes();
    let packed = zip(&[("a.txt", said)]);
    let page = "<html><p>Приречная школа</p></html>".as_bytes();
    let commented = [&b"%begincmap\n"[..], said].concat();
    for dictionary in [
        "",
        "/Length1 9",
        "/Length3 0",
        "/N 3",
        "/FunctionType 0",
        "/Type/XRef",
        "/Type/ObjStm/N 1/First 4",
        "/Subtype/Type1C",
        "/Subtype/CIDFontType0C",
        "/Subtype/OpenType",
        "/Type/Metadata",
        "/Type/Font",
        "/Type/Pattern",
        "/Type/XObject",
    ] {
        for data in [said, &packed, page, &commented] {
            // The library takes apart what it is told are objects, and says where that fails.
            let file = with_stream(dictionary, data);
            let (all, outcome) = lift("a.pdf", &file);
            let found = all.iter().any(|(_, t)| t.contains("Приречная школа"));
            let refused = !outcome.unreadable.is_empty();
            assert!(found || refused, "{dictionary}: {data:?} {all:?}");
        }
    }
    let (all, outcome) = lift("a.pdf", &with_stream("/Subtype/Image", &packed));
    assert!(!outcome.pictures.is_empty());
    assert!(all.iter().any(|(_, t)| t.contains("Приречная")), "{all:?}");
}

#[test]
fn remarks_between_operators_are_read() {
    let file = placed(&[(50, 700, "x) Tj % Priretschnaja school\n (y")]);
    finds("a.pdf", &file, "Priretschnaja school");
}

#[test]
fn letters_that_a_font_draws_are_a_picture() {
    let page = placed(&[(50, 700, "x")]);
    let text = String::from_utf8(page).unwrap();
    assert!(lift("a.pdf", text.as_bytes()).1.pictures.is_empty());
    let drawn = text.replace("/Type1", "/Type3");
    assert_eq!(lift("a.pdf", drawn.as_bytes()).1.pictures.len(), 1);
}

/// A font with these tables.
fn font(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap();
    let mut file = [&b"\0\x01\0\0"[..], &count.to_be_bytes(), &[0; 6]].concat();
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in tables {
        let [from, len] = [at, data.len()].map(|n| u32::try_from(n).unwrap().to_be_bytes());
        file.extend([&tag[..], &[0; 4], &from, &len].concat());
        at += data.len();
    }
    file.extend(tables.iter().flat_map(|(_, data)| data.iter().copied()));
    file
}

/// The `name` table with one name.
fn names(name: &str) -> Vec<u8> {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let len = u16::try_from(name.len()).unwrap();
    let numbers = [0, 1, 18, 3, 1, 0x419, 4, len, 0];
    let head: Vec<u8> = numbers.into_iter().flat_map(u16::to_be_bytes).collect();
    [head, name].concat()
}

#[test]
fn fonts_say_their_names_and_are_pictures() {
    let named = names("Приречная");
    let file = font(&[
        (b"glyf", b"\0\0\0\0"),
        (b"name", &named),
        (b"Xtra", "Лесная школа".as_bytes()),
    ]);
    finds("a.ttf", &file, "Приречная");
    finds("a.ttf", &file, "Лесная");
    assert_eq!(lift("a.ttf", &file).1.pictures.len(), 1);
    clear("a.ttf", &file);
    let path = "../../themes/default/assets/fonts/golos-text-latin-wght-normal.woff2";
    let web = std::fs::read(path).unwrap();
    finds("a.woff2", &web, "Golos");
    clear("a.woff2", &web);
    // One whose directory or data is cut is refused.
    refused("a.woff2", &web[..web.len() - 100], Reason::Stowaway);
    for end in (0..100).chain([web.len() / 2]) {
        lift("a.woff2", &web[..end]);
    }
}

#[test]
fn words_in_shapes_spaces_and_settings() {
    for file in [
        "<svg><path d=\"Приречная\"/></svg>",
        "<svg><path d=\"Prirechnaya school\"/></svg>",
        "<svg><polygon points='1,2 Приречная'/></svg>",
        "<svg xmlns:a='http://example.org/Приречная'/>",
        "<svg xmlns:Приречная='x'/>",
        "<svg><g transform='rotate(1) Приречная'/></svg>",
    ] {
        let all = texts("a.svg", file.as_bytes());
        let said = all
            .iter()
            .any(|t| t.contains("Приречная") || t.contains("Prirechnaya"));
        assert!(said, "{file}: {all:?}");
    }
    let shapes = texts(
        "a.svg",
        b"<svg><path d='M8 10h9zM8 16H7'/><g transform='rotate(1) scale(2)'/></svg>",
    );
    assert!(
        !shapes
            .iter()
            .any(|t| t.contains('8') || t.contains("rotate")),
        "{shapes:?}"
    );
    let inner = zip(&[("a.txt", "Приречная".as_bytes())]);
    let document =
        "<w:document xmlns:w='urn:x:Лесная' w:rsidR='Озёрная'><w:p w:Луговая='1'/></w:document>";
    let file = zip(&[
        ("word/document.xml", document.as_bytes()),
        ("word/printerSettings/printerSettings1.bin", &inner),
        ("word/media/a.emf", "Полевая школа".as_bytes()),
    ]);
    for word in ["Приречная", "Лесная", "Озёрная", "Луговая", "Полевая"]
    {
        finds("a.docx", &file, word);
    }
    let settings = zip(&[
        ("word/document.xml", b"<w:document/>"),
        (
            "word/printerSettings/printerSettings1.bin",
            b"H\0P\0\x01\x02\0\0\x81\xff\0\0",
        ),
    ]);
    clear("a.docx", &settings);
    // A part with such a name elsewhere is none.
    let elsewhere = zip(&[
        ("word/document.xml", b"<w:document/>"),
        (
            "word/printersettings.dat",
            b"H\0P\0\x01\x02\0\0\x81\xff\0\0",
        ),
    ]);
    refused("a.docx", &elsewhere, Reason::Unknown);
}

#[test]
fn cells_say_what_their_formulas_come_to() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>При</v></c>\
        <c r=\"B1\"><f>A1&amp;\"реч\"&amp;_xlfn.UNICHAR(1085)&amp;CHAR(224)&amp;CHAR(255)</f></c></row></sheetData></worksheet>";
    let file = zip(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    assert_eq!(cells("a.xlsx", &file, "Приречная"), [(0, 1)]);
}

#[test]
fn words_cut_or_glued_by_layout() {
    let document = "<w:document><w:p><w:r><w:t>При</w:t><w:br/><w:t>речная СОШ</w:t></w:r></w:p>\
        <w:p><w:r><w:t>были изЛесной школы</w:t></w:r></w:p></w:document>";
    let file = zip(&[("word/document.xml", document.as_bytes())]);
    finds("a.docx", &file, "Приречная СОШ");
    finds("a.docx", &file, "из Лесной");
    finds("a.html", "<p>При<br>речная СОШ".as_bytes(), "Приречная СОШ");
}

#[test]
fn what_is_drawn_is_a_picture() {
    let outlines = "<path d='M0 0q1 1 2 2zM1 1h2'/>".repeat(13);
    let placed: String = "Приречная"
        .chars()
        .map(|c| format!("<text x='1' y='2'>{c}</text>"))
        .collect();
    let letters: String = "Приречная"
        .chars()
        .map(|c| format!("<span style='position:absolute;left:1px'>{c}</span>"))
        .collect();
    for (path, file) in [
        ("a.svg", format!("<svg>{outlines}</svg>")),
        ("a.svg", format!("<svg>{placed}</svg>")),
        (
            "a.svg",
            "<svg><text x='9 8 7 6 5 4'>яанч</text></svg>".to_owned(),
        ),
        (
            "a.svg",
            "<svg><font><glyph unicode='a' d='M0 0'/></font></svg>".to_owned(),
        ),
        ("a.html", format!("<p>x<svg>{outlines}</svg>")),
        ("a.html", format!("<p>x<svg>{placed}</svg>")),
        ("a.html", letters),
    ] {
        assert_eq!(
            lift(path, file.as_bytes()).1.pictures.len(),
            1,
            "{path}: {file}"
        );
    }
    for (path, file) in [
        (
            "a.svg",
            "<svg><path d='M8 10h9M8 16h7'/><text x='1' y='2'>слово</text></svg>",
        ),
        (
            "a.html",
            "<svg><symbol><path d='M8 10h9'/></symbol></svg><i style='left:1px'>А</i><p style='order:1'>слово",
        ),
    ] {
        assert!(
            lift(path, file.as_bytes()).1.pictures.is_empty(),
            "{path}: {file}"
        );
    }
}
