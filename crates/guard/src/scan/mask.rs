//! Text for messages: every protected value gives way to its id.
//!
//! Takes a text; gives it with `[id]` where a school was named. Must not leave what a covered name brings to light.

use std::borrow::Cow;

use super::Recognizer;
use crate::mention::Mention;
use crate::registry::SchoolId;

/// Covering a name seldom brings more than one other to light.
const ROUNDS: usize = 16;

impl Recognizer {
    /// Replaces every protected value by `[id]`: for messages.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        // What is covered may have stood between another name and its place: then that is read now.
        for _ in 0..ROUNDS {
            let mentions = self.scan_text(&out);
            if mentions.is_empty() {
                break;
            }
            out = Cow::Owned(cover(&out, &mentions));
        }
        out
    }
}

/// The text with `[id]` in the place of each mention, which come in order.
pub(in super::super) fn cover(text: &str, mentions: &[Mention]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for m in mentions {
        if m.span.start < at {
            // Overlaps the one before: what sticks out goes with it.
            at = at.max(m.span.end);
            continue;
        }
        out.push_str(text.get(at..m.span.start).unwrap_or_default());
        out.push('[');
        let ids: Vec<&str> = m.schools.iter().map(SchoolId::as_str).collect();
        out.push_str(&ids.join(", "));
        out.push(']');
        at = m.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
