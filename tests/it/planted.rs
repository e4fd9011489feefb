//! Names of the registry planted in every kind of source and field: none of them comes out anywhere.

use std::collections::BTreeMap;

use crate::place::{Place, Run, tree};

/// Names of the small site's registry, in lower case: what must not be found in anything that the program makes.
const SECRETS: [&str; 4] = ["васильковск", "ромашкинск", "огурцов", "капустин"];

const SCHOOL: &str = "МБОУ «Васильковская СОШ»";
const PERSON: &str = "Огурцова Жанна Ильинична";

/// One place where a name is planted: file, what stands there, and what is put in (`{}` is the name).
type Spot = (&'static str, &'static str, &'static str);

const SPOTS: &[(&str, Spot)] = &[
    (
        "site title",
        (
            "content/site.yaml",
            "\"Поддержка школ: образец\"",
            "'Портал {}'",
        ),
    ),
    (
        "site short title",
        (
            "content/site.yaml",
            "short_title: \"Поддержка школ\"",
            "short_title: '{}'",
        ),
    ),
    (
        "site description",
        (
            "content/site.yaml",
            "\"Документы, сроки и события проекта поддержки школ\"",
            "'О школе {}'",
        ),
    ),
    (
        "site publisher",
        ("content/site.yaml", "\"Управление образования\"", "'{}'"),
    ),
    (
        "section title",
        (
            "content/primer-2025/section.yaml",
            "\"Поддержка школ Примерного района\"",
            "'Поддержка: {}'",
        ),
    ),
    (
        "section summary",
        (
            "content/primer-2025/section.yaml",
            "\"Школы района год работают над результатами вместе с методистами.\"",
            "'Работает {} и другие.'",
        ),
    ),
    (
        "section about",
        (
            "content/primer-2025/section.yaml",
            "Ход работы виден в дорожной карте.",
            "Первой идёт {}.",
        ),
    ),
    (
        "section territory",
        (
            "content/primer-2025/section.yaml",
            "territory: \"Примерный район\"",
            "territory: 'Район, где {}'",
        ),
    ),
    (
        "section coordinator",
        (
            "content/primer-2025/section.yaml",
            "\"Лунина А. Б.\"",
            "'{}'",
        ),
    ),
    (
        "body name",
        (
            "content/primer-2025/bodies.yaml",
            "\"Методический центр\"",
            "\"Методический центр\"\n    aliases: ['{}']",
        ),
    ),
    (
        "body role",
        (
            "content/primer-2025/bodies.yaml",
            "\"методическая помощь\"",
            "'помогает {}'",
        ),
    ),
    (
        "roadmap title",
        (
            "content/primer-2025/roadmap.yaml",
            "\"План мероприятий на 2025 год\"",
            "'План: {}'",
        ),
    ),
    (
        "roadmap column",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Мероприятие\"",
            "'Что делает {}'",
        ),
    ),
    (
        "roadmap section",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Помощь школам\"",
            "'Помощь: {}'",
        ),
    ),
    (
        "roadmap number",
        (
            "content/primer-2025/roadmap.yaml",
            "no: \"1.1.\"",
            "no: '{}'",
        ),
    ),
    (
        "roadmap measure",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Посетить уроки\"",
            "'Посетить уроки ({})'",
        ),
    ),
    (
        "roadmap measure in a list",
        (
            "content/primer-2025/roadmap.yaml",
            "- с учителями.",
            "- с учителями **{}**.",
        ),
    ),
    (
        "roadmap period",
        (
            "content/primer-2025/roadmap.yaml",
            "\"ежеквартально\"",
            "{text: 'когда решит {}', from: 2025-01-01, to: 2025-02-01}",
        ),
    ),
    (
        "roadmap period not understood",
        (
            "content/primer-2025/roadmap.yaml",
            "\"ежеквартально\"",
            "'{}'",
        ),
    ),
    (
        "roadmap period's note",
        (
            "content/primer-2025/roadmap.yaml",
            "\"ежеквартально\"",
            "{text: '31.09.2025', sic: true, note: 'писала {}'}",
        ),
    ),
    (
        "roadmap indicator",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Доля школ, где встречи прошли\"",
            "'Доля: {}'",
        ),
    ),
    (
        "roadmap target",
        (
            "content/primer-2025/roadmap.yaml",
            "\"100 %\"",
            "'100 % у {}'",
        ),
    ),
    (
        "roadmap result",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Справки\"",
            "'Справки о {}'",
        ),
    ),
    (
        "roadmap responsible",
        (
            "content/primer-2025/roadmap.yaml",
            "[\"Школы-участницы\"]",
            "['{}']",
        ),
    ),
    (
        "roadmap responsible's note",
        (
            "content/primer-2025/roadmap.yaml",
            "[\"Школы-участницы\"]",
            "[{body: 'Школы-участницы', note: '{}'}]",
        ),
    ),
    (
        "roadmap evidence",
        (
            "content/primer-2025/roadmap.yaml",
            "\"Приказ издан\"",
            "'Приказ вручён: {}'",
        ),
    ),
    (
        "order subject",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"О плане мероприятий на 2025 год\"",
            "'О плане для {}'",
        ),
    ),
    (
        "order place",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"с. Примерное\"",
            "'{}'",
        ),
    ),
    (
        "order number",
        (
            "content/primer-2025/orders/12-od.yaml",
            "number: \"12-од\"",
            "number: '12-од {}'",
        ),
    ),
    (
        "order basis",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"В соответствии с планом работы района\"",
            "'По письму {}'",
        ),
    ),
    (
        "order clause",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"Школам-участницам:\"",
            "'Школам, в их числе {}:'",
        ),
    ),
    (
        "order assignment",
        (
            "content/primer-2025/orders/12-od.yaml",
            "what: \"подготовить программы\"",
            "what: 'подготовить программы {}'",
        ),
    ),
    (
        "order signature",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"Звёздный К. Л.\"",
            "'{}'",
        ),
    ),
    (
        "order annex title",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"Список участников\"",
            "'Список: {}'",
        ),
    ),
    (
        "order annex basis",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"не подлежит размещению: пункт 3 приказа\"",
            "'по просьбе {}'",
        ),
    ),
    (
        "schedule title",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"График посещений на 2025 год\"",
            "'График: {}'",
        ),
    ),
    (
        "schedule school",
        (
            "content/primer-2025/schedules/desant.yaml",
            "school: r-01",
            "school: '{}'",
        ),
    ),
    (
        "schedule place",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"Методический центр\"",
            "'{}'",
        ),
    ),
    (
        "schedule theme",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"Посещение уроков\"",
            "'Уроки, {}'",
        ),
    ),
    (
        "schedule specialist",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"методист по математике\"",
            "'учитель, {}'",
        ),
    ),
    (
        "schedule municipality",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"город Образцов\"",
            "'{}'",
        ),
    ),
    (
        "schedule time",
        (
            "content/primer-2025/schedules/desant.yaml",
            "\"10:00–13:00\"",
            "'как решит {}'",
        ),
    ),
    (
        "seminar title",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"Установочный семинар\"",
            "'Семинар: {}'",
        ),
    ),
    (
        "seminar place",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"Актовый зал управления образования\"",
            "'{}'",
        ),
    ),
    (
        "seminar audience",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"Руководители школ\"",
            "'Учителя {}'",
        ),
    ),
    (
        "seminar agenda",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"План работы на год\"",
            "'План {}'",
        ),
    ),
    (
        "seminar speaker",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "speaker: \"Лунина А. Б.\"",
            "speaker: '{}'",
        ),
    ),
    (
        "seminar material",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"Памятка участника\"",
            "'Памятка: {}'",
        ),
    ),
    (
        "seminar organizer",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "[\"Методический центр\"]",
            "['{}']",
        ),
    ),
    (
        "seminar link",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "\"https://vstrecha.example/seminar\"",
            "'https://vstrecha.example/{}'",
        ),
    ),
    (
        "indicator group",
        (
            "content/primer-2025/indicators.yaml",
            "title: \"Результаты\"",
            "title: 'Результаты {}'",
        ),
    ),
    (
        "indicator name",
        (
            "content/primer-2025/indicators.yaml",
            "\"Доля выпускников, получивших аттестат\"",
            "'Доля: {}'",
        ),
    ),
    (
        "indicator source",
        (
            "content/primer-2025/indicators.yaml",
            "\"Статистическая отчётность\"",
            "'Отчёт {}'",
        ),
    ),
    (
        "indicator formula",
        (
            "content/primer-2025/indicators.yaml",
            "'D = \\frac{A}{B} \\cdot 100'",
            "'D = \\text{{}}'",
        ),
    ),
    (
        "indicator variable",
        (
            "content/primer-2025/indicators.yaml",
            "\"число выпускников\"",
            "'число у {}'",
        ),
    ),
    (
        "group member",
        (
            "content/primer-2025/groups/rabochaya-gruppa.yaml",
            "\"Лунина А. Б.\"",
            "'{}'",
        ),
    ),
    (
        "group post",
        (
            "content/primer-2025/groups/rabochaya-gruppa.yaml",
            "\"главный специалист\"",
            "'директор, {}'",
        ),
    ),
    (
        "news title",
        (
            "content/primer-2025/news/start.md",
            "\"Проект начался\"",
            "'Начала {}'",
        ),
    ),
    (
        "news text",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "Следующая встреча: {}.",
        ),
    ),
    (
        "news text in bold",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "Встреча: *{}*, затем `{}`, затем [{}](https://obrazec.example/).",
        ),
    ),
    (
        "news text in a heading",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "## Как работает {}\n\nТекст.",
        ),
    ),
    (
        "news text in a table",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "| Школа | День |\n|---|---|\n| {} | среда |",
        ),
    ),
    (
        "news comment",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "<!-- не забыть: {} -->",
        ),
    ),
    (
        "news link's title",
        (
            "content/primer-2025/news/start.md",
            "(../roadmap.yaml)",
            "(../roadmap.yaml '{}')",
        ),
    ),
    (
        "news link",
        (
            "content/primer-2025/news/start.md",
            "(../roadmap.yaml)",
            "(<https://poisk.example/?q={}>)",
        ),
    ),
    (
        "news link to nothing",
        (
            "content/primer-2025/news/start.md",
            "(../roadmap.yaml)",
            "(<../files/{}.pdf>)",
        ),
    ),
    (
        "news formula",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "Доля $\\text{{}}$ и $\\{}$.",
        ),
    ),
    (
        "news HTML",
        (
            "content/primer-2025/news/start.md",
            "Следующая встреча пройдёт в марте.",
            "<b title='{}'>текст</b>",
        ),
    ),
    (
        "material category",
        (
            "content/primer-2025/materials/pamyatka.md",
            "\"Методические рекомендации\"",
            "'{}'",
        ),
    ),
    (
        "material attachment",
        (
            "content/primer-2025/materials/pamyatka.md",
            "\"Памятка таблицей\"",
            "'Памятка {}'",
        ),
    ),
    (
        "document heading",
        (
            "content/primer-2025/documents/model.md",
            "## Порядок",
            "## Порядок для {}",
        ),
    ),
    (
        "document cell",
        (
            "content/primer-2025/documents/model.md",
            "План и отчёт",
            "План, {}",
        ),
    ),
    (
        "page text",
        (
            "content/primer-2025/pages/voprosy.md",
            "Куда обращаться?",
            "{}?",
        ),
    ),
    (
        "attachment's text",
        ("content/primer-2025/files/pamyatka.csv", "В марте", "{}"),
    ),
    (
        "unknown field",
        (
            "content/primer-2025/orders/12-od.yaml",
            "place: \"с. Примерное\"",
            "'{}': да",
        ),
    ),
    (
        "wrong word",
        (
            "content/primer-2025/orders/12-od.yaml",
            "type: приказ",
            "type: '{}'",
        ),
    ),
    (
        "wrong date",
        (
            "content/primer-2025/orders/12-od.yaml",
            "date: 2025-01-14",
            "date: '{}'",
        ),
    ),
    (
        "wrong reference",
        (
            "content/primer-2025/roadmap.yaml",
            "order: 12-od",
            "order: '{}'",
        ),
    ),
    (
        "wrong row",
        (
            "content/primer-2025/seminars/ustanovochnyj.yaml",
            "row: \"1.2.\"",
            "row: '{}'",
        ),
    ),
    (
        "broken line",
        (
            "content/primer-2025/orders/12-od.yaml",
            "place: \"с. Примерное\"",
            "place: \"{}",
        ),
    ),
    (
        "id",
        (
            "content/primer-2025/pages/voprosy.md",
            "kind: page",
            "kind: page\nid: '{}'",
        ),
    ),
    (
        "address",
        (
            "content/primer-2025/pages/voprosy.md",
            "kind: page",
            "kind: page\naddress: '/{}/'",
        ),
    ),
    (
        "annex's citation",
        (
            "content/primer-2025/orders/12-od.yaml",
            "\"от 14.01.2025 № 12-од\"",
            "'приказ {} № 14'",
        ),
    ),
];

