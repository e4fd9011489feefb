//! The recogniser: fragments in, mentions out.
//!
//! Puts the steps together: tokens, places, phrases, people, identifiers, names that stand alone. Must not keep
//! anything of the text it was given.

mod acronym;
mod address;
mod alone;
mod apart;
mod cells;
mod elliptic;
mod folk;
mod grammar;
mod heads;
mod left_out;
mod left_people;
mod left_villages;
mod listed;
pub(super) mod mask;
mod quotes;
mod report;
mod restored;
mod series;
mod slots;
mod slugs;
mod sole;
mod spoken;
mod stems;
mod unweighed;
mod visit;
mod worth;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use heads::not_school;

use super::context::Document;
use super::fold::reads;
use super::identifiers;
use super::index::{self, Role as Hit};
use super::lexicon::{Kind, class};
use super::mention::{Certainty, Class, Mention, Reason};
use super::model::Model;
use super::morph::is_adjective;
use super::people;
use super::phrase::{self, By, Phrase, Sign};
use super::place::boundary;
use super::resolve::{self, Judged};
use super::rule::Rule;
use super::shown::Shown;
use super::token::{Token, Tokenizer, flag};
use super::verdict::{Trace, Verdict};
use crate::registry::{Registry, SchoolId};
use glasno_passage::{Fragment, Locator, Role};

/// Recognises the protected schools of one registry. Cheap to share between threads.
pub struct Recognizer {
    model: Model,
    /// Tells this recogniser's remembered words from those of every other one of the process.
    number: u32,
    /// A rule that finds nothing, to see what is lost without it.
    #[cfg(test)]
    pub(crate) off: Option<Rule>,
    /// Reads every text by all rules, whether or not it could name anybody.
    #[cfg(test)]
    pub(crate) thorough: bool,
}

static NUMBERS: AtomicU32 = AtomicU32::new(1);

impl Recognizer {
    /// Compiles a registry; linear in its size.
    pub fn new(registry: &Registry) -> Self {
        Recognizer {
            model: Model::compile(registry),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            #[cfg(test)]
            off: None,
            #[cfg(test)]
            thorough: false,
        }
    }

    /// Plain prose, without roles. Paragraphs are split at empty lines.
    pub fn scan_text(&self, text: &str) -> Vec<Mention> {
        self.scan(&[Fragment {
            text: Cow::Borrowed(text),
            role: Role::Text,
            at: Locator::default(),
            turns: Cow::default(),
        }])
    }

