//! Publishing against real kills.
//!
//! The kill test runs this test program again as a child that publishes one version after another, and kills it at
//! many moments.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::fault::{Plan, begin};
use super::tests::{publish, read};
use super::*;

const CHILD: &str = "GLASNO_TEST_PUBLISH_INTO";
const BY_RENAMES: &str = "GLASNO_TEST_BY_RENAMES";

/// The files of one version; even and odd versions differ in their paths too.
pub(super) fn version(number: u32) -> BTreeMap<String, String> {
    (0..40 + number % 2 * 20)
        .map(|i| {
            (
                format!("section-{}/page-{i}.html", i % 5),
                number.to_string(),
            )
        })
        .collect()
}

/// The number of the version that stands in `site`, when it is one whole version.
pub(super) fn whole(site: &Path) -> Option<u32> {
    let found = read(site);
    let number = found.values().next()?.parse().ok()?;
    (found == version(number)).then_some(number)
}

#[test]
#[ignore = "the child of the kill test"]
fn child() {
    let Some(out) = std::env::var_os(CHILD) else {
        return;
    };
    begin(Plan {
        by_renames: std::env::var_os(BY_RENAMES).is_some(),
        abort: true,
        ..Plan::default()
    });
    for number in 1.. {
        let publisher = Publisher::open(Path::new(&out)).unwrap();
        for (path, text) in version(number) {
            let path = SitePath::new(&path).unwrap();
            publisher.put(Area::Site, &path, text.as_bytes()).unwrap();
        }
        publisher.commit().unwrap();
    }
}

fn publishing(out: &Path, by_renames: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "publish::tests_kill::child", "--ignored"])
        .env(CHILD, out)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if by_renames {
        command.env(BY_RENAMES, "1");
    }
    command.spawn().unwrap()
}

fn kill_often(by_renames: bool) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    publish(&out, &version(0)).unwrap();
    // A busy machine takes its time to start a child: the moments lie around that of its first version.
    let begin = Instant::now();
    let mut child = publishing(&out, by_renames);
    while matches!(whole(&out.join("site")), Some(0) | None) {
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "a child that publishes"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
    let span = begin.elapsed().max(Duration::from_millis(30)) * 2;
    child.kill().unwrap();
    child.wait().unwrap();
    recover(&out).unwrap();
    publish(&out, &version(0)).unwrap();
    let mut random: u32 = 12345;
    let mut swapped = 0;
    for round in 0..30 {
        let mut child = publishing(&out, by_renames);
        random = random.wrapping_mul(1_103_515_245).wrapping_add(12345);
        std::thread::sleep(span * (random >> 16) / (u32::MAX >> 16));
        child.kill().unwrap();
        child.wait().unwrap();
        let atomic = cfg!(any(target_os = "linux", target_os = "macos")) && !by_renames;
        if atomic {
            assert!(whole(&out.join("site")).is_some(), "round {round}");
        }
        recover(&out).unwrap();
        let now = whole(&out.join("site"));
        assert!(now.is_some(), "round {round}");
        swapped += u32::from(now != Some(0));
    }
    assert!(swapped > 0, "no child lived long enough to publish");
    let done = publish(&out, &version(7)).unwrap();
    assert!(done.warnings.is_empty());
    assert_eq!(whole(&out.join("site")), Some(7));
}

#[test]
fn a_kill_leaves_a_whole_site() {
    kill_often(false);
}

#[test]
fn a_kill_between_two_renames_is_recovered() {
    kill_often(true);
}
