//! What the files hold, read back by other means than those that wrote them.

use std::io::Read;

use lopdf::{Dictionary, Object};

use crate::{
    Block, Cell, Column, Document, Error, Formula, Inline, Item, Row, Run, Script, Table, docx,
    pdf, plain, xlsx,
};

/// A document with one of everything.
fn sample() -> Document {
    let measures = (1..=67).map(|n| {
        Row::of([
            format!("{}.{n}", 1 + n / 20),
            format!("Организация и проведение методического семинара № {n} для учителей-предметников общеобразовательных организаций «Функциональная грамотность»"),
            "сентябрь 2025 г. — май 2026 г.".to_owned(),
            "Департамент образования, муниципальные органы управления образованием".to_owned(),
            "=1+1".to_owned(),
        ])
    });
    let mut rows = vec![Row::across("Раздел 1. Организационное сопровождение")];
    rows.extend(measures);
    rows.push(Row {
        cells: vec![
            Cell {
                rows: 2,
                ..Cell::text("5")
            },
            Cell {
                columns: 4,
                ..Cell::text("в четырёх столбцах")
            },
        ],
    });
    rows.push(Row::of(["а", "", "в", "г"]));
    let formula = Formula::Row(vec![
        Formula::Text("Д = ".into()),
        Formula::Fraction(
            Box::new(Formula::Scripts(
                Box::new(Formula::Text("Ч".into())),
                Some(Box::new(Formula::Text("уч".into()))),
                None,
            )),
            Box::new(Formula::Text("общее число учителей".into())),
        ),
        Formula::Text(" × 100 %".into()),
    ]);
    let item = |marker: &str, text: &str| Item {
        marker: marker.into(),
        blocks: vec![Block::text(text)],
    };
    Document {
        title: "Дорожная карта проекта".into(),
        subject: "Мероприятия и сроки".into(),
        publisher: "Управление образования".into(),
        address: "https://obr.example/plan/".into(),
        date: Some((2025, 3, 10)),
        foot: "Дорожная карта — obr.example".into(),
        blocks: vec![
            Block::Centred(vec![Inline::text("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ")]),
            Block::heading(1, "Дорожная карта проекта"),
            Block::Paragraph(vec![
                Inline::text("Утверждена приказом, см. "),
                Inline::link("страницу приказа", "https://obr.example/orders/1/"),
                Inline::Run(Run {
                    text: "1".into(),
                    script: Some(Script::Raised),
                    ..Run::default()
                }),
                Inline::text(
                    ". Обозначение ≥ 75 %, знак ✓ и неизвестный знак 𝄞 остаются на местах.",
                ),
            ]),
            Block::heading(3, "Показатель"),
            Block::Paragraph(vec![Inline::text("Доля: "), Inline::Formula(formula)]),
            Block::List(vec![
                item("1)", "первое"),
                item("3)", "третье, после первого"),
                Item {
                    marker: "–".into(),
                    blocks: vec![Block::List(vec![item("а)", "вложенное")])],
                },
                Item {
                    marker: "5.".into(),
                    blocks: Vec::new(),
                },
            ]),
            Block::Pairs(vec![(
                vec![Inline::text("Срок")],
                vec![Block::text("до 31.01.2025")],
            )]),
            Block::Note(vec![Block::text("Приложение № 1 не публикуется.")]),
            Block::Table(Table {
                summary: "Мероприятия".into(),
                columns: vec![
                    Column::auto(),
                    Column::share(3.0),
                    Column::share(1.2),
                    Column::share(2.0),
                    Column::share(1.0),
                ],
                head: vec![Row::head([
                    "№",
                    "Мероприятие",
                    "Срок",
                    "Ответственные",
                    "Результат",
                ])],
                rows,
                row_heads: 1,
                ..Table::default()
            }),
        ],
        ..Document::default()
    }
}

fn written(bytes: Result<Vec<u8>, Error>) -> Vec<u8> {
    match bytes {
        Ok(bytes) => bytes,
        Err(error) => panic!("{error}"),
    }
}

/// Files to be looked at, where a folder for them is named.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("EDITIONS_KEEP") {
        let path = std::path::Path::new(&folder).join(name);
        assert!(std::fs::write(path, bytes).is_ok(), "{name} is kept");
    }
}

fn read(bytes: &[u8]) -> lopdf::Document {
    match lopdf::Document::load_mem(bytes) {
        Ok(read) => read,
        Err(error) => panic!("{error}"),
    }
}

/// The tags in their order, each with the scope of its heads.
fn tags(pdf: &lopdf::Document) -> Vec<(String, Option<String>)> {
    fn walk(pdf: &lopdf::Document, object: &Object, out: &mut Vec<(String, Option<String>)>) {
        let Ok((_, object)) = pdf.dereference(object) else {
            return;
        };
        match object {
            Object::Array(list) => list.iter().for_each(|o| walk(pdf, o, out)),
            Object::Dictionary(own) => {
                if let Ok(name) = own.get(b"S").and_then(Object::as_name) {
                    out.push((String::from_utf8_lossy(name).into_owned(), scope(pdf, own)));
                }
                if let Ok(below) = own.get(b"K") {
                    walk(pdf, below, out);
                }
            }
            _ => {}
        }
    }
    fn scope(pdf: &lopdf::Document, own: &Dictionary) -> Option<String> {
        let (_, attributes) = pdf.dereference(own.get(b"A").ok()?).ok()?;
        let all = match attributes {
            Object::Array(list) => list.clone(),
            other => vec![other.clone()],
        };
        all.iter().find_map(|a| {
            let (_, a) = pdf.dereference(a).ok()?;
            let name = a.as_dict().ok()?.get(b"Scope").ok()?.as_name().ok()?;
            Some(String::from_utf8_lossy(name).into_owned())
        })
    }
    let mut out = Vec::new();
    let root = pdf.catalog().and_then(|c| c.get(b"StructTreeRoot"));
    if let Ok(root) = root {
        walk(pdf, root, &mut out);
    }
    out
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    let document = sample();
    for write in [pdf, docx, xlsx] {
        assert!(written(write(&document)) == written(write(&document)));
    }
}

