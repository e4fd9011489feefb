//! What the site's authors write: YAML, periods, Markdown, formulas; and pages of schools that are read back.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use glasno::audit::exceptions::Exceptions;
use glasno::audit::review::Reviews;
use glasno::diag::Span;
use glasno::document::decode::Cx;
use glasno::document::front;
use glasno::document::markdown::{self, Edit, Host};
use glasno::document::yaml::{self, Origin};
use glasno::period::{self, Plan};
use glasno::progress::{self, Asked, Ground};
use glasno::registry;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day")
}

/// As the program reads files: what is no UTF-8 is refused before anything else looks at it.
fn text(data: &[u8]) -> Option<String> {
    glasno::source::decode(data.to_vec(), &"a.yaml".into()).ok()
}

/// The registry: findings or schools, and never a value of the file in a finding's place.
pub fn registry(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (registry, findings) = registry::parse("registry.yaml", &text);
    assert!(
        registry.is_some() || !findings.is_empty(),
        "refused without a word"
    );
    if let Some(registry) = registry {
        glasno::guard::Recognizer::new(&registry).scan_text(&text);
    }
}

/// Changes of a source: whatever is changed, what is read is what was meant, and comments stay. The bytes before the
/// first line break choose the change and are the new words; the rest is the file.
pub fn edit(data: &[u8]) {
    use glasno::edit::{Change, Step, Tree, Value, apply, comments, parse};
    let Some(whole) = text(data) else { return };
    let Some((words, file)) = whole.split_once('\n') else {
        return;
    };
    let Some(before) = parse(file) else { return };
    let mut choice = words
        .bytes()
        .fold(0usize, |n, b| n.wrapping_mul(31) + usize::from(b));
    let (mut at, mut here) = (Vec::new(), &before);
    loop {
        let pick = choice % 7;
        choice /= 7;
        here = match here {
            Tree::Map(entries) if !entries.is_empty() => {
                let (key, value) = &entries[pick % entries.len()];
                at.push(Step::Key(key.clone()));
                value
            }
            Tree::List(items) if !items.is_empty() => {
                at.push(Step::Item(pick % items.len()));
                &items[pick % items.len()]
            }
            _ => break,
        };
    }
    let value = Value::Text(words.to_owned());
    let change = match (choice % 3, at.last()) {
        (0, Some(Step::Item(i))) => Change::Insert {
            index: *i,
            at: at[..at.len() - 1].to_vec(),
            value,
        },
        (1, Some(_)) => Change::Remove { at: at.clone() },
        _ => Change::Set {
            at: at.clone(),
            to: value,
            order: Vec::new(),
        },
    };
    let Ok(new) = apply(file, &change, &parse) else {
        return;
    };
    let after = parse(&new).expect("what was written is read");
    if let Change::Set { .. } = change {
        let there = glasno::edit::at(&after, &at);
        assert_eq!(there, Some(&Tree::Text(words.to_owned())));
        let (had, has) = (comments(file), comments(&new));
        assert!(
            had.map(|c| c.len()) >= has.map(|c| c.len()),
            "a comment came"
        );
    }
}

/// YAML of documents, exceptions and reviews.
pub fn yaml(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let path: Arc<str> = "a.yaml".into();
    let origin = Origin {
        path: &path,
        text: &text,
        first_line: 0,
    };
    let (root, findings) = yaml::parse(origin);
    assert!(
        root.is_some() || !findings.is_empty(),
        "refused without a word"
    );
    let (exceptions, _) = Exceptions::parse("exceptions.yaml", &text, today());
    exceptions.close();
    let (reviews, _) = Reviews::parse("reviews.yaml", &text, today());
    reviews.unused();
    if let Ok(split) = front::split(&path, &text) {
        assert!(split.fields.len() + split.body.len() <= text.len());
    }
}

