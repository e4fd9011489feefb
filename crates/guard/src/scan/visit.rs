//! A school spoken of after its village: «Следующая остановка – село Приречное. Школа здесь старая», «Прибыли в
//! Приречное. Там же, в школе, прошли уроки», and villages listed under «Средние школы:».
//!
//! Takes phrases without a name or number. The village must be the last place that the text spoke of, and no other
//! school may stand between; the finding is ambiguous. Must not look further than a few sentences back.

use super::super::index::{Hit as Found, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::mention::Reason;
use super::super::morph::Forms;
use super::super::phrase::{self, By, Phrase};
use super::super::place::{self, boundary};
use super::super::rule::Rule;
use super::super::token::{What, flag};
use super::{Run, not_school};
use glasno_passage::Role;

/// How far back the village may be, in tokens.
const BACK: usize = 40;
/// How far from its beginning a sentence may speak of the school, without a word that points back.
const OPENING: usize = 3;

/// Beginnings of words that point back to a place.
const POINTING: &[&str] = &["здесь", "тут", "там", "местн", "здешн", "тамошн", "сельск"];

impl Run<'_> {
    pub(super) fn visited(&mut self, p: &Phrase) {
        let plain = p.items.is_empty()
            && !p.forms.plural_only()
            && p.places.is_empty()
            && p.adjective_places.is_empty()
            && !p.foreign
            && !p.other_namesake
            && !p.broken_number
            && !matches!(
                p.class,
                class::ANY | class::OTHER | class::KINDERGARTEN | class::COMPLEX
            );
        if !plain || self.used.get(p.anchor).copied().unwrap_or(true) {
            return;
        }
        // «Темы: «Основная школа: переход из 4 в 5 класс»»: a title of something.
        let titled = self.token(p.from).is_some_and(|t| t.is(flag::QUOTE))
            && self.token(p.to + 1).is_some_and(|t| !t.is(flag::QUOTE));
        if titled {
            return;
        }
        let part = self.d.part_of(p.anchor);
        let Some(here) = self.d.parts.get(part) else {
            return;
        };
        if !matches!(here.role, Role::Text | Role::Cell { .. }) || self.joined_on(p) {
            return;
        }
        let first = here.first;
        let starts = |i: usize| i == first || self.opens(i);
        let Some(sentence) = (first..=p.from).rev().find(|i| starts(*i)) else {
            return;
        };
        let same_place = self.same_place(p.to + 1);
        let pointing = same_place
            || (sentence..p.from + 4).any(|i| {
                self.token(i).is_some_and(|t| {
                    t.is_word()
                        && POINTING
                            .iter()
                            .any(|w| super::super::fold::begins(self.d.stream.word(t), w))
                })
            });
        if !pointing && p.from > sentence + OPENING {
            return;
        }
        // The last place before this sentence, with its district beside it left out; «школа того же посёлка» may stand in
        // the same sentence.
        let limit = if same_place { p.from } else { sentence };
        let Some(n) = here.places.clone().rev().find(|n| {
            self.d
                .places
                .get(*n)
                .is_some_and(|m| m.to < limit && m.kind != settlement::DISTRICT)
        }) else {
            return;
        };
        let Some(m) = self.d.places.get(n).cloned() else {
            return;
        };
        // «посылки из Ключевого, Приречного и Лугового»: the preposition stands before the first of them.
        let mut lead = n;
        while let Some(k) = lead.checked_sub(1).filter(|k| *k >= here.places.start)
            && let (Some(a), Some(b)) = (self.d.places.get(k), self.d.places.get(lead))
            && b.from == a.to + 2
            && self
                .token(a.to + 1)
                .is_some_and(|t| t.mark(',') || t.lexed(Kind::Conj))
        {
            lead = k;
        }
        let before = self
            .d
            .places
            .get(lead)
            .and_then(|m| m.from.checked_sub(1))
            .and_then(|b| self.token(b))
            .filter(|b| b.lexed(Kind::Prep));
        let passing = before.is_some_and(|b| place::passes_by(self.d.stream.word(b)));
        let ends = (m.to + 1..=sentence).filter(|i| starts(*i)).count();
        let far = limit - m.to > BACK || ends > if pointing { 2 } else { 1 };
        // Another school or thing between them has its own claim.
        // «Там же, школа»: the same place, whatever else is there.
        let same = (sentence..p.from).any(|i| {
            self.token(i).is_some_and(|t| t.is_word() && t.len() <= 4)
                && self
                    .token(i)
                    .is_some_and(|t| super::super::fold::reads(self.d.stream.word(t), "там"))
                && self
                    .token(i + 1)
                    .is_some_and(|t| super::super::fold::reads(self.d.stream.word(t), "же"))
        });
        // «отрезан от округа»: none that is named.
        let placed = |i: usize| {
            let n = self.d.places.partition_point(|x| x.to < i);
            self.d.places.get(n).is_some_and(|x| x.from <= i)
        };
        let other = (m.to + 1..p.from).any(|i| {
            self.used.get(i).copied().unwrap_or(true)
                || self.token(i).is_some_and(|t| {
                    not_school(t) && !same && (!t.lexed(Kind::District) || placed(i))
                        || matches!(t.kind(), Some(Kind::Type))
                })
        });
        let placed_here = here.places.clone().any(|k| {
            self.d.places.get(k).is_some_and(|x| {
                x.from > m.to && x.kind != settlement::DISTRICT && x.from < p.to + 6
            })
        });
        if passing || far || other || placed_here || m.kind == settlement::CITY {
            return;
        }
        let hits = self.villages(&m);
        if hits.is_empty() {
            return;
        }
        let mut q = p.clone();
        q.places.push(n);
        q.items
            .push(phrase::Item::new(By::Settlement, p.from, p.to, hits));
        self.marked(Rule::VillageVisited, q, Reason::NameAlone);
    }

    /// A kind of school alone in an item or line under its village: the item above, or, where something is said of the
    /// school («Школа: 120 учеников»), the heading.
    pub(super) fn under_its_village(&mut self, p: &Phrase) {
        let part = self.d.part_of(p.anchor);
        let Some(here) = self.d.parts.get(part) else {
            return;
        };
        let plain = p.items.is_empty()
            && p.from == here.first
            && here.role == Role::Text
            && here.places.is_empty()
            && p.adjective_places.is_empty()
            && !p.forms.plural_only()
            && !p.foreign
            && !p.other_namesake
            && !p.broken_number
            && !matches!(
                p.class,
                class::ANY | class::OTHER | class::KINDERGARTEN | class::COMPLEX
            );
        if !plain || self.joined_on(p) || self.used.get(p.anchor).copied().unwrap_or(true) {
            return;
        }
        let said = self
            .token(p.to + 1)
            .is_some_and(|t| t.mark(':') || t.is(flag::DASH));
        let short = here.words <= 8;
        let above = || self.d.parts.get(..part).unwrap_or_default().iter().rev();
        let item = above()
            .take(6)
            .find(|q| q.only_place || q.words > 8)
            .filter(|q| short && matches!(q.role, Role::Text | Role::Heading(_)));
        let heading = above()
            .take(8)
            .find(|q| matches!(q.role, Role::Heading(_)))
            .filter(|_| said);
        let village = [item, heading]
            .into_iter()
            .flatten()
            .find(|q| q.only_place && q.places.len() == 1)
            .map(|q| q.places.start);
        let Some((n, item)) = village.and_then(|n| Some((n, self.village_item(n, p.from, p.to)?)))
        else {
            return;
        };
        let mut q = p.clone();
        q.places.push(n);
        q.items.push(item);
        self.marked(Rule::UnderItsVillage, q, Reason::NameAlone);
    }

    /// «этого же посёлка», «того села»: a kind of place without its name, at token `i`.
    fn same_place(&self, i: usize) -> bool {
        const SAME: &[&str] = &[
            "этого",
            "этой",
            "того",
            "той",
            "данного",
            "данной",
            "том",
            "этом",
            "данном",
        ];
        let reads = |i: usize, words: &[&str]| {
            self.token(i).is_some_and(|t| {
                words
                    .iter()
                    .any(|w| super::super::fold::reads(self.d.stream.word(t), w))
            })
        };
        // «школа в том же селе»
        let i = i + usize::from(reads(i, &["в", "на", "из"]));
        let next = i + 1 + usize::from(reads(i + 1, &["же"]));
        reads(i, SAME)
            && self.token(next).is_some_and(|t| t.lexed(Kind::Settlement))
            && !boundary(self.d.stream, next)
    }

    /// Whether a sentence, or a line of a list, begins at token `i`.
    fn opens(&self, i: usize) -> bool {
        boundary(self.d.stream, i)
            || self
                .token(i)
                .is_some_and(|t| t.is(flag::NEWLINE) && (t.is(flag::CAPITAL) || t.is_number()))
    }

    /// «школа-участница», «школа молодого педагога», «школа № 3»: words that say which school.
    fn joined_on(&self, p: &Phrase) -> bool {
        let after = self.token(p.to + 1).is_some_and(|t| {
            t.mark('№')
                || t.lexed(Kind::Ordinal) && !boundary(self.d.stream, p.to + 1)
                || t.is_number() && t.value < 1000 && !t.is(flag::DASH) && p.doubt.is_none()
                || t.is_word() && (t.is(flag::HYPHEN) || t.is(flag::QUOTE) && t.is(flag::CAPITAL))
                || t.is_word()
                    && t.is(flag::CAPITAL)
                    && !boundary(self.d.stream, p.to + 1)
                    && !t.is(flag::NEWLINE)
        });
        let before = p
            .from
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| {
                let w = self.d.stream.word(b);
                b.mark('№')
                    || b.is_number() && b.is(flag::SPACE)
                    || crate::fold::reads_any(w, "каждая любая другая наша ваша лучшая эта такая")
            });
        after || before
    }

    /// The readings of a place as the village of a school, all its words taken together.
    pub(super) fn villages(&self, m: &place::Mention) -> Vec<Found> {
        let Some(t) = self.token(m.name) else {
            return Vec::new();
        };
        let words = m.to.saturating_sub(m.name);
        self.readings(t, |h| h.role == Hit::Topo && self.goes_on(m.name, h, words))
    }

    /// Whether the further words of a hit at token `i` follow it, of which there may be `most`.
    pub(super) fn goes_on(&self, i: usize, h: &Found, most: usize) -> bool {
        usize::from(h.more) <= most
            && (0..usize::from(h.more)).all(|n| {
                self.token(i + 1 + n).is_some_and(|t| {
                    let latin = t.is(flag::LATIN);
                    let raw = self.d.stream.word(t);
                    let word = if latin {
                        super::super::translit::skeleton(raw)
                    } else {
                        raw.to_vec()
                    };
                    self.d.model.index.continues(*h, n, &word, latin)
                })
            })
    }

    /// A village alone on its line under «Средние школы»: a school of the list.
    pub(super) fn village_listed(&mut self, n: usize) {
        let Some(p) = self.d.parts.get(n) else { return };
        if p.role != Role::Text || !p.only_place || p.places.len() != 1 {
            return;
        }
        let Some(m) = self.d.places.get(p.places.start).cloned() else {
            return;
        };
        if m.kind == settlement::DISTRICT || m.kind == settlement::CITY {
            return;
        }
        let hits = self.villages(&m);
        if hits.is_empty() || self.used.get(m.name).copied().unwrap_or(true) {
            return;
        }
        for q in self
            .d
            .parts
            .get(..n)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(40)
        {
            let mut kind = 0;
            let mut school = false;
            let mut plain = true;
            for i in q.first..q.end {
                let Some(t) = self.token(i).filter(|t| t.what == What::Word) else {
                    continue;
                };
                match t.lex {
                    Some(l) if l.kind == Kind::Type => {
                        school |= l.forms.0 & Forms::PLURAL != 0 && l.value == class::SCHOOL;
                        plain &= l.value == class::SCHOOL;
                    }
                    Some(l) if l.kind == Kind::TypeAdj => kind = kind.max(l.value),
                    _ => plain = false,
                }
            }
            if school && plain && q.words <= 4 {
                let class = if kind == 0 { class::SCHOOL } else { kind };
                let item = phrase::Item::new(By::Settlement, m.from, m.to, hits);
                let at = self.d.parts.get(n).map_or(0, |p| p.places.start);
                self.synthetic_at(
                    Rule::VillageListed,
                    class,
                    m.from,
                    m.to,
                    vec![item],
                    vec![at],
                );
                return;
            }
            if !matches!(q.role, Role::Text) || q.words > 4 || q.words > 0 && !q.only_place {
                return;
            }
        }
    }

    /// The village that a place names, as readings.
    pub(super) fn village_item(&self, n: usize, from: usize, to: usize) -> Option<phrase::Item> {
        let m = self.d.places.get(n)?;
        if matches!(m.kind, settlement::DISTRICT | settlement::CITY) {
            return None;
        }
        let hits = self.villages(m);
        (!hits.is_empty()).then_some(phrase::Item::new(By::Settlement, from, to, hits))
    }
}
