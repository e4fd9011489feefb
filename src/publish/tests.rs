//! What publishing promises: whole swaps, nothing foreign touched, interrupted runs recovered.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::fault::{Fault, Plan, with};
use super::*;
use crate::diag::Lang;

/// A site as a map from path to text.
type Tree = BTreeMap<String, String>;

pub(super) fn tree(files: &[(&str, &str)]) -> Tree {
    files
        .iter()
        .map(|(p, t)| ((*p).to_owned(), (*t).to_owned()))
        .collect()
}

/// What lies below a folder; folders that are empty show as `name/`.
pub(super) fn read(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let Ok(entry) = entry else { continue };
        let name = entry.path().strip_prefix(folder).unwrap();
        let name = name.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            found.insert(name + "/", String::new());
        }
    }
    found
}

fn try_put(publisher: &Publisher, files: &Tree) -> Result<(), Box<Finding>> {
    files.iter().try_for_each(|(path, text)| {
        let path = SitePath::new(path).unwrap();
        publisher.put(Area::Site, &path, text.as_bytes())
    })
}

fn put(publisher: &Publisher, files: &Tree) {
    try_put(publisher, files).unwrap();
}

pub(super) fn publish(out: &Path, files: &Tree) -> Result<Published, Box<Finding>> {
    let publisher = Publisher::open(out)?;
    try_put(&publisher, files)?;
    publisher.commit()
}

/// A run that ends at the given call, as a kill would end it; gives whether it came so far.
fn killed_at(out: &Path, files: &Tree, call: usize, by_renames: bool) -> bool {
    let plan = Plan {
        at: Some((call, Fault::Kill)),
        by_renames,
        ..Plan::default()
    };
    with(plan, || publish(out, files).is_ok()).2
}

fn code(result: Result<impl Sized, Box<Finding>>) -> &'static str {
    result.err().map_or("no error", |f| f.code())
}

fn temp() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("вывод сайта");
    (dir, out)
}

fn old() -> Tree {
    tree(&[
        ("index.html", "старая"),
        ("a/gone.html", "x"),
        ("a/same", "="),
    ])
}

fn new() -> Tree {
    tree(&[
        ("index.html", "новая"),
        ("b/c/come.html", "y"),
        ("a/same", "="),
    ])
}

/// Only the lock and the records may stay between runs.
pub(super) fn assert_settled(out: &Path) {
    for (name, _) in read(&out.join(".glasno")) {
        let fine = name == "lock" || name.ends_with(".manifest");
        assert!(fine, "left in the working folder: {name}");
    }
}

#[test]
fn a_site_is_swapped_whole_and_counted() {
    let (_dir, out) = temp();
    let first = publish(&out, &old()).unwrap();
    assert_eq!((first.files, first.added), (3, 3));
    assert_eq!(read(&out.join("site")), old());
    let second = publish(&out, &new()).unwrap();
    assert_eq!(read(&out.join("site")), new());
    assert_eq!(
        (second.files, second.added, second.changed, second.removed),
        (3, 1, 1, 1)
    );
    assert_eq!(second.bytes, 12);
    assert!(second.warnings.is_empty());
    assert_settled(&out);
}

#[test]
fn other_things_beside_the_site_are_let_be() {
    let (_dir, out) = temp();
    fs::create_dir_all(out.join("site")).unwrap();
    fs::write(out.join(".gitkeep"), "").unwrap();
    publish(&out, &old()).unwrap();
    assert!(out.join(".gitkeep").exists());
}

#[test]
fn reports_are_swapped_apart() {
    let (_dir, out) = temp();
    for text in ["один", "два"] {
        let publisher = Publisher::open(&out).unwrap();
        put(&publisher, &old());
        publisher
            .stage_report("decisions.txt", text.as_bytes())
            .unwrap();
        publisher.commit().unwrap();
        assert_eq!(read(&out.join("report")), tree(&[("decisions.txt", text)]));
    }
    publish(&out, &old()).unwrap();
    assert!(read(&out.join("report")).is_empty());
    assert_settled(&out);
}

/// What somebody changed, removed or closed where it is published comes back, and is counted.
#[test]
fn what_was_spoilt_is_put_right_and_counted() {
    let (_dir, out) = temp();
    publish(&out, &old()).unwrap();
    assert_eq!(publish(&out, &old()).unwrap().changed, 0);
    fs::write(out.join("site/index.html"), "чужое!").unwrap();
    fs::remove_file(out.join("site/a/same")).unwrap();
    let done = publish(&out, &old()).unwrap();
    assert_eq!((done.added, done.changed, done.removed), (0, 2, 0));
    assert_eq!(read(&out.join("site")), old());
    let file = out.join("site/a/gone.html");
    let right = fs::metadata(&file).unwrap().permissions();
    let mut wrong = right.clone();
    wrong.set_readonly(true);
    fs::set_permissions(&file, wrong).unwrap();
    assert_eq!(publish(&out, &old()).unwrap().changed, 1);
    assert_eq!(fs::metadata(&file).unwrap().permissions(), right);
    assert_settled(&out);
}

