//! Tables: spellings, merging, and what single fields give away.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Level, Unit, cells};
use super::*;
use crate::diag::Span;
use crate::guard::area::{Areas, Class, name};
use crate::kinds::Head;
use crate::kinds::Kind;
use crate::kinds::ids::{Folder, Id, SourcePath};
use crate::kinds::schedule::{Schedule, ScheduleRow, ScheduleType};
use crate::kinds::section::{Level as SectionLevel, Section};
use crate::kinds::site::Site;
use crate::kinds::term::Term;
use crate::kinds::{Body, Document, SchoolRef, Source, SourceText};
use crate::registry::ProtectedSchool;

pub(super) fn text(words: &str) -> SourceText {
    SourceText {
        text: words.into(),
        at: Span::new(1, 1, 1),
        sic: None,
    }
}

fn head(section: &str, id: &str, kind: Kind) -> Head<Source> {
    Head {
        path: SourcePath::new(format!("content/{section}/{id}.yaml").into()),
        section: Folder::new(section).expect("a folder"),
        id: Id::new(id).expect("an id"),
        kind,
        at: Span::default(),
        title: None,
        description: None,
        published: None,
        updated: None,
        order: None,
        annex: None,
        row: None,
        file: Vec::new(),
        sample: false,
        draft: false,
        address: None,
    }
}

pub(super) fn section(folder: &str, territory: &str, level: SectionLevel) -> Document<Source> {
    Document {
        head: head(folder, "section", Kind::Section),
        body: Body::Section(Section {
            short_title: None,
            territory: text(territory),
            level,
            summary: text("Проект"),
            about: None,
            timezone: None,
            period: None,
            progress: None,
            archived: false,
            follows: None,
            duties: Vec::new(),
            owner: None,
            operator: None,
            coordinator: None,
            contacts: None,
        }),
    }
}

pub(super) fn row(date: &str, municipality: &str, school: Option<&str>) -> ScheduleRow<Source> {
    ScheduleRow {
        at: Span::new(1, 1, 1),
        date: Term {
            printed: text(date),
            kind: None,
            from: None,
            to: None,
            parts: Box::default(),
        },
        time: None,
        municipality: (!municipality.is_empty()).then(|| text(municipality)),
        school: school.map(|id| SchoolRef {
            id: id.into(),
            at: Span::default(),
        }),
        place: None,
        theme: text("Разбор уроков").into(),
        specialists: Vec::new(),
        format: None,
        cells: Vec::new(),
    }
}

pub(super) fn schedule(folder: &str, id: &str, rows: Vec<ScheduleRow<Source>>) -> Document<Source> {
    Document {
        head: head(folder, id, Kind::Schedule),
        body: Body::Schedule(Schedule {
            schedule_type: ScheduleType::Visits,
            word: None,
            plan: None,
            columns: Vec::new(),
            rows,
            note: None,
        }),
    }
}

pub(super) fn model(k: u32, regions: &[(&str, &str)], documents: Vec<Document<Source>>) -> Model {
    Model {
        site: Site {
            k,
            regions: regions
                .iter()
                .map(|(name, group)| ((*name).into(), text(group)))
                .collect(),
            ..Site::default()
        },
        addresses: vec![None; documents.len()],
        documents,
        attachments: Vec::new(),
        sections: Vec::new(),
        links: BTreeMap::new(),
        anchors: Vec::new(),
    }
}

fn registry(schools: &[(&str, &str)], counts: &[(&str, u32)]) -> Registry {
    let protected = schools
        .iter()
        .map(|(id, m)| ProtectedSchool::new(id, "МБОУ «Придуманная СОШ»").municipality(m));
    counts.iter().fold(Registry::of(protected), |r, (name, n)| {
        r.municipality(name, *n)
    })
}

fn region(rows: Vec<ScheduleRow<Source>>) -> Vec<Document<Source>> {
    vec![
        section("kray", "Яблонский край", SectionLevel::Region),
        schedule("kray", "visits", rows),
    ]
}

fn place(decision: &Decision, row: usize) -> Place {
    decision.places.get(&(1, row)).cloned().unwrap_or_default()
}

fn codes(decision: &Decision) -> Vec<&'static str> {
    decision.findings.iter().map(Finding::code).collect()
}

