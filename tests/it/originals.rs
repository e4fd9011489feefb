//! The file that was imported, shown beside its source: where it may be, and only there.

use crate::begin::docx_with;
use crate::place::{Place, Run, TODAY, program, run};
use crate::review::DOT;

const SCHOOL: &str = "МБОУ «Кувшинская СОШ»";

fn place() -> Place {
    let place = Place::empty();
    place.write(
        "content/site.yaml",
        "title: \"Проба\"\nbase_url: \"https://example.org/\"\nsections: [razdel]\n",
    );
    place.write(
        "content/private/registry.yaml",
        format!("protected:\n  - id: r-01\n    name: \"{SCHOOL}\"\n    municipality: \"Яблонный район\"\n"),
    );
    place
}

fn import(place: &Place, name: &str, bytes: &[u8], section: &str) -> Run {
    let file = place.path(name);
    std::fs::write(&file, bytes).expect("the file");
    let mut command = program();
    command.arg("import").arg(&file).arg(place.root());
    command.args(["--section", section, "--today", TODAY, "--format", "json"]);
    let run = run(&mut command).without(place.root());
    assert_eq!(run.status, Some(0), "{}", run.said());
    std::fs::remove_file(&file).expect("the file");
    run
}

fn plan(measure: &str) -> [[&str; 4]; 1] {
    [["1", measure, "март 2025", "Методический центр"]]
}

#[test]
fn the_signed_file_stands_beside_its_order() {
    let place = place();
    let bytes = docx_with(&plan("Открытые уроки"), &[]);
    let run = import(&place, "Копия приказа (2).docx", &bytes, "razdel");
    assert!(
        run.out.contains("content/razdel/files/prikaz-12-od.docx"),
        "{}",
        run.out
    );
    let order = place.read("content/razdel/orders/12-od.yaml");
    assert!(
        order.contains("original: [\"../files/prikaz-12-od.docx\"]"),
        "{order}"
    );
    // The plan in it is the order's annex: one file, one link.
    assert!(!place.read("content/razdel/roadmap.yaml").contains("file:"));
    place.must_build(&[]);
    let page = place.read("output/site/razdel/orders/12-od/index.html");
    assert!(
        page.contains("Подписанный документ") && page.contains("DOCX,"),
        "{page}"
    );
    let copy = place.path("output/site/razdel/files/prikaz-12-od.docx");
    assert_eq!(std::fs::read(copy).expect("the copy"), bytes);
}

#[test]
fn a_file_that_names_a_listed_school_is_not_shown() {
    let place = place();
    let measure = format!("Выезд в {SCHOOL}");
    let run = import(
        &place,
        "Приказ.docx",
        &docx_with(&plan(&measure), &[]),
        "razdel",
    );
    assert!(
        run.codes().contains(&"import.original-left".to_owned()),
        "{}",
        run.said()
    );
    assert!(!place.path("content/razdel/files").exists());
    place.must_build(&[]);
}

#[test]
fn what_a_page_does_not_show_stays_at_home() {
    let place = place();
    let change = "Открытые уроки</w:t></w:r><w:ins w:id=\"1\" w:author=\"а\"><w:r><w:t xml:space=\"preserve\"> и разбор</w:t></w:r></w:ins><w:r><w:t>";
    let run = import(
        &place,
        "Приказ.docx",
        &docx_with(&plan(change), &[]),
        "razdel",
    );
    let codes = run.codes();
    for code in ["import.revisions", "import.original-left"] {
        assert!(codes.contains(&code.to_owned()), "{}", run.said());
    }
    assert!(!place.path("content/razdel/files").exists());
    place.must_build(&[]);
}

#[test]
fn a_file_with_pictures_waits_for_a_look() {
    let place = place();
    let further = [("word/media/image1.png", DOT)];
    let run = import(
        &place,
        "Приказ.docx",
        &docx_with(&plan("Открытые уроки"), &further),
        "razdel",
    );
    assert!(
        run.codes().contains(&"import.original-look".to_owned()),
        "{}",
        run.said()
    );
    // It lies there, and is no part of the site.
    let file = "content/razdel/files/prikaz-12-od.docx";
    assert!(place.path(file).exists());
    place.must_build(&[]);
    assert!(!place.path("output/site/razdel/files").exists());
    let mut look = program();
    look.arg("review").arg(place.path(file));
    look.args([
        "--who",
        "Лугова Н. П.",
        "--yes",
        "--no-open",
        "--today",
        TODAY,
    ]);
    let seen = crate::place::run(&mut look);
    assert_eq!(seen.status, Some(0), "{}", seen.said());
    let order = "content/razdel/orders/12-od.yaml";
    let text = place.read(order);
    place.write(
        order,
        format!("{text}original: [\"../files/prikaz-12-od.docx\"]\n"),
    );
    place.must_build(&[]);
    assert!(
        place
            .path("output/site/razdel/files/prikaz-12-od.docx")
            .exists()
    );
}

#[test]
fn another_file_of_the_same_name_stays() {
    let place = place();
    place.write("content/razdel/files/prikaz-12-od.docx", "другой");
    import(
        &place,
        "Приказ.docx",
        &docx_with(&plan("Открытые уроки"), &[]),
        "razdel",
    );
    assert_eq!(
        place.read("content/razdel/files/prikaz-12-od.docx"),
        "другой"
    );
    let order = place.read("content/razdel/orders/12-od.yaml");
    assert!(order.contains("prikaz-12-od-2.docx"), "{order}");
}
