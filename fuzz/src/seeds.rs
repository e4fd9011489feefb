//! Seeds and dictionaries, made from the repository at hand each time, so that nothing is kept twice and a case or a
//! word that is added to it is tried from that day on.
//!
//! Takes a target and a folder; writes `seeds/` (labelled cases of its format, and a small file where there is no such
//! case) and `words.dict` (the literals of its reader, with the words of `fuzz/dictionaries`).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::guard::PARTING;
use crate::mutators::Shape;
use crate::targets::Target;

/// Where the repository lay when this was built: it is run where it is built.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// The labelled corpus that the build has made.
const CORPUS: &str = concat!(env!("OUT_DIR"), "/corpus");
/// The most cases taken for one target, the shortest first.
const MOST: usize = 160;

/// Writes both; tells how many seeds there are.
pub fn write(target: &Target, folder: &Path) -> io::Result<usize> {
    let seeds = folder.join("seeds");
    fs::create_dir_all(&seeds)?;
    let mut all = cases(target)?;
    all.extend(invented(target.name));
    match target.name {
        // A registry is compiled for each of them: few will do.
        "guard_own" => all = with_registries(all.into_iter().step_by(8).collect())?,
        "guard" => {
            all.push("# Школы\n\tСОШ № 14\tКлючегорск\n\u{4}olshanskaya-sosh/index.html\n".into())
        }
        _ => {}
    }
    for (number, bytes) in all.iter().enumerate() {
        fs::write(seeds.join(format!("{number:03}")), bytes)?;
    }
    let mut dictionary = fs::File::create(folder.join("words.dict"))?;
    for word in words(target)? {
        writeln!(dictionary, "\"{}\"", quoted(&word))?;
    }
    Ok(all.len())
}

/// Files below `folder`, in order.
fn files(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_file() {
        out.push(folder.to_owned());
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        files(&entry.path(), out)?;
    }
    Ok(())
}

fn cases(target: &Target) -> io::Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for folder in [
        Path::new(CORPUS).join("cases"),
        Path::new(CORPUS).join("registries"),
        Path::new(ROOT).join("tests/fixtures/small/content"),
    ] {
        files(&folder, &mut all)?;
    }
    let fits = |path: &PathBuf| {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        target.endings.contains(&ending)
    };
    let mut cases = Vec::new();
    for path in all.into_iter().filter(fits) {
        let bytes = fs::read(path)?;
        if bytes.len() <= target.max_len {
            cases.push(bytes);
        }
    }
    // Every so-manieth of them in order of length: short and long ones, and few that say the same.
    cases.sort_by_key(Vec::len);
    cases.dedup();
    let step = cases.len().div_ceil(MOST).max(1);
    Ok(cases.into_iter().step_by(step).collect())
}

/// Texts behind a registry of three schools each.
fn with_registries(texts: Vec<Vec<u8>>) -> io::Result<Vec<Vec<u8>>> {
    let mut schools: Vec<String> = Vec::new();
    for name in ["luga", "gorod", "sever"] {
        let path = Path::new(CORPUS).join(format!("registries/{name}.yaml"));
        let text = fs::read_to_string(path)?;
        let protected = text.split("\npublic:").next().unwrap_or_default();
        let entries = protected.split("\n  - id:").skip(1);
        schools.extend(entries.map(|entry| format!("  - id:{entry}\n")));
    }
    let groups: Vec<String> = schools.chunks(2).map(<[String]>::concat).collect();
    let behind = texts
        .iter()
        .zip(groups.iter().cycle())
        .map(|(text, group)| {
            let head = format!("protected:\n{group}{PARTING}");
            [head.as_bytes(), text].concat()
        });
    Ok(behind.filter(|seed| seed.len() <= 4 << 10).collect())
}

