//! Further columns: what a printed table has besides the columns that its kind describes.
//!
//! Takes the headings and the values that stand under names of their own; gives [`Cell`]s by the position of their
//! column. A name is the editor's business: what is published of it is the printed heading.

use super::fields::references;
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::document as messages;
use crate::document::decode::{Cx, Further, nearest};

/// A value in a further column.
#[derive(Debug, Clone)]
pub struct Cell<S: Stage> {
    /// Position among the further columns.
    pub column: usize,
    pub text: S::Markup,
}

references! { Cell { column, text } }

/// Fields of other names than the described ones, as they are read.
pub type Rest<T> = Vec<(Box<str>, Span, T)>;

/// Remembers the names of the further columns, so that rows may have them. One that is all but the name of a described
/// column that the table does not have is most likely that.
pub fn announce(rest: &Rest<SourceText>, described: &[(&'static str, bool)], cx: &mut Cx<'_>) {
    let missing: Vec<&str> = described
        .iter()
        .filter(|(_, there)| !there)
        .map(|(name, _)| *name)
        .collect();
    for (name, at, head) in rest {
        if let Some(near) = nearest(name, &missing) {
            cx.say(&messages::UNKNOWN_FIELD_NEAR, *at, |f| {
                f.arg("field", name)
                    .arg("nearest", near)
                    .arg("known", missing.join(", "))
            });
        }
        cx.further.push(Further {
            name: name.clone(),
            head: head.text.clone(),
            at: head.at,
        });
    }
}

/// The values of a row, in the order of the columns.
pub fn cells(rest: Rest<SourceMarkup>, cx: &Cx<'_>) -> Vec<Cell<Source>> {
    let mut cells: Vec<Cell<Source>> = rest
        .into_iter()
        .filter_map(|(name, _, text)| {
            let column = cx.further.iter().position(|known| known.name == name)?;
            Some(Cell { column, text })
        })
        .collect();
    cells.sort_by_key(|cell| cell.column);
    cells
}

/// Headings in the order in which they stand.
pub fn printed<C>(
    described: impl IntoIterator<Item = (C, Option<SourceText>)>,
    rest: Rest<SourceText>,
    further: fn(usize) -> C,
) -> Vec<(C, SourceText)> {
    let mut found: Vec<(C, SourceText)> = described
        .into_iter()
        .filter_map(|(column, text)| Some((column, text?)))
        .collect();
    let rest = rest.into_iter().enumerate();
    found.extend(rest.map(|(n, (_, _, text))| (further(n), text)));
    found.sort_by_key(|(_, text)| (text.at.line, text.at.column));
    found
}

/// Whether a cell only marks its column: «+», «х», «✓».
pub fn is_mark(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "+" | "x" | "х" | "v" | "✓" | "✔" | "●" | "•" | "*" | "■" | "да"
    )
}