#[test]
fn spellings_of_one_municipality() {
    let mut areas = Areas::default();
    let at = areas.find_or_add("Заозёрный район");
    for same in [
        "Заозерный р-н",
        "ЗАОЗЁРНЫЙ муниципальный район",
        "заозёрный  муниципальный округ",
        "Муниципальное образование «Заозёрный район»",
        "Заозёрный",
        "Заозёрный район Яблонского края",
    ] {
        assert_eq!(areas.find(same), Some(at), "{same}");
    }
    for other in ["город Заозёрный", "г. Заозёрный", "Озёрный район"]
    {
        assert_eq!(areas.find(other), None, "{other}");
    }
    let city = areas.find_or_add("городской округ город Заозёрный");
    assert_ne!(city, at);
    assert_eq!(areas.find("г.Заозерный"), Some(city));
    assert_eq!(areas.find("Заозёрный"), None, "two are called so");
    assert_eq!(name("район").class, Class::Unsaid);
}

#[test]
fn a_municipality_in_running_text() {
    let mut areas = Areas::default();
    let district = areas.find_or_add("Луговой район");
    let city = areas.find_or_add("город Ключевой");
    for told in [
        "Для педагогов Лугового района",
        "в Луговом муниципальном районе",
        "р-н Луговой",
    ] {
        assert!(areas.told(district, told), "{told}");
    }
    assert!(areas.told(city, "школы города Ключевого"));
    for not in [
        "Ключевые вопросы урока",
        "луговые травы",
        "районный семинар",
    ] {
        assert!(
            !areas.told(city, not) && !areas.told(district, not),
            "{not}"
        );
    }
}

fn unit(candidates: u32, shown: u32, group: Option<usize>) -> Unit {
    Unit {
        candidates: Some(candidates),
        shown,
        group,
        exposed: false,
    }
}

#[test]
fn merging_takes_a_neighbour_and_no_more() {
    use Level::{AsWritten, Group, Territory};
    let all = |n: usize| vec![(0..n).collect::<BTreeSet<usize>>()];
    let table: &[(&[Unit], &[Level])] = &[
        (
            &[unit(9, 1, None), unit(8, 1, None)],
            &[AsWritten, AsWritten],
        ),
        (
            &[
                unit(2, 1, Some(0)),
                unit(9, 1, Some(0)),
                unit(30, 1, Some(0)),
            ],
            &[Group, Group, AsWritten],
        ),
        // Two small ones are enough for each other.
        (
            &[
                unit(2, 1, Some(0)),
                unit(2, 1, Some(0)),
                unit(9, 1, Some(0)),
            ],
            &[Group, Group, AsWritten],
        ),
        // Alone in its group: the territory, and a neighbour from outside.
        (
            &[unit(2, 1, Some(0)), unit(9, 1, None), unit(30, 1, None)],
            &[Territory, Territory, AsWritten],
        ),
        // Nothing left but a merged group: it is dissolved whole.
        (
            &[unit(2, 1, None), unit(2, 1, Some(0)), unit(5, 1, Some(0))],
            &[Territory, Territory, Territory],
        ),
        // Five of five schools are shown: each is given away.
        (
            &[unit(5, 5, None), unit(9, 1, None)],
            &[Territory, Territory],
        ),
    ];
    for (units, levels) in table {
        let found = cells(units, &all(units.len()), None, 3);
        assert_eq!(&found.levels, levels, "{units:?}");
        assert!(found.failed.is_empty(), "{units:?}");
    }
    let lonely = cells(&[unit(2, 1, None)], &all(1), None, 3);
    assert_eq!(lonely.failed, BTreeSet::from([0]));
}

#[test]
fn neighbours_must_lie_where_all_sections_allow() {
    // 0 is small and stands in two territories; only 2 lies in both.
    let units = [unit(2, 1, None), unit(5, 1, None), unit(9, 1, None)];
    let territories = [BTreeSet::from([0, 1, 2]), BTreeSet::from([0, 2])];
    let found = cells(&units, &territories, None, 3);
    assert_eq!(
        found.levels,
        [Level::Territory, Level::AsWritten, Level::Territory]
    );
}

