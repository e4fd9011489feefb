//! Sources that change while a site is built: what is published belongs together, or nothing is published.

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