/// Small files of formats of which there is no labelled case.
fn invented(name: &str) -> Vec<Vec<u8>> {
    match name {
        "tar" | "any" => vec![tar()],
        "ole" => ole().into_iter().collect(),
        "font" => vec![font()],
        "rtf" => vec![
            br"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 A;}}{\info{\author x}}{\pict 0102}\u1088?\'cf\par text\cell\row{\*\bkmkstart a}}".to_vec(),
        ],
        "page" => vec![
            "<html><head><style>a{color:red}.b,td>p{margin:0}</style></head><body><p class=b>x<a href=y>z</a><br>".into(),
        ],
        "period" => ["до 25.12.2024", "апрель, октябрь 2025", "в течение года", "с 1 по 15 марта 2025 г.", "ежегодно, до 1 октября", "2024/2025 учебный год", "II квартал 2025", "постоянно"]
            .map(|s| s.as_bytes().to_vec())
            .to_vec(),
        "formula" => [r"\frac{a}{b^2} + \sqrt{x_1}", r"\sum_{i=1}^n i \le \text{всего}", r"\left(\begin{matrix}1&2\\3&4\end{matrix}\right)"]
            .map(|s| s.as_bytes().to_vec())
            .to_vec(),
        "yaml" => vec![
            "- artifact: a/index.html\n  context: 55530df902d8e63e9e91837c115eef19\n  school: r-07\n  who: Л\n  why: о другой\n  until: 2026-05-31\n".into(),
            format!("- hash: {}\n  file: s.png\n  who: Л\n  when: 2026-01-10\n  note: н\n", "9b".repeat(32)).into(),
            "---\ntitle: \"А\"\nlist: [а, {б: в}]\ntext: |\n  г\n---\nтело\n".into(),
        ],
        "edit" => ["новое", "да", "1.10", "x: y", "- z"]
            .map(|words| {
                let file = "# о\na: x # до\nb:\n  - {c: 'д', e: [1, \"2\"]}\n\n  # два\n  - c: |\n      г\n    e: >-\n      ж\n      з\n";
                format!("{words}\n{file}").into_bytes()
            })
            .to_vec(),
        _ => Vec::new(),
    }
}

fn tar() -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in [("a.txt", &b"text"[..]), ("b/c.html", b"<p>text</p>")] {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let _ = header.set_username("user");
        let _ = tar.append_data(&mut header, name, content);
    }
    tar.into_inner().unwrap_or_default()
}

fn ole() -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(io::Cursor::new(Vec::new())).ok()?;
    for name in ["/WordDocument", "/\u{5}SummaryInformation"] {
        let text: Vec<u8> = "Школа школа text"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        file.create_stream(name).ok()?.write_all(&text).ok()?;
    }
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}

/// A TrueType font of one table with two names.
fn font() -> Vec<u8> {
    let mut names = vec![0, 0, 0, 2, 0, 30];
    for (platform, len, at) in [(3u8, 4u8, 0u8), (1, 3, 4)] {
        names.extend([0, platform, 0, 1, 4, 9, 0, 1, 0, len, 0, at]);
    }
    names.extend(b"\x04\x28\x041abc");
    let mut font = b"\0\x01\0\0\0\x01\0\x10\0\0\0\0name\0\0\0\0\0\0\0\x1c".to_vec();
    font.extend([0, 0, 0, names.len() as u8]);
    font.extend(names);
    font
}

/// Words that the reader compares with: libFuzzer cannot see through Rust's comparison of slices.
fn words(target: &Target) -> io::Result<BTreeSet<Vec<u8>>> {
    let mut words = BTreeSet::new();
    for source in target.words {
        let mut all = Vec::new();
        files(&Path::new(ROOT).join(source), &mut all)?;
        for path in all {
            literals(&fs::read_to_string(path)?, &mut words);
        }
    }
    let own = match target.name {
        "guard_own" => "guard",
        _ if target.shape == Shape::Zip && target.name != "zip" => "office",
        "markdown_html" => "markdown",
        "page" => "html",
        name => name,
    };
    let path = Path::new(ROOT).join(format!("fuzz/dictionaries/{own}.dict"));
    if path.exists() {
        let lines = fs::read_to_string(path)?;
        let lines = lines
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'));
        words.extend(lines.map(|l| l.trim_matches('"').replace("\\t", "\t").into_bytes()));
    }
    Ok(words)
}

/// String and byte literals without escapes. Comments and quotes inside quotes give a few words of no use.
fn literals(source: &str, words: &mut BTreeSet<Vec<u8>>) {
    for line in source.lines().filter(|l| !l.trim_start().starts_with("//")) {
        let odd = line.split('"').skip(1).step_by(2);
        let good = odd.filter(|w| (1..=32).contains(&w.len()) && !w.contains(['\\', '{']));
        words.extend(good.map(|w| w.as_bytes().to_vec()));
    }
}

/// As libFuzzer reads it.
fn quoted(word: &[u8]) -> String {
    word.iter()
        .map(|b| match b {
            b'"' | b'\\' => format!("\\{}", char::from(*b)),
            0x20..=0x7e => char::from(*b).to_string(),
            _ => format!("\\x{b:02X}"),
        })
        .collect()
}