/// Which secret stands in `bytes`, whatever its case.
fn leaks(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes)
        .to_lowercase()
        .replace(['\u{a0}', '\u{ad}'], " ");
    SECRETS.iter().find(|s| text.contains(**s)).copied()
}

/// No secret is in what was printed or made. What the finding is about is not printed here either.
fn assert_clean(what: &str, run: &Run, made: &BTreeMap<String, Vec<u8>>) {
    assert!(
        leaks(run.out.as_bytes()).is_none(),
        "{what}: stdout holds a name"
    );
    assert!(
        leaks(run.err.as_bytes()).is_none(),
        "{what}: stderr holds a name"
    );
    for (path, bytes) in made {
        assert!(
            leaks(path.as_bytes()).is_none(),
            "{what}: a path holds a name"
        );
        assert!(leaks(bytes).is_none(), "{what}: {path} holds a name");
    }
}

fn plant(name: &str, index: usize, step: usize) {
    for (what, (file, from, to)) in SPOTS.iter().skip(index).step_by(step) {
        let place = Place::new();
        place.edit_first(file, from, &to.replace("{}", name));
        let format = if index.is_multiple_of(2) {
            "text"
        } else {
            "json"
        };
        let run = place.build(&["--format", format]);
        assert!(
            matches!(run.status, Some(0 | 1)),
            "{what}: status {:?}",
            run.status
        );
        assert_clean(what, &run, &tree(&place.path("output")));
    }
}

