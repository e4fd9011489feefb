//! Any bytes under the name of one format, with small limits.
//!
//! Whatever the bytes are, reading them must end in time, without a panic, within the limits, and the same twice.

use glasno::carrier::blocks::{Block, blocks as finished};
use glasno::carrier::scan::hocr as recognised;
use glasno::carrier::{Limits, Outcome, read as lift, strip_image_metadata};
use glasno::passage::Role;

/// Bounds that keep one run short.
pub fn limits() -> Limits {
    Limits {
        max_bytes: 1 << 20,
        max_inflated: 8 << 20,
        max_entries: 500,
        max_fragments: 100_000,
        ..Limits::default()
    }
}

/// Reads `data` under the name `path`.
pub fn read(path: &str, data: &[u8]) {
    lifted(path, data);
}

/// Reads `data` as a finished document: every cell has its place in its table, and reading twice is reading once.
pub fn blocks(path: &str, data: &[u8]) {
    let read = || finished(path, data, &limits());
    let first = read();
    if let Ok(found) = &first {
        for block in &found.blocks {
            let Block::Table(grid) = block else { continue };
            for cell in grid.rows.iter().flat_map(|r| &r.cells) {
                assert!(
                    cell.columns >= 1 && cell.rows >= 1,
                    "a cell that covers nothing"
                );
                assert!(
                    cell.column.saturating_add(cell.columns) <= grid.columns,
                    "a cell beyond its table"
                );
            }
        }
    }
    assert!(first == read(), "read twice, told two things");
}

/// Reads `data` as what a recogniser says of a picture.
pub fn hocr(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for page in recognised(&text) {
        for word in &page.words {
            assert!(!word.text.trim().is_empty(), "an empty word");
            assert!(
                word.area.x0.is_finite() && word.area.x0 <= word.area.x1,
                "a word of no place"
            );
        }
        let said: usize = page.paragraphs().iter().map(String::len).sum();
        assert!(said <= data.len() * 4, "more words than were said");
    }
}

/// The roles of all fragments, and the outcome.
fn lifted(path: &str, data: &[u8]) -> (Vec<Role>, Outcome) {
    let limits = limits();
    let mut roles = Vec::new();
    let outcome = lift(path, data, &limits, &mut |fragment| {
        assert!(!fragment.text.is_empty(), "an empty fragment");
        assert!(
            fragment.at.line != Some(0) && fragment.at.column != Some(0),
            "lines and columns count from one"
        );
        roles.push(fragment.role);
    });
    assert!(
        roles.len() as u64 <= limits.max_fragments,
        "more fragments than allowed"
    );
    (roles, outcome)
}

/// A picture, and what is published of it: without its metadata there is nothing to read in it but its name.
pub fn image(data: &[u8]) {
    lifted("a.jpg", data);
    let Ok(bare) = strip_image_metadata(data) else {
        return;
    };
    assert_eq!(
        strip_image_metadata(&bare).as_ref(),
        Ok(&bare),
        "stripping twice is stripping once"
    );
    let (_, outcome) = lifted("a.jpg", &bare);
    assert!(!outcome.location, "a place is left in a stripped picture");
}
