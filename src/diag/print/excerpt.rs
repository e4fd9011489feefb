//! One source line as a terminal can show it, with the place of the caret in terminal cells.
//!
//! Takes the line, a span in characters and the mask; gives the visible text and where to underline it. Widths are
//! those of a terminal: a combining mark takes none, a wide character two, a tab runs to the next stop. Must not
//! look at a line's far parts: a line may be as long as a file.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::diag::Span;

/// How many cells of a line are shown.
const CELLS: usize = 100;
/// How many of them stand before the caret in a line that is cut.
const BEFORE: usize = 40;
/// How many characters round the caret are masked and measured. Far more than is shown, so that a name that the
/// edge of this window cuts in two, and the mask does not see, lies outside of what is shown.
const WINDOW: usize = 2000;
const TAB: usize = 4;

/// A line ready to print.
pub(super) struct Excerpt {
    pub line: String,
    /// Cells before the caret, and cells under it. `None` when masking has changed the marked text.
    pub caret: Option<(usize, usize)>,
}

/// Replaces what would act on the terminal instead of being shown: control characters, direction marks.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => c,
            '\t' => ' ',
            _ if acts(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lays the line out round the span.
pub(super) fn cut(line: &str, span: Span, mask: &dyn Fn(&str) -> String) -> Excerpt {
    let line = line.trim_end_matches(['\n', '\r']);
    let column = (span.column.max(1) - 1) as usize;
    let width = span.width.max(1) as usize;

    let skipped = column.saturating_sub(WINDOW);
    let start = byte_of(line, skipped);
    let tail = &line[start..];
    let end = byte_of(tail, column - skipped + width.min(WINDOW) + WINDOW);
    let window = &tail[..end];
    let marked_at = byte_of(window, column - skipped);
    let marked_to = marked_at + byte_of(&window[marked_at..], width);

    let masked = mask(window);
    let marked = if masked == window {
        Some((marked_at, marked_to))
    } else {
        follow(&masked, window, marked_at, marked_to, mask)
    };
    let cells = cells(&masked);
    let (from, to) = marked.unwrap_or((0, 0));
    let caret_from = first_cell(&cells, from);
    let caret_to = end_cell(&cells, to).max(caret_from + 1);
    let total = all_cells(&cells);

    let (left, right) = if total <= CELLS && start == 0 && end == tail.len() {
        (0, usize::MAX)
    } else {
        let left = caret_from
            .saturating_sub(BEFORE)
            .min(total.saturating_sub(CELLS));
        (left, left + CELLS)
    };
    let cut_left = start > 0 || left > 0;
    let cut_right = end < tail.len() || total > right;
    let mut text = String::from(if cut_left { "…" } else { "" });
    let mut first = None;
    let mut last = 0;
    for cell in &cells {
        if cell.at >= left && cell.at + cell.width <= right {
            first.get_or_insert(cell.at);
            last = cell.at + cell.width;
            text.push_str(&cell.text);
        }
    }
    if cut_right {
        text.push('…');
    }
    let first = first.unwrap_or(0);
    let shown_to = caret_to.min(last.max(caret_from + 1));
    Excerpt {
        line: text,
        caret: marked.map(|_| {
            (
                caret_from.saturating_sub(first) + usize::from(cut_left),
                shown_to.saturating_sub(caret_from.max(first)).max(1),
            )
        }),
    }
}

/// Finds the marked text again in a line that the mask has changed.
fn follow(
    masked: &str,
    window: &str,
    from: usize,
    to: usize,
    mask: &dyn Fn(&str) -> String,
) -> Option<(usize, usize)> {
    let before = mask(&window[..from]);
    let through = mask(&window[..to]);
    let same = masked.starts_with(&before)
        && masked.starts_with(&through)
        && through.len() >= before.len()
        && masked.is_char_boundary(before.len())
        && masked.is_char_boundary(through.len());
    same.then_some((before.len(), through.len()))
}

/// The byte at which character number `chars` begins, or the end.
fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at)
}

/// What a reader sees as one character.
struct Cell {
    /// Its first byte in the line.
    byte: usize,
    len: usize,
    /// Its first terminal cell.
    at: usize,
    width: usize,
    text: String,
}

fn cells(line: &str) -> Vec<Cell> {
    let mut at = 0;
    let mut cells = Vec::new();
    for (byte, grapheme) in line.grapheme_indices(true) {
        let text = match grapheme {
            "\t" => " ".repeat(TAB - at % TAB),
            // A mark with nothing to stand on, a byte order mark, a soft hyphen: must be seen to be mended.
            _ if grapheme.chars().any(acts) || grapheme.width() == 0 => "\u{fffd}".to_owned(),
            _ => grapheme.to_owned(),
        };
        let width = text.width();
        cells.push(Cell {
            byte,
            len: grapheme.len(),
            at,
            width,
            text,
        });
        at += width;
    }
    cells
}

/// The terminal cell where a marked text begins whose first byte is `byte`: that of the whole character when the
/// byte is its combining mark.
fn first_cell(cells: &[Cell], byte: usize) -> usize {
    cells
        .iter()
        .find(|c| byte < c.byte + c.len)
        .map_or_else(|| all_cells(cells), |c| c.at)
}

/// The terminal cell before which a marked text ends whose bytes end before `byte`.
fn end_cell(cells: &[Cell], byte: usize) -> usize {
    cells
        .iter()
        .find(|c| byte <= c.byte)
        .map_or_else(|| all_cells(cells), |c| c.at)
}

fn all_cells(cells: &[Cell]) -> usize {
    cells.last().map_or(0, |c| c.at + c.width)
}