#[test]
fn a_small_district_takes_its_neighbour_along() {
    let registry = registry(
        &[
            ("r-1", "Кедровый район"),
            ("r-2", "Луговой район"),
            ("r-3", "Северный район"),
        ],
        &[
            ("Кедровый район", 2),
            ("Луговой район", 9),
            ("Северный район", 20),
        ],
    );
    let rows = || {
        vec![
            row("01.02.2025", "Кедровый р-н", Some("r-1")),
            row("02.02.2025", "Луговой район", Some("r-2")),
            row("03.02.2025", "Северный район", Some("r-3")),
        ]
    };
    let decision = decide(&model(3, &[], region(rows())), &registry);
    let coarse = Place::Coarser("Яблонский край".into());
    assert_eq!(place(&decision, 0), coarse);
    assert_eq!(place(&decision, 1), coarse);
    assert_eq!(place(&decision, 2), Place::AsWritten);
    assert_eq!(decision.coarsened, BTreeSet::from([1]));
    let [report] = decision.report.as_slice() else {
        panic!("one schedule")
    };
    assert_eq!((report.before, report.after), (Some(2), Some(10)));
    let reasons: Vec<_> = report.rows.iter().map(|r| (r.row, r.reason)).collect();
    assert_eq!(reasons, [(1, Reason::FewSchools), (2, Reason::Complement)]);
    assert!(decision.findings.is_empty(), "{:?}", decision.findings);

    let regions = [
        ("Кедровый район", "Лесная сторона"),
        ("Северный р-н", "Лесная сторона"),
    ];
    let grouped = decide(&model(3, &regions, region(rows())), &registry);
    let coarse = Place::Coarser("Лесная сторона".into());
    assert_eq!(place(&grouped, 0), coarse);
    assert_eq!(place(&grouped, 1), Place::AsWritten);
    assert_eq!(place(&grouped, 2), coarse);
}

#[test]
fn the_neighbour_is_merged_even_where_the_small_district_has_no_row() {
    let registry = registry(
        &[("r-2", "Луговой район")],
        &[("Кедровый район", 2), ("Луговой район", 9)],
    );
    let rows = vec![row("02.02.2025", "Луговой район", Some("r-2"))];
    let decision = decide(&model(3, &[], region(rows)), &registry);
    assert_eq!(place(&decision, 0), Place::Coarser("Яблонский край".into()));
}

#[test]
fn public_schools_are_no_candidates() {
    let registry = registry(
        &[("r-1", "Луговой район")],
        &[("Луговой район", 4), ("Северный район", 9)],
    )
    .public("МБОУ «Рябиновая СОШ»", "Луговой р-н")
    .public("МБОУ «Тополиная СОШ»", "Луговой район");
    let rows = vec![
        row("02.02.2025", "Луговой район", Some("r-1")),
        row("03.02.2025", "Северный район", None),
    ];
    let decision = decide(&model(3, &[], region(rows)), &registry);
    assert_eq!(decision.report[0].before, Some(2));
    assert_ne!(place(&decision, 0), Place::AsWritten);
}

#[test]
fn a_base_school_keeps_its_place() {
    let registry = registry(&[], &[("Кедровый район", 2), ("Луговой район", 9)])
        .public("МБОУ «Рябиновая СОШ»", "Кедровый район");
    let mut base = row("02.02.2025", "Кедровый район", None);
    base.place = Some(text("МБОУ «Рябиновая СОШ», кабинет 12"));
    let mut elsewhere = row("03.02.2025", "Кедровый район", None);
    elsewhere.place = Some(text("Дом культуры"));
    let decision = decide(&model(3, &[], region(vec![base, elsewhere])), &registry);
    assert_eq!(place(&decision, 0), Place::AsWritten);
    assert_ne!(place(&decision, 1), Place::AsWritten);
}

#[test]
fn fields_that_tell_a_hidden_place_stop_the_publication() {
    let registry = registry(
        &[("r-1", "Кедровый район")],
        &[("Кедровый район", 2), ("Луговой район", 9)],
    )
    .public("МБОУ «Рябиновая СОШ»", "Кедровый район");
    let mut first = row("02.02.2025", "Кедровый район", Some("r-1"));
    first.place = Some(text("МБОУ «Рябиновая СОШ»"));
    first.specialists = vec![text("методист Кедрового района")];
    let mut documents = region(vec![first]);
    documents[1].head.title = Some(text("Выезды в Кедровый район"));
    let decision = decide(&model(3, &[], documents), &registry);
    let told = codes(&decision);
    assert_eq!(
        told.iter()
            .filter(|c| **c == "disclosure.place-told")
            .count(),
        2
    );
    assert!(told.contains(&"disclosure.title-tells"));
    assert!(decision.findings.iter().all(|f| f.line_text.is_none()));
}