/// School and head at once: half the builds, and what hides one must not show the other.
#[test]
fn names_in_every_field_1() {
    plant(&format!("{SCHOOL}, {PERSON}"), 0, 2);
}

#[test]
fn names_in_every_field_2() {
    plant(&format!("{SCHOOL}, {PERSON}"), 1, 2);
}

/// The search itself finds what it is there to find.
#[test]
fn search_sees_the_names() {
    for name in [
        SCHOOL,
        PERSON,
        "мбоу \"ВАСИЛЬКОВСКАЯ\u{a0}СОШ\"",
        "Огурцовой",
    ] {
        assert!(leaks(name.as_bytes()).is_some(), "{name}");
    }
    assert!(leaks("Васильки в поле".as_bytes()).is_none());
}

/// Other ways of writing the same name.
#[test]
fn name_in_other_letters_and_quotes() {
    for name in [
        "мбоу \"васильковская сош\"",
        "МБОУ  «ВАСИЛЬКОВСКАЯ  СОШ»",
        "Васильковская школа",
        "Муниципальное бюджетное общеобразовательное учреждение «Васильковская средняя общеобразовательная школа»",
        "МБОУ „Ромашкинская СОШ“",
    ] {
        let place = Place::new();
        place.append(
            "content/primer-2025/news/start.md",
            &format!("\nЕщё: {name}.\n"),
        );
        let run = place.build(&[]);
        assert_clean(name, &run, &tree(&place.path("output")));
    }
}