#[test]
fn a_dropped_run_leaves_no_trace() {
    let (_dir, out) = temp();
    publish(&out, &old()).unwrap();
    let publisher = Publisher::open(&out).unwrap();
    put(&publisher, &new());
    drop(publisher);
    assert_eq!(read(&out.join("site")), old());
    assert_settled(&out);
}

#[test]
fn foreign_files_are_refused_and_kept() {
    for area in ["site", "tabs", "report"] {
        let (_dir, out) = temp();
        fs::create_dir_all(out.join(area).join("sub")).unwrap();
        let file = out.join(area).join("sub/дипломная.txt");
        fs::write(&file, "труд").unwrap();
        let trouble = Publisher::open(&out).unwrap_err();
        assert_eq!(trouble.code(), "system.foreign");
        assert!(trouble.message(Lang::Ru).contains("дипломная.txt"));
        assert!(!out.join(".glasno").exists(), "wrote into a foreign folder");
        assert_eq!(fs::read_to_string(&file).unwrap(), "труд");
    }
}

#[test]
fn a_file_put_into_the_site_later_is_refused() {
    let (_dir, out) = temp();
    publish(&out, &old()).unwrap();
    let running = Publisher::open(&out).unwrap();
    put(&running, &new());
    let foreign = out.join("site/a/note.txt");
    fs::write(&foreign, "моё").unwrap();
    assert_eq!(code(running.commit()), "system.foreign");
    assert_eq!(code(Publisher::open(&out)), "system.foreign");
    fs::remove_file(&foreign).unwrap();
    assert_eq!(read(&out.join("site")), old());
    assert_settled(&out);
}

#[test]
fn a_file_for_a_folder_is_refused() {
    let (dir, out) = temp();
    fs::write(dir.path().join("file"), "").unwrap();
    let code_of = |p: &Path| code(Publisher::open(p));
    assert_eq!(code_of(&dir.path().join("file")), "system.not-folder");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("site"), "").unwrap();
    assert_eq!(code_of(&out), "system.not-folder");
    fs::remove_file(out.join("site")).unwrap();
    fs::write(out.join(".glasno"), "").unwrap();
    assert_eq!(code_of(&out), "system.not-folder");
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_never_followed() {
    use std::os::unix::fs::symlink;
    let (dir, out) = temp();
    let precious = dir.path().join("precious");
    fs::create_dir_all(&precious).unwrap();
    fs::write(precious.join("index.html"), "keep").unwrap();
    fs::create_dir(&out).unwrap();
    for name in ["site", ".glasno"] {
        symlink(&precious, out.join(name)).unwrap();
        assert_eq!(code(Publisher::open(&out)), "system.not-folder");
        fs::remove_file(out.join(name)).unwrap();
    }
    publish(&out, &old()).unwrap();
    fs::remove_file(out.join("site/index.html")).unwrap();
    symlink(precious.join("index.html"), out.join("site/index.html")).unwrap();
    assert_eq!(code(Publisher::open(&out)), "system.foreign");
    assert_eq!(read(&precious), tree(&[("index.html", "keep")]));
}

#[test]
fn one_path_twice_stops_the_run() {
    let (_dir, out) = temp();
    publish(&out, &old()).unwrap();
    for (first, second) in [
        ("a/x", "a/x"),
        ("a", "a/x"),
        ("a/b/x", "a/b"),
        ("a/b/x", "a"),
    ] {
        let publisher = Publisher::open(&out).unwrap();
        put(&publisher, &tree(&[(first, "1")]));
        let again = SitePath::new(second).unwrap();
        let trouble = publisher.put(Area::Site, &again, b"2");
        assert_eq!(code(trouble), "publish.same-path", "{first} {second}");
        assert_eq!(code(publisher.commit()), "publish.incomplete");
    }
    assert_eq!(read(&out.join("site")), old());
    assert_settled(&out);
}

#[test]
fn an_empty_site_and_a_bad_name_are_refused() {
    let (_dir, out) = temp();
    publish(&out, &old()).unwrap();
    assert_eq!(code(publish(&out, &Tree::new())), "publish.empty");
    let publisher = Publisher::open(&out).unwrap();
    let bad = publisher.stage_report("../site/x", b"");
    assert_eq!(code(bad), "publish.name");
    drop(publisher);
    assert_eq!(read(&out.join("site")), old());
}

