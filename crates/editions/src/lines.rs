//! Words in lines: where a line may end, and the glyphs of each.
//!
//! Takes characters with their styles; gives lines no wider than asked. A line ends after a space or a hyphen, never
//! before a dash; after a word of one or two letters only where nothing better is left; within a word where Russian or
//! English hyphenation allows it, if the line would be short otherwise.

use hypher::Lang;
use krilla::text::{GlyphId, KrillaGlyph};

use crate::font::{Face, Fonts, Shown};

/// Lines stand this much apart, in parts of the size.
pub(crate) const LEADING: f32 = 1.36;
/// A line that would be shorter than this part of the width is worth a hyphen.
const FULL: f32 = 0.74;
const SOFT_HYPHEN: char = '\u{ad}';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Ink,
    Quiet,
    Link,
}

/// How characters look, and where their words stand in the tree of tags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) slant: bool,
    pub(crate) size: f32,
    /// How far above the line they stand.
    pub(crate) rise: f32,
    pub(crate) colour: Colour,
    pub(crate) slot: usize,
    pub(crate) link: Option<usize>,
}

#[derive(Debug, Clone)]
enum Atom {
    Char { c: char, style: Style, shown: Shown },
    Box(Boxed),
    Break,
}

/// A paragraph before it is broken into lines.
#[derive(Debug, Default)]
pub(crate) struct Words(Vec<Atom>);

/// Glyphs of one face and style, beside one another.
#[derive(Debug, Clone)]
pub(crate) struct Frag {
    pub(crate) x: f32,
    pub(crate) style: Style,
    pub(crate) face: Face,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

/// A stroke within a line: that of a fraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub(crate) x: f32,
    /// How far above the base line.
    pub(crate) rise: f32,
    pub(crate) width: f32,
}

/// Glyphs that stay together; `x` and heights are counted from its left end on the base line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Boxed {
    pub(crate) width: f32,
    pub(crate) up: f32,
    pub(crate) down: f32,
    pub(crate) frags: Vec<Frag>,
    pub(crate) strokes: Vec<Stroke>,
}

/// One line; `x` is counted from its left end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) frags: Vec<Frag>,
    pub(crate) strokes: Vec<Stroke>,
    pub(crate) width: f32,
    /// From its upper edge to the base line.
    pub(crate) ascent: f32,
    pub(crate) height: f32,
}

impl Frag {
    /// Words in one style at one place.
    pub(crate) fn all(text: &str, style: Style, fonts: &Fonts) -> Vec<Frag> {
        let mut line = Line::default();
        for c in text.chars() {
            line.put(c, style, fonts.show(c, style.bold));
        }
        line.frags
    }
}

impl Line {
    fn put(&mut self, c: char, style: Style, shown: Shown) {
        let x = self.width;
        let fits = |f: &Frag| f.style == style && f.face == shown.face;
        if !self.frags.last().is_some_and(fits) {
            self.frags.push(Frag {
                x,
                style,
                face: shown.face,
                text: String::new(),
                glyphs: Vec::new(),
                width: 0.0,
            });
        }
        let Some(frag) = self.frags.last_mut() else {
            return;
        };
        let from = frag.text.len();
        frag.text.push(c);
        frag.glyphs.push(KrillaGlyph::new(
            GlyphId::new(shown.glyph),
            shown.advance,
            0.0,
            0.0,
            0.0,
            from..frag.text.len(),
            None,
        ));
        let advance = shown.advance * style.size;
        frag.width += advance;
        self.width += advance;
    }
}

/// A place at which a line may end.
#[derive(Debug, Clone, Copy)]
struct End {
    /// The first atom of the next line.
    next: usize,
    /// How wide the line is without the space at its end.
    width: f32,
}

impl Words {
    pub(crate) fn push(&mut self, text: &str, style: Style, fonts: &Fonts) {
        for c in text.chars() {
            let c = match c {
                '\t' | '\r' => ' ',
                // Where to hyphenate is decided here.
                SOFT_HYPHEN | '\u{feff}' | '\u{200b}' | '\u{2060}' => continue,
                '\n' => {
                    self.0.push(Atom::Break);
                    continue;
                }
                c if c.is_control() => continue,
                c => c,
            };
            let shown = fonts.show(c, style.bold);
            self.0.push(Atom::Char { c, style, shown });
        }
    }

