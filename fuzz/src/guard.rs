//! The text pass: fragments with roles are examined, masked and redacted.
//!
//! Input is text. A line is a fragment; its first character may give it a role ([`role`]); a line with tabs or one
//! that begins with `|` is a row of a table; U+000E is a line break inside a fragment. So any plain text is a good
//! seed, and bytes changed in one line do not move the roles of the others.
//!
//! What must hold: every place lies in its fragment, on character boundaries, in order; a school that is told is one
//! of the registry; what has been masked or redacted names nobody any more.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use glasno::guard::exact::Exact;
use glasno::guard::redact::Wording;
use glasno::guard::{Certainty, Recognizer};
use glasno::passage::{Fragment, Locator, Role};
use glasno::protection::Guarding;
use glasno::registry::{self, Registry};

/// Parts the registry from the text in inputs of [`own`].
pub const PARTING: &str = "\n=====\n";

/// The invented registries of the labelled cases: between them they have each kind of name.
const REGISTRIES: [&str; 3] = [
    include_str!(concat!(env!("OUT_DIR"), "/corpus/registries/luga.yaml")),
    include_str!(concat!(env!("OUT_DIR"), "/corpus/registries/gorod.yaml")),
    include_str!(concat!(env!("OUT_DIR"), "/corpus/registries/sever.yaml")),
];

/// One registry and what finds it in text.
struct Places {
    ids: Vec<String>,
    recognizer: Recognizer,
    exact: Exact,
}

impl Places {
    fn new(registry: &Registry) -> Self {
        Places {
            ids: registry
                .protected
                .iter()
                .map(|s| s.id.to_string())
                .collect(),
            recognizer: Recognizer::new(registry),
            exact: Exact::new(registry),
        }
    }

    /// Whether a text by itself names a school without doubt.
    fn names(&self, text: &str) -> bool {
        let found = self.recognizer.scan_text(text);
        found.iter().any(|m| m.certainty == Certainty::Certain)
    }

    /// Everything that is told lies where it is said to lie.
    fn check(&self, text: &str) {
        let fragments = fragments(text);
        let inside = |n: usize, span: &Range<usize>| {
            let text = &fragments.get(n).expect("of a fragment that there is").text;
            assert!(span.start < span.end, "an empty place {span:?}");
            assert!(text.get(span.clone()).is_some(), "{span:?} in {text:?}");
        };
        let (mentions, cleared) = self.recognizer.examine(&fragments);
        let mut last = (0, 0);
        for m in &mentions {
            inside(m.fragment, &m.span);
            if let Some(whole) = &m.whole {
                inside(m.fragment, whole);
            }
            assert!(!m.schools.is_empty(), "a mention of nobody");
            for school in &m.schools {
                assert!(self.ids.iter().any(|id| id == school.as_str()), "{school}");
            }
            let here = (m.fragment, m.span.start);
            assert!(last <= here, "out of order: {last:?}, {here:?}");
            last = here;
        }
        for (n, span) in &cleared {
            inside(*n, span);
        }
        for (n, fragment) in fragments.iter().enumerate() {
            let mut end = 0;
            for hit in self.exact.find(&fragment.text) {
                inside(n, &hit.span);
                assert!(end <= hit.span.start, "exact names overlap");
                end = hit.span.end;
            }
        }
    }
}

/// Text against the registries of the cases.
pub fn fixed(data: &[u8]) {
    static GUARD: OnceLock<(Places, Guarding)> = OnceLock::new();
    let (places, guarding) = GUARD.get_or_init(|| {
        let mut all = Registry::default();
        for text in REGISTRIES {
            let (registry, findings) = registry::parse("registry.yaml", text);
            let registry = registry.unwrap_or_else(|| panic!("{findings:?}"));
            all.protected.extend(registry.protected);
            all.public.extend(registry.public);
            all.municipalities.extend(registry.municipalities);
        }
        (Places::new(&all), Guarding::new(all))
    });
    let text = String::from_utf8_lossy(data);
    places.check(&text);
    clean(places, guarding, &text);
}

/// Text against a registry that stands in the input before it. Such a registry may protect a word of the neutral
/// wording itself, so nothing is asked of the redacted text here but that it can be made.
pub fn own(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some((registry, text)) = text.split_once(PARTING) else {
        return;
    };
    let (Some(registry), _) = registry::parse("registry.yaml", registry) else {
        return;
    };
    let guard = Places::new(&registry);
    guard.check(text);
    guard.recognizer.mask(text);
    guard.recognizer.redact_text(text, &Wording::default());
}

/// The role that a line's first character gives it.
fn role(mark: char) -> Option<Role> {
    Some(match mark {
        '\u{1}' => Role::Heading(1),
        '\u{2}' => Role::Heading(2),
        '\u{3}' => Role::Title,
        '\u{4}' => Role::Path,
        '\u{5}' => Role::Address,
        '\u{6}' => Role::Attribute,
        '\u{7}' => Role::Hidden,
        '#' => Role::Heading(1),
        _ => return None,
    })
}

/// Lines as fragments.
fn fragments(text: &str) -> Vec<Fragment<'_>> {
    let mut out = Vec::new();
    let (mut table, mut row) = (0, None);
    let mut put = |text: &str, role: Role| {
        out.push(Fragment {
            text: Cow::Owned(text.replace('\u{e}', "\n")),
            role,
            at: Locator::default(),
            turns: Cow::default(),
        });
    };
    for line in text.lines() {
        if line.contains('\t') || line.starts_with('|') {
            let number = row.map_or(0, |r: u32| r + 1);
            row = Some(number);
            for (column, cell) in (0..).zip(line.split(['\t', '|'])) {
                let head = number == 0 || column == 0;
                put(
                    cell,
                    Role::Cell {
                        table,
                        row: number,
                        column,
                        head,
                    },
                );
            }
            continue;
        }
        if row.take().is_some() {
            table += 1;
        }
        let first = line.chars().next();
        match first.and_then(|c| Some((c, role(c)?))) {
            Some((mark, role)) => put(&line[mark.len_utf8()..], role),
            None => put(line, Role::Text),
        }
    }
    out
}

/// What was masked or redacted names nobody.
fn clean(places: &Places, guarding: &Guarding, text: &str) {
    let masked = guarding.mask(text);
    assert!(!places.names(&masked), "masked: {masked:?}");
    places.recognizer.redact_text(text, &Wording::default());

    let redactor = guarding.redactor();
    let lines: Vec<&str> = text.lines().take(6).collect();
    let Some((line, around)) = lines.split_last() else {
        return;
    };
    // What stands beside a cell is told apart from it, and is not redacted here: that it can be made is all that is asked.
    redactor.redact(line, around);
    // Not that nothing at all is left: in a long list each name that goes lets the next be read, and after so many rounds
    // the rest is left to the audit.
    if let Some(once) = redactor.redact(text, &[]) {
        let many = once.notes.len() >= 60;
        assert!(
            many || !places.names(&once.text),
            "redacted: {:?}",
            once.text
        );
    }
}
