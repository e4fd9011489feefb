//! The labelled corpus of `tests/disclosure`, met whole: every leak found under its id, no alarm where there is none.
//!
//! Its files are made from the tables into a temporary folder, which takes Python 3 and nothing besides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Files for one call: the command line of some systems is short.
const AT_ONCE: usize = 200;

/// Findings of one file: subject and code.
type Found = Vec<(Option<String>, String)>;

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn ids(value: &Value, key: &str) -> BTreeSet<String> {
    let list = value[key].as_array().into_iter().flatten();
    list.filter_map(|id| id.as_str().map(str::to_owned))
        .collect()
}

/// Audits the files of one registry and sorts the findings by file. A path that names a school is masked when it is
/// printed, so cases about file names are told by their own folder.
fn audit(root: &Path, registry: &str, labels: &[&Value]) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let key = |label: &Value| match text(label, "folder") {
        "" => text(label, "file").to_owned(),
        folder => folder.to_owned(),
    };
    for some in labels.chunks(AT_ONCE) {
        let run = Command::new(env!("CARGO_BIN_EXE_glasno"))
            .current_dir(root)
            .args(["audit", "--format", "json", "--registry"])
            .arg(format!("registries/{registry}.yaml"))
            .args(some.iter().map(|label| text(label, "file")))
            .output()
            .expect("the program runs");
        let report: Value = serde_json::from_slice(&run.stdout).expect("a report in JSON");
        let of_files = |f: &&Value| !text(f, "code").starts_with("registry.");
        for finding in report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(of_files)
        {
            let path = text(finding, "path").replace('\\', "/");
            let keys = some.iter().map(|label| (key(label), text(label, "file")));
            let Some((_, file)) = keys
                .filter(|(key, _)| path.starts_with(key.as_str()))
                .max_by_key(|(key, _)| key.len())
            else {
                panic!("a finding in no known file: {}", text(finding, "code"));
            };
            let subject = finding["subject"].as_str().map(str::to_owned);
            let code = text(finding, "code").to_owned();
            found
                .entry(file.to_owned())
                .or_default()
                .push((subject, code));
        }
    }
    found
}

/// What is wrong with the findings of a file, if anything.
fn fault(label: &Value, found: &Found) -> Option<String> {
    if text(label, "expect") == "refused" {
        return found.is_empty().then(|| "not refused".to_owned());
    }
    let disclosed = found
        .iter()
        .filter(|(_, code)| code.starts_with("disclosure."));
    let named: BTreeSet<String> = disclosed.filter_map(|(id, _)| id.clone()).collect();
    let leaks = ids(label, "leaks");
    if leaks.is_empty() {
        let listed = named.into_iter().collect::<Vec<_>>().join(", ");
        return (!listed.is_empty()).then(|| format!("alarm: {listed}"));
    }
    let missed = leaks.difference(&named).count();
    let enough = if label["any"].as_bool() == Some(true) {
        leaks.len() - 1
    } else {
        0
    };
    if missed > enough {
        return Some("missed".to_owned());
    }
    let may = ids(label, "may");
    let extra: Vec<&String> = named
        .iter()
        .filter(|id| !leaks.contains(*id) && !may.contains(*id))
        .collect();
    (!extra.is_empty()).then(|| format!("another school: {extra:?}"))
}

/// Runs a script of `tests/disclosure`; gives whether it went well and what it said. On Windows `python3` may be a link to a
/// shop, which fails without a word.
fn script(name: &str, words: &[&std::ffi::OsStr]) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join("disclosure")
        .join(name);
    let mut said = String::new();
    for python in ["python3", "python", "py"] {
        let run = Command::new(python)
            .arg(&script)
            .args(words)
            .env("PYTHONIOENCODING", "utf-8")
            .output();
        match run {
            Ok(run) => {
                let out = String::from_utf8_lossy(&run.stdout);
                let err = String::from_utf8_lossy(&run.stderr);
                if run.status.success() || !out.is_empty() || err.contains("Traceback") {
                    return (run.status.success(), format!("{out}{err}"));
                }
                said.push_str(&format!("{python}: {err}\n"));
            }
            Err(error) => said.push_str(&format!("{python}: {error}\n")),
        }
    }
    panic!("this takes Python 3:\n{said}");
}

/// What the guard finds in sets that no rule was learnt from, and in disturbed leaks, is no less than it was.
#[test]
fn no_figure_is_below_its_floor() {
    let program = std::ffi::OsStr::new(env!("CARGO_BIN_EXE_glasno"));
    let (good, said) = script("floors.py", &[program]);
    assert!(good, "{said}");
}

#[test]
fn the_corpus_is_met_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let (made, said) = script("make.py", &[root.as_os_str()]);
    assert!(made, "{said}");
    let labels = std::fs::read(root.join("labels.json")).expect("the labels");
    let labels: Vec<Value> = serde_json::from_slice(&labels).expect("labels in JSON");
    let leaks = labels
        .iter()
        .filter(|l| !ids(l, "leaks").is_empty())
        .count();
    assert!(
        leaks >= 400 && labels.len() - leaks >= 300,
        "the corpus has shrunk"
    );
    let registries: BTreeSet<&str> = labels.iter().map(|l| text(l, "registry")).collect();
    let mut faults = Vec::new();
    for registry in registries {
        let mine: Vec<&Value> = labels
            .iter()
            .filter(|l| text(l, "registry") == registry)
            .collect();
        let found = audit(root, registry, &mine);
        let none = Found::new();
        for label in mine {
            let file = text(label, "file");
            if let Some(fault) = fault(label, found.get(file).unwrap_or(&none)) {
                faults.push(format!("{file}: {fault}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        labels.len(),
        faults.join("\n")
    );
}
