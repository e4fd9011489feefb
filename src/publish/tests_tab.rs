//! Schools' tabs at every fault: the folder is the old one or the new one, whole; a damaged record costs no file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::fault::{Fault, Plan, with};
use super::tests::read;
use super::*;
use crate::artifact::Artifact;
use crate::audit::{self, Auditor};

struct Calm;

impl Auditor for Calm {
    fn audit(&self, _: &str, _: &[u8]) -> Vec<Finding> {
        Vec::new()
    }
}

type Tree = BTreeMap<String, String>;

fn version(number: u32) -> Tree {
    let text = number.to_string();
    let files = [("index.html", &text), ("style.css", &text)];
    let mut files: Tree = files.map(|(p, t)| (p.to_owned(), t.clone())).into();
    files.insert(format!("news/{number}.html"), text);
    files
}

fn make(out: &Path, number: u32) -> Result<Vec<Finding>, Box<Finding>> {
    let tabs = Tabs::open(out)?;
    let mut desk = tabs.school("r-01")?;
    for (path, text) in version(number) {
        let artifact = Artifact {
            path: SitePath::new(&path).expect("a path"),
            bytes: text.into_bytes(),
        };
        let cleared = audit::clear(artifact, &Calm).0.expect("cleared");
        desk.put(&cleared)?;
    }
    desk.commit("vkladka")?;
    Ok(tabs.kept())
}

fn calmly<T>(act: impl FnOnce() -> T) -> T {
    with(Plan::default(), act).0
}

#[test]
fn every_call_may_fail_or_be_the_last() {
    let mut faults = 0;
    for by_renames in [false, true] {
        for fault in Fault::ERRORS.into_iter().chain(Fault::KILLS) {
            for call in 1.. {
                let dir = tempfile::tempdir().expect("a folder");
                let out = dir.path();
                calmly(|| make(out, 1)).expect("version 1");
                let plan = Plan {
                    at: Some((call, fault)),
                    by_renames,
                    ..Plan::default()
                };
                let (_, _, hit) = with(plan, || make(out, 2));
                if !hit {
                    break;
                }
                faults += 1;
                let what = format!("{fault:?} at {call}, renames: {by_renames}");
                calmly(|| recover(out)).unwrap_or_else(|e| panic!("{what}: {e:?}"));
                let found = read(&out.join("tabs/r-01"));
                assert!(
                    found == version(1) || found == version(2),
                    "{what}: {found:?}"
                );
                let kept = calmly(|| make(out, 3)).unwrap_or_else(|e| panic!("{what}: {e:?}"));
                assert!(kept.is_empty(), "{what}: {kept:?}");
                assert_eq!(read(&out.join("tabs/r-01")), version(3), "{what}");
                let left: Vec<_> = read(&out.join(".glasno/tabs")).into_keys().collect();
                assert_eq!(left, ["r-01.manifest"], "{what}");
            }
        }
    }
    println!("{faults} faults");
    assert!(faults > 300, "{faults} faults only");
}

#[test]
fn a_damaged_record_keeps_what_lay_there() {
    for by_renames in [false, true] {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path();
        calmly(|| make(out, 1)).expect("version 1");
        fs::write(out.join("tabs/r-01/моё.txt"), "беречь").expect("a file");
        fs::write(out.join(".glasno/tabs/r-01.manifest"), "glas").expect("a record");
        let plan = Plan {
            by_renames,
            ..Plan::default()
        };
        let told = with(plan, || make(out, 2)).0.expect("version 2");
        assert!(told.iter().all(|f| f.code() == "publish.kept"), "{told:?}");
        assert_eq!(read(&out.join("tabs/r-01")), version(2));
        let mut kept = 0;
        for entry in walkdir::WalkDir::new(out).into_iter().flatten() {
            kept += u32::from(entry.file_name() == "моё.txt");
        }
        assert_eq!(kept, 1);
        assert!(calmly(|| make(out, 3)).expect("version 3").is_empty());
    }
}
