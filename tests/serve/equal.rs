//! An incremental state equals a clean one to the byte, whatever was done to the files before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use glasno::pipeline::{Engine, Loaded, Options, Outcome, load, making};
use glasno::render::Renderer;
use proptest::prelude::*;

use crate::fixture;

pub(crate) fn options(root: &Path) -> Options {
    let (y, m, d) = fixture::TODAY;
    Options {
        root: root.to_owned(),
        out: None,
        today: NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default(),
        registry: None,
        strict: false,
        publish: false,
        ask: || None,
        progress: std::sync::Arc::default(),
    }
}

/// Every file that would be published, or the codes of what forbids it.
pub(crate) type Files = Result<BTreeMap<String, Vec<u8>>, BTreeSet<String>>;

pub(crate) fn files(loaded: Option<Loaded>, outcome: &Outcome) -> Files {
    let codes = |findings: &mut dyn Iterator<Item = &glasno::diag::Finding>| {
        findings
            .filter(|f| f.is_error())
            .map(|f| format!("{}@{}", f.code(), f.location.path))
            .collect::<BTreeSet<_>>()
    };
    let Some(loaded) = loaded.filter(|_| !outcome.findings.stop(false)) else {
        return Err(codes(&mut outcome.findings.iter()));
    };
    let renderer = match Renderer::new(&loaded.theme) {
        Ok(renderer) => renderer,
        Err(findings) => return Err(codes(&mut findings.iter())),
    };
    let mut files = BTreeMap::new();
    for task in making::all(&loaded) {
        let (audited, findings) = making::clear(
            &task,
            &loaded,
            &renderer,
            &loaded.guarding,
            &glasno::pipeline::Cleared::default(),
        );
        match audited {
            Some(audited) => {
                let artifact = audited.into_artifact();
                files.insert(artifact.path.as_str().to_owned(), artifact.bytes);
            }
            None if findings.is_empty() => {}
            None => return Err(codes(&mut findings.iter())),
        }
    }
    Ok(files)
}

fn clean(root: &Path) -> Files {
    let mut outcome = Outcome::default();
    let loaded = load(&options(root), &mut outcome);
    files(loaded, &outcome)
}

/// What people do to sources.
#[derive(Debug, Clone)]
enum Edit {
    Rows(bool, usize),
    Title(bool, u8),
    News(bool, u8, u32),
    Delete(bool, u8),
    Rename(bool, u8, u8),
    Draft(bool, u8),
    Break(bool, u8),
    Mend(bool, u8),
    Bodies(bool, bool),
    Sections(bool),
    Registry(bool),
    Schedule(bool, u8),
    Attachment(bool, u8),
    Template(u8),
    Asset(u8),
}

/// Files that the edits choose from.
const CHOSEN: &[&str] = &[
    "roadmap.yaml",
    "orders/7.yaml",
    "schedules/vyezdy.yaml",
    "seminars/pervyj.yaml",
    "news/nachalo.md",
    "news/itogi.md",
    "bodies.yaml",
    "section.yaml",
    "files/plan.csv",
];

fn edit() -> impl Strategy<Value = Edit> {
    let (b, n) = (any::<bool>, any::<u8>);
    prop_oneof![
        (b(), 1usize..6).prop_map(|(s, n)| Edit::Rows(s, n)),
        (b(), n()).prop_map(|(s, n)| Edit::Title(s, n)),
        (b(), n(), 1u32..28).prop_map(|(s, n, d)| Edit::News(s, n % 4, d)),
        (b(), n()).prop_map(|(s, n)| Edit::Delete(s, n)),
        (b(), n(), n()).prop_map(|(s, n, m)| Edit::Rename(s, n, m % 3)),
        (b(), n()).prop_map(|(s, n)| Edit::Draft(s, n)),
        (b(), n()).prop_map(|(s, n)| Edit::Break(s, n)),
        (b(), n()).prop_map(|(s, n)| Edit::Mend(s, n)),
        (b(), n()).prop_map(|(s, n)| Edit::Mend(s, n)),
        (b(), b()).prop_map(|(s, n)| Edit::Bodies(s, n)),
        b().prop_map(Edit::Sections),
        b().prop_map(Edit::Registry),
        (b(), n()).prop_map(|(s, n)| Edit::Schedule(s, n % 3)),
        (b(), n()).prop_map(|(s, n)| Edit::Attachment(s, n % 3)),
        n().prop_map(|n| Edit::Template(n % 3)),
        n().prop_map(|n| Edit::Asset(n % 3)),
    ]
}

fn chosen(section: bool, n: u8) -> String {
    let folder = if section {
        "rechnoj-2025"
    } else {
        "lesnoj-2025"
    };
    let at = usize::from(n) % CHOSEN.len();
    format!("content/{folder}/{}", CHOSEN[at])
}

