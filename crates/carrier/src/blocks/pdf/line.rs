//! Lines out of letters, and paragraphs out of lines: takes letters with their places, gives words as a reader sees them.
//! A line that ends before its room does was ended by somebody; any other goes on below. Must not know tables.

use std::collections::BTreeSet;

use super::content::{Drawn, Letter};

/// Gaps between words, in sizes of the letters: where blanks are written and where they are not.
const WRITTEN: f32 = 0.33;
const UNWRITTEN: f32 = 0.18;
/// How wide a blank is, and a little more.
const BLANK: f32 = 0.32;
/// A gap as wide as this is more than a blank.
const WIDE: f32 = 1.8;

/// One printed line, or one of its pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    /// How wide its first word is, and its first letter.
    pub first: f32,
    pub letter: f32,
    pub end: End,
}

/// What stands behind the last word of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum End {
    /// The document writes no blanks there.
    #[default]
    Unknown,
    /// A blank: the sentence goes on.
    Blank,
    /// None, though others have one: a paragraph ends, or a word is broken.
    Bare,
    /// The line was recognised: how wide it is, is known more or less.
    Seen,
}

/// Whether the lines of a document that go on end in a blank.
pub(super) fn blanks(pages: &[Drawn]) -> bool {
    let (mut all, mut blank) = (0usize, 0usize);
    for page in pages {
        // Pieces that are apart on the page are other lines in the same order of letters.
        for pair in page.letters.windows(2) {
            if let [a, b] = pair
                && a.turn == b.turn
                && a.y - b.y > 0.6 * a.size
                && a.y - b.y < 2.0 * a.size
            {
                all += 1;
                blank += usize::from(page.text(a).trim().is_empty());
            }
        }
    }
    all > 0 && blank * 4 > all
}

/// The lines of letters from top to bottom, each whole.
pub(super) fn lines(drawn: &Drawn, letters: &[Letter]) -> Vec<Line> {
    rows(letters)
        .iter()
        .filter_map(|row| line(drawn, row))
        .collect()
}

/// The lines of letters from top to bottom, each parted where a gap is as wide as between columns.
pub(super) fn pieces(drawn: &Drawn, letters: &[Letter]) -> Vec<Vec<Line>> {
    rows(letters)
        .iter()
        .map(|row| {
            let mut parts: Vec<Vec<Letter>> = vec![Vec::new()];
            let mut end: Option<f32> = None;
            for letter in row {
                if drawn.text(letter).trim().is_empty() {
                    continue;
                }
                if end.is_some_and(|e| letter.x0 - e > WIDE * letter.size) {
                    parts.push(Vec::new());
                }
                end = Some(end.map_or(letter.x1, |e| e.max(letter.x1)));
                if let Some(last) = parts.last_mut() {
                    last.push(*letter);
                }
            }
            parts.iter().filter_map(|p| line(drawn, p)).collect()
        })
        .filter(|parts: &Vec<Line>| !parts.is_empty())
        .collect()
}

/// Letters by lines, each from left to right.
fn rows(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut all: Vec<Letter> = letters.to_vec();
    all.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut out: Vec<(f32, f32, Vec<Letter>)> = Vec::new();
    for letter in all {
        match out.last_mut() {
            // A raised sign stands on the line of the letters beside it.
            Some((y, size, row)) if *y - letter.y < 0.45 * size.max(letter.size) => {
                if letter.size > *size * 1.05 {
                    (*y, *size) = (letter.y, letter.size);
                }
                row.push(letter);
            }
            _ => out.push((letter.y, letter.size, vec![letter])),
        }
    }
    for (_, _, row) in &mut out {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    out.into_iter().map(|(_, _, row)| row).collect()
}

/// The words of one line.
fn line(drawn: &Drawn, row: &[Letter]) -> Option<Line> {
    let size = row.iter().map(|l| l.size).fold(0.0, f32::max);
    let base = row
        .iter()
        .filter(|l| l.size > size * 0.95)
        .map(|l| l.y)
        .fold(f32::MAX, f32::min);
    let last = row.last().map_or("", |l| drawn.text(l));
    let written = row
        .iter()
        .filter(|l| drawn.text(l).trim().is_empty())
        .count()
        > 0;
    let mut out = Line {
        y: base,
        size,
        bold: true,
        end: match (drawn.blanks, last.trim().is_empty()) {
            _ if drawn.recognised.any => End::Seen,
            (false, _) => End::Unknown,
            (true, true) => End::Blank,
            (true, false) => End::Bare,
        },
        ..Line::default()
    };
    let mut before: Option<&Letter> = None;
    let mut blank = false;
    let mut seen = false;
    for letter in row {
        let text = drawn.text(letter);
        if text.trim().is_empty() {
            blank = true;
            continue;
        }
        if let Some(b) = before {
            // Bold letters are drawn twice by some programs.
            if drawn.text(b) == text && (letter.x0 - b.x0).abs() < 0.15 * letter.size {
                continue;
            }
            let gap = (letter.x0 - b.x1) / letter.size.max(b.size);
            if blank || gap > if written { WRITTEN } else { UNWRITTEN } {
                if !seen {
                    out.first = b.x1 - out.x0;
                    seen = true;
                }
                out.text.push(' ');
            }
        } else {
            out.x0 = letter.x0;
            out.letter = letter.x1 - letter.x0;
        }
        let raised = letter.size < size * 0.8 && letter.y > base + size * 0.12;
        match text.chars().next().filter(|c| raised && c.is_ascii_digit()) {
            Some(digit) => out.text.push(superscript(digit)),
            None => out.text.push_str(text),
        }
        out.bold &= letter.bold;
        out.x1 = letter.x1;
        before = Some(letter);
        blank = false;
    }
    if !seen {
        out.first = out.x1 - out.x0;
    }
    before.map(|_| out)
}

fn superscript(digit: char) -> char {
    const SIGNS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let at = digit.to_digit(10).and_then(|d| usize::try_from(d).ok());
    at.and_then(|d| SIGNS.get(d)).copied().unwrap_or(digit)
}

/// Several lines that are one paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    pub text: String,
    pub bold: bool,
    pub x0: f32,
    pub x1: f32,
}

