//! Every call of a run fails once, in every way, on both ways of swapping; and every call is once the last one.
//!
//! After each the site is the old one or the new one, whole, and so is the report; where folders are swapped by two
//! renames there may be no site until the next command begins. Nothing else in the output folder is touched, and the
//! run after it finds nothing amiss.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::fault::{Fault, Plan, begin, with};
use super::tests::{assert_settled, read};
use super::*;

/// What is published: the site and the report, by path.
type Tree = BTreeMap<String, String>;

const WAYS: [bool; 2] = [false, true];

/// A site of its own for each number: files that stay, change, come and go.
fn version(number: u32) -> Tree {
    let text = number.to_string();
    let mut files: Tree = [("site/index.html", &*text), ("site/styles.css", "same")]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
    files.insert(format!("site/news/{number}.html"), text.repeat(700));
    files.insert("report/decisions.txt".to_owned(), text);
    files
}

fn publish(out: &Path, number: u32) -> Result<Published, Box<Finding>> {
    let publisher = Publisher::open(out)?;
    for (path, text) in version(number) {
        match path.split_once('/') {
            Some(("report", name)) => publisher.stage_report(name, text.as_bytes())?,
            Some((_, name)) => {
                let path = SitePath::new(name).expect("a path");
                publisher.put(Area::Site, &path, text.as_bytes())?;
            }
            None => unreachable!(),
        }
    }
    publisher.commit()
}

/// Without a fault, and without waiting for the disk.
fn calmly<T>(act: impl FnOnce() -> T) -> T {
    with(Plan::default(), act).0
}

/// Site and report as they stand.
fn stands(out: &Path) -> Tree {
    let mut found = Tree::new();
    for area in ["site", "report"] {
        for (path, text) in read(&out.join(area)) {
            found.insert(format!("{area}/{path}"), text);
        }
    }
    found
}

/// An output folder with version 1 (or nothing) in it and things of others beside it.
struct Ground {
    dir: tempfile::TempDir,
    before: Tree,
}

impl Ground {
    fn new(first: bool) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let ground = Ground {
            before: if first { Tree::new() } else { version(1) },
            dir,
        };
        fs::write(ground.out().join("чужое.txt"), "беречь").expect("a file");
        if !first {
            calmly(|| publish(ground.out(), 1)).expect("version 1");
        }
        ground
    }

    fn out(&self) -> &Path {
        self.dir.path()
    }

    /// What a reader meets right after a run that did not end well.
    fn look(&self, by_renames: bool, what: &str) {
        let site: Tree = read(&self.out().join("site"));
        let of = |tree: &Tree| -> Tree {
            let below = tree.iter().filter_map(|(path, text)| {
                Some((path.strip_prefix("site/")?.to_owned(), text.clone()))
            });
            below.collect()
        };
        let whole = site == of(&self.before) || site == of(&version(2));
        let none = by_renames && !self.out().join("site").exists();
        assert!(whole || none, "{what}: a torn site: {site:?}");
    }

    /// What stands once a command has begun, and whether all goes on from there.
    fn settled(&self, what: &str) {
        let out = self.out();
        let found = stands(out);
        let whole = found == self.before || found == version(2);
        assert!(whole, "{what}: neither old nor new: {:?}", found.keys());
        assert_settled(out);
        self.goes_on(what);
    }

    fn goes_on(&self, what: &str) {
        let out = self.out();
        let done = calmly(|| publish(out, 3)).unwrap_or_else(|e| panic!("{what}: {e:?}"));
        assert!(done.warnings.is_empty(), "{what}: {:?}", done.warnings);
        assert_eq!(stands(out), version(3), "{what}");
        assert_settled(out);
        let kept = fs::read_to_string(out.join("чужое.txt"));
        assert_eq!(kept.ok().as_deref(), Some("беречь"), "{what}");
        let beside = fs::read_dir(out).expect("a folder").count();
        assert_eq!(beside, 4, "{what}: something was left in the output folder");
    }
}