    /// All fragments of one carrier, in reading order.
    pub fn scan(&self, fragments: &[Fragment<'_>]) -> Vec<Mention> {
        self.examine(fragments).0
    }

    /// The same, and beside it where a name was read and cleared by its context: fragment and bytes.
    pub fn examine(&self, fragments: &[Fragment<'_>]) -> (Vec<Mention>, Vec<Cleared>) {
        let (mentions, cleared, _) = self.run(fragments, false);
        (mentions, cleared)
    }

    /// Every place where a school could be meant, with the rule that weighed it, what spoke for and against, and the
    /// verdict: the same evaluation as [`Recognizer::scan`].
    pub fn explain(&self, fragments: &[Fragment<'_>]) -> Vec<Trace> {
        self.run(fragments, true).2
    }

    /// Text is read as it is stored, and as it is drawn where that is another order.
    fn run(&self, fragments: &[Fragment<'_>], record: bool) -> Examined {
        let mut found = self.read(fragments, record);
        let shown: Vec<Option<Shown>> = fragments.iter().map(|f| Shown::of(&f.text)).collect();
        if shown.iter().all(Option::is_none) {
            return found;
        }
        let drawn = with_texts(fragments, &shown);
        let stored = |fragment: usize, span: &mut Range<usize>| {
            let turned = shown.get(fragment).and_then(Option::as_ref);
            turned.is_some_and(|s| {
                *span = s.stored(span);
                true
            })
        };
        let (mut mentions, mut cleared, mut traces) = self.read(&drawn, record);
        mentions.retain_mut(|m| {
            m.whole = None;
            stored(m.fragment, &mut m.span)
        });
        cleared.retain_mut(|(fragment, span)| stored(*fragment, span));
        traces.retain_mut(|t| stored(t.fragment, &mut t.span));
        mentions.retain(|m| !found.0.iter().any(|k| k.covers(m)));
        found.0.extend(mentions);
        found.0.sort_by_key(|m| (m.fragment, m.span.start));
        found.1.extend(cleared);
        traces.retain(|t| !found.2.contains(t));
        found.2.extend(traces);
        found
    }

    /// A text is read as it is written, and once more as it may be meant; what only the second finds is doubtful.
    fn read(&self, fragments: &[Fragment<'_>], record: bool) -> Examined {
        let (mut found, edits) = self.read_as_written(fragments, record);
        if edits.is_empty() {
            return found;
        }
        let meant: Vec<Option<Shown>> = (0..fragments.len())
            .map(|n| {
                let mut own = edits.iter().filter(|e| e.fragment == n).peekable();
                own.peek()?;
                let text = &fragments.get(n)?.text;
                Some(Shown::instead(
                    text,
                    own.map(|e| (e.span.clone(), e.text.as_str())),
                ))
            })
            .collect();
        let again = with_texts(fragments, &meant);
        let ((mentions, _, traces), _) = self.read_as_written(&again, record);
        let stored = |fragment: usize, span: &mut Range<usize>| {
            if let Some(text) = meant.get(fragment).and_then(Option::as_ref) {
                *span = text.stored(span);
            }
        };
        for mut m in mentions {
            stored(m.fragment, &mut m.span);
            m.whole = None;
            if m.certainty == Certainty::Certain {
                m.certainty = Certainty::Ambiguous(Reason::Misspelt);
            }
            let same = |k: &Mention| {
                k.fragment == m.fragment
                    && k.span.start < m.span.end
                    && m.span.start < k.span.end
                    && m.schools.iter().all(|s| k.schools.contains(s))
            };
            if !found.0.iter().any(same) {
                found.0.push(m);
            }
        }
        found.0.sort_by_key(|m| (m.fragment, m.span.start));
        for mut t in traces {
            stored(t.fragment, &mut t.span);
            if t.verdict == Verdict::Named {
                t.verdict = Verdict::Ambiguous(Reason::Misspelt);
            }
            let same =
                |k: &Trace| k.fragment == t.fragment && k.span == t.span && k.school == t.school;
            if !found.2.iter().any(same) {
                t.evidence.push("restored");
                found.2.push(t);
            }
        }
        found
    }

    fn read_as_written(
        &self,
        fragments: &[Fragment<'_>],
        record: bool,
    ) -> (Examined, Vec<restored::Edit>) {
        let mut tokenizer =
            Tokenizer::remembering(&self.model.index, &self.model.lexicon, self.number);
        for (n, f) in fragments.iter().enumerate() {
            let slug = matches!(f.role, Role::Path | Role::Address);
            tokenizer.fragment(n as u32, &f.text, slug);
        }
        let stream = tokenizer.out;
        let edits = restored::edits(&self.model, &stream, self.number);
        if !self.is_thorough() && !worth::worth(&self.model, &stream, self.number) {
            return (Examined::default(), edits);
        }
        let roles: Vec<Role> = fragments.iter().map(|f| f.role).collect();
        let d = Document::new(&self.model, &stream, &roles);
        let mut run = Run {
            heads: heads::Columns::new(&d),
            d,
            fragments,
            out: Vec::new(),
            used: vec![false; stream.tokens.len()],
            judged: vec![false; stream.tokens.len()],
            cleared: Vec::new(),
            kinds: Vec::new(),
            speaks: Vec::new(),
            surnames: Vec::new(),
            called: Vec::new(),
            trace: record.then(Vec::new),
            #[cfg(test)]
            off: self.off,
        };
        run.schools();
        run.others();
        let stems = run.alone();
        run.apart();
        run.acronyms();
        run.series();
        run.elliptic();
        run.unweighed();
        run.stems(&stems);
        run.backstop(&roles);
        run.leftovers();
        let cleared = std::mem::take(&mut run.cleared);
        let trace = run.trace.take().unwrap_or_default();
        ((run.finish(), cleared, trace), edits)
    }

    /// Whose names the second wall alone would see.
    #[cfg(test)]
    pub(crate) fn wall_alone(&self, fragments: &[Fragment<'_>]) -> Vec<SchoolId> {
        let mut tokenizer = Tokenizer::new(&self.model.index, &self.model.lexicon);
        for (n, f) in fragments.iter().enumerate() {
            tokenizer.fragment(n as u32, &f.text, false);
        }
        let roles: Vec<Role> = fragments.iter().map(|f| f.role).collect();
        let found = self.model.wall.find(&tokenizer.out, &roles, &[]);
        let ids = found
            .into_iter()
            .filter_map(|(_, s)| self.model.schools.get(s as usize)?.id.clone());
        ids.collect()
    }

    /// Whether a test has every text read by all rules.
    fn is_thorough(&self) -> bool {
        #[cfg(test)]
        return self.thorough;
        #[cfg(not(test))]
        false
    }
}

/// What is found, what is cleared, and each verdict where it is asked for.
type Examined = (Vec<Mention>, Vec<Cleared>, Vec<Trace>);

/// The fragments with other texts, where there are.
fn with_texts<'a>(fragments: &'a [Fragment<'_>], other: &'a [Option<Shown>]) -> Vec<Fragment<'a>> {
    let both = fragments.iter().zip(other);
    both.map(|(f, other)| Fragment {
        text: Cow::Borrowed(other.as_ref().map_or(&f.text, |s| &s.text)),
        role: f.role,
        at: f.at.clone(),
        turns: Cow::default(),
    })
    .collect()
}

/// More names and patronymics without a surname are a list made to take long.
const MOST_CALLED: usize = 64;

/// A fragment and the bytes in it.
pub(crate) type Cleared = (usize, Range<usize>);

struct Run<'a> {
    d: Document<'a>,
    heads: heads::Columns,
    fragments: &'a [Fragment<'a>],
    out: Vec<Mention>,
    used: Vec<bool>,
    /// Tokens that a rule has weighed: reported or cleared.
    judged: Vec<bool>,
    cleared: Vec<Cleared>,
    /// Words for kinds of school.
    kinds: Vec<usize>,
    /// Those of them that speak of schools, in order.
    speaks: Vec<usize>,
    /// Surnames of heads that nothing by them tells, with their schools.
    surnames: Vec<(usize, u32)>,
    /// Given names and patronymics of heads without a surname.
    called: Vec<people::Called>,
    /// Where it is asked for: every verdict.
    trace: Option<Vec<Trace>>,
    #[cfg(test)]
    off: Option<Rule>,
}

impl Run<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.d.stream.get(i)
    }

    /// What a token may stand for in the registry, of the wanted sort.
    fn readings(&self, t: &Token, want: impl Fn(&index::Hit) -> bool) -> Vec<index::Hit> {
        let hits = self.d.stream.hits(t).iter().copied();
        hits.filter(want).collect()
    }

    /// Phrases first, so that the places they own are known before any is judged.
    fn schools(&mut self) {
        let stream = self.d.stream;
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut covered = vec![false; stream.tokens.len()];
        let kinds = [Kind::Type, Kind::Centre, Kind::Legal];
        let mut heads: [Vec<usize>; 3] = Default::default();
        for (i, t) in stream.tokens.iter().enumerate() {
            if let Some(kind) = t.kind()
                && let Some(n) = kinds.iter().position(|k| *k == kind)
            {
                heads[n].push(i);
            }
        }
        self.kinds.clone_from(&heads[0]);
        for (kind, heads) in kinds.into_iter().zip(heads) {
            for i in heads {
                if kind == Kind::Legal && covered.get(i).copied().unwrap_or(false) {
                    continue;
                }
                let Some(p) = phrase::read(self.d.model, stream, &self.d.places, i) else {
                    continue;
                };
                if kind != Kind::Legal && !matches!(p.class, class::OTHER | class::KINDERGARTEN) {
                    self.speaks.push(i);
                }
                for place in &p.adjective_places {
                    if !self.d.adjectives.contains(place) && self.d.adjectives.len() < 64 {
                        self.d.adjectives.push(*place);
                    }
                }
                if p.items.is_empty() && !p.other_namesake {
                    if kind != Kind::Legal {
                        phrases.push(p);
                    } else {
                        self.before_its_place(&p);
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
                let mut last = p.clone();
                phrases.push(p);
                // «школы № 8 города А и № 14 города Б»
                while let Some(p) = phrase::resume(self.d.model, stream, &self.d.places, &last)
                    .or_else(|| phrase::resume_named(self.d.model, stream, &self.d.places, &last))
                {
                    for n in &p.places {
                        if let Some(c) = self.d.claimed.get_mut(*n) {
                            *c = true;
                        }
                    }
                    last = p.clone();
                    phrases.push(p);
                }
            }
        }
        self.speaks.sort_unstable();
        for mut p in phrases {
            if p.items.is_empty() {
                self.nameless(&p);
                continue;
            }
            p.doubt = p.doubt.or_else(|| self.second_thoughts(&p));
            let found = self.out.len();
            self.phrase(&p);
            // «с. Приречное, СОШ 25»: the number may say something else.
            let counts = |i: &phrase::Item| matches!(i.by, By::Number(_)) && i.sign == Sign::Bare;
            let first = p.items.iter().map(|i| i.from).min();
            if self.out.len() == found
                && p.items.iter().all(counts)
                && let Some(first) = first.filter(|f| *f > p.anchor)
            {
                for u in self.used.iter_mut().take(p.to + 1).skip(p.from) {
                    *u = false;
                }
                self.nameless(&Phrase {
                    items: Vec::new(),
                    to: first - 1,
                    end: first - 1,
                    broken_number: false,
                    doubt: Some(Reason::NumberBeside),
                    ..p
                });
            }
        }
    }

    /// «Лицей «Созвездие» (Самара)», «лицей «Созвездие» из Самары», «вечерняя школа Самары», «Горнолыжная школа «Сухой Яр»»,
    /// «Приречная СОШ Алтайского края»: a town, region or sort of school that nobody here knows may make it another.
    fn second_thoughts(&self, p: &Phrase) -> Option<Reason> {
        let unknown = |k: usize| {
            self.token(k).filter(|t| {
                t.is_word() && t.lex.is_none() && !t.has_hits() && !t.is(flag::LATIN) && t.len() > 3
            })
        };
        let end = p.to.max(p.end);
        let mark = |k: usize, c: char| self.token(k).is_some_and(|t| t.mark(c));
        let capital = |k: usize| unknown(k).is_some_and(|t| t.is(flag::CAPITAL));
        let open = usize::from(mark(end + 1, '('));
        let here = |k: usize| !boundary(self.d.stream, k);
        let region = (end + 1 + open..end + 3 + open)
            .any(|k| self.token(k).is_some_and(|t| t.lexed(Kind::Region)) && here(k));
        if region && self.d.model.regions.is_empty() {
            return Some(Reason::OtherPlace);
        }
        if p.items.iter().any(|i| i.by == By::Adjective) {
            return None;
        }
        let from = self
            .token(end + 1)
            .is_some_and(|t| reads(self.d.stream.word(t), "из"));
        let genitive = || {
            let word = self.token(end + 1).map(|t| self.d.stream.word(t));
            p.items.iter().all(|i| i.by == By::Namesake)
                && here(end + 1)
                && word.is_some_and(|w| crate::fold::ends_any(w, "ска цка града бурга поля"))
        };
        let town = open > 0 && mark(end + 3, ')') && capital(end + 2)
            || from && capital(end + 2) && here(end + 2)
            || capital(end + 1) && genitive();
        if town {
            return Some(Reason::OtherPlace);
        }
        let before = p.from.checked_sub(1).filter(|_| here(p.from))?;
        let t = unknown(before)?;
        let name = t.is(flag::CAPITAL) && before > 0 && here(before);
        (is_adjective(self.d.stream.word(t)) && !name).then_some(Reason::OtherKind)
    }

    /// A word for a school that no name, number or place stands by.
    fn nameless(&mut self, p: &Phrase) {
        self.in_its_row(p);
        self.after_its_place(p);
        self.before_its_place(p);
        self.sole_of_its_kind(p);
        self.visited(p);
        self.under_its_village(p);
    }

    /// Whether a test has taken a rule out.
    fn is_off(&self, rule: Rule) -> bool {
        #[cfg(test)]
        return self.off == Some(rule);
        #[cfg(not(test))]
        {
            let _ = rule;
            false
        }
    }

    fn phrase(&mut self, p: &Phrase) {
        let mut p = Cow::Borrowed(p);
        if p.items.iter().any(|i| self.is_off(p.rule_of(i))) {
            let rules: Vec<bool> = p.items.iter().map(|i| !self.is_off(p.rule_of(i))).collect();
            let mut rules = rules.into_iter();
            p.to_mut().items.retain(|_| rules.next().unwrap_or(true));
        }
        let p = p.as_ref();
        let judged: Vec<Judged> = p
            .items
            .iter()
            .map(|i| resolve::item(&self.d, p, i))
            .collect();
        let listed: Vec<usize> = {
            let mut kinds: Vec<usize> = p
                .items
                .iter()
                .enumerate()
                .filter(|(_, i)| {
                    // «Приречная СОШ 2»: the number counts, or is another school's.
                    let number = matches!(i.by, By::Number(_) | By::Ordinal(_))
                        && (i.sign != Sign::Bare || !p.is_named());
                    number || i.by == By::Adjective
                })
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
            // «в школах Берёзового Яра и Малой Речки», «имени Громобоева и имени Тропинина»
            for by in [By::Settlement, By::Namesake] {
                let same = |n: &usize| p.items.get(*n).is_some_and(|i| i.by == by);
                let members: Vec<usize> = (0..p.items.len()).filter(same).collect();
                if members.len() > 1 {
                    kinds.extend(members);
                }
            }
            kinds
        };
        let all = listed.iter().all(|n| judged[*n].outcome.is_some());
        let whole_span = self.span(p.from, p.to);
        let mut done: Vec<(Vec<SchoolId>, Range<usize>)> = Vec::new();
        for (n, (item, judged)) in p.items.iter().zip(judged).enumerate() {
            self.record(p, item, &judged);
            let weighed = judged.outcome.is_some() || !judged.cleared.is_empty();
            for j in self.judged.iter_mut().take(item.to + 1).skip(item.from) {
                *j |= weighed;
            }
            let Some(o) = judged.outcome else {
                // What the phrase decided is not asked again of its words.
                if !item.hits.is_empty() || matches!(item.by, By::Number(_)) {
                    for u in self.used.iter_mut().take(item.to + 1).skip(item.from) {
                        *u = true;
                    }
                    self.cleared.extend(self.span(p.from, p.to));
                }
                continue;
            };
            for u in self.used.iter_mut().take(p.to + 1).skip(p.from) {
                *u = true;
            }
            let in_list = listed.contains(&n);
            let (from, to) = if in_list {
                (item.from, item.to)
            } else {
                (p.from, p.to.max(self.own_number(p, &o.schools)))
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
                    certainty: p.doubtful(o.certainty),
                    case,
                    number,
                    whole,
                });
            }
        }
    }

    /// «Приречная СОШ 4»: the last token of a number without its sign that is the school's own.
    fn own_number(&self, p: &Phrase, schools: &[SchoolId]) -> usize {
        let own = |i: &&phrase::Item| {
            let (By::Number(n), Sign::Bare) = (i.by, i.sign) else {
                return false;
            };
            let variants = self.d.model.numbers.get(&n).into_iter().flatten();
            variants
                .filter_map(|v| self.d.model.variants.get(*v as usize))
                .filter_map(|v| self.id_of(v.school))
                .any(|id| schools.contains(&id))
        };
        p.items.iter().filter(own).map(|i| i.to).max().unwrap_or(0)
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
            if t.is_word() && t.is(flag::CAPITAL) {
                let found = match stream.word(t).len() {
                    1 => people::at_initials(self.d.model, stream, i).map(Ok),
                    0..5 => None,
                    _ => people::at_patronymic(self.d.model, stream, i),
                };
                match found {
                    Some(Ok(f)) => self.person(&f.weighed(stream, 0), Rule::PersonApart),
                    Some(Err(called)) if self.called.len() < MOST_CALLED => {
                        self.called.push(called)
                    }
                    _ => {}
                }
            }
            if !t.has_hits() {
                continue;
            }
            for hit in stream.hits(t) {
                match hit.role {
                    Hit::Surname => match people::at(self.d.model, stream, i, *hit) {
                        Ok(f) => self.person(&f, Rule::Person),
                        Err(reason) => self.nobody(i, *hit, reason),
                    },
                    Hit::Street => self.address(i, *hit),
                    _ => {}
                }
            }
            self.on_street(i);
        }
    }

    /// What the second wall adds.
    fn backstop(&mut self, roles: &[Role]) {
        let found = self.d.model.wall.find(self.d.stream, roles, &self.judged);
        for (i, school) in found {
            // The word for a school goes with it.
            let kind = |n: &Token| n.lexed(Kind::Type) && !n.is(flag::NEWLINE);
            let to = i + usize::from(self.token(i + 1).is_some_and(kind));
            let doubt = Certainty::Ambiguous(Reason::StemNear);
            self.found(school, i, to, Class::Name, doubt, None, Rule::Backstop);
        }
    }
}