    pub(crate) fn push_break(&mut self) {
        self.0.push(Atom::Break);
    }

    pub(crate) fn push_box(&mut self, boxed: Boxed) {
        self.0.push(Atom::Box(boxed));
    }

    fn char(&self, i: usize) -> Option<char> {
        match self.0.get(i)? {
            Atom::Char { c, .. } => Some(*c),
            Atom::Box(_) => Some('\u{fffc}'),
            Atom::Break => None,
        }
    }

    fn advance(&self, i: usize) -> f32 {
        match self.0.get(i) {
            Some(Atom::Char { style, shown, .. }) => shown.advance * style.size,
            Some(Atom::Box(boxed)) => boxed.width,
            Some(Atom::Break) | None => 0.0,
        }
    }

    /// How wide the longest line is when nothing but its own breaks end it.
    pub(crate) fn natural(&self) -> f32 {
        let mut widest: f32 = 0.0;
        let mut width = 0.0;
        for i in 0..self.0.len() {
            match self.0.get(i) {
                Some(Atom::Break) => width = 0.0,
                _ => width += self.advance(i),
            }
            widest = widest.max(width);
        }
        widest
    }

    /// How wide the widest piece is that nothing but a hyphen divides.
    pub(crate) fn widest(&self) -> f32 {
        let mut widest: f32 = 0.0;
        let mut width = 0.0;
        for i in 0..self.0.len() {
            if self.char(i).is_none_or(|c| c == ' ') {
                width = 0.0;
                continue;
            }
            width += self.advance(i);
            widest = widest.max(width);
            if self.ends(i).is_some() {
                width = 0.0;
            }
        }
        widest
    }

    /// Whether a line may end after this atom, and whether that is good.
    fn ends(&self, i: usize) -> Option<bool> {
        let c = self.char(i)?;
        let next = self.char(i + 1)?;
        match c {
            ' ' if next == ' ' => None,
            ' ' if matches!(next, '—' | '–' | '−') && self.char(i + 2).is_none_or(|c| c == ' ') => {
                None
            }
            ' ' => Some(!self.after_short(i)),
            '\u{fffc}' if next != ' ' => Some(false),
            '-' => {
                let before = i.checked_sub(1).and_then(|i| self.char(i));
                let long = |from: usize, step: isize| {
                    let mut at = from;
                    let mut count = 0;
                    while self.char(at).is_some_and(char::is_alphabetic) && count < 3 {
                        count += 1;
                        match at.checked_add_signed(step) {
                            Some(n) => at = n,
                            None => break,
                        }
                    }
                    count >= 2
                };
                let both = before.is_some_and(char::is_alphabetic)
                    && i > 0
                    && long(i - 1, -1)
                    && long(i + 1, 1);
                both.then_some(true)
            }
            '/' if next.is_alphanumeric() => Some(false),
            '—' | '…' if next.is_alphabetic() => Some(false),
            _ => None,
        }
    }

    /// Whether the word before this space has one or two letters.
    fn after_short(&self, i: usize) -> bool {
        let mut letters = 0;
        for back in 1..=3 {
            match i.checked_sub(back).and_then(|at| self.char(at)) {
                Some(c) if c.is_alphabetic() || c == '№' => letters += 1,
                Some(' ' | '(' | '«' | '\u{a0}') | None => break,
                Some(_) => return false,
            }
        }
        letters <= 2
    }