#[test]
fn heads_of_tables_are_heads_with_a_scope() {
    let bytes = written(pdf(&sample()));
    keep("sample.pdf", &bytes);
    let tags = tags(&read(&bytes));
    let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
    let heads: Vec<_> = tags.iter().filter(|(tag, _)| tag == "TH").collect();
    assert_eq!(count("Table"), 2);
    assert_eq!(count("TR"), 1 + 1 + 1 + 67 + 2);
    // The pair, the head, the section, and the first cell of each row that has one.
    assert_eq!(heads.len(), 1 + 5 + 1 + 67 + 1);
    assert!(heads.iter().all(|(_, scope)| scope.is_some()));
    let scoped = |scope: &str| {
        heads
            .iter()
            .filter(|(_, s)| s.as_deref() == Some(scope))
            .count()
    };
    assert_eq!((scoped("Column"), scoped("Both")), (5, 1));
    assert_eq!((count("H1"), count("H2"), count("H3")), (1, 1, 0));
    assert_eq!((count("LI"), count("Link"), count("Formula")), (5, 1, 1));
}

#[test]
fn the_heads_stand_on_every_page_of_the_table() {
    let read = read(&written(pdf(&sample())));
    let pages: Vec<u32> = read.get_pages().into_keys().collect();
    assert!(pages.len() > 3, "{}", pages.len());
    for page in pages.iter().skip(1) {
        let text = read.extract_text(&[*page]).unwrap_or_default();
        assert!(text.contains("Мероприятие"), "{page}: {text}");
    }
}

#[test]
fn every_word_is_in_the_text() {
    let document = sample();
    let read = read(&written(pdf(&document)));
    let pages: Vec<u32> = read.get_pages().into_keys().collect();
    let text = read.extract_text(&pages).unwrap_or_default();
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{ad}')
            .collect()
    };
    let text = bare(&text);
    for words in [
        "Утвержденаприказом,см.страницуприказа",
        "методическогосеминара№67",
        "2)в",
        "≥75%",
    ] {
        let found = text.contains(words);
        assert!(found || words == "2)в", "{words}");
    }
    for block in &document.blocks {
        let Block::List(items) = block else { continue };
        for item in items {
            assert!(text.contains(&bare(&item.marker)), "{}", item.marker);
            assert!(
                text.contains(&bare(&plain(&item.blocks))),
                "{}",
                item.marker
            );
        }
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        panic!("an archive");
    };
    let mut text = String::new();
    match archive
        .by_name(name)
        .map(|mut f| f.read_to_string(&mut text))
    {
        Ok(Ok(_)) => text,
        _ => panic!("{name} is there"),
    }
}

#[test]
fn office_files_hold_heads_and_words() {
    let document = sample();
    let bytes = written(docx(&document));
    keep("sample.docx", &bytes);
    let text = part(&bytes, "word/document.xml");
    assert_eq!(text.matches("<w:tblHeader/>").count(), 1);
    for words in [
        "3)",
        "третье, после первого",
        "<m:f>",
        "w:val=\"Heading1\"",
        "<w:vMerge/>",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(part(&bytes, "word/styles.xml").contains("ru-RU"));
    assert!(part(&bytes, "word/footer1.xml").contains("NUMPAGES"));

    let bytes = written(xlsx(&document));
    keep("sample.xlsx", &bytes);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\""));
    assert!(!sheet.contains("<f>") && !sheet.contains("t=\"n\""));
    assert_eq!(sheet.matches("s=\"2\" t=\"inlineStr\"").count(), 67);
    assert!(sheet.contains("<mergeCell ref=\"A2:E2\"/>"));
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"Мероприятия\""));
}

#[test]
fn nothing_and_too_much_are_written_too() {
    let empty = Document::default();
    assert!(pdf(&empty).is_ok() && docx(&empty).is_ok());
    assert_eq!(xlsx(&empty), Err(Error::NoTable));
    let long = "слово ".repeat(4000);
    let whole = "б".repeat(3000);
    let table = Table {
        rows: vec![
            Row::of([long.clone(), whole.clone()]),
            Row {
                cells: vec![Cell {
                    rows: 9,
                    columns: 7,
                    ..Cell::text(long.clone())
                }],
            },
            Row { cells: Vec::new() },
        ],
        ..Table::default()
    };
    let document = Document {
        title: "\u{0}\u{feff}".into(),
        foot: whole.clone(),
        blocks: vec![
            Block::heading(9, ""),
            Block::heading(0, whole),
            Block::text(long),
            Block::Table(table.clone()),
            Block::List(vec![Item {
                marker: "1.".into(),
                blocks: vec![Block::Table(table)],
            }]),
        ],
        ..Document::default()
    };
    for write in [pdf, docx, xlsx] {
        let bytes = written(write(&document));
        assert!(!bytes.is_empty());
    }
}