/// Every `every`-th call of a run fails once. Gives how many faults there were.
fn errors(every: usize) -> usize {
    let mut faults = 0;
    for by_renames in WAYS {
        for first in [false, true] {
            for (turn, fault) in Fault::ERRORS.into_iter().enumerate() {
                for call in (1 + turn % every..).step_by(every) {
                    let ground = Ground::new(first);
                    let what =
                        format!("{fault:?} at {call}, renames: {by_renames}, first: {first}");
                    let plan = Plan {
                        at: Some((call, fault)),
                        by_renames,
                        ..Plan::default()
                    };
                    let (done, _, hit) = with(plan, || publish(ground.out(), 2));
                    if !hit {
                        done.unwrap_or_else(|e| panic!("{what}: {e:?}"));
                        break;
                    }
                    faults += 1;
                    ground.look(by_renames, &what);
                    if done.is_ok() {
                        assert_eq!(stands(ground.out()), version(2), "{what}");
                    }
                    calmly(|| recover(ground.out())).unwrap_or_else(|e| panic!("{what}: {e:?}"));
                    ground.settled(&what);
                }
            }
        }
    }
    faults
}

/// Every `every`-th call of a run is its last one; then one call of the clearing up is the last one of that, or every
/// fifth when `every` is 1. Gives how many kills there were.
fn kills(every: usize) -> usize {
    let step = if every == 1 { 5 } else { usize::MAX };
    let mut kills = 0;
    for by_renames in WAYS {
        for first in [false, true] {
            for (turn, fault) in Fault::KILLS.into_iter().enumerate() {
                for call in (1 + turn % every..).step_by(every) {
                    let mut again = 1 + call % step.min(50);
                    loop {
                        let ground = Ground::new(first);
                        let plan = |at| Plan {
                            at: Some(at),
                            by_renames,
                            ..Plan::default()
                        };
                        let what = format!(
                            "{fault:?} at {call}, then at {again}, renames: {by_renames}, first: {first}"
                        );
                        let (_, _, hit) = with(plan((call, fault)), || publish(ground.out(), 2));
                        if !hit {
                            break;
                        }
                        kills += 1;
                        ground.look(by_renames, &what);
                        let clearing = || recover(ground.out()).is_ok();
                        let (done, _, hit) = with(plan((again, Fault::Kill)), clearing);
                        kills += usize::from(hit);
                        ground.look(by_renames, &what);
                        assert!(hit || done, "{what}: not cleared up");
                        calmly(|| recover(ground.out()))
                            .unwrap_or_else(|e| panic!("{what}: {e:?}"));
                        ground.settled(&what);
                        if !hit {
                            break;
                        }
                        again = again.saturating_add(step);
                    }
                    let ground = Ground::new(first);
                    let plan = Plan {
                        at: Some((call, fault)),
                        by_renames,
                        ..Plan::default()
                    };
                    if !with(plan, || publish(ground.out(), 2)).2 {
                        break;
                    }
                    // Without clearing up first: the next build does all by itself.
                    ground.goes_on(&format!("{fault:?} at {call}, renames: {by_renames}"));
                    kills += 1;
                }
            }
        }
    }
    kills
}

#[test]
fn a_call_may_fail_once() {
    let faults = errors(3);
    println!("{faults} faults");
    assert!(faults >= 300, "{faults} faults only");
}

#[test]
fn a_call_may_be_the_last() {
    let kills = kills(4);
    println!("{kills} kills");
    assert!(kills >= 400, "{kills} kills only");
}

/// `cargo test --lib -- --ignored --nocapture --exact publish::tests_fault::every_call`
#[test]
#[ignore = "minutes: every call, where the two above take some; and real ends of processes"]
fn every_call() {
    let ended = processes();
    println!("{ended} processes ended");
    let faults = errors(1);
    println!("{faults} faults");
    let kills = kills(1);
    println!("{kills} kills");
    assert!(faults >= 500 && kills + ended >= 1000);
}

/// A report that somebody asks for, in each of its forms.
fn asked(number: u32) -> Vec<(String, Vec<u8>)> {
    let file = |kind: &str| {
        let text = format!("{kind} {number} ").repeat(400);
        (format!("otchyot.{kind}"), text.into_bytes())
    };
    ["html", "docx", "pdf"].map(file).into()
}

fn whole(files: &[(String, Vec<u8>)]) -> Tree {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let each = files.iter();
    each.map(|(name, bytes)| (name.clone(), text(bytes)))
        .collect()
}