    /// How many letters of the word that begins at `from` stand before a hyphen and fit into `room`.
    fn hyphen(&self, from: usize, room: f32, fonts: &Fonts) -> Option<usize> {
        let mut start = from;
        while self
            .char(start)
            .is_some_and(|c| !c.is_alphabetic() && c != ' ')
        {
            start += 1;
        }
        let word: String = (start..)
            .map_while(|i| self.char(i).filter(|c| c.is_alphabetic()))
            .take(60)
            .collect();
        let letters = word.chars().count();
        // Abbreviations and names of numbers stay whole.
        if letters < 5 || word.chars().skip(1).any(char::is_uppercase) {
            return None;
        }
        let lang = match word.is_ascii() {
            true => Lang::English,
            false => Lang::Russian,
        };
        let Some(Atom::Char { style, .. }) = self.0.get(start) else {
            return None;
        };
        let hyphen = fonts.show(SOFT_HYPHEN, style.bold).advance * style.size;
        let mut width: f32 = (from..start).map(|i| self.advance(i)).sum();
        let mut at = start;
        let mut best = None;
        for syllable in hypher::hyphenate(&word, lang) {
            for _ in syllable.chars() {
                width += self.advance(at);
                at += 1;
            }
            if width + hyphen > room {
                break;
            }
            if at - start >= 2 && start + letters - at >= 3 {
                best = Some(at);
            }
        }
        best
    }

    /// The lines of the paragraph.
    pub(crate) fn lines(&self, width: f32, size: f32, fonts: &Fonts) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        while start < self.0.len() {
            let (next, hyphen) = self.one(start, width, fonts);
            lines.push(self.line(start, next, hyphen, size, fonts));
            start = next;
        }
        lines
    }

    /// Where the line that begins at `start` ends, and whether with a hyphen.
    fn one(&self, start: usize, width: f32, fonts: &Fonts) -> (usize, bool) {
        let (mut good, mut weak): (Option<End>, Option<End>) = (None, None);
        let mut taken = 0.0;
        // Without the spaces at its end.
        let mut inked = 0.0;
        let mut i = start;
        loop {
            match self.0.get(i) {
                None => return (i, false),
                Some(Atom::Break) => return (i + 1, false),
                Some(_) => {}
            }
            let space = self.char(i) == Some(' ');
            taken += self.advance(i);
            if !space {
                if taken > width + 0.01 {
                    break;
                }
                inked = taken;
            }
            match self.ends(i) {
                Some(true) => {
                    good = Some(End {
                        next: i + 1,
                        width: inked,
                    });
                }
                Some(false) => {
                    weak = Some(End {
                        next: i + 1,
                        width: inked,
                    });
                }
                None => {}
            }
            i += 1;
        }
        let weak = weak.filter(|w| good.is_none_or(|g| g.next < w.next));
        let best = match (good, weak) {
            (Some(g), Some(w)) if g.width < width * 0.6 => Some(w),
            (Some(g), _) => Some(g),
            (None, weak) => weak,
        };
        if best.is_none_or(|b| b.width < width * FULL) {
            let latest = weak.or(good);
            let from = latest.map_or(start, |l| l.next);
            let before: f32 = (start..from).map(|i| self.advance(i)).sum();
            if let Some(next) = self.hyphen(from, width - before, fonts) {
                return (next, true);
            }
        }
        match best {
            Some(best) => (best.next, false),
            None => (i.max(start + 1), false),
        }
    }

    fn line(&self, from: usize, to: usize, hyphen: bool, size: f32, fonts: &Fonts) -> Line {
        let mut line = Line::default();
        let (mut up, mut down) = (size * 0.98, size * (LEADING - 0.98));
        let mut last = None;
        for atom in self.0.iter().take(to).skip(from) {
            match atom {
                Atom::Char { c, style, shown } => {
                    line.put(*c, *style, *shown);
                    up = up.max(style.rise + style.size * 0.9);
                    down = down.max(style.size * 0.25 - style.rise);
                    last = Some(*style);
                }
                Atom::Box(boxed) => {
                    let x = line.width;
                    line.frags.extend(boxed.frags.iter().map(|frag| Frag {
                        x: x + frag.x,
                        ..frag.clone()
                    }));
                    line.strokes
                        .extend(boxed.strokes.iter().map(|s| Stroke { x: x + s.x, ..*s }));
                    line.width += boxed.width;
                    up = up.max(boxed.up + 2.0);
                    down = down.max(boxed.down + 2.0);
                }
                Atom::Break => {}
            }
        }
        if let (true, Some(style)) = (hyphen, last) {
            line.put(SOFT_HYPHEN, style, fonts.show(SOFT_HYPHEN, style.bold));
        }
        line.ascent = up;
        line.height = up + down;
        line
    }
}
