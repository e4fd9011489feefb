//! The recogniser: fragments in, mentions out.
//!
//! Puts the steps together: tokens, places, phrases, people, identifiers, names that stand alone. Must not keep
//! anything of the text it was given.

use std::borrow::Cow;
use std::ops::Range;

use super::context::{Document, Evidence};
use super::identifiers;
use super::index::Role as Hit;
use super::lexicon::{Kind, class};
use super::mention::{Certainty, Class, Mention, Number, Reason};
use super::morph::{Forms, GrammaticalCase};
use super::names::Model;
use super::people;
use super::phrase::{self, By, Phrase};
use super::place;
use super::resolve;
use super::token::{Token, Tokenizer, What, flag};
use crate::passage::{Fragment, Locator, Role};
use crate::registry::{IdentifierKind, Registry, SchoolId};

/// Recognises the protected schools of one registry. Cheap to share between threads.
pub struct Recognizer {
    model: Model,
}

impl Recognizer {
    /// Compiles a registry; linear in its size.
    pub fn new(registry: &Registry) -> Self {
        Recognizer {
            model: Model::compile(registry),
        }
    }

    /// Plain prose, without roles. Paragraphs are split at empty lines.
    pub fn scan_text(&self, text: &str) -> Vec<Mention> {
        self.scan(&[Fragment {
            text: Cow::Borrowed(text),
            role: Role::Text,
            at: Locator::default(),
        }])
    }

    /// All fragments of one carrier, in reading order.
    pub fn scan(&self, fragments: &[Fragment<'_>]) -> Vec<Mention> {
        let mut tokenizer = Tokenizer::new(&self.model.index, &self.model.lexicon);
        for (n, f) in fragments.iter().enumerate() {
            let slug = matches!(f.role, Role::Path | Role::Address);
            tokenizer.fragment(n as u32, &f.text, slug);
        }
        let stream = tokenizer.out;
        if !self.worth(&stream.tokens) {
            return Vec::new();
        }
        let roles: Vec<Role> = fragments.iter().map(|f| f.role).collect();
        let d = Document::new(&self.model, &stream, &roles);
        let mut run = Run {
            d,
            fragments,
            out: Vec::new(),
            used: vec![false; stream.tokens.len()],
        };
        run.schools();
        run.others();
        run.alone();
        run.finish()
    }

    /// Whether any token could begin a finding.
    fn worth(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(|t| {
            t.what == What::Number
                || t.lex
                    .is_some_and(|l| matches!(l.kind, Kind::Type | Kind::Legal | Kind::Centre))
                || t.has_hits()
                || t.is(flag::LATIN)
        })
    }

    /// Replaces every protected value by `[id]`: for messages.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mentions = self.scan_text(text);
        if mentions.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for m in &mentions {
            if m.span.start < at {
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
        Cow::Owned(out)
    }
}

struct Run<'a> {
    d: Document<'a>,
    fragments: &'a [Fragment<'a>],
    out: Vec<Mention>,
    used: Vec<bool>,
}