/// Words of a period.
pub fn period(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let plan = Plan {
        from: NaiveDate::from_ymd_opt(2024, 9, 1).expect("a day"),
        to: NaiveDate::from_ymd_opt(2026, 8, 31).expect("a day"),
    };
    for plan in [None, Some(&plan)] {
        let read = period::parse(text, plan);
        let found = match &read {
            Ok(period) => Some(period),
            Err(error) => {
                let chars = text.chars().count();
                assert!(
                    error.at.start <= error.at.end && error.at.end <= chars,
                    "{:?}",
                    error.at
                );
                error.partial.as_ref()
            }
        };
        let Some(found) = found else { continue };
        assert_eq!(found.text, text);
        let all = found.parts.iter().map(|p| (p.from, p.to));
        for (from, to) in all.chain([(found.from, found.to)]) {
            assert!(
                from.zip(to).is_none_or(|(from, to)| from <= to),
                "{found:?}"
            );
        }
        if let Some(plan) = plan {
            found.outside(plan);
        }
        let parts: Vec<_> = found.parts.iter().map(|p| (p.from, p.to)).collect();
        let asked = Asked {
            kind: Some(found.kind),
            from: found.from,
            to: found.to,
            parts: &parts,
            sic: false,
            day: period::day_after(text),
        };
        let ground = Ground {
            today: today(),
            due_soon_days: 14,
            kept: true,
            plan,
        };
        progress::standing(Some(&asked), &[], &ground);
    }
}

/// Redacts every other piece of a text and drops every third link.
struct Careless(usize);

impl Host for Careless {
    fn link(&mut self, destination: &str) -> Option<String> {
        self.0 += 1;
        (!self.0.is_multiple_of(3)).then(|| destination.to_owned())
    }

    fn edits(&mut self, text: &str) -> Vec<Edit> {
        self.0 += 1;
        let middle = text.floor_char_boundary(text.len() / 2);
        let ranges = [0..middle, middle..text.len()];
        let which = ranges.into_iter().skip(self.0 % 2).take(1 + self.0 % 3 % 2);
        which
            .map(|range| Edit {
                range,
                with: "<школа-участница>".to_owned(),
            })
            .collect()
    }

    fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        glasno::text::typograph(text)
    }

    fn anchor(&mut self, heading: &str) -> String {
        glasno::text::slug(heading)
    }
}

/// Markdown written as HTML: only tags that the writer knows, each closed in its turn.
pub fn markdown_html(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let path: Arc<str> = "a.md".into();
    for prose in [true, false] {
        let mut cx = Cx::new(Origin {
            path: &path,
            text,
            first_line: 0,
        });
        let destinations = markdown::check(text, Span::new(1, 1, 1), prose, &mut cx);
        assert!(destinations.iter().all(|d| d.at < text.len()));
    }
    let written = markdown::html(text, &mut Careless(0));
    balanced(&written.html);
}

const VOID: &[&str] = &["br", "hr", "img"];
const REFUSED: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "form", "input", "base", "link", "meta",
];

/// Panics where a tag is not closed, or is one that no text may bring in.
fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        // No attribute of ours holds a bare `>`: values are escaped.
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        assert!(
            !tag.contains('<') && tag.matches('"').count().is_multiple_of(2),
            "<{tag}>"
        );
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        assert!(
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()),
            "<{tag}>"
        );
        assert!(!REFUSED.contains(&name), "<{tag}>");
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stays open");
}

/// TeX written as MathML.
pub fn formula(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for display in [false, true] {
        match glasno::math::mathml(text, display) {
            Ok(mathml) => balanced(&mathml),
            Err(error) => assert!(
                error.at.start <= error.at.end && error.at.end <= text.chars().count(),
                "{:?}",
                error.at
            ),
        }
    }
}

/// Typography of text and addresses made of it.
pub fn typography(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let nice = glasno::text::typograph(text);
    assert_eq!(
        glasno::text::typograph(&nice),
        nice,
        "typography twice is typography once"
    );
    let slug = glasno::text::slug(text);
    assert!(
        slug.bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
        "{slug}"
    );
    glasno::text::loose(text);
    glasno::text::excerpt(text, 120);
}

/// A page of a school that is online.
pub fn page(data: &[u8]) {
    glasno::tab::page::Page::read(data);
    if let Ok(text) = std::str::from_utf8(data) {
        let styles = glasno::tab::inline::Styles::parse(text);
        glasno::tab::inline::inline(text, &styles);
    }
}
