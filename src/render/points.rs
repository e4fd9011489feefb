//! Puts a counting point wherever a template can begin something again or make something large.
//!
//! Takes a template's text; gives the text that is compiled: after each tag that opens a loop, a component or a block,
//! and at the beginning of the file, stands a call of [`STEP`], and after each `set` one that weighs what was set. So
//! every repetition is counted by [`super::limits`], and each has its place, by its number. Refuses what the engine makes in memory of
//! its own, where nothing can be counted: captures, components in expressions, lists with a loop inside.

use super::lexer::{self, Kind, Piece, Token};
use crate::diag::Span;

/// The function that counts. Its arguments are what is to be weighed, and under [`AT`] the number of the point.
pub(super) const STEP: &str = "glasno_step";
pub(super) const AT: &str = "glasno_at";

/// A template ready to be compiled, and how its places read in the file.
#[derive(Debug)]
pub(super) struct Counted {
    pub text: String,
    /// The number of the first point.
    first: usize,
    inserted: Vec<Inserted>,
    /// Templates that this one includes, and where it says so.
    pub includes: Vec<(String, Span)>,
}

/// A point in the compiled text. None holds a line break, so lines are those of the file.
#[derive(Debug)]
struct Inserted {
    line: usize,
    /// In characters from 0, and how many there are.
    column: usize,
    width: usize,
    /// The tag that it stands for, in the file.
    tag: Span,
}

/// Something that a template may not have: a word of the catalogue, and the place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub what: &'static str,
    pub at: Span,
}

impl Counted {
    /// The number after that of the last point.
    pub(super) fn next(&self) -> usize {
        self.first + self.inserted.len()
    }

    /// The tag of a point of this template.
    pub(super) fn point(&self, number: usize) -> Option<Span> {
        let index = number.checked_sub(self.first)?;
        self.inserted.get(index).map(|p| p.tag)
    }

    /// The place in the file of a place in the compiled text, both from line 1 and column 0 on.
    pub(super) fn place(&self, line: usize, column: usize) -> Span {
        let mut shift = 0;
        for point in self.inserted.iter().filter(|p| p.line == line) {
            if column < point.column {
                break;
            }
            if column < point.column + point.width {
                return point.tag;
            }
            shift += point.width;
        }
        span(line, column - shift)
    }
}

/// Prepares a template whose points are numbered from `first` on. `None` where it is none: the engine then says what is
/// wrong with it.
pub(super) fn count(text: &str, first: usize) -> Option<Result<Counted, Refused>> {
    let pieces = lexer::pieces(text)?;
    let mut places = Places::new(text);
    let mut out = Out {
        first,
        ..Out::default()
    };
    // What a child says outside of its blocks is never run, and `extends` must come first.
    let child = pieces.iter().any(|p| tag(p) == Some("extends"));
    if !child {
        out.point(&[], false, (1, 0), Span::new(1, 1, 1));
    }
    let mut includes = Vec::new();
    let mut done = 0;
    for piece in &pieces {
        if let Some((what, token)) = refused(piece) {
            let (line, column) = places.of(token.map_or(piece.start, |t| t.at));
            let at = span(line, column);
            return Some(Err(Refused { what, at }));
        }
        let (line, column) = places.of(piece.start);
        let at = span(line, column);
        if tag(piece) == Some("include")
            && let Some(name) = piece.tokens.get(1)
        {
            let name = name.text.trim_matches(['"', '\'', '`']);
            includes.push((name.to_owned(), at));
        }
        let Some(weighed) = weighed(piece) else {
            continue;
        };
        out.text.push_str(text.get(done..piece.end)?);
        done = piece.end;
        out.point(&weighed, piece.trims, places.of(piece.end), at);
    }
    out.text.push_str(text.get(done..)?);
    Some(Ok(Counted {
        text: out.text,
        first,
        inserted: out.inserted,
        includes,
    }))
}

#[derive(Default)]
struct Out {
    text: String,
    first: usize,
    inserted: Vec<Inserted>,
}

impl Out {
    /// `at` is the place in the file behind which the point stands.
    fn point(&mut self, weighed: &[&str], trims: bool, at: (usize, usize), tag: Span) {
        let number = self.first + self.inserted.len();
        let weighed: String = weighed.iter().map(|v| format!(", {v}={v}")).collect();
        // As the tag would have: what it trims, the point trims.
        let trim = if trims { "-" } else { "" };
        let call = format!("{{{{ {STEP}({AT}={number}{weighed}) {trim}}}}}");
        let before: usize = self
            .inserted
            .iter()
            .filter(|p| p.line == at.0)
            .map(|p| p.width)
            .sum();
        self.inserted.push(Inserted {
            line: at.0,
            column: at.1 + before,
            width: call.chars().count(),
            tag,
        });
        self.text.push_str(&call);
    }
}

fn tag<'p>(piece: &'p Piece<'_>) -> Option<&'p str> {
    (piece.kind == Kind::Tag).then(|| piece.first())
}

/// The names to weigh behind this piece; `None` where nothing needs a point.
fn weighed<'t>(piece: &Piece<'t>) -> Option<Vec<&'t str>> {
    match tag(piece)? {
        "for" | "block" => Some(Vec::new()),
        "set" | "set_global" => Some(piece.tokens.get(1).map(|t| t.text).into_iter().collect()),
        "component" => Some(arguments(&piece.tokens)),
        _ => None,
    }
}