#[test]
fn the_village_of_a_school() {
    let school = |id: &str| ProtectedSchool::new(id, "МБОУ «Придуманная СОШ»");
    let registry = Registry::of([
        school("r-1")
            .municipality("Луговой район")
            .settlement("село Новое Приречное"),
        school("r-2")
            .municipality("город Ясный")
            .settlement("город Ясный"),
    ])
    .municipality("Луговой район", 14)
    .municipality("город Ясный", 30);
    let mut bare = row("1", "Луговой район", Some("r-1"));
    bare.place = Some(text("Дом культуры, Новое Приречное"));
    let mut theme = row("2", "Луговой район", Some("r-1"));
    theme.theme = text("Учителя села Нового Приречного делятся опытом").into();
    let mut quiet = row("3", "город Ясный", Some("r-2"));
    quiet.place = Some(text("г. Ясный, институт"));
    let decision = decide(&model(3, &[], region(vec![bare, theme, quiet])), &registry);
    assert_eq!(codes(&decision), ["disclosure.settlement-told"; 2]);
    assert!(decision.places.is_empty());
    let shown = format!(
        "{:?}",
        decision
            .findings
            .iter()
            .map(|f| f.message(crate::diag::Lang::Ru))
            .collect::<Vec<_>>()
    );
    assert!(!shown.contains("Прир"), "{shown}");
}

#[test]
fn counts_that_are_missing_or_wrong() {
    let mut registry = registry(
        &[("r-1", "Луговой район"), ("r-2", "Луговой район")],
        &[("Луговой район", 1), ("Северный район", 20)],
    );
    registry.municipalities.push(crate::registry::Municipality {
        name: "Степной район".into(),
        schools: None,
        kinds: Vec::new(),
    });
    let rows = vec![
        row("1", "Луговой район", Some("r-1")),
        row("2", "Степной район", None),
        row("3", "Дальний район", None),
        row("4", "Северный район", None),
    ];
    let decision = decide(&model(1, &[], region(rows)), &registry);
    let codes = codes(&decision);
    for code in [
        "disclosure.small-k",
        "disclosure.place-count",
        "disclosure.place-no-count",
        "disclosure.place-not-listed",
    ] {
        assert_eq!(codes.iter().filter(|c| **c == code).count(), 1, "{code}");
    }
    assert!((0..4).all(|i| place(&decision, i) != Place::AsWritten));
    assert_eq!(decision.report[0].before, None);
}

#[test]
fn a_row_that_contradicts_the_registry() {
    let registry = registry(
        &[("r-1", "Луговой район")],
        &[("Луговой район", 9), ("Северный район", 20)],
    );
    let rows = vec![row("1", "Северный район", Some("r-1"))];
    let decision = decide(&model(3, &[], region(rows)), &registry);
    assert_eq!(codes(&decision), ["disclosure.place-mismatch"]);
    assert_eq!(decision.findings[0].subject.as_deref(), Some("r-1"));
    assert_eq!(place(&decision, 0), Place::Hidden);
}

#[test]
fn nothing_to_merge_with() {
    let registry = registry(&[("r-1", "Кедровый район")], &[("Кедровый район", 2)]);
    let rows = || vec![row("1", "Кедровый район", Some("r-1"))];
    let decision = decide(&model(3, &[], region(rows())), &registry);
    assert_eq!(codes(&decision), ["disclosure.place-too-few"]);
    assert_eq!(place(&decision, 0), Place::Hidden);

    let alone = vec![
        section(
            "kedr",
            "Кедровый район Яблонского края",
            SectionLevel::Municipality,
        ),
        schedule("kedr", "visits", vec![row("1", "", Some("r-1"))]),
    ];
    let decision = decide(&model(3, &[], alone), &registry);
    assert_eq!(codes(&decision), ["disclosure.section-tells"]);
    assert_eq!(decision.report[0].after, Some(2));
}

#[test]
fn an_area_written_by_the_editor() {
    let registry = registry(
        &[("r-1", "Луговой район")],
        &[("Луговой район", 9), ("Степной район", 9)],
    );
    let rows = vec![
        row("1", "Яблонский край", Some("r-1")),
        row("2", "Яблонский край", None),
    ];
    let decision = decide(&model(3, &[], region(rows)), &registry);
    assert!(decision.places.is_empty());
    assert!(decision.findings.is_empty());
}