/// Makes the edit; gives the paths that it touched.
fn apply(root: &Path, pristine: &Path, edit: &Edit) -> std::io::Result<Vec<String>> {
    let folder = |s: &bool| if *s { "rechnoj-2025" } else { "lesnoj-2025" };
    let put = |path: String, text: &str| fixture::write(root, &path, text).map(|()| vec![path]);
    let alter = |path: String, change: &dyn Fn(String) -> String| {
        let full = root.join(&path);
        match fs::read_to_string(&full) {
            Ok(text) => fs::write(full, change(text)).map(|()| vec![path]),
            Err(_) => Ok(Vec::new()),
        }
    };
    match edit {
        Edit::Rows(s, n) => put(
            format!("content/{}/roadmap.yaml", folder(s)),
            &fixture::roadmap(*n),
        ),
        Edit::Title(s, n) => alter(chosen(*s, *n), &|text| {
            text.replacen("title: \"", &format!("title: \"Правка {n}. "), 1)
        }),
        Edit::News(s, n, day) => put(
            format!("content/{}/news/zametka-{n}.md", folder(s)),
            &fixture::news(&format!("Заметка {n}"), *day),
        ),
        Edit::Delete(s, n) => {
            let path = chosen(*s, *n);
            let _ = fs::remove_file(root.join(&path));
            Ok(vec![path])
        }
        Edit::Rename(s, n, m) => {
            let from = chosen(*s, *n);
            let to = match from.rsplit_once('/') {
                Some((folder, name)) => format!("{folder}/novoe-{m}-{name}"),
                None => return Ok(Vec::new()),
            };
            let _ = fs::rename(root.join(&from), root.join(&to));
            Ok(vec![from, to])
        }
        Edit::Draft(s, n) => alter(chosen(*s, *n), &|text| {
            if text.contains("draft: true\n") {
                text.replacen("draft: true\n", "", 1)
            } else {
                text.replacen("title: ", "draft: true\ntitle: ", 1)
            }
        }),
        Edit::Break(s, n) => alter(chosen(*s, *n), &|text| format!("{text}\nне: [так\n")),
        Edit::Mend(s, n) => {
            let path = chosen(*s, *n);
            let text = fs::read_to_string(pristine.join(&path))?;
            put(path, &text)
        }
        Edit::Bodies(s, more) => {
            let one = if *more {
                "  - id: sovet\n    name: \"Совет\"\n"
            } else {
                ""
            };
            let head = "kind: bodies\ntitle: \"Ответственные\"\nbodies:\n";
            let rest = fixture::BODIES.strip_prefix(head).unwrap_or("");
            put(
                format!("content/{}/bodies.yaml", folder(s)),
                &format!("{head}{one}{rest}"),
            )
        }
        Edit::Sections(turned) => {
            let text = if *turned {
                fixture::SITE.replace(
                    "  - rechnoj-2025\n  - lesnoj-2025\n",
                    "  - lesnoj-2025\n  - rechnoj-2025\nneutral:\n  nominative: \"школа проекта\"\n",
                )
            } else {
                fixture::SITE.to_owned()
            };
            put("content/site.yaml".into(), &text)
        }
        Edit::Registry(more) => {
            let names: &[&str] = if *more {
                &["МБОУ «Мероприятинская СОШ»"]
            } else {
                &[]
            };
            put(
                "content/private/registry.yaml".into(),
                &fixture::registry(names),
            )
        }
        Edit::Schedule(s, n) => {
            let row =
                "  - {date: \"28.03.2025\", municipality: \"Дальний район\", theme: \"Чтение\"}\n";
            let text = format!("{}{}", fixture::SCHEDULE, row.repeat(usize::from(*n)));
            put(
                format!("content/{}/schedules/vyezdy-{n}.yaml", folder(s)),
                &text,
            )
        }
        Edit::Attachment(s, n) => put(
            format!("content/{}/files/plan.csv", folder(s)),
            &format!("a;b\n{n};{}\n", "2".repeat(usize::from(*n))),
        ),
        Edit::Template(n) => put(
            "themes/default/templates/group.html".into(),
            match n {
                0 => "{% extends \"base.html\" %}",
                1 => "{% extends \"base.html\" %}{% block content %}<p>1</p>{% endblock %}",
                _ => "{% extends ",
            },
        ),
        Edit::Asset(n) => put("themes/default/assets/site.js".into(), &format!("// {n}\n")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_sequence_of_edits_equals_a_clean_build(edits in prop::collection::vec(edit(), 1..14)) {
        let (root, pristine) = (tempfile::tempdir()?, tempfile::tempdir()?);
        fixture::site(root.path())?;
        fixture::site(pristine.path())?;
        let mut engine = Engine::new(&options(root.path()));
        let first = engine.load(None, &mut Outcome::default());
        prop_assert!(first.is_some());
        for edit in &edits {
            let touched: BTreeSet<String> = apply(root.path(), pristine.path(), edit)?.into_iter().collect();
            let mut outcome = Outcome::default();
            let loaded = engine.load(Some(&touched), &mut outcome);
            let (now, expected) = (files(loaded, &outcome), clean(root.path()));
            match (&now, &expected) {
                (Ok(now), Ok(expected)) => {
                    prop_assert_eq!(now.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{:?}", edit);
                    for (path, bytes) in now {
                        prop_assert!(expected.get(path) == Some(bytes), "{path} after {edit:?}");
                    }
                }
                (Err(_), Err(_)) => {}
                (Ok(_), Err(codes)) | (Err(codes), Ok(_)) => {
                    prop_assert!(false, "only one of both is published after {edit:?}: {codes:?}");
                }
            }
        }
    }
}

#[test]
fn the_fixture_is_sound() {
    let Ok(root) = tempfile::tempdir() else {
        return;
    };
    assert!(fixture::site(root.path()).is_ok());
    let files = clean(root.path());
    assert!(
        files.as_ref().is_ok_and(|f| f.len() > 60),
        "{:?}",
        files.err()
    );
}
