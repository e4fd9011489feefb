//! The server stays: more clients than there are descriptors, silent ones, slow ones, listening ones, again and again.
//!
//! Three rounds by default; `GLASNO_SOAK=600 cargo test --test serve soak` goes on for so many seconds.
#![cfg(unix)]

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::fixture;
use crate::running::{Preview, Result};

const DESCRIPTORS: usize = 256;
const ROUNDS: usize = 3;
/// Clients that go on for ever are dropped after five seconds, and there are some 80 places.
const PATIENCE: Duration = Duration::from_secs(90);

/// What the system tells of the process, where it does.
fn open_files(id: u32) -> Option<usize> {
    let all = std::fs::read_dir(format!("/proc/{id}/fd")).ok()?;
    Some(all.count())
}

fn resident_megabytes(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// Opens every kind of client that gives nothing back.
fn crowd(port: u16) -> Vec<TcpStream> {
    let head = format!("HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    let kinds = [
        String::new(),
        "GET / HT".to_owned(),
        format!("GET / {head}X-Never-Ends: "),
        format!("GET /@glasno/events?page=/ {head}\r\n"),
        format!("GET /assets/style.css {head}\r\n"),
    ];
    let mut held = Vec::new();
    for n in 0..200 {
        let address = ([127, 0, 0, 1], port).into();
        // Those for whom there is no room even to wait are no loss to this test.
        let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_millis(500))
        else {
            continue;
        };
        let _ = stream.write_all(kinds[n % kinds.len()].as_bytes());
        held.push(stream);
    }
    held
}

#[test]
fn more_clients_than_descriptors_hold_up_nobody_for_long() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    // Larger than what the system keeps on the way, so that who does not read is seen.
    let style = "a { color: teal }\n".repeat(300_000);
    fixture::write(root.path(), "themes/default/assets/style.css", &style)?;
    let preview = Preview::start_short(root.path(), DESCRIPTORS)?;
    let id = preview.id();
    assert_eq!(preview.get("/")?.status, 200);
    let before = open_files(id);
    let long = std::env::var("GLASNO_SOAK")
        .ok()
        .and_then(|s| s.parse().ok())
        .map(Duration::from_secs);
    let begun = Instant::now();
    let mut sizes = Vec::new();
    for round in 0.. {
        if round >= ROUNDS && long.is_none_or(|long| begun.elapsed() > long) {
            break;
        }
        let held = crowd(preview.port);
        assert!(held.len() > 100, "{}", held.len());
        let asked = Instant::now();
        // Whoever asks meanwhile is answered, and so is who edits.
        assert_eq!(preview.get("/rechnoj-2025/news/")?.status, 200);
        assert!(asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
        let text = fixture::roadmap(round % 5 + 4);
        fixture::write(root.path(), "content/rechnoj-2025/roadmap.yaml", &text)?;
        preview.next_state()?;
        preview.never_broken()?;
        drop(held);
        let gone = Instant::now();
        while let (Some(now), Some(before)) = (open_files(id), before) {
            if now <= before + 4 {
                break;
            }
            assert!(
                gone.elapsed() < PATIENCE,
                "{now} files are open, {before} at first"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        sizes.extend(resident_megabytes(id));
    }
    println!("resident after each round: {sizes:?} MB");
    // The first rounds fill what is kept; later ones add nothing.
    let later = sizes.split_off(1.min(sizes.len()));
    let (early, late) = later.split_at(later.len() / 2);
    let middle = |sizes: &[u64]| {
        let mut sizes = sizes.to_vec();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).copied()
    };
    if let (Some(early), Some(late)) = (middle(early), middle(late)) {
        assert!(late <= early + early / 4 + 8, "memory grows: {later:?}");
    }
    Ok(())
}