/// Names of a component's arguments: `component card(c, size: Integer = 1, @page, ...rest)`.
fn arguments<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut depth = 0usize;
    let mut begins = false;
    for token in tokens {
        match token.text {
            "(" | "[" | "{" => {
                depth += 1;
                begins = depth == 1;
            }
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            "," => begins = depth == 1,
            "@" | "..." => {}
            name => {
                if begins && token.is_word() {
                    names.push(name);
                }
                begins = false;
            }
        }
    }
    names
}

/// What the piece holds that cannot be counted, and where.
fn refused<'p, 't>(piece: &'p Piece<'t>) -> Option<(&'static str, Option<&'p Token<'t>>)> {
    let tokens = &piece.tokens;
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text);
    match tag(piece) {
        Some("filter") => return Some(("@template-filter", None)),
        Some("set" | "set_global") if text(2) != "=" => return Some(("@template-capture", None)),
        Some("<" | "</") => return Some(("@template-body", None)),
        _ => {}
    }
    // A component stands alone in its braces: `{{ <name … /> }}`.
    let ends = |i: usize| text(i) == "/" && text(i + 1) == ">";
    let alone = piece.kind == Kind::Output && piece.first() == "<";
    for i in 0..tokens.len() {
        let what = match text(i) {
            "super" if text(i + 1) == "(" => "@template-super",
            "for" if i > 0 || piece.kind == Kind::Output => "@template-comprehension",
            "/" if ends(i) && !(alone && i + 2 == tokens.len()) => "@template-inner",
            _ => continue,
        };
        return Some((what, tokens.get(i)));
    }
    None
}

/// Lines and columns of growing offsets.
struct Places<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Self {
        Places {
            text,
            at: 0,
            line: 1,
            column: 0,
        }
    }

    /// Line from 1, column from 0 on, in characters.
    fn of(&mut self, offset: usize) -> (usize, usize) {
        if offset < self.at {
            *self = Places::new(self.text);
        }
        for c in self.text.get(self.at..offset).unwrap_or("").chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += 1;
            }
        }
        self.at = offset;
        (self.line, self.column)
    }
}

fn span(line: usize, column: usize) -> Span {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span::new(narrow(line), narrow(column).saturating_add(1), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> Counted {
        match count(text, 7) {
            Some(Ok(counted)) => counted,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn points_stand_behind_what_repeats_or_grows() {
        let text = "{% for a in b -%}\n x{{ a }}{% endfor %}{% set c = [a] %}";
        assert_eq!(
            counted(text).text,
            "{{ glasno_step(glasno_at=7) }}{% for a in b -%}{{ glasno_step(glasno_at=8) -}}\n x{{ a }}{% endfor %}{% set c = [a] %}{{ glasno_step(glasno_at=9, c=c) }}"
        );
        let text = "{% extends \"a\" %}{%- component x.y(a, b: String = \"(\", @c, ...d) {\"e\": 1} %}{% endcomponent %}";
        assert_eq!(
            counted(text).text,
            "{% extends \"a\" %}{%- component x.y(a, b: String = \"(\", @c, ...d) {\"e\": 1} %}{{ glasno_step(glasno_at=7, a=a, b=b, c=c, d=d) }}{% endcomponent %}"
        );
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "ф{% for a in b %}{{ нет }}\n{{ тоже }}";
        // Cyrillic names are the engine's to refuse.
        assert!(count(text, 0).is_none());
        let text = "ф{% for a in b %}{{ a.net }}{% for c in d %}{{ c }}\n{{ e }}";
        let counted = counted(text);
        let new: Vec<&str> = counted.text.lines().collect();
        let column = |line: usize, what: &str| {
            let at = new[line - 1].find(what).unwrap_or(0);
            new[line - 1][..at].chars().count()
        };
        assert_eq!(counted.place(1, column(1, "a.net")), Span::new(1, 21, 1));
        assert_eq!(counted.place(1, column(1, "c }}")), Span::new(1, 48, 1));
        assert_eq!(counted.place(2, column(2, "e }}")), Span::new(2, 4, 1));
        // The point behind the second loop tells the loop.
        let second = column(1, "c in d %}") + 9 + 3;
        assert_eq!(counted.place(1, second), Span::new(1, 29, 1));
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for (text, what, column) in [
            ("{% set a %}b{% endset %}", "@template-capture", 1),
            ("{% set a | upper %}b{% endset %}", "@template-capture", 1),
            (" {% filter upper %}b{% endfilter %}", "@template-filter", 2),
            ("{% <a> %}b{% </a> %}", "@template-body", 1),
            ("{% set a = <b /> %}", "@template-inner", 15),
            ("{{ <a b={<c />} /> }}", "@template-inner", 13),
            ("{{ <a /> | upper }}", "@template-inner", 7),
            ("{{ super() }}", "@template-super", 4),
            ("{{ [a for a in b] }}", "@template-comprehension", 7),
            (
                "{% for a in [b for b in c] %}",
                "@template-comprehension",
                16,
            ),
        ] {
            match count(text, 0) {
                Some(Err(refused)) => {
                    assert_eq!((refused.what, refused.at.column), (what, column), "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        for text in [
            "{% if a < b %}{{ <c d={e} /> }}{% endif %}",
            "{{ super }}",
            "{% if a </b %}",
        ] {
            assert!(matches!(count(text, 0), Some(Ok(_))), "{text}");
        }
    }
}