/// A name in the name of a file or folder.
#[test]
fn name_in_file_names() {
    for file in [
        "content/primer-2025/news/Васильковская школа.md",
        "content/primer-2025/files/МБОУ Васильковская СОШ.csv",
        "content/Васильковская школа/section.yaml",
    ] {
        let place = Place::new();
        place.write(file, "---\nkind: news\ntitle: \"Новость\"\n---\nТекст.\n");
        for format in ["text", "json"] {
            let run = place.build(&["--format", format]);
            assert_clean(file, &run, &tree(&place.path("output")));
        }
    }
}

/// A theme may hold a name too; the audit sees the final bytes.
#[test]
fn name_in_the_theme() {
    for (file, text) in [
        (
            "themes/default/templates/partials/footer.html",
            "<footer><p>МБОУ «Васильковская СОШ»</p></footer>\n",
        ),
        (
            "themes/default/assets/dop.css",
            "/* МБОУ «Васильковская СОШ» */\n",
        ),
        ("themes/default/assets/dop.js", "// Васильковская школа\n"),
    ] {
        let place = Place::new();
        place.write(file, text);
        let run = place.build(&["--format", "json"]);
        assert_clean(file, &run, &tree(&place.path("output")));
        assert_eq!(run.status, Some(1), "{file}");
        assert!(
            run.codes()
                .iter()
                .all(|code| code.starts_with("disclosure.")),
            "{file}: {:?}",
            run.codes()
        );
        for finding in run.findings() {
            assert_eq!(finding["subject"], "r-01");
        }
    }
}

