//! Publishing against real kills and a really full disk.
//!
//! The kill test runs this test program again as a child that publishes one version after another, and kills it at
//! many moments. The disk test mounts a small tmpfs, and says so when it is not allowed to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::tests::{publish, read};
use super::*;

const CHILD: &str = "GLASNO_TEST_PUBLISH_INTO";
const BY_RENAMES: &str = "GLASNO_TEST_BY_RENAMES";

/// The files of one version; even and odd versions differ in their paths too.
fn version(number: u32) -> BTreeMap<String, String> {
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
fn whole(site: &Path) -> Option<u32> {
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
    for number in 1.. {
        let mut publisher = Publisher::open(Path::new(&out)).unwrap();
        publisher.by_renames = std::env::var_os(BY_RENAMES).is_some();
        for (path, text) in version(number) {
            let path = SitePath::new(&path).unwrap();
            publisher.put(Area::Site, &path, text.as_bytes()).unwrap();
        }
        publisher.commit().unwrap();
    }
}

fn kill_often(by_renames: bool) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    publish(&out, &version(0)).unwrap();
    let mut random: u32 = 12345;
    let mut swapped = 0;
    for round in 0..30 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "publish::tests_kill::child", "--ignored"])
            .env(CHILD, &out)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if by_renames {
            command.env(BY_RENAMES, "1");
        }
        let mut child = command.spawn().unwrap();
        random = random.wrapping_mul(1_103_515_245).wrapping_add(12345);
        std::thread::sleep(Duration::from_micros(u64::from(random >> 16) % 60_000));
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

/// A small file system of its own, gone with the value.
#[cfg(target_os = "linux")]
struct Tmpfs(PathBuf);

#[cfg(target_os = "linux")]
impl Tmpfs {
    fn mount(path: PathBuf) -> Option<Self> {
        fs::create_dir_all(&path).ok()?;
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"])
            .arg(&path)
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|s| s.success()).then_some(Tmpfs(path))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Leaves less and less room, so that the disk fills up at each kind of write: pages, journal, records.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_site_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let Some(disk) = Tmpfs::mount(dir.path().join("disk")) else {
        println!("skipped: mounting a tmpfs is not permitted here");
        return;
    };
    let out = disk.0.join("вывод");
    publish(&out, &version(2)).unwrap();
    let mut refused = 0;
    for pages in 0..90 {
        let filler = disk.0.join("filler");
        let room = vec![b'x'; 4096 * pages];
        // Past the point where the disk is full, what fits of the filler is enough.
        let _ = fs::write(&filler, room);
        match publish_or_refuse(&out) {
            Ok(_) => publish_or_refuse_old(&filler, &out),
            Err(trouble) => {
                refused += 1;
                assert_eq!(trouble.code(), "system.disk-full", "{pages} {trouble:?}");
            }
        }
        assert_eq!(whole(&out.join("site")), Some(2), "{pages} pages taken");
        fs::remove_file(&filler).unwrap();
    }
    assert!(refused > 5, "the disk never filled up");
    assert!(publish(&out, &version(3)).unwrap().warnings.is_empty());
    assert_eq!(whole(&out.join("site")), Some(3));
}

#[cfg(target_os = "linux")]
fn publish_or_refuse(out: &Path) -> Result<Published, Box<Finding>> {
    let publisher = Publisher::open(out)?;
    for (path, text) in version(3) {
        if let Some(path) = SitePath::new(&path) {
            publisher.put(Area::Site, &path, text.as_bytes())?;
        }
    }
    publisher.commit()
}

/// Puts version 2 back after a publication that had room.
#[cfg(target_os = "linux")]
fn publish_or_refuse_old(filler: &Path, out: &Path) {
    assert_eq!(whole(&out.join("site")), Some(3));
    fs::write(filler, "").unwrap();
    publish(out, &version(2)).unwrap();
}
