//! The floor of the measurements: what no generator can do without.
//!
//! Takes the folder of sources, a finished site and an empty folder; parses each YAML source and front matter once
//! with the crate that the program uses, and writes as many files of the same bytes into the empty folder, in
//! parallel. Must not check, render or search anything.
//!
//! The finished site's bytes have to come from somewhere, so the file's length decides and zeros are written: reading
//! them would not be the floor.

#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use granit_parser::Parser;
use rayon::prelude::*;

fn main() {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(content), Some(site), Some(out)) = (args.next(), args.next(), args.next()) else {
        println!("floor: CONTENT SITE OUT; see benches/bench.py");
        return;
    };
    let sources = files(&content);
    let events: usize = sources.par_iter().map(|path| parse(path)).sum();
    let outputs = files(&site);
    let bytes: u64 = outputs
        .par_iter()
        .map(|path| write(path, &site, &out).unwrap_or(0))
        .sum();
    println!(
        "{} sources, {events} events, {} files, {bytes} bytes",
        sources.len(),
        outputs.len()
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

fn parse(path: &Path) -> usize {
    let Ok(text) = fs::read_to_string(path) else {
        return 0;
    };
    let yaml = match path.extension().and_then(|e| e.to_str()) {
        Some("md") => text.split("---\n").nth(1).unwrap_or(""),
        _ => &text,
    };
    Parser::new_from_str(yaml).filter(Result::is_ok).count()
}

fn write(path: &Path, site: &Path, out: &Path) -> std::io::Result<u64> {
    let len = fs::metadata(path)?.len();
    let to = out.join(path.strip_prefix(site).unwrap_or(path));
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, vec![b' '; usize::try_from(len).unwrap_or(0)])?;
    Ok(len)
}
