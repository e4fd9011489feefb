//! Names without a word for a school beside them: in slugs, in a column or list of schools, after «директор»; and
//! words for a school whose name stands before them or in the cell beside.

use super::super::index::{Hit as Found, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::mention::Reason;
use super::super::morph::Forms;
use super::super::phrase::{self, By, Phrase};
use super::super::place;
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::{Run, not_school};
use glasno_passage::Role;

impl Run<'_> {
    /// «с. Приречное, СОШ»; «В селе Приречное есть средняя школа».
    pub(super) fn after_its_place(&mut self, p: &Phrase) {
        if p.forms.plural_only()
            || !p.places.is_empty()
            || p.foreign
            || p.other_namesake
            || p.broken_number
            || p.class == class::ANY
        {
            return;
        }
        // «В Приречном две школы» counts them.
        let counted = p
            .from
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| {
                b.lexed(Kind::Cardinal) && b.lex.is_some_and(|l| (2..=4).contains(&l.value))
            });
        if counted {
            return;
        }
        let part = self.d.part_of(p.anchor);
        let Some(here) = self.d.parts.get(part) else {
            return;
        };
        let Some(mut n) = here
            .places
            .clone()
            .rev()
            .find(|n| self.d.places[*n].to < p.from)
        else {
            return;
        };
        // «Приречное (Луговой район), школа»: the settlement stands before its district.
        if let Some(k) = n.checked_sub(1).filter(|k| *k >= here.places.start)
            && let (Some(a), Some(b)) = (self.d.places.get(k), self.d.places.get(n))
            && b.kind == settlement::DISTRICT
            && a.kind != settlement::DISTRICT
            && b.from == a.to + 2
            && self
                .token(a.to + 1)
                .is_some_and(|t| t.mark('(') || t.mark(','))
        {
            n = k;
        }
        // «школа-участница» is nobody.
        let neutral = self
            .token(p.to + 1)
            .is_some_and(|t| t.is_word() && t.is(flag::HYPHEN) && t.lex.is_none());
        if neutral {
            return;
        }
        let first_place = here.places.start;
        // «В посёлке Озёрном Лугового округа …»: the district beside it says only where the village is.
        let village = n.checked_sub(1).filter(|k| {
            let (a, b) = (&self.d.places[*k], &self.d.places[n]);
            *k >= first_place
                && b.kind == settlement::DISTRICT
                && a.kind != settlement::DISTRICT
                && b.from.saturating_sub(a.to) <= 2
        });
        let (last, n) = (n, village.unwrap_or(n));
        let mut m = self.d.places[n].clone();
        m.to = self.d.places[last].to;
        let marks: Vec<usize> = (m.to + 1..=p.from)
            .filter(|i| place::boundary(self.d.stream, *i))
            .collect();
        let alone = marks == [m.to + 1]
            && (m.from == here.first || place::boundary(self.d.stream, m.from))
            && m.to + 1 == p.from;
        if p.from - m.to > 8 || !(marks.is_empty() || alone) {
            return;
        }
        let rural = self.token(m.to).is_some_and(|t| {
            t.lexed(Kind::Object)
                && crate::fold::begins_any(
                    self.d.stream.word(t),
                    "поселен сельсовет волост администр территор",
                )
        });
        // «детский сад и школа»: both are the village's.
        let joined = self.token(p.from - 1).is_some_and(|t| t.lexed(Kind::Conj));
        let nursery = joined
            && p.from >= 2
            && self.token(p.from - 2).is_some_and(|t| {
                t.lexed(Kind::Type) && t.lex.is_some_and(|l| l.value == class::KINDERGARTEN)
            });
        if rural || joined && !nursery {
            return;
        }
        // Another thing between them has its own claim on the place.
        let reach = if nursery { p.from - 2 } else { p.from };
        let owned = |i: usize| {
            i + 1 == p.from
                && p.forms.has("g")
                && self.token(i).is_some_and(|t| {
                    super::super::fold::begins(self.d.stream.word(t), "администрац")
                })
        };
        let placed = |i: usize| {
            here.places.clone().any(|k| {
                self.d
                    .places
                    .get(k)
                    .is_some_and(|x| x.from <= i && i <= x.to)
            })
        };
        let other = |i: usize| self.token(i).is_some_and(not_school) && !owned(i) && !placed(i);
        if (m.to + 1..reach).any(other) {
            return;
        }
        let Some(t) = self.token(m.name) else { return };
        let hits = self.readings(t, |h| h.role == Hit::Topo);
        let settlement = m.kind != settlement::DISTRICT && m.kind != settlement::CITY;
        let words = self.d.places[n].to + 1 - m.name;
        let hits: Vec<_> = hits
            .into_iter()
            .filter(|h| usize::from(h.more) < words)
            .collect();
        if hits.is_empty() || !settlement {
            return;
        }
        let mut q = p.clone();
        q.places.push(n);
        q.places.extend((last != n).then_some(last));
        // The district beside the settlement.
        let beside = n
            .checked_sub(1)
            .filter(|k| *k >= first_place && m.from.saturating_sub(self.d.places[*k].to) <= 2);
        q.places.extend(beside);
        q.items
            .push(phrase::Item::new(By::Settlement, p.from, p.to, hits));
        q.rule = Some(Rule::PlaceThenSchool);
        self.phrase(&q);
    }

    /// Names without a word for a school: in slugs, in a column or a list of schools.
    /// Gives the words that are a name's stem and nothing more.
    pub(super) fn alone(&mut self) -> Vec<usize> {
        let stream = self.d.stream;
        let mut stems = Vec::new();
        for n in 0..self.d.parts.len() {
            let (role, first, end, words, tells) = {
                let p = &self.d.parts[n];
                (p.role, p.first, p.end, p.words, p.tells)
            };
            if !tells {
                continue;
            }
            let slug = matches!(role, Role::Path | Role::Address);
            if words == 0 || words > 40 {
                continue;
            }
            if words == 1 && end == first + 1 && self.whole_stem(first) {
                stems.push(first);
            }
            match role {
                Role::Cell { .. } if words > 1 => self.cell_of_numbers(n),
                Role::Text if words > 2 => self.item_of_place(n),
                _ => {}
            }
            let whole = words <= 4;
            self.village_listed(n);
            self.kind_under_head(n);
            self.name_before_dash(n);
            let listed = whole
                && !slug
                && (self.list_of_schools(n) || words == 1 && self.kind_beside(n))
                && !self.row_of_other(n)
                || words == 1 && self.titled(n);
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
                // «sibirskij_schit.jpg»: a title of several words needs no word for a school.
                let joined = t.is(flag::LATIN)
                    && self
                        .token(i + 1)
                        .is_some_and(|x| x.is(flag::HYPHEN | flag::UNDERSCORE));
                if (slug || joined) && t.is_word() && t.has_hits() {
                    self.slug_title(i);
                    self.slug_village(i, first..end);
                }
                if t.is_word() && !hits.is_empty() {
                    let text_slug = t.is(flag::LATIN)
                        && (t.is(flag::HYPHEN | flag::UNDERSCORE | flag::MENDED)
                            || self
                                .token(i + 1)
                                .is_some_and(|x| x.is(flag::HYPHEN | flag::UNDERSCORE)));
                    // «обучающиеся Приречной»
                    if (slug || text_slug) && self.slug_name(i, &t)
                        || listed && t.is(flag::CAPITAL) && self.heads_nothing(i)
                    {
                        let rule = if slug || text_slug {
                            Rule::NameInAddress
                        } else {
                            Rule::NameInList
                        };
                        self.lone(rule, i, i, hits, slug);
                    }
                } else if t.is_number()
                    && words == 1
                    && (self.number_column(n) || self.number_row(n))
                {
                    let items = vec![phrase::Item::new(
                        By::Number(u32::try_from(t.value).unwrap_or(0)),
                        i,
                        i,
                        Vec::new(),
                    )];
                    self.synthetic(Rule::NumberInColumn, i, i, items);
                } else if t.is_number()
                    && words == 1
                    && (1..1000).contains(&t.value)
                    && let Some(class) = self.number_under_kind(n)
                {
                    let item = phrase::Item::new(
                        By::Ordinal(u32::try_from(t.value).unwrap_or(0)),
                        i,
                        i,
                        Vec::new(),
                    );
                    self.synthetic_of(Rule::NumberInColumn, class, i, i, vec![item]);
                } else if t.is_number()
                    && words == 1
                    && (1..1000).contains(&t.value)
                    && (role == Role::Text && self.number_item(n) || self.number_under_sign(n))
                {
                    let item = phrase::Item::new(
                        By::Ordinal(u32::try_from(t.value).unwrap_or(0)),
                        i,
                        i,
                        Vec::new(),
                    );
                    self.synthetic_of(Rule::NumberInColumn, class::SCHOOL, i, i, vec![item]);
                } else if t.is_number()
                    && words == 1
                    && let Some(class) = self.signed_cell(n)
                {
                    let item = phrase::Item::new(
                        By::Ordinal(u32::try_from(t.value).unwrap_or(0)),
                        i,
                        i,
                        Vec::new(),
                    );
                    self.synthetic_of(Rule::NumberInColumn, class, i, i, vec![item]);
                } else if listed
                    && (t.mark('№') && self.token(i + 1).is_some_and(Token::is_number))
                    && words <= 3
                    && i == first
                {
                    let value = self.token(i + 1).map_or(0, |x| x.value);
                    let items = vec![phrase::Item::new(
                        By::Number(u32::try_from(value).unwrap_or(0)),
                        i,
                        i + 1,
                        Vec::new(),
                    )];
                    let class = self.kind_of_list(n);
                    self.synthetic_of(Rule::NumberInColumn, class, i, i + 1, items);
                }
            }
        }
        stems
    }

    pub(super) fn heads_nothing(&self, i: usize) -> bool {
        self.token(i + 1).is_none_or(|n| {
            !n.is_word() || n.lexed(Kind::Prep) || place::boundary(self.d.stream, i + 1)
        })
    }

    pub(super) fn lone(
        &mut self,
        rule: Rule,
        from: usize,
        to: usize,
        hits: Vec<Found>,
        slug: bool,
    ) {
        let mut items = vec![phrase::Item::bent(
            By::Adjective,
            from,
            to,
            hits,
            Forms::of("n"),
        )];
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
                items.push(phrase::Item::new(
                    By::Number(t.value as u32),
                    to + 1,
                    end,
                    Vec::new(),
                ));
            }
        }
        self.synthetic(rule, from, end, items);
    }

    pub(super) fn synthetic(
        &mut self,
        rule: Rule,
        from: usize,
        to: usize,
        items: Vec<phrase::Item>,
    ) {
        self.synthetic_of(rule, class::ANY, from, to, items);
    }

    pub(super) fn synthetic_of(
        &mut self,
        rule: Rule,
        class: u16,
        from: usize,
        to: usize,
        items: Vec<phrase::Item>,
    ) {
        self.synthetic_at(rule, class, from, to, items, Vec::new());
    }

    /// The same, in places that are said.
    pub(super) fn synthetic_at(
        &mut self,
        rule: Rule,
        class: u16,
        from: usize,
        to: usize,
        items: Vec<phrase::Item>,
        places: Vec<usize>,
    ) {
        if items.iter().any(|i| self.yearly(i)) {
            return;
        }
        self.phrase(&Self::made(rule, class, from, to, items, places));
    }

    /// A phrase that no word for a school anchors: what it names is always doubtful.
    pub(super) fn made(
        rule: Rule,
        class: u16,
        from: usize,
        to: usize,
        items: Vec<phrase::Item>,
        places: Vec<usize>,
    ) -> Phrase {
        Phrase {
            anchor: from,
            from,
            to,
            class,
            formal: false,
            forms: Forms::of("n"),
            items,
            places,
            beside: Vec::new(),
            foreign: false,
            other_namesake: false,
            initials: Vec::new(),
            broken_number: false,
            adjective_places: Vec::new(),
            english: false,
            end: to,
            rule: Some(rule),
            doubt: Some(Reason::NameAlone),
        }
    }

    /// Judges a phrase that a rule has made of another; what would be certain is doubtful for the reason given.
    pub(super) fn marked(&mut self, rule: Rule, p: Phrase, reason: Reason) {
        self.phrase(&Phrase {
            rule: Some(rule),
            doubt: Some(reason),
            ..p
        });
    }
}
