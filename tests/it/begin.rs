//! `glasno init`: a newcomer's way from an empty folder to a published section.

use std::io::Write;
use std::process::Stdio;

use crate::place::{Place, Run, TODAY, program, run};

/// `glasno init PLACE WORDS…`, with nobody to answer.
fn init(place: &Place, words: &[&str]) -> Run {
    run(program()
        .arg("init")
        .arg(place.root())
        .args(words)
        .stdin(Stdio::null()))
    .without(place.root())
}

/// The same with answers, one a line.
fn answered(place: &Place, lines: &str) -> Run {
    let mut child = program()
        .arg("init")
        .arg(place.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(lines.as_bytes()).expect("answers");
    drop(input);
    let output = child.wait_with_output().expect("its end");
    Run {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
    .without(place.root())
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// An order with a plan in Word's format.
fn docx(rows: &[[&str; 4]]) -> Vec<u8> {
    docx_with(rows, &[])
}

/// The same with further parts in its package.
pub(crate) fn docx_with(rows: &[[&str; 4]], further: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = String::new();
    for line in [
        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ЛУГОВОГО РАЙОНА",
        "ПРИКАЗ",
        "15.01.2025 № 12-од",
        "О плане поддержки школ на 2025 год",
        "В соответствии с планом работы управления",
        "ПРИКАЗЫВАЮ:",
        "1. Утвердить план поддержки школ на 2025 год (приложение).",
        "2. Контроль за исполнением приказа оставляю за собой.",
        "Начальник управления                И. И. Лугин",
        "Приложение к приказу от 15.01.2025 № 12-од",
        "План поддержки школ на 2025 год",
    ] {
        body.push_str(&paragraph(line));
    }
    body.push_str("<w:tbl>");
    let heads = ["№", "Мероприятие", "Срок", "Ответственный"];
    for row in std::iter::once(&heads).chain(rows) {
        body.push_str("<w:tr>");
        for cell in row {
            body.push_str(&format!("<w:tc>{}</w:tc>", paragraph(cell)));
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl><w:sectPr/>");
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let parts = [
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        ("word/document.xml", &document),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    for (name, bytes) in further {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn from_an_empty_folder_with_one_word_file_to_a_site() {
    let place = Place::empty();
    let run_init = init(
        &place,
        &[
            "--territory",
            "Луговой район",
            "--owner",
            "Управление образования Лугового района",
            "--years",
            "2025",
            "--list",
            "no",
        ],
    );
    assert_eq!(run_init.status, Some(0), "{}", run_init.said());
    let empty = place.must_build(&[]);
    assert!(empty.err.contains("registry.unguarded"), "{}", empty.said());
    let rows = [
        [
            "1",
            "Провести собеседования с завучами",
            "январь 2025",
            "Управление образования",
        ],
        ["2", "Открытые уроки", "до 20.02.2025", "Методический центр"],
        [
            "3",
            "Разбор диагностических работ",
            "ежеквартально",
            "Методический центр",
        ],
    ];
    let file = place.path("Приказ 12-од.docx");
    std::fs::write(&file, docx(&rows)).expect("the file");
    let import = run(program().arg("import").arg(&file).arg(place.root()).args([
        "--section",
        "lugovoy-rayon-2025",
        "--today",
        TODAY,
    ]))
    .without(place.root());
    assert_eq!(import.status, Some(0), "{}", import.said());
    place.must_build(&[]);
    let data = place.read("output/site/lugovoy-rayon-2025/roadmap/data.json");
    for row in rows {
        assert!(data.contains(row[1]), "{}: {data}", row[1]);
    }
    let orders = place.read("output/site/lugovoy-rayon-2025/orders/index.html");
    assert!(orders.contains("orders/12-od/"), "{orders}");
}

#[test]
fn an_import_needs_no_registry_of_somebody_elses_making() {
    let place = Place::empty();
    let file = place.path("plan.docx");
    let bytes = docx(&[["1", "Открытые уроки", "март 2025", "Методический центр"]]);
    std::fs::write(&file, bytes).expect("the file");
    let import = run(program().arg("import").arg(&file).arg(place.root()).args([
        "--section",
        "razdel",
        "--today",
        TODAY,
    ]))
    .without(place.root());
    assert_eq!(import.status, Some(0), "{}", import.said());
    assert!(
        import.err.contains("import.no-registry"),
        "{}",
        import.said()
    );
    let built = place.must_build(&[]);
    assert!(built.err.contains("registry.unguarded"), "{}", built.said());
}

#[test]
fn questions_are_asked_until_an_answer_means_something() {
    let place = Place::empty();
    let said = answered(
        &place,
        "Заречная область\n\nПроект 500+\n\n\n\nпока нет\nobr.example/500\nкогда-нибудь\n2025/2026\nне скажу\nнет\n",
    );
    assert_eq!(said.status, Some(0), "{}", said.said());
    insta::assert_snapshot!(said.out, @r##"
Несколько вопросов о проекте. Не знаете ответа — просто нажмите Enter: потом впишете.
Где идёт проект: район, город или регион? Чей это проект: 1 — района или города, 2 — региона? [2] Как называется проект? [Поддержка школ] Кто его ведёт (орган или учреждение)? Телефон для вопросов? Почта для вопросов? Адрес сайта, на котором будет раздел?   Это не адрес: нужен вроде obr.example или https://obr.example/500
Адрес сайта, на котором будет раздел? Годы проекта (2025, 2025-2026, 2025/2026 учебный год)?   Год не понят: напишите 2025, 2025-2026 или 2025/2026.
Годы проекта (2025, 2025-2026, 2025/2026 учебный год)? Есть ли закрытый перечень школ, которые нельзя называть: да / нет? 
Раздел начат:
  content/site.yaml
  content/zarechnaya-oblast-2025/section.yaml
  content/private/registry.yaml
Дальше:
  1. Реестр пуст и никого не защищает. Есть перечень — внесите его: glasno registry import СПИСОК
  2. Добавьте приказ, план, график как есть: glasno import ФАЙЛ --section zarechnaya-oblast-2025 PLACE
  3. Соберите сайт: glasno build PLACE — или смотрите его, пока правите: glasno serve PLACE --open
"##);
    insta::assert_snapshot!(place.read("content/zarechnaya-oblast-2025/section.yaml"), @r##"
# yaml-language-server: $schema=../../.glasno/schema/section.json
kind: section
title: "Проект 500+"
short_title: "Заречная область, 2025/2026 учебный год"
territory: "Заречная область"
level: region
# Одно-два предложения о проекте: они стоят на первой странице раздела.
summary: "Проект 500+: Заречная область, 2025/2026 учебный год."
period: {from: 2025-09-01, to: 2026-08-31}
"##);
    insta::assert_snapshot!(place.read("content/site.yaml"), @r##"
# yaml-language-server: $schema=../.glasno/schema/site.json
title: "Проект 500+: Заречная область"
short_title: "Проект 500+"
base_url: "https://obr.example/500/"
sections:
  - zarechnaya-oblast-2025
"##);
    place.must_build(&[]);
}

#[test]
fn a_list_that_is_there_is_waited_for() {
    let place = Place::empty();
    let said = init(&place, &["--territory", "Луговой район", "--list", "yes"]);
    assert_eq!(said.status, Some(0), "{}", said.said());
    assert!(
        said.out.contains("glasno registry import"),
        "{}",
        said.said()
    );
    let built = place.build(&[]);
    assert_eq!(built.status, Some(1));
    assert!(built.err.contains("registry.missing"), "{}", built.said());
}

#[test]
fn nobody_there_to_answer() {
    let place = Place::empty();
    let said = init(&place, &[]);
    assert_eq!(said.status, Some(2), "{}", said.said());
    assert!(said.err.contains("--territory"), "{}", said.said());
    assert!(!place.path("content").exists());
}

#[test]
fn nothing_is_written_over() {
    let place = Place::empty();
    let words = ["--territory", "Луговой район", "--section", "razdel"];
    assert_eq!(init(&place, &words).status, Some(0));
    let before = crate::place::tree(place.root());
    let again = init(&place, &words);
    assert_eq!(again.status, Some(1), "{}", again.said());
    assert!(again.err.contains("start.exists"), "{}", again.said());
    assert_eq!(crate::place::tree(place.root()), before);
    // A second section of the same portal leaves the portal's settings as they are.
    let second = init(
        &place,
        &["--territory", "Луговой район", "--section", "drugoy"],
    );
    assert_eq!(second.status, Some(0), "{}", second.said());
    assert!(second.out.contains("sections"), "{}", second.said());
    assert_eq!(
        place.read("content/site.yaml").into_bytes(),
        before["content/site.yaml"]
    );
}

#[test]
fn an_empty_registry_is_no_excuse_for_a_withheld_list() {
    let place = Place::empty();
    let words = ["--territory", "Луговой район", "--section", "razdel"];
    assert_eq!(init(&place, &words).status, Some(0));
    place.write(
        "content/razdel/orders/1.yaml",
        "kind: order\ntype: приказ\nissuer: \"Управление образования\"\ndate: 2025-01-14\nnumber: \"1\"\nsubject: \"О перечне\"\nclauses:\n  - {no: \"1.\", text: \"Утвердить перечень.\"}\nannexes:\n  - {no: \"1\", title: \"Перечень школ\", withheld: {basis: \"служебные сведения\"}}\n",
    );
    place.write(
        "content/razdel/bodies.yaml",
        "kind: bodies\nbodies:\n  - {id: uo, name: \"Управление образования\"}\n",
    );
    let built = place.build(&[]);
    assert_eq!(built.status, Some(1), "{}", built.said());
    assert!(
        built.err.contains("1.yaml:10") && built.err.contains("registry.empty"),
        "{}",
        built.said()
    );
}