/// Paragraphs of lines that have the room from `left` to `right`.
pub(super) fn prose(lines: &[Line], left: f32, right: f32, words: &Words) -> Vec<Prose> {
    let mut out: Vec<Prose> = Vec::new();
    let centred = is_centred(lines, left, right);
    let leading = leading(lines);
    let mut before: Option<&Line> = None;
    for line in lines {
        let goes_on = before.is_some_and(|above| {
            let near = above.y - line.y < leading * 1.45 + 1.0;
            let indented = !centred
                && above.end != End::Blank
                && line.x0 - above.x0 > above.size * 1.2
                && line.x0 - left > above.size;
            full(above, line, left, right)
                && near
                && !indented
                && (above.size - line.size).abs() < above.size * 0.25
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => {
                let inside = before.is_some_and(|a| words.in_a_word(a, line, Some(right)));
                join(&mut last.text, &line.text, inside);
                last.bold &= line.bold;
                last.x0 = last.x0.min(line.x0);
                last.x1 = last.x1.max(line.x1);
            }
            None => out.push(Prose {
                text: line.text.clone(),
                bold: line.bold,
                x0: line.x0,
                x1: line.x1,
            }),
        }
        before = Some(line);
    }
    out
}

/// The room inside a cell from `x0` to `x1`, less what is kept free at its sides.
pub(super) fn inner(lines: &[Line], x0: f32, x1: f32) -> (f32, f32) {
    let offset = lines.iter().map(|l| l.x0 - x0).fold(f32::MAX, f32::min);
    let pad = offset.clamp(1.0, 8.0);
    (x0 + pad, x1 - pad)
}

/// Whether the sentence of a line goes on below: the next word had no room any more.
pub(super) fn full(above: &Line, below: &Line, left: f32, right: f32) -> bool {
    let centred = ((above.x0 - left) - (right - above.x1)).abs() < 2.0 && above.x0 - left > 4.0;
    let room = match centred {
        true => right - left - (above.x1 - above.x0),
        false => right - above.x1,
    };
    let span = above.text.ends_with('–')
        && above
            .text
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
        && below.text.starts_with(|c: char| c.is_ascii_digit());
    let hyphen = span || above.text.ends_with(['-', '\u{ad}', '‐']);
    // No line begins with the sign that ends a sentence or a part of it.
    if below.text.starts_with([',', ';', ':', '.', '»', ')']) {
        return true;
    }
    match above.end {
        End::Blank => below.first + above.size * 0.4 > room * 0.75,
        // The blank that did not fit is left out, too.
        End::Bare if !hyphen => room < (above.size * BLANK).max(below.letter + 0.3),
        End::Seen => below.first + above.size * 0.4 > room * 0.85,
        _ => below.first + above.size * 0.2 > room,
    }
}

/// Words of a document that stand whole in it, to tell where a line broke one.
#[derive(Debug, Default)]
pub(super) struct Words(BTreeSet<String>);

impl Words {
    /// `lines`: those of cells and of text between tables.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Words {
        let mut out = Words::default();
        for line in lines {
            // What begins small may be the rest of a word, what stands alone its beginning.
            let begun = line.text.starts_with(char::is_lowercase);
            let alone = !line.text.contains(' ') && line.end == End::Bare;
            for (index, word) in line.text.split(|c: char| !c.is_alphabetic()).enumerate() {
                if !word.is_empty() && (index > 0 || !begun && !alone) {
                    out.0.insert(word.to_lowercase());
                }
            }
        }
        out
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }

    /// Whether a line's end stands inside a word: one that is longer than the line, and so began it and filled it.
    /// `right`: where the room of the line ends, where that is known.
    pub(super) fn in_a_word(&self, above: &Line, below: &Line, right: Option<f32>) -> bool {
        let figures = above
            .text
            .ends_with(|c: char| c.is_ascii_digit() || c == '.')
            && below.text.starts_with(|c: char| c.is_ascii_digit());
        let ended = above
            .text
            .ends_with(['-', '\u{ad}', '‐', ',', ';', ':', '.', ')', '»']);
        if above.end != End::Bare || above.text.contains(' ') || ended && !figures {
            return false;
        }
        let left = right.map(|right| right - above.x1);
        // One letter more would have had room: the line was ended.
        if left.is_some_and(|left| left > below.letter + 0.3) {
            return false;
        }
        // A blank would have had room, and would stand there.
        if left.is_some_and(|left| left > above.size * BLANK) {
            return true;
        }
        let edge = |c: char| !c.is_alphabetic();
        let last = above.text.rsplit(edge).next().unwrap_or_default();
        let first = below.text.split(edge).next().unwrap_or_default();
        if last.is_empty() || first.is_empty() {
            let sign = below.text.starts_with([',', ';', ':', '.', '»', ')']);
            return !last.is_empty() && sign || figures;
        }
        if !first.starts_with(char::is_lowercase) && last.chars().any(char::is_lowercase) {
            return false;
        }
        const SMALL: [&str; 22] = [
            "и", "в", "на", "по", "с", "со", "о", "об", "к", "из", "за", "от", "до", "для", "при",
            "не", "их", "год", "во", "ко", "а", "у",
        ];
        // How words end that may stand whole before another.
        const ENDS: [&str; 36] = [
            "ов", "ев", "ие", "ий", "ый", "ой", "ая", "ое", "ые", "ых", "их", "ого", "его", "ому",
            "ему", "ия", "ии", "ы", "ей", "ам", "ах", "ями", "ами", "ка", "ть", "ся", "ние", "ция",
            "ки", "ке", "ом", "им", "ем", "сти", "тора", "ора",
        ];
        // Ends of words that are never words: «Читатель», «ская».
        const INNER: [&str; 34] = [
            "ание",
            "ания",
            "анию",
            "анием",
            "ение",
            "ения",
            "ению",
            "ением",
            "ирование",
            "ирования",
            "зация",
            "зации",
            "ская",
            "ский",
            "ского",
            "ской",
            "ские",
            "ских",
            "ским",
            "скими",
            "ское",
            "скую",
            "ческая",
            "ческий",
            "ческого",
            "ческой",
            "ческие",
            "ческих",
            "ческое",
            "ность",
            "ности",
            "ностью",
            "тельная",
            "тельной",
        ];
        if INNER.contains(&first.to_lowercase().as_str()) {
            return true;
        }
        let small = SMALL.contains(&first.to_lowercase().as_str());
        let short = first.chars().count() <= 3 && !small;
        let whole = self.has(last)
            || last.chars().count() >= 5 && ENDS.iter().any(|e| last.to_lowercase().ends_with(e));
        if self.has(&format!("{last}{first}")) {
            return true;
        }
        if self.has(last) && self.has(first) && !short {
            return false;
        }
        first.starts_with(['ь', 'ъ', 'ы', 'й']) || short || !whole && (small || !self.has(first))
    }
}

