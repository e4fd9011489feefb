//! Tests of carriers: small files of each kind are built here and read back.

pub(crate) mod build;
mod containers;
mod documents;
mod hostile;
mod images;
mod markup;
mod measure;
mod pieces;
mod places;
mod texts;

use super::*;
use glasno_passage::Role;

/// Everything a file says, one fragment a line, and the outcome.
fn lift(path: &str, bytes: &[u8]) -> (Vec<(Role, String)>, Outcome) {
    let mut all = Vec::new();
    let outcome = read(path, bytes, &Limits::default(), &mut |f| {
        all.push((f.role, f.text.into_owned()))
    });
    (all, outcome)
}

/// The texts, without roles.
fn texts(path: &str, bytes: &[u8]) -> Vec<String> {
    lift(path, bytes)
        .0
        .into_iter()
        .map(|(_, text)| text)
        .collect()
}

/// Asserts that one fragment holds `wanted` whole.
#[track_caller]
fn finds(path: &str, bytes: &[u8], wanted: &str) {
    let all = texts(path, bytes);
    assert!(
        all.iter().any(|t| t.contains(wanted)),
        "{path}: {wanted:?} is not in {all:#?}"
    );
}

/// Asserts that the file is read, and nothing in it is refused.
#[track_caller]
fn clear(path: &str, bytes: &[u8]) {
    let (all, outcome) = lift(path, bytes);
    assert!(
        outcome.unreadable.is_empty(),
        "{path}: {:?} with {all:?}",
        outcome.unreadable
    );
}

#[track_caller]
fn refused(path: &str, bytes: &[u8], reason: Reason) {
    let (_, outcome) = lift(path, bytes);
    assert!(
        outcome.unreadable.iter().any(|u| u.reason == reason),
        "{path}: {reason:?} is not in {:?}",
        outcome.unreadable
    );
}

/// The cell that holds `wanted`, as row and column.
#[track_caller]
fn cells(path: &str, bytes: &[u8], wanted: &str) -> Vec<(u32, u32)> {
    lift(path, bytes)
        .0
        .into_iter()
        .filter(|(_, t)| t.contains(wanted))
        .filter_map(|(role, _)| match role {
            Role::Cell { row, column, .. } => Some((row, column)),
            _ => None,
        })
        .collect()
}
