//! Measuring, by hand: `CARRIER_PATH=folder cargo test --release -p glasno-carrier measure -- --ignored --nocapture`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::*;

fn walk(path: &Path, all: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut names: Vec<PathBuf> = std::fs::read_dir(path)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        names.sort();
        for name in names {
            walk(&name, all);
        }
    } else {
        all.push(path.to_owned());
    }
}

/// Prints bytes, fragments and speed for each format, and what was refused; with `CARRIER_SHOW`, all fragments.
#[test]
#[ignore = "measures a folder given by the environment"]
fn measure() {
    let root = std::env::var("CARRIER_PATH").unwrap_or_else(|_| "docs".into());
    let show = std::env::var("CARRIER_SHOW").is_ok();
    let mut files = Vec::new();
    walk(Path::new(&root), &mut files);
    let mut sums: std::collections::BTreeMap<String, (usize, u64, u64, f64)> = Default::default();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.to_string_lossy();
        let (mut count, mut text) = (0u64, 0u64);
        let start = Instant::now();
        let outcome = read(&name, &bytes, &Limits::default(), &mut |f| {
            count += 1;
            text += f.text.len() as u64;
            if show {
                println!("{:?} {:?} {}", f.role, f.at, f.text);
            }
        });
        let took = start.elapsed().as_secs_f64();
        let sum = sums.entry(format!("{:?}", outcome.format)).or_default();
        sum.0 += bytes.len();
        sum.1 += count;
        sum.2 += text;
        sum.3 += took;
        if took > 0.5 {
            println!("slow: {name} {took:.2} s");
        }
        for u in outcome.unreadable {
            println!("{name}: {u:?}");
        }
    }
    for (format, (bytes, count, text, took)) in sums {
        let rate = bytes as f64 / took / 1e6;
        println!(
            "{format}: {bytes} bytes, {count} fragments, {text} bytes of text, {took:.3} s, {rate:.0} MB/s"
        );
    }
}

/// Prints what takes more than linear time, for many pieces repeated many times.
#[test]
#[ignore = "takes minutes; run it in release"]
fn scales() {
    let heads = [
        ("a.html", "<!doctype html>"),
        ("a.html", "<!doctype html><table><tr><td rowspan=9>x"),
        ("a.html", "<!doctype html><svg>"),
        ("a.xml", "<?xml version=\"1.0\"?><r>"),
        (
            "a.fodt",
            "<?xml version=\"1.0\"?><r x=\"urn:oasis:names:tc:opendocument\"><text:p>",
        ),
        ("a.json", "["),
        ("a.js", ""),
        ("a.css", ""),
        ("a.md", ""),
        ("a.csv", ""),
        ("a.ics", "BEGIN:VCALENDAR\n"),
        ("a.eml", "MIME-Version: 1.0\nSubject: "),
        (
            "a.eml",
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n",
        ),
        ("a.rtf", "{\\rtf1"),
        ("a.txt", ""),
    ];
    let pieces = [
        "<a b=\"",
        "<!--",
        "--!",
        "<a ",
        "</",
        "<![CDATA[",
        "<table>",
        "<td>",
        "<tr>",
        "<td rowspan=9>x",
        "<p hidden>",
        "<i hidden>",
        "</i>",
        "&",
        "&#",
        "&amp",
        "<script>",
        "'",
        "\"",
        "`",
        "\\'",
        "\\\"",
        "<q>",
        "<svg>",
        "<title>",
        "<button>",
        "<template>",
        "[",
        "{\"a\":",
        "\\u",
        "{}",
        "%25",
        "xn--",
        "--",
        "=?a?q?",
        "=\n",
        "\n ",
        "\n",
        ":",
        ";",
        ",",
        "\\u1?",
        "{\\*",
        "{",
        "}",
        "\\bin9 ",
        "url(",
        "/*",
        "*",
        "_a",
        "> ",
        "![",
        "](",
        "|",
        "--a\n",
        "a ",
        "я",
        "data:,",
        "<text:p>",
        "<text:span>",
        "<w:tc>",
        "<!x",
        "<?x",
        "fromCharCode(1,",
        "a=b;",
        "<a x=\"{'\">",
        "<option>",
        "'+'",
    ];
    for (name, head) in heads {
        for piece in pieces {
            let time = |n: usize| {
                let bytes = format!("{head}{}", piece.repeat(n)).into_bytes();
                let start = Instant::now();
                read(name, &bytes, &Limits::default(), &mut |_| {});
                start.elapsed().as_secs_f64()
            };
            let (small, large) = (time(20_000), time(80_000));
            if large > 0.1 && large > small * 7.0 {
                println!("{name} {head:?} {piece:?}: {small:.3} s, {large:.3} s");
            }
        }
    }
}
