//! Records that a person has looked at a file: takes the file and the person's word, writes `content/private/reviews.yaml`.
//!
//! A file that names a school, or that cannot be read, is not reviewed away: its findings come back instead. Must not
//! record a file in which there is nothing to look at, and must not change a record that is there.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Guarding, clean_picture};
use crate::audit::findings;
use crate::audit::review::{Record, Reviews, with};
use crate::batch as write;
use crate::carrier::Limits;
use crate::diag::catalog::{disclosure as messages, vault as say};
use crate::diag::{Finding, Location};
use crate::{plain, source};

/// Where records of reviews lie.
pub const PATH: &str = "content/private/reviews.yaml";

/// A file to be looked at.
#[derive(Debug)]
pub struct Look {
    root: PathBuf,
    /// From the root.
    pub path: String,
    pub full: PathBuf,
    /// Of what is published of it.
    hash: blake3::Hash,
    /// How many pictures only a person can clear.
    pub pictures: usize,
    /// Somebody has looked already.
    pub recorded: bool,
}

/// What there is to look at in a file.
///
/// # Errors
/// The file is none of the site's, cannot be read, or something in it is wrong that no look can clear.
pub fn look(file: &Path, root: &Path, guarding: &Guarding) -> Result<Look, Vec<Finding>> {
    let shown = file.display().to_string().replace('\\', "/");
    let at = || Location::file(shown.clone());
    let one = |finding: Finding| vec![finding];
    let full = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let below = full
        .strip_prefix(root)
        .map(|p| p.to_string_lossy().replace('\\', "/"))
        .ok()
        .filter(|p| p.starts_with("content/") && !source::is_private(Path::new(p)))
        .ok_or_else(|| one(Finding::new(&say::REVIEW_OUTSIDE, at())))?;
    let bytes = plain::read(&full, Limits::default().max_bytes).map_err(|e| {
        one(Finding::new(&messages::UNREADABLE_FILE, at()).arg("why", source::why(&e)))
    })?;
    let published = below.strip_prefix("content/").unwrap_or(&below);
    let bytes = clean_picture(published, bytes).map_err(|finding| one(*finding))?;
    let inspection = guarding.inspect(published, &bytes);
    let wrong: Vec<Finding> = findings(published, &inspection, &guarding.reviewed)
        .into_iter()
        .filter(|f| f.is_error() && f.code() != crate::diag::catalog::carrier::PICTURE.code)
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let hash = blake3::hash(&bytes);
    let reviews = &guarding.reviewed.reviews;
    let pictures = &inspection.outcome.pictures;
    Ok(Look {
        root: root.to_owned(),
        path: below,
        full,
        hash,
        pictures: pictures.len(),
        recorded: reviews.covers(&hash) || pictures.iter().all(|p| reviews.covers(&p.hash)),
    })
}

/// Who made the last record below a root.
pub fn last_reviewer(root: &Path) -> Option<String> {
    let text = String::from_utf8(plain::read(&root.join(PATH), source::MAX_TEXT).ok()?).ok()?;
    let line = text
        .lines()
        .rev()
        .find_map(|l| l.trim().strip_prefix("who:"))?;
    let who = line.trim().trim_matches(['"', '\'']).trim();
    (!who.is_empty()).then(|| who.to_owned())
}

/// Writes the record of a look.
///
/// # Errors
/// The records there are cannot be read, or nothing can be written; then nothing has changed.
pub fn record(
    look: &Look,
    who: &str,
    when: NaiveDate,
    note: Option<&str>,
) -> Result<(), Vec<Finding>> {
    let at = || Location::file(PATH);
    let old = match plain::read(&look.root.join(PATH), source::MAX_TEXT) {
        Ok(bytes) => source::decode(bytes, &PATH.into()).map_err(|f| vec![*f])?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => {
            let finding = Finding::new(&messages::UNREADABLE_FILE, at());
            return Err(vec![finding.arg("why", source::why(&e))]);
        }
    };
    let (before, findings) = Reviews::parse(PATH, &old, when);
    let wrong: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let text = with(
        &old,
        &Record {
            hash: look.hash,
            file: look.path.clone(),
            who: who.to_owned(),
            when,
            note: note.map(str::to_owned),
        },
    );
    let (after, findings) = Reviews::parse(PATH, &text, when);
    if !after.covers(&look.hash) || after.len() != before.len() + 1 {
        let wrong: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
        return Err(match wrong.is_empty() {
            true => vec![Finding::new(&say::REVIEWS_SHAPE, at())],
            false => wrong,
        });
    }
    let file = write::File::text(PATH.to_owned(), text, write::Over::Grown);
    write::write(&look.root, &[file]).map_err(|(path, error)| {
        let finding = Finding::new(&say::REVIEW_NOT_WRITTEN, Location::file(path));
        vec![finding.arg("why", source::why(&error))]
    })
}
