//! A plan as printed: sections, measures, measures under measures; and how pieces of a cell are put together.

use super::words::marked;
use crate::carrier::blocks::At;

/// A plan as printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Keys of the model with the printed heads, in the printed order.
    pub columns: Vec<(&'static str, String)>,
    pub sections: Vec<Section>,
    /// What stands below the table.
    pub notes: Vec<String>,
    /// What stands above its head.
    pub titles: Vec<(String, At)>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub no: Option<String>,
    pub title: Option<String>,
    pub rows: Vec<Measure>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub no: Option<String>,
    pub measure: String,
    pub period: Option<String>,
    pub indicator: Option<String>,
    pub result: Option<String>,
    /// The whole cell; who is named in it is told by the directory.
    pub responsible: Option<String>,
    pub rows: Vec<Measure>,
    pub at: At,
    /// Where the period stands, for its own doubts.
    pub period_at: At,
    pub responsible_at: At,
}

impl Plan {
    pub(super) fn count(&self) -> usize {
        fn deep(rows: &[Measure]) -> usize {
            rows.iter().map(|r| 1 + deep(&r.rows)).sum()
        }
        self.sections.iter().map(|s| deep(&s.rows)).sum()
    }

    /// All rows in the printed order.
    pub(super) fn rows(&self) -> Vec<&Measure> {
        fn deep<'a>(rows: &'a [Measure], out: &mut Vec<&'a Measure>) {
            for row in rows {
                out.push(row);
                deep(&row.rows, out);
            }
        }
        let mut out = Vec::new();
        for section in &self.sections {
            deep(&section.rows, &mut out);
        }
        out
    }
}

/// Puts a piece of a cell behind what stands there: on a line of its own where it begins an item.
pub(super) fn append(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if text.is_empty() {
        text.push_str(piece);
        return;
    }
    let ended = text.ends_with(['.', ';', ':', '!', '?']);
    let item = marked(piece).is_some();
    let capital = piece.chars().next().is_some_and(char::is_uppercase);
    if item || ended && capital {
        text.push('\n');
    } else if text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && starts_small(piece)
    {
        let left: String = text
            .chars()
            .rev()
            .skip(1)
            .take_while(|c| c.is_alphabetic())
            .collect();
        let left: String = left.chars().rev().collect();
        if !super::flat::is_compound(&left.to_lowercase()) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(piece);
}

pub(super) fn starts_small(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase)
        && !text.starts_with(['«', '"'])
}

/// Whether a sentence has not come to its end.
pub(super) fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([',', '-', '–', '('])
        || text.matches('«').count() > text.matches('»').count()
        || text.matches('(').count() > text.matches(')').count()
}