/// A school named by its id in a schedule is a participant school and nothing else.
#[test]
fn school_by_its_id_is_a_neutral_word() {
    let place = Place::new();
    let run = place.must_build(&[]);
    let made = tree(&place.path("output"));
    assert_clean("by id", &run, &made);
    let page = &place.site()["primer-2025/schedules/desant/index.html"];
    let page = String::from_utf8_lossy(page).to_lowercase();
    assert!(page.contains("школа-участница"));
    assert!(!page.contains("r-01"));
}

/// Without a registry, or with one that cannot be read, nothing is known to be harmless: no value is shown.
#[test]
fn nothing_is_quoted_without_a_registry() {
    for spoil in [
        |place: &Place| {
            place.remove("content/private/registry.yaml");
        },
        |place: &Place| {
            place.append("content/private/registry.yaml", "  - {id: [\n");
        },
    ] {
        let place = Place::new();
        place.edit(
            "content/primer-2025/orders/12-od.yaml",
            "type: приказ",
            &format!("type: '{SCHOOL}'"),
        );
        place.append(
            "content/primer-2025/roadmap.yaml",
            &format!("'{SCHOOL}': да\n"),
        );
        spoil(&place);
        for format in ["text", "json"] {
            let run = place.build(&["--format", format]);
            assert_eq!(run.status, Some(1), "{format}");
            assert_clean(format, &run, &tree(&place.path("output")));
        }
    }
}

/// The text of a withheld annex has no place to stand in.
#[test]
fn withheld_annex_cannot_hold_a_list() {
    let place = Place::new();
    place.edit(
        "content/primer-2025/orders/12-od.yaml",
        "withheld: {basis:",
        "withheld: {schools: ['МБОУ «Васильковская СОШ»'], basis:",
    );
    let run = place.build(&[]);
    assert_eq!(run.status, Some(1));
    assert_clean("annex", &run, &tree(&place.path("output")));
}