#[test]
fn two_runs_do_not_meet() {
    let (_dir, out) = temp();
    let first = Publisher::open(&out).unwrap();
    assert_eq!(code(Publisher::open(&out)), "system.busy");
    put(&first, &old());
    first.commit().unwrap();
    publish(&out, &new()).unwrap();
}

/// Nobody is asked to delete anything, and nothing is: the site is replaced, what lay there is kept beside it.
#[test]
fn a_damaged_record_costs_neither_the_site_nor_a_file() {
    for (area, by_renames) in [("site", false), ("site", true), ("report", false)] {
        let (_dir, out) = temp();
        publish_with_report(&out, &old()).unwrap();
        let before = read(&out.join(area));
        let record = out.join(format!(".glasno/{area}.manifest"));
        let text = fs::read_to_string(&record).unwrap();
        fs::write(&record, &text[..text.len() / 2]).unwrap();
        fs::write(out.join(area).join("моё.txt"), "беречь").unwrap();
        let plan = Plan {
            by_renames,
            ..Plan::default()
        };
        let done = with(plan, || publish_with_report(&out, &new())).0.unwrap();
        let codes: Vec<_> = done.warnings.iter().map(Finding::code).collect();
        assert_eq!(codes, ["publish.kept"], "{area} {by_renames}");
        assert_eq!(read(&out.join("site")), new());
        let mut kept = read(&out.join(format!("{area}.kept-1")));
        assert_eq!(kept.remove("моё.txt").as_deref(), Some("беречь"));
        assert_eq!(kept, before);
        assert_settled(&out);
        assert!(publish(&out, &old()).unwrap().warnings.is_empty());
    }
}

fn publish_with_report(out: &Path, files: &Tree) -> Result<Published, Box<Finding>> {
    let publisher = Publisher::open(out)?;
    put(&publisher, files);
    publisher.stage_report("decisions.txt", b"one")?;
    publisher.commit()
}

#[test]
fn pages_edited_after_a_kill_do_not_look_foreign() {
    for by_renames in [false, true] {
        let mut swapped = 0;
        for call in 1.. {
            let (_dir, out) = temp();
            publish(&out, &old()).unwrap();
            if !killed_at(&out, &new(), call, by_renames) {
                break;
            }
            if read(&out.join("site")) == new() {
                swapped += 1;
                fs::write(out.join("site/index.html"), "правка").unwrap();
            }
            publish(&out, &new()).unwrap();
            assert_eq!(read(&out.join("site")), new());
            assert_settled(&out);
        }
        assert!(swapped > 2, "no kill came after the swap");
    }
}

#[test]
fn leftover_staging_goes_but_not_what_others_put_there() {
    let (_dir, out) = temp();
    let staged = out.join(".glasno/staging-1/site/b/c/come.html");
    let mut call = 1;
    while !staged.exists() {
        fs::create_dir_all(out.join(".glasno")).unwrap();
        recover(&out).unwrap();
        assert!(killed_at(&out, &new(), call, false));
        call += 1;
    }
    let mine = out.join(".glasno/staging-1/site/b/моё.txt");
    fs::write(&mine, "беречь").unwrap();
    fs::create_dir(out.join(".glasno/staging-7")).unwrap();
    let done = publish(&out, &old()).unwrap();
    assert_eq!(done.warnings.len(), 2);
    assert_eq!(done.warnings[0].code(), "publish.left-behind");
    assert_eq!(
        read(&out.join(".glasno/staging-1")),
        tree(&[("site/b/моё.txt", "беречь")]),
        "killed at {call}"
    );
    fs::remove_file(&mine).unwrap();
    assert!(publish(&out, &old()).unwrap().warnings.is_empty());
    assert!(!out.join(".glasno/staging-1").exists());
    assert!(out.join(".glasno/staging-7").exists());
}

#[test]
fn deep_paths_and_many_threads_work() {
    use rayon::prelude::*;
    let (_dir, out) = temp();
    let folder = "segment-of-twenty-ch/".repeat(10);
    let publisher = Publisher::open(&out).unwrap();
    (0..500).into_par_iter().for_each(|i| {
        let path = format!("{folder}{}/{i}.html", i % 7);
        let path = SitePath::new(&path).unwrap();
        publisher.put(Area::Site, &path, b"page").unwrap();
    });
    assert_eq!(publisher.commit().unwrap().files, 500);
    assert_eq!(read(&out.join("site")).len(), 500);
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, out) = temp();
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::create_dir(out.join("probe")).is_ok() {
        println!("skipped: this user (root) may write anywhere");
        return;
    }
    assert_eq!(code(Publisher::open(&out)), "system.denied");
}
