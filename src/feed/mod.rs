//! Files that other programs read: a news feed (Atom), a calendar (iCalendar), a table (CSV).
//!
//! Takes finished public values; gives whole files as text. Pure and deterministic: every date comes from the
//! caller. Must not know documents.

mod atom;
mod ics;
mod table;

pub use atom::{Entry, Feed, atom};
pub use ics::{IcsEvent, IcsZone, ics};
pub use table::{csv, open_csv};
