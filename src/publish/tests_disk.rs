//! Publishing onto a disk that is really full: mounts a small tmpfs, and says so when it is not allowed to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::tests::{assert_settled, publish, read};
use super::tests_kill::{version, whole};
use super::*;

/// A small file system of its own, gone with the value.
struct Tmpfs(PathBuf);

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

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Leaves less and less room, so that the disk fills up at each kind of write: pages, journal, records.
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
            Ok(_) => {
                assert_eq!(whole(&out.join("site")), Some(3));
                fs::write(&filler, "").unwrap();
                publish(&out, &version(2)).unwrap();
            }
            Err(trouble) => {
                refused += 1;
                assert_eq!(trouble.code(), "system.disk-full", "{pages} {trouble:?}");
            }
        }
        assert_eq!(whole(&out.join("site")), Some(2), "{pages} pages taken");
        assert_settled(&out);
        fs::remove_file(&filler).unwrap();
    }
    assert!(refused > 5, "the disk never filled up");
    assert!(publish(&out, &version(3)).unwrap().warnings.is_empty());
    assert_eq!(whole(&out.join("site")), Some(3));
}

fn publish_or_refuse(out: &Path) -> Result<Published, Box<Finding>> {
    let publisher = Publisher::open(out)?;
    for (path, text) in version(3) {
        if let Some(path) = SitePath::new(&path) {
            publisher.put(Area::Site, &path, text.as_bytes())?;
        }
    }
    publisher.commit()
}

/// The report is swapped before the site: when the site cannot be, the old report comes back.
#[test]
fn a_site_that_cannot_be_swapped_takes_the_report_back() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let run = |text: &str| {
        let publisher = Publisher::open(&out)?;
        let path = SitePath::new("index.html").unwrap();
        publisher.put(Area::Site, &path, text.as_bytes())?;
        publisher.stage_report("decisions.txt", text.as_bytes())?;
        publisher.commit()
    };
    run("1").unwrap();
    let Some(disk) = Tmpfs::mount(out.join("site")) else {
        println!("skipped: mounting a tmpfs is not permitted here");
        return;
    };
    let trouble: Box<Finding> = run("2").unwrap_err();
    assert_eq!(trouble.code(), "system.mount-point");
    assert_eq!(read(&out.join("report"))["decisions.txt"], "1");
    drop(disk);
    assert_settled(&out);
    assert_eq!(read(&out.join("site"))["index.html"], "1");
    run("3").unwrap();
    assert_eq!(read(&out.join("report"))["decisions.txt"], "3");
}