#[test]
fn a_report_that_was_asked_for_is_the_old_one_or_the_new_one() {
    let mut faults = 0;
    for by_renames in WAYS {
        for fault in Fault::ERRORS.into_iter().chain(Fault::KILLS) {
            for call in 1.. {
                let ground = Ground::new(false);
                let out = ground.out();
                let what = format!("{fault:?} at {call}, renames: {by_renames}");
                calmly(|| add_reports(out, &asked(1))).expect("the first report");
                // What somebody has written into a report since is nobody else's to throw away.
                fs::write(out.join("report/signed/otchyot.html"), "дописано").expect("a file");
                let mut old = whole(&asked(1));
                old.insert("otchyot.html".to_owned(), "дописано".to_owned());
                let plan = Plan {
                    at: Some((call, fault)),
                    by_renames,
                    ..Plan::default()
                };
                let (done, _, hit) = with(plan, || add_reports(out, &asked(2)));
                if !hit {
                    done.unwrap_or_else(|e| panic!("{what}: {e:?}"));
                    break;
                }
                faults += 1;
                calmly(|| recover(out)).unwrap_or_else(|e| panic!("{what}: {e:?}"));
                let found = read(&out.join("report/signed"));
                assert!(found == old || found == whole(&asked(2)), "{what}");
                assert!(done.is_err() || found == whole(&asked(2)), "{what}");
                let mut others = stands(out);
                others.retain(|path, _| !path.starts_with("report/signed/"));
                assert_eq!(others, version(1), "{what}");
                assert_settled(out);
                // The next build keeps what was asked for.
                let built = calmly(|| {
                    let publisher = Publisher::open(out)?;
                    publisher.keep_reports()?;
                    let path = SitePath::new("index.html").expect("a path");
                    publisher.put(Area::Site, &path, b"3")?;
                    publisher.commit()
                });
                built.unwrap_or_else(|e| panic!("{what}: {e:?}"));
                assert_eq!(read(&out.join("report/signed")), found, "{what}");
            }
        }
    }
    println!("{faults} faults");
    assert!(faults > 300, "{faults} faults only");
}

#[test]
fn a_report_for_a_folder_of_ones_own_is_never_torn() {
    for fault in Fault::ERRORS.into_iter().chain(Fault::KILLS) {
        for call in 1.. {
            let dir = tempfile::tempdir().expect("a folder");
            let folder = dir.path().join("отчёты");
            let what = format!("{fault:?} at {call}");
            calmly(|| put_reports(&folder, &asked(1))).expect("the first report");
            fs::write(folder.join("чужое.txt"), "беречь").expect("a file");
            let plan = Plan {
                at: Some((call, fault)),
                ..Plan::default()
            };
            let (done, _, hit) = with(plan, || put_reports(&folder, &asked(2)));
            if !hit {
                done.unwrap_or_else(|e| panic!("{what}: {e:?}"));
                break;
            }
            let found = read(&folder);
            for ((name, old), (_, new)) in asked(1).iter().zip(asked(2)) {
                let own = found.get(name).map(String::as_bytes);
                assert!(own == Some(old) || own == Some(&new), "{what}: {name}");
            }
            calmly(|| put_reports(&folder, &asked(3))).unwrap_or_else(|e| panic!("{what}: {e:?}"));
            let mut wanted = whole(&asked(3));
            wanted.insert("чужое.txt".to_owned(), "беречь".to_owned());
            assert_eq!(read(&folder), wanted, "{what}");
        }
    }
}

const CHILD: &str = "GLASNO_TEST_END_IN";

#[test]
#[ignore = "the child of the test of processes"]
fn child() {
    let Some(told) = std::env::var_os(CHILD) else {
        return;
    };
    let told = told.into_string().expect("text");
    let mut told = told.splitn(4, ' ');
    let mut next = || told.next().expect("four words");
    let (call, renames, short, out) = (next(), next(), next(), next());
    let fault = if short == "true" {
        Fault::KillShort
    } else {
        Fault::Kill
    };
    begin(Plan {
        at: Some((call.parse().expect("a number"), fault)),
        by_renames: renames == "true",
        abort: true,
        ..Plan::default()
    });
    publish(Path::new(out), 2).expect("a run that is not ended");
}

/// Whole processes end at each call. Gives how many.
fn processes() -> usize {
    let mut ended = 0;
    for by_renames in WAYS {
        for short in [false, true] {
            for call in 1.. {
                let ground = Ground::new(false);
                let what = format!("the process ended at {call}, renames: {by_renames}");
                let told = format!("{call} {by_renames} {short} {}", ground.out().display());
                let child = Command::new(std::env::current_exe().expect("a program"))
                    .args(["--exact", "publish::tests_fault::child", "--ignored"])
                    .env(CHILD, told)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status()
                    .expect("a child");
                if child.success() {
                    break;
                }
                ended += 1;
                ground.look(by_renames, &what);
                calmly(|| recover(ground.out())).unwrap_or_else(|e| panic!("{what}: {e:?}"));
                ground.settled(&what);
            }
        }
    }
    ended
}
