//! The command line itself: wrong usage, folders that are not there, languages, help.

use crate::place::{Place, Run, program, run};

fn glasno(words: &[&str]) -> Run {
    run(program().args(words))
}

macro_rules! wrong_usage {
    ($name:ident, $words:expr) => {
        #[test]
        fn $name() {
            let run = glasno(&$words);
            assert_eq!(run.status, Some(2));
            assert!(run.out.is_empty());
            crate::said::check(module_path!(), stringify!($name), &run.said());
        }
    };
}

/// Where there is a project, or nothing at all, the desk begins instead: `tests/serve/asked.rs`, `tests/serve/desk.rs`.
#[test]
fn no_command() {
    let place = Place::empty();
    std::fs::write(place.root().join("other.txt"), "x").unwrap();
    let run = run(program().current_dir(place.root()));
    assert_eq!(run.status, Some(2));
    assert!(run.out.is_empty());
    insta::assert_snapshot!(run.said());
}

wrong_usage!(unknown_command, ["biuld"]);
wrong_usage!(unknown_command_in_english, ["biuld", "--lang", "en"]);
wrong_usage!(unknown_option, ["build", "--stict"]);
wrong_usage!(impossible_day, ["build", "--today", "2025-02-30"]);
wrong_usage!(unknown_format, ["build", "--format", "xml"]);
wrong_usage!(unknown_language, ["build", "--lang", "de"]);
wrong_usage!(option_without_value, ["build", "--out"]);
wrong_usage!(too_many_folders, ["build", "a", "b"]);
wrong_usage!(
    option_twice,
    ["build", "--today", "2025-01-01", "--today", "2025-01-02"]
);
wrong_usage!(unknown_sample, ["new", "prikaz"]);

#[test]
fn no_such_folder() {
    let place = Place::empty();
    let missing = place.path("net");
    let run = run(program().arg("check").arg(&missing)).without(place.root());
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.said());
}

#[test]
fn no_content_folder() {
    let run = Place::empty().check(&[]);
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.said());
}

#[test]
fn content_that_is_a_file() {
    let place = Place::empty();
    place.write("content", "текст\n");
    let run = place.check(&[]);
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.said());
}

#[test]
fn registry_elsewhere_that_is_not_there() {
    let run = Place::new().check(&["--registry", "net.yaml"]);
    assert_ne!(run.status, Some(0));
    insta::assert_snapshot!(run.said());
}

/// The language comes from `--lang`, else the locale, else it is Russian.
#[test]
fn language_of_messages() {
    let place = Place::empty();
    let said = |locale: Option<&str>, words: &[&str]| {
        let mut command = place.command("check", words);
        if let Some(locale) = locale {
            command.env("LANG", locale);
        }
        run(&mut command).err
    };
    let russian = said(None, &[]);
    let english = said(None, &["--lang", "en"]);
    assert_ne!(russian, english);
    assert_eq!(said(Some("en_GB.UTF-8"), &[]), english);
    assert_eq!(said(Some("C"), &[]), russian);
    assert_eq!(said(Some("ru_RU.UTF-8"), &[]), russian);
    assert_eq!(said(Some("en_GB.UTF-8"), &["--lang", "ru"]), russian);
    assert_eq!(said(Some("ru_RU.UTF-8"), &["--lang=en"]), english);
}

#[test]
fn help_and_version() {
    for words in [["--help"].as_slice(), &["build", "--help"], &["--version"]] {
        let run = glasno(words);
        assert_eq!(run.status, Some(0), "{words:?}");
        assert!(!run.out.is_empty() && run.err.is_empty());
    }
    let help = glasno(&["--help"]).out;
    for command in ["build", "check", "new"] {
        assert!(help.contains(command), "{help}");
    }
}