#[test]
fn rows_of_one_day_are_different_schools() {
    let registry = registry(&[], &[("Луговой район", 4), ("Степной район", 9)]);
    let same_day = |n: usize| {
        (0..n)
            .map(|_| row("1 марта", "Луговой район", None))
            .collect()
    };
    let two = decide(&model(3, &[], region(same_day(2))), &registry);
    assert!(two.places.is_empty());
    let three = decide(&model(3, &[], region(same_day(3))), &registry);
    assert_eq!(three.report[0].rows[0].reason, Reason::Crowded);
}

#[test]
fn ten_thousand_schedules() {
    let schools: Vec<(String, String)> = (0..3000)
        .map(|i| (format!("r-{i}"), format!("Область{} район", i % 300)))
        .collect();
    let counts: Vec<(String, u32)> = (0..300)
        .map(|i| (format!("Область{i} район"), 1 + i * 7 % 40))
        .collect();
    let protected = schools
        .iter()
        .map(|(id, m)| ProtectedSchool::new(id, "МБОУ «Придуманная СОШ»").municipality(m));
    let registry = counts.iter().fold(Registry::of(protected), |r, (name, n)| {
        r.municipality(name, *n + 10)
    });
    let count: usize = std::env::var("GLASNO_SCHEDULES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    let mut documents = vec![section("kray", "Яблонский край", SectionLevel::Region)];
    for d in 0..count {
        let rows = (0..30)
            .map(|i| {
                let (id, m) = &schools[(d * 30 + i * 7) % schools.len()];
                row(&format!("{}.{}.2025", i + 1, d % 12 + 1), m, Some(id))
            })
            .collect();
        documents.push(schedule("kray", &format!("s-{d}"), rows));
    }
    let model = model(12, &[], documents);
    let start = std::time::Instant::now();
    let decision = decide(&model, &registry);
    let spent = start.elapsed();
    println!(
        "{count} schedules: {spent:?}, {} rows coarsened",
        decision.places.len()
    );
    assert_eq!(decision.report.len(), count);
}

fn of_kind(theme: &str, municipality: &str, school: &str) -> ScheduleRow<Source> {
    ScheduleRow {
        theme: text(theme).into(),
        ..row("5 мая", municipality, Some(school))
    }
}

#[test]
fn a_row_that_tells_the_kind_counts_schools_of_that_kind() {
    let kinds = |name: &str, schools, kinds: &[(&str, u32)]| crate::registry::Municipality {
        name: name.into(),
        schools: Some(schools),
        kinds: kinds.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect(),
    };
    let mut registry = registry(&[("r-01", "Луговой район"), ("r-02", "Степной район")], &[])
        .public("МБОУ «Вечерняя школа № 1»", "Степной район");
    registry.municipalities = vec![
        kinds("Луговой район", 14, &[("вечерняя", 1), ("11 класс", 9)]),
        kinds("Степной район", 20, &[("вечерняя", 3), ("11 класс", 12)]),
    ];
    let rows = |first: &str, second: &str| {
        region(vec![
            of_kind(first, "Луговой район", "r-01"),
            of_kind(second, "Степной район", "r-02"),
        ])
    };
    let decided = |first, second| decide(&model(3, &[], rows(first, second)), &registry);

    // Nine schools have an eleventh grade: as good as none told.
    let decision = decided("Разбор уроков", "Экзамен, 11 класс");
    assert!(decision.places.is_empty() && decision.findings.is_empty());

    // One evening school in the one, two that are not public in the other: hidden, and told apart by nobody.
    let decision = decided("Урок в вечерней школе", "Урок в вечерней школе");
    assert_eq!(place(&decision, 0), Place::Hidden);
    assert_eq!(place(&decision, 1), Place::Hidden);
    assert_eq!(codes(&decision), ["disclosure.place-kind-tells"; 2]);

    // A kind that nobody counted is hidden, and the operator told.
    let decision = decided("Урок в гимназии", "Разбор уроков");
    assert_eq!(place(&decision, 0), Place::Hidden);
    assert_eq!(place(&decision, 1), Place::AsWritten);
    assert_eq!(codes(&decision), ["disclosure.place-kind-unknown"]);

    // What the registry calls by a word of its own is told, not guessed.
    registry.municipalities[0]
        .kinds
        .push(("сказочная".into(), 2));
    let decision = decide(&model(3, &[], rows("Уроки", "Уроки")), &registry);
    assert_eq!(codes(&decision), ["disclosure.kind-unknown"]);
}
