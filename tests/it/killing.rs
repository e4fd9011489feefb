//! Builds that do not go as they should: sources change meanwhile, they are killed at any moment, the disk is full. What is
//! published belongs together: the old site stays, or the new one is there whole.

use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use crate::place::Place;

const NEWS: &str = "content/primer-2025/news/start.md";

/// Whether a build has read its sources and makes pages now.
fn is_making(place: &Place) -> bool {
    place.path("output/.glasno/staging-1/site").exists()
}

#[test]
fn a_source_saved_during_a_build_is_in_the_site() {
    let place = Place::new();
    let given = place.read(NEWS);
    let mut repeated = 0;
    // A machine may be too busy to save in time: then the build was over, and the next round tries again.
    for round in 0..20 {
        let (before, after) = (format!("Прежде{round}"), format!("Потом{round}"));
        place.write(NEWS, format!("{given}\n\n{before}\n"));
        let mut child = place.command("build", &["--format", "json"]);
        let child = child.stdout(Stdio::piped()).stderr(Stdio::null());
        let child = child.spawn().expect("the program starts");
        let began = Instant::now();
        while !is_making(&place) && began.elapsed() < Duration::from_secs(20) {
            sleep(Duration::from_micros(200));
        }
        place.write(NEWS, format!("{given}\n\n{after}\n"));
        let done = child.wait_with_output().expect("an end");
        assert!(done.status.success());
        let told = String::from_utf8_lossy(&done.stdout);
        if told.contains("\"again\": 0") || told.contains("\"again\":0") {
            continue;
        }
        repeated += 1;
        let page = place.read("output/site/primer-2025/news/start/index.html");
        assert!(page.contains(&after) && !page.contains(&before), "{told}");
        if repeated == 2 {
            return;
        }
    }
    assert!(repeated > 0, "no save ever fell into a build");
}

#[test]
fn sources_that_never_rest_leave_the_site_as_it_was() {
    let place = Place::new();
    place.must_build(&[]);
    let old = place.site();
    let given = place.read(NEWS);
    let over = AtomicBool::new(false);
    let run = scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                place.write(NEWS, format!("{given}\n\nПравка {turn}.\n"));
                sleep(Duration::from_millis(2));
            }
        });
        let run = place.build(&[]);
        over.store(true, Ordering::Relaxed);
        run
    });
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(run.err.contains("publish.sources-change"), "{}", run.said());
    assert_eq!(place.site(), old);
}

#[cfg(unix)]
mod unix {
    use std::collections::BTreeMap;
    use std::process::Stdio;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use crate::place::{Place, tree};

    const NEWS: &str = "content/primer-2025/news/start.md";
    /// How often a build is killed, and for how long altogether at most.
    const KILLS: u32 = 40;
    const TIME: Duration = Duration::from_secs(60);

    #[test]
    fn killed_build_leaves_the_old_site_or_the_new_one() {
        let place = Place::new();
        let began = Instant::now();
        place.must_build(&[]);
        let whole = began.elapsed().max(Duration::from_millis(50));
        let old = place.site();
        let given = place.read(NEWS);
        let edited = given.replace("Проект начался", "Проект продолжается");
        place.write(NEWS, &edited);
        let other = Place::empty();
        place.must_build(&["--out", &other.root().to_string_lossy()]);
        let new = tree(&other.path("site"));
        assert_ne!(old, new);

        let name = |site: &BTreeMap<String, Vec<u8>>| {
            if *site == old {
                "old"
            } else if *site == new {
                "new"
            } else {
                "neither"
            }
        };
        // A fixed sequence that looks random: a failure can be had again.
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let (mut killed, mut ended) = (0, 0);
        let began = Instant::now();
        for turn in 0..KILLS {
            if began.elapsed() > TIME {
                break;
            }
            // Every build has something to change, whichever site is in place.
            place.write(NEWS, if turn % 2 == 0 { &edited } else { &given });
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let share = (state % 1200) as f64 / 1000.0;
            let mut child = place
                .command("build", &[])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            sleep(whole.mul_f64(share));
            if child.try_wait().expect("a status").is_none() {
                child.kill().expect("a kill");
                killed += 1;
            } else {
                ended += 1;
            }
            child.wait().expect("an end");
            let site = place.site();
            // Where folders cannot be exchanged in one step there is a moment without a site, which the next run
            // puts right. What is there must be whole.
            if cfg!(target_os = "linux") || !site.is_empty() {
                assert_ne!(name(&site), "neither", "after {killed} kills");
            }
        }
        println!("{killed} killed, {ended} ended by themselves");
        assert!(killed > 0, "no build was killed");
        // And after all of it a build works.
        place.write(NEWS, &edited);
        place.must_build(&[]);
        assert_eq!(name(&place.site()), "new");
    }

    /// A small disk of its own, unmounted at the end.
    struct Disk(std::path::PathBuf);

    impl Disk {
        fn new(at: std::path::PathBuf, size: &str) -> Option<Self> {
            std::fs::create_dir_all(&at).ok()?;
            let mounted = std::process::Command::new("mount")
                .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
                .arg(&at)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            mounted.is_ok_and(|s| s.success()).then_some(Disk(at))
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = std::process::Command::new("umount").arg(&self.0).status();
        }
    }

    #[test]
    fn full_disk_leaves_the_old_site() {
        if !cfg!(target_os = "linux") {
            println!("skipped: small disks are made on Linux only");
            return;
        }
        let place = Place::new();
        let measure = Place::empty();
        place.must_build(&["--out", &measure.root().to_string_lossy()]);
        let bytes: usize = tree(measure.root())
            .values()
            .map(|b| b.len().next_multiple_of(4096))
            .sum();
        // Room for the site and a tenth: pages that all change do not fit beside the first ones.
        let Some(disk) = Disk::new(place.path("disk"), &format!("{}k", bytes * 11 / 10 / 1024))
        else {
            println!("skipped: mounting needs root");
            return;
        };
        let out = disk.0.to_string_lossy().into_owned();
        place.must_build(&["--out", &out]);
        let old = tree(&disk.0.join("site"));
        place.edit_first("content/site.yaml", "title: \"", "title: \"Иначе: ");
        let run = place.build(&["--out", &out]);
        assert_eq!(run.status, Some(2), "{}", run.said());
        assert!(run.err.contains("system.disk-full"), "{}", run.said());
        assert_eq!(tree(&disk.0.join("site")), old);
    }
}