/// Puts a line behind the one above; the hyphen of a line's end stays for a reader of words to decide on. `inside`: both
/// are one word.
pub(super) fn join(text: &mut String, below: &str, inside: bool) {
    let broken = text.ends_with(['-', '\u{ad}', '‐'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    // «8-000-11-22-» and «33», «15.00–» and «17.00»: a phone, a span of hours or days.
    let figures = text.ends_with(['-', '–'])
        && text
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
        && below.starts_with(|c: char| c.is_ascii_digit());
    if broken {
        text.pop();
        text.push_str("-\n");
    } else if figures {
        // Nothing stands between them.
    } else if !text.is_empty() && !inside {
        text.push(' ');
    }
    text.push_str(below);
}

/// The usual distance between lines.
fn leading(lines: &[Line]) -> f32 {
    let mut all: Vec<f32> = lines
        .windows(2)
        .filter_map(|w| match w {
            [a, b] => Some(a.y - b.y),
            _ => None,
        })
        .filter(|d| *d > 0.0)
        .collect();
    all.sort_by(f32::total_cmp);
    let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    all.get(all.len() / 4)
        .copied()
        .unwrap_or(size * 1.3)
        .min(size * 2.2)
}

fn is_centred(lines: &[Line], left: f32, right: f32) -> bool {
    let middle = (left + right) / 2.0;
    let off = |l: &Line| ((l.x0 + l.x1) / 2.0 - middle).abs() < 3.0 + l.size * 0.2;
    let starts = lines.iter().map(|l| l.x0);
    let spread = starts.clone().fold(f32::MIN, f32::max) - starts.fold(f32::MAX, f32::min);
    lines.len() > 1 && spread > 6.0 && lines.iter().all(off)
}