impl Run<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.d.stream.get(i)
    }

    /// Phrases first, so that the places they own are known before any is judged.
    fn schools(&mut self) {
        let stream = self.d.stream;
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut covered = vec![false; stream.tokens.len()];
        for kind in [Kind::Type, Kind::Centre, Kind::Legal] {
            for (i, t) in stream.tokens.iter().enumerate() {
                if !t.lexed(kind) || kind == Kind::Legal && covered.get(i).copied().unwrap_or(false)
                {
                    continue;
                }
                let Some(p) = phrase::read(self.d.model, stream, &self.d.places, i) else {
                    continue;
                };
                if p.items.is_empty() {
                    if kind != Kind::Legal {
                        phrases.push(p);
                    }
                    continue;
                }
                for c in covered.iter_mut().take(p.to + 1).skip(p.from) {
                    *c = true;
                }
                for n in &p.places {
                    if let Some(c) = self.d.claimed.get_mut(*n) {
                        *c = true;
                    }
                }
                phrases.push(p);
            }
        }
        for p in phrases {
            if p.items.is_empty() {
                self.in_its_row(&p);
            } else {
                self.phrase(&p);
            }
        }
    }

    fn phrase(&mut self, p: &Phrase) {
        let outcomes: Vec<_> = p
            .items
            .iter()
            .map(|i| resolve::item(&self.d, p, i))
            .collect();
        let listed: Vec<usize> = {
            let mut kinds: Vec<usize> = p
                .items
                .iter()
                .enumerate()
                .filter(|(_, i)| matches!(i.by, By::Number(_) | By::Ordinal(_) | By::Adjective))
                .map(|(n, _)| n)
                .collect();
            let adjectives = kinds
                .iter()
                .filter(|n| p.items[**n].by == By::Adjective)
                .count();
            let numbers = kinds.len() - adjectives;
            if adjectives <= 1 && numbers <= 1 {
                kinds.clear();
            }
            kinds
        };
        let all = listed.iter().all(|n| outcomes[*n].is_some());
        let whole_span = self.span(p.from, p.to);
        let mut done: Vec<(Vec<SchoolId>, Range<usize>)> = Vec::new();
        for (n, (item, outcome)) in p.items.iter().zip(outcomes).enumerate() {
            let Some(o) = outcome else { continue };
            for u in self.used.iter_mut().take(p.to + 1).skip(p.from) {
                *u = true;
            }
            let in_list = listed.contains(&n);
            let (from, to) = if in_list {
                (item.from, item.to)
            } else {
                (p.from, p.to)
            };
            let plural = p.forms.plural_only() && !in_list;
            let (case, number) = self.case(p, item, plural);
            for (fragment, span) in self.spans(from, to, item.from) {
                if done.iter().any(|(s, r)| *s == o.schools && *r == span) {
                    continue;
                }
                done.push((o.schools.clone(), span.clone()));
                let whole =
                    (in_list && all && whole_span.as_ref().is_some_and(|(f, _)| *f == fragment))
                        .then(|| whole_span.as_ref().map(|(_, s)| s.clone()))
                        .flatten();
                self.out.push(Mention {
                    fragment,
                    span,
                    schools: o.schools.clone(),
                    class: o.class,
                    certainty: o.certainty,
                    case,
                    number,
                    whole,
                });
            }
        }
    }

    /// A kind of school alone in a cell, its settlement in the cell beside.
    fn in_its_row(&mut self, p: &Phrase) {
        let part = self.d.part_of(p.anchor);
        let Some(here) = self.d.parts.get(part) else {
            return;
        };
        let Role::Cell { table, row, .. } = here.role else {
            return;
        };
        let own: usize = (p.from..=p.to)
            .filter(|i| self.token(*i).is_some_and(Token::is_word))
            .count();
        if here.words > own + 1 || p.forms.plural_only() || here.places.start < here.places.end {
            return;
        }
        let mut q = p.clone();
        for other in self.d.parts[part.saturating_sub(12)..].iter().take(24) {
            if !matches!(other.role, Role::Cell { table: t, row: r, .. } if t == table && r == row)
                || other.words > 5
            {
                continue;
            }
            for n in other.places.clone() {
                q.places.push(n);
                let m = &self.d.places[n];
                let Some(t) = self.token(m.name) else {
                    continue;
                };
                let hits: Vec<_> = self
                    .d
                    .stream
                    .hits(t)
                    .iter()
                    .copied()
                    .filter(|h| h.role == Hit::Topo && h.more == 0)
                    .collect();
                if !hits.is_empty()
                    && other.only_place
                    && m.kind != super::lexicon::settlement::DISTRICT
                {
                    q.items.push(phrase::Item {
                        by: By::Settlement,
                        from: p.anchor,
                        to: p.anchor,
                        hits,
                        forms: Forms::ANY,
                    });
                }
            }
        }
        if !q.items.is_empty() {
            self.phrase(&q);
        }
    }

    /// People and identifiers.
    fn others(&mut self) {
        let stream = self.d.stream;
        let mut skip = 0;
        for (i, t) in stream.tokens.iter().enumerate() {
            if i < skip {
                continue;
            }
            if t.is_number()
                && let Some(f) = identifiers::digits_at(self.d.model, stream, i)
            {
                skip = f.to + 1;
                self.identifier(&f, Certainty::Certain);
                continue;
            }
            if (t.is_word() || t.is_number())
                && stream.word(t).len() > 1
                && self.d.model.index.literal_head(stream.word(t))
                && let Some(f) = identifiers::literal_at(self.d.model, stream, i)
            {
                skip = f.to + 1;
                self.identifier(&f, Certainty::Certain);
                continue;
            }
            if !t.has_hits() {
                continue;
            }
            for hit in stream.hits(t) {
                match hit.role {
                    Hit::Surname => {
                        if let Some(f) = people::at(self.d.model, stream, i, *hit) {
                            self.person(&f);
                        }
                    }
                    Hit::Street => self.address(i, *hit),
                    _ => {}
                }
            }
        }
    }

    fn identifier(&mut self, f: &identifiers::Found, certainty: Certainty) {
        let class = match f.kind {
            IdentifierKind::Inn => Class::Inn,
            IdentifierKind::Ogrn => Class::Ogrn,
            IdentifierKind::Phone => Class::Phone,
            IdentifierKind::Email => Class::Email,
            IdentifierKind::Site => Class::Site,
            IdentifierKind::Address => Class::Address,
        };
        self.found(f.school, f.from, f.to, class, certainty, None);
    }

    fn found(
        &mut self,
        school: u32,
        from: usize,
        to: usize,
        class: Class,
        certainty: Certainty,
        case: Option<GrammaticalCase>,
    ) {
        let Some(id) = self
            .d
            .model
            .schools
            .get(school as usize)
            .and_then(|s| s.id.clone())
        else {
            return;
        };
        if let Some((fragment, span)) = self.spans(from, to, from).into_iter().next() {
            self.out.push(Mention {
                fragment,
                span,
                schools: vec![id],
                class,
                certainty,
                case,
                number: Number::Singular,
                whole: None,
            });
        }
    }

    fn person(&mut self, f: &people::Found) {
        let certainty = if f.weak {
            Certainty::Ambiguous(Reason::SurnameOnly)
        } else {
            Certainty::Certain
        };
        let case = f
            .forms
            .case(false)
            .or_else(|| self.governed(f.from, f.forms));
        self.found(f.school, f.from, f.to, Class::Person, certainty, case);
    }

    fn address(&mut self, i: usize, hit: super::index::Hit) {
        let Some((f, street)) = identifiers::address_at(self.d.model, self.d.stream, i, hit) else {
            return;
        };
        let part = self.d.part_of(f.from);
        let near: Vec<usize> = self
            .d
            .parts
            .get(part)
            .map(|p| {
                p.places
                    .clone()
                    .filter(|n| {
                        self.d.places[*n].from.abs_diff(f.to) < 14
                            || self.d.places[*n].to.abs_diff(f.from) < 14
                    })
                    .collect()
            })
            .unwrap_or_default();
        let before: Vec<usize> = near
            .iter()
            .copied()
            .filter(|n| self.d.places[*n].to < f.from)
            .collect();
        let near = if before.is_empty() { near } else { before };
        match self.d.evidence(f.school, f.from, f.to, &near, &[]) {
            Evidence::Here => self.identifier(&f, Certainty::Certain),
            Evidence::Unknown if street => {
                self.identifier(&f, Certainty::Ambiguous(Reason::NoPlace))
            }
            _ => {}
        }
    }

    /// Names without a word for a school: in slugs, in a column or a list of schools.
    fn alone(&mut self) {
        let stream = self.d.stream;
        for n in 0..self.d.parts.len() {
            let (role, first, end, words) = {
                let p = &self.d.parts[n];
                (p.role, p.first, p.end, p.words)
            };
            if words == 0 || words > 40 {
                continue;
            }
            let slug = matches!(role, Role::Path | Role::Address);
            let whole = words <= 4;
            let listed = whole && !slug && self.list_of_schools(n);
            for i in first..end {
                let Some(t) = self.token(i).copied() else {
                    continue;
                };
                if self.used.get(i).copied().unwrap_or(true) {
                    continue;
                }
                let hits: Vec<_> = stream
                    .hits(&t)
                    .iter()
                    .copied()
                    .filter(|h| matches!(h.role, Hit::Adj) && h.more == 0 && h.forms.has("n"))
                    .collect();
                if t.is_word() && !hits.is_empty() {
                    let text_slug = t.is(flag::LATIN)
                        && (t.is(flag::HYPHEN | flag::UNDERSCORE)
                            || self
                                .token(i + 1)
                                .is_some_and(|x| x.is(flag::HYPHEN | flag::UNDERSCORE)));
                    if (slug || text_slug) && self.slug_name(i, &t)
                        || listed && t.is(flag::CAPITAL) && self.heads_nothing(i)
                    {
                        self.lone(i, i, hits, slug);
                    }
                } else if listed
                    && (t.mark('№') && self.token(i + 1).is_some_and(Token::is_number))
                    && words <= 3
                    && i == first
                {
                    let value = self.token(i + 1).map_or(0, |x| x.value);
                    let items = vec![phrase::Item {
                        by: By::Number(u32::try_from(value).unwrap_or(0)),
                        from: i,
                        to: i + 1,
                        hits: Vec::new(),
                        forms: Forms::ANY,
                    }];
                    self.synthetic(i, i + 1, items);
                }
            }
        }
    }

    /// In a slug: feminine (as «школа» is), and no other thing in the same step of the path.
    fn slug_name(&self, i: usize, t: &Token) -> bool {
        let word = self.d.stream.word(t);
        let feminine = t.is(flag::LATIN) && word.ends_with(b"a")
            || word.ends_with(&super::fold::enc("ая"))
            || word.ends_with(&super::fold::enc("яя"));
        let step = |j: usize| {
            self.token(j).is_some_and(|x| {
                x.what != What::Break && !matches!(x.what, What::Mark('/' | '?' | '&' | ':'))
            })
        };
        let mut others = false;
        let mut j = i;
        while j > 0 && step(j - 1) && i - j < 6 {
            j -= 1;
            others |= self.token(j).is_some_and(not_school);
        }
        j = i;
        while step(j + 1) && j - i < 6 {
            j += 1;
            others |= self.token(j).is_some_and(not_school);
        }
        feminine && word.len() >= 6 && !others && !t.lexed(Kind::Plain)
    }

    fn heads_nothing(&self, i: usize) -> bool {
        self.token(i + 1).is_none_or(|n| {
            !n.is_word() || n.lexed(Kind::Prep) || place::boundary(self.d.stream, i + 1)
        })
    }

    /// Whether a short fragment stands in a column or a list headed by a word for schools.
    fn list_of_schools(&self, n: usize) -> bool {
        let school = |p: &super::context::Part| {
            let mut types = false;
            for i in p.first..p.end {
                let Some(t) = self.token(i) else { continue };
                if not_school(t) {
                    return false;
                }
                types |= t.lexed(Kind::Type)
                    && t.lex
                        .is_some_and(|l| l.value != class::OTHER && l.value != class::KINDERGARTEN)
                    || t.lexed(Kind::Legal);
            }
            types
        };
        let Some(p) = self.d.parts.get(n) else {
            return false;
        };
        match p.role {
            Role::Cell { table, row, column, .. } => self.d.parts[..n].iter().rev().take(3000).any(|q| {
                matches!(q.role, Role::Cell { table: t, row: r, column: c, head } if t == table && c == column && r < row && (head || r == 0)) && school(q)
            }),
            Role::Text => {
                for q in self.d.parts[..n].iter().rev().take(60) {
                    match q.role {
                        Role::Heading(_) => return school(q),
                        Role::Text if q.words > 4 => {
                            let plural = (q.first..q.end).any(|i| self.token(i).is_some_and(|t| t.lexed(Kind::Type) && t.lex.is_some_and(|l| l.forms.plural_only())));
                            let colon = q.end.checked_sub(1).and_then(|e| self.token(e)).is_some_and(|t| t.mark(':'));
                            return colon && plural && school(q);
                        }
                        Role::Text if school(q) => return true,
                        Role::Text => {}
                        _ => return false,
                    }
                }
                false
            }
            _ => false,
        }
    }

    fn lone(&mut self, from: usize, to: usize, hits: Vec<super::index::Hit>, slug: bool) {
        let mut items = vec![phrase::Item {
            by: By::Adjective,
            from,
            to,
            hits,
            forms: Forms::of("n"),
        }];
        let mut end = to;
        // Its number, where it has one.
        let sign = usize::from(
            self.token(to + 1)
                .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign)),
        );
        if let Some(t) = self
            .token(to + 1 + sign)
            .filter(|t| t.is_number() && (sign > 0 || slug))
            .copied()
            && t.value < 1000
        {
            let wanted = items[0].hits.iter().any(|h| {
                self.d
                    .model
                    .variants
                    .get(h.owner as usize)
                    .is_some_and(|v| v.number.is_some())
            });
            if sign > 0 || wanted {
                end = to + 1 + sign;
                items.push(phrase::Item {
                    by: By::Number(t.value as u32),
                    from: to + 1,
                    to: end,
                    hits: Vec::new(),
                    forms: Forms::ANY,
                });
            }
        }
        self.synthetic(from, end, items);
    }

    fn synthetic(&mut self, from: usize, to: usize, items: Vec<phrase::Item>) {
        let p = Phrase {
            anchor: from,
            from,
            to,
            class: class::ANY,
            formal: false,
            forms: Forms::of("n"),
            items,
            places: Vec::new(),
            foreign: false,
            other_namesake: false,
            initials: Vec::new(),
            broken_number: false,
            adjective_places: Vec::new(),
        };
        let n = self.out.len();
        self.phrase(&p);
        for m in self.out.iter_mut().skip(n) {
            if m.certainty == Certainty::Certain {
                m.certainty = Certainty::Ambiguous(Reason::NameAlone);
            }
        }
    }

    /// Bytes of tokens from..=to in their one fragment.
    fn span(&self, from: usize, to: usize) -> Option<(usize, Range<usize>)> {
        let (a, b) = (self.token(from)?, self.token(to)?);
        (a.frag == b.frag && a.start <= b.end)
            .then(|| (a.frag as usize, a.start as usize..b.end as usize))
    }

    /// The same, one for each fragment touched, quotes included; the fragment of `main` first.
    fn spans(&self, from: usize, to: usize, main: usize) -> Vec<(usize, Range<usize>)> {
        let mut out: Vec<(usize, Range<usize>)> = Vec::new();
        for i in from..=to {
            let Some(t) = self.token(i).filter(|t| t.what != What::Break) else {
                continue;
            };
            let f = t.frag as usize;
            match out.last_mut() {
                Some((g, r)) if *g == f => r.end = r.end.max(t.end as usize),
                _ => out.push((f, t.start as usize..t.end as usize)),
            }
        }
        for (f, r) in &mut out {
            if let Some(fragment) = self.fragments.get(*f) {
                *r = super::redact::widen(&fragment.text, r.clone());
            }
        }
        let main = self.token(main).map_or(0, |t| t.frag as usize);
        out.sort_by_key(|(f, _)| *f != main);
        out
    }

    fn case(
        &self,
        p: &Phrase,
        item: &phrase::Item,
        plural: bool,
    ) -> (Option<GrammaticalCase>, Number) {
        let mut forms = p.forms;
        let number = if plural {
            Number::Plural
        } else {
            Number::Singular
        };
        if matches!(item.by, By::Adjective | By::Ordinal(_)) && item.from < p.anchor {
            let both = forms.and(item.forms);
            // «Приречной и Заречной школ»: the noun is in the plural, its adjectives are not.
            forms = if both.0 != 0 {
                both
            } else {
                Forms(item.forms.0 & Forms(forms.0 >> 6 | forms.0 << 6 & 0xFFF).0)
            };
        } else if item.by == By::Adjective && p.forms == Forms::ANY {
            forms = item.forms;
        }
        // Without a preposition there is no prepositional case.
        if !p
            .from
            .checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| t.lexed(Kind::Prep))
        {
            forms = Forms(forms.0 & !Forms::of("pP").0);
        }
        let case = forms
            .case(plural)
            .or_else(|| self.governed(p.from, forms))
            .or_else(|| {
                (p.forms != Forms::ANY && plural)
                    .then(|| forms.case(true))
                    .flatten()
            });
        (case, number)
    }

    /// The case that the word before governs, where it is among the forms.
    fn governed(&self, from: usize, forms: Forms) -> Option<GrammaticalCase> {
        let t = from.checked_sub(1).and_then(|i| self.token(i))?;
        let word: String = self
            .d
            .stream
            .word(t)
            .iter()
            .map(|b| super::fold::unfold(*b))
            .collect();
        let want = match word.as_str() {
            "из" | "от" | "до" | "для" | "у" | "без" | "около" | "возле" | "после" | "против"
            | "вместо" | "кроме" | "среди" | "вокруг" => "gG",
            "к" | "ко" => "dD",
            "в" | "во" | "на" => "paPA",
            "о" | "об" | "обо" | "при" => "pP",
            "над" | "под" | "между" | "перед" => "iI",
            "с" | "со" => "igIG",
            "за" => "aiAI",
            "через" | "про" => "aA",
            "по" => "dD",
            _ if t.lexed(Kind::Governs) || t.lexed(Kind::Role) => "gG",
            _ => return None,
        };
        let both = forms.and(Forms::of(want));
        both.case(false).or_else(|| {
            let first = match word.as_str() {
                "в" | "во" | "на" if both.has("p") && !forms.0.count_ones().gt(&6) => {
                    GrammaticalCase::Prepositional
                }
                _ => return None,
            };
            Some(first)
        })
    }

    /// Order, and no mention inside another of the same school.
    fn finish(mut self) -> Vec<Mention> {
        self.out.sort_by(|a, b| {
            (
                a.fragment,
                a.span.start,
                std::cmp::Reverse(a.span.end),
                a.certainty,
                a.class,
            )
                .cmp(&(
                    b.fragment,
                    b.span.start,
                    std::cmp::Reverse(b.span.end),
                    b.certainty,
                    b.class,
                ))
        });
        let mut kept: Vec<Mention> = Vec::with_capacity(self.out.len());
        for m in self.out {
            let inside = kept.iter().rev().take(8).any(|k| {
                k.fragment == m.fragment
                    && k.span.start <= m.span.start
                    && m.span.end <= k.span.end
                    && (m.schools.iter().all(|s| k.schools.contains(s))
                        || m.certainty >= k.certainty)
            });
            if !inside {
                kept.push(m);
            }
        }
        kept
    }
}

/// A word that makes its neighbours something else than a school.
fn not_school(t: &Token) -> bool {
    matches!(
        t.kind(),
        Some(Kind::Object | Kind::Street | Kind::District | Kind::OtherAdj | Kind::OtherGen)
    ) || t.lex.is_some_and(|l| {
        l.kind == Kind::Type && (l.value == class::KINDERGARTEN || l.value == class::OTHER)
    })
}
