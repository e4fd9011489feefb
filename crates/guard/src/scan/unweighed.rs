//! Names that no rule has weighed, in a text that speaks of schools: «Жалоба одна — Приречная», «Семнадцатая имени
//! Громобоева», «остальные лицеи, «Горизонт» просит».
//!
//! Takes a document whose phrases are judged; adds mentions, all ambiguous. Clears only what the word itself belongs
//! to: a thing, a person, a longer name.

use super::super::context::{Evidence, Part};
use super::super::fold::{Beginnings, ends};
use super::super::index::{Hit as Reading, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::place::{self, boundary, is_capital};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::heads::thing;
use super::left_villages::ELSEWHERE;
use super::spoken::{FOLK, Spoken};
use super::{Run, not_school};
use glasno_passage::Role;

/// Letters of an adjective that is nobody's but a school's even without a capital.
const LONG: u16 = 9;

/// Beginnings of words right before a school's title.
const CALLED: Beginnings = Beginnings::new("назван наименован именем именован частн");

/// Of them those that need no word for a school.
const PRIVATE: Beginnings = Beginnings::new("частн");

impl Run<'_> {
    pub(super) fn unweighed(&mut self) {
        let mut schools = std::mem::take(&mut self.speaks);
        schools.retain(|k| self.token(*k).is_some_and(|t| !t.is(flag::LATIN)));
        let spoken = Spoken::of(self.d.stream, &schools, !self.out.is_empty());
        for n in 0..self.d.parts.len() {
            let Some(p) = self.d.parts.get(n) else {
                continue;
            };
            let (role, part, tells) = (p.role, p.first..p.end, p.tells);
            if !tells || matches!(role, Role::Path | Role::Address) {
                continue;
            }
            let telling = |t: &Token| {
                t.has_hits() && (is_capital(t) || t.len() >= LONG)
                    || t.is_number()
                    || t.lexed(Kind::Named)
                    || matches!(
                        t.kind(),
                        Some(Kind::Ordinal | Kind::Cardinal | Kind::TypeAdj)
                    )
            };
            let mut left = part.clone();
            if !left.any(|i| self.token(i).is_some_and(telling) && !self.weighed(i))
                || self.cell_of_other(n)
            {
                continue;
            }
            self.slots(n, &spoken);
            for i in part.clone() {
                if !self.weighed(i) {
                    self.left_name(i, part.start, &spoken);
                    self.left_number(i, part.start, &schools, &spoken);
                }
            }
            for i in part.clone() {
                if self.token(i).is_some_and(|t| t.lexed(Kind::Named)) && !self.weighed(i) {
                    self.left_namesake(i);
                }
                self.left_folk(i, &spoken);
            }
            for k in self.d.parts.get(n).map_or(0..0, |p| p.places.clone()) {
                let m = self.d.places.get(k).cloned();
                let village =
                    |m: &place::Mention| !matches!(m.kind, settlement::DISTRICT | settlement::CITY);
                if let Some(m) = m.filter(village)
                    && let Some(item) = self.village_item(k, m.from, m.to)
                {
                    self.left_village(m.name, item, vec![k], &part, &spoken);
                }
            }
            for i in part.clone() {
                if let Some(item) = self.bare_village(i, part.start) {
                    self.left_village(i, item, Vec::new(), &part, &spoken);
                }
            }
        }
        self.left_people(&spoken);
    }

    /// A cell whose column or row is of things that are no schools.
    fn cell_of_other(&self, n: usize) -> bool {
        let Some(Role::Cell {
            table, column, row, ..
        }) = self.d.parts.get(n).map(|p| p.role)
        else {
            return false;
        };
        let (things, at_row) = (|p: &Part| (p.first..p.end).any(|i| self.is_thing(i)), row);
        let near = n.saturating_sub(8)..(n + 9).min(self.d.parts.len());
        let mut row = self.d.parts.get(near).unwrap_or_default().iter().filter(
            |q| matches!(q.role, Role::Cell { table: t, row: r, .. } if t == table && r == row),
        );
        row.any(|q| q.words <= 2 && things(q))
            || self.heads.things.above((table, column), at_row, n)
    }

    pub(super) fn is_thing(&self, i: usize) -> bool {
        self.token(i).is_some_and(thing)
    }

    pub(super) fn weighed(&self, i: usize) -> bool {
        let said = |list: &[bool]| list.get(i).copied().unwrap_or(true);
        said(&self.judged) || said(&self.used)
    }

    fn left_name(&mut self, i: usize, first: usize, spoken: &Spoken) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        let written = is_capital(&t) || t.is(flag::QUOTE) || t.len() >= LONG && t.lex.is_none();
        if !written || !t.has_hits() || t.is(flag::LATIN) || t.lexed(Kind::Plain) {
            return;
        }
        let follows = |h: &Reading| self.goes_on(i, h, 3);
        let near = spoken.near(i);
        let word = self.d.stream.word(&t);
        let feminine = crate::fold::ends_any(word, "ая яя ой ей ую юю");
        let sole = |h: &Reading| {
            let variant = self.d.model.variants.get(h.owner as usize);
            variant.is_some_and(|v| v.number.is_none())
        };
        let named = |h: &Reading| h.role == Hit::Adj || h.role == Hit::Derived && near && sole(h);
        let adjectives = self.readings(&t, |h| feminine && named(h) && follows(h));
        let titles = self.readings(&t, |h| h.role == Hit::Proper && follows(h));
        let (by, hits) = if adjectives.is_empty() {
            (By::Proper, titles)
        } else {
            (By::Adjective, adjectives)
        };
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let end = i + more;
        let title = by == By::Proper;
        let plain =
            || is_capital(&t) && near && (spoken.everywhere || self.written_as_title(i, end));
        let behind = title && self.own_place_beside(i, end, &hits);
        if title && !t.is(flag::QUOTE) && !behind && !plain() {
            return;
        }
        let private = title && i > first && self.starts(i - 1, PRIVATE);
        let ordinal = self.number_at(end + 1).filter(|n| !title && n.2);
        // «Приречная вторая», «Приречной № 2»: the number is the school's own.
        let signed = self.token(end + 1).filter(|t| !title && t.mark('№'));
        let signed = signed.and_then(|_| self.number_at(end + 2));
        let numbered = ordinal.or(signed).is_some_and(|n| {
            hits.iter().any(|h| {
                let v = self.d.model.variants.get(h.owner as usize);
                v.is_some_and(|v| v.number == Some(n.0))
            })
        });
        let said = near
            || private
            || behind
            || numbered
            || !title && self.in_company(i)
            || self.folk_before(i, first);
        // «форум «Горизонт»» is the forum's name, «опыт «Горизонта»» is not the experience's.
        let bent = title && !hits.iter().any(|h| h.forms.has("n"));
        if !said || self.of_another(i, end, first, title, bent) {
            return;
        }
        let mut items = vec![Item::bent(by, i, end, hits, Forms::of("n"))];
        items.extend(self.ordinal_before(i));
        if let Some((value, to, _)) = ordinal.or(signed) {
            items.push(Item::new(By::Number(value), end + 1, to, Vec::new()));
        }
        self.synthetic_of(Rule::NameApart, class::ANY, i, end, items);
    }

    /// «Луговой район: Приречная, Луговая»: another school's name beside it.
    fn in_company(&self, i: usize) -> bool {
        let schools = |k: usize| -> Vec<u32> {
            let hits = self.token(k).map(|t| self.d.stream.hits(t));
            let hits = hits.unwrap_or_default().iter();
            let names = hits.filter(|h| h.role == Hit::Adj && h.more == 0);
            names
                .filter_map(|h| self.d.model.variants.get(h.owner as usize))
                .map(|v| v.school)
                .collect()
        };
        let own = schools(i);
        let other = |k: usize| {
            let named = self.token(k).is_some_and(|t| {
                let word = self.d.stream.word(t);
                let feminine = ["ая", "яя", "ой", "ей", "ую"];
                is_capital(t) && feminine.iter().any(|e| ends(word, e))
            });
            named && schools(k).iter().any(|s| !own.contains(s))
        };
        self.joins(i + 1) && other(i + 2) || i > 1 && self.joins(i - 1) && other(i - 2)
    }

    /// A title without its quotes: its capital does not begin a sentence, or it stands alone there.
    fn written_as_title(&self, i: usize, end: usize) -> bool {
        let opens = boundary(self.d.stream, i)
            || i == 0
            || self.token(i).is_some_and(|t| t.is(flag::NEWLINE))
            || self
                .token(i - 1)
                .is_some_and(|b| !b.is_word() && !b.is_number());
        let alone = self.token(end + 1).is_none_or(|n| {
            let acts = acts(self.d.stream.word(n));
            !n.is_word()
                || n.is(flag::DASH | flag::NEWLINE)
                || boundary(self.d.stream, end + 1)
                || !n.is(flag::CAPITAL) && n.lex.is_none() && acts
        });
        !opens || alone
    }

    /// «ученики из «Горизонта»», «директор Приречной», «завуч, Приречное»: those who teach and learn right before.
    fn folk_before(&self, i: usize, first: usize) -> bool {
        let at = |n: usize| i.checked_sub(n).filter(|k| *k >= first);
        let joint = |k: usize| {
            self.token(k)
                .is_some_and(|t| t.mark(',') || t.mark('(') || t.lexed(Kind::Prep))
        };
        let head = |k: usize| {
            self.token(k)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Role)))
        };
        at(1).is_some_and(|k| self.starts(k, FOLK) || head(k))
            || at(1).is_some_and(joint) && at(2).is_some_and(|k| self.starts(k, FOLK))
    }

    /// ««Родничок» (Приречное)», «в «Родничке» из Приречного», «ключевской «Горизонт»»: the title's own place right by it.
    fn own_place_beside(&self, i: usize, end: usize, hits: &[Reading]) -> bool {
        let n = self.d.places.partition_point(|m| m.from <= end);
        let near = |m: &&place::Mention| m.from <= end + 2 && m.kind != settlement::DISTRICT;
        let behind = self.d.places.get(n).filter(near).map(|_| n);
        let towns = self.towns_before(i);
        let own = |h: &Reading| {
            let v = self.d.model.variants.get(h.owner as usize);
            let said = |school| self.d.attached(school, behind.as_slice(), &towns);
            v.is_some_and(|v| said(v.school) == Evidence::Here)
        };
        let written = self
            .token(i)
            .is_some_and(|t| is_capital(t) || t.is(flag::QUOTE));
        written && hits.iter().any(own)
    }

    /// The towns whose adjective stands right before token `i`.
    pub(super) fn towns_before(&self, i: usize) -> Vec<u32> {
        let before = i.checked_sub(1).and_then(|b| self.token(b));
        let hits = before.map(|b| self.d.stream.hits(b)).unwrap_or_default();
        let towns = hits
            .iter()
            .filter(|h| h.role == Hit::PlaceAdj && h.more == 0);
        towns.map(|h| h.owner).collect()
    }

    /// «Гостей приняла школа № 7, опоздала семнадцатая», «№ 14, замечаний нет»: a number that nothing else owns, in the
    /// gender of a kind that the text speaks of.
    fn left_number(&mut self, i: usize, first: usize, schools: &[usize], spoken: &Spoken) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        if t.mark('№') && spoken.near(i) {
            return self.left_sign(i, first);
        }
        let ordinal = t.is_number() || matches!(t.kind(), Some(Kind::Ordinal | Kind::Cardinal));
        let signed = (i.checked_sub(1).and_then(|b| self.token(b)))
            .is_some_and(|b| b.mark('№') || b.is_number());
        let read = || self.number_at(i).filter(|n| n.0 > 3 && n.2);
        // «Сто двенадцатая, тридцатая»: so large a number in the town of its school needs no word for one.
        let near = spoken.near(i);
        let large = |n: &(u32, usize, bool)| near || n.0 >= 10;
        let Some((value, end, _)) = read().filter(|n| ordinal && !signed && large(n)) else {
            return;
        };
        let last = self.token(end).map(|t| self.d.stream.word(t));
        let bent = |list: &[&str]| list.iter().any(|e| ends(last.unwrap_or_default(), e));
        let feminine = bent(&["ая", "ой", "ую"]) || t.is_number();
        let kind = spoken_kind(self, schools, i);
        let masculine = matches!(kind, Some(class::LYCEUM | class::BOARDING | class::CADET));
        let masculine = masculine && bent(&["ый", "ого", "ому", "ым", "ом"]);
        if !(feminine || masculine)
            || !(self.ends_phrase(end)
                || self.not_its_noun(end)
                || self.names_place(end + 1)
                || self
                    .token(end + 1)
                    .is_some_and(|n| n.is(flag::NEWLINE) && is_capital(n)))
        {
            return;
        }
        // Small numbers say much else: only in the school's own place.
        let by = if value < 10 || !near {
            By::Ordinal(value)
        } else {
            By::Number(value)
        };
        let class = kind.filter(|_| masculine).unwrap_or(class::ANY);
        let item = Item::new(by, i, end, Vec::new());
        self.synthetic_of(Rule::NumberApart, class, i, end, vec![item]);
    }

    pub(super) fn names_place(&self, i: usize) -> bool {
        let t = self.token(i);
        t.is_some_and(|t| self.d.stream.hits(t).iter().any(|h| h.role == Hit::Place))
    }

    /// «Маршруты», and under it «№ 14 — до вокзала»
    pub(super) fn under_thing(&self, n: usize) -> bool {
        let above = self.d.parts.get(..n).unwrap_or_default();
        let mut titled = above
            .iter()
            .rev()
            .take(40)
            .filter(|q| matches!(q.role, Role::Heading(_)));
        let other = |k: usize| self.is_thing(k) || self.starts(k, ELSEWHERE);
        titled.next().is_some_and(|q| (q.first..q.end).any(other))
    }

    fn left_sign(&mut self, i: usize, first: usize) {
        let at = i + 1;
        let number = |t: &Token| t.is_number() && (1..1000).contains(&t.value);
        let Some(t) = self.token(at).copied().filter(number) else {
            return;
        };
        if self.weighed(at) || self.goes_on_otherwise(at) {
            return;
        }
        // «расписание автобусов № 112 и № 30»: the list belongs to what stands before it.
        let joint = |k: usize| {
            self.token(k)
                .is_some_and(|b| b.mark(',') || b.lexed(Kind::Conj))
        };
        let mut head = i;
        while head > first + 2
            && joint(head - 1)
            && self.token(head - 2).is_some_and(Token::is_number)
        {
            head -= 2 + usize::from(self.token(head - 3).is_some_and(|t| t.mark('№')));
        }
        let free = head == first
            || boundary(self.d.stream, head)
            || self
                .token(head)
                .is_some_and(|h| h.is(flag::NEWLINE | flag::DASH))
            || self.token(head - 1).is_some_and(|b| {
                [':', ';', '(', '|'].iter().any(|c| b.mark(*c)) || b.lexed(Kind::Prep)
            });
        let behind_comma = head > first && self.token(head - 1).is_some_and(|b| b.mark(','));
        let other = |k: usize| self.is_thing(k) || self.starts(k, ELSEWHERE);
        let sentence = (first..i).rev().find(|k| boundary(self.d.stream, *k));
        if (free || behind_comma)
            && !self.under_thing(self.d.part_of(i))
            && !(sentence.unwrap_or(first)..i).any(other)
        {
            let value = u32::try_from(t.value).unwrap_or(0);
            // Behind a comma it may be anything's: only in the school's own place.
            let by = if free {
                By::Number(value)
            } else {
                By::Ordinal(value)
            };
            let item = Item::new(by, i, at, Vec::new());
            self.synthetic_of(Rule::NumberApart, class::ANY, i, at, vec![item]);
        }
    }

    /// ««Семнадцатая» имени Громобоева»: the number for the school.
    fn left_namesake(&mut self, i: usize) {
        let Some(at) = i.checked_sub(1).filter(|b| !self.weighed(*b)) else {
            return;
        };
        let from = at.saturating_sub(2);
        let number = (from..=at).find_map(|k| {
            let (value, end, ordinal) = self.number_at(k)?;
            let whole = end == at && ordinal;
            whole.then(|| (k, Item::new(By::Number(value), k, at, Vec::new())))
        });
        // «Приречная им. Громобоева»
        let adjective = || {
            let named = |h: &Reading| h.role == Hit::Adj && h.more == 0;
            let hits = self.readings(self.token(at)?, named);
            let item = Item::bent(By::Adjective, at, at, hits, Forms::of("n"));
            (!item.hits.is_empty()).then_some((at, item))
        };
        let Some((from, first)) = number.or_else(adjective) else {
            return;
        };
        let surname = (i + 1..i + 5).find_map(|k| {
            let hits = self.readings(self.token(k)?, |h| h.role == Hit::Namesake && h.more == 0);
            (!hits.is_empty()).then_some((k, hits))
        });
        if let Some((k, hits)) = surname {
            let name = Item::bent(By::Namesake, i, k, hits, Forms::of("n"));
            self.synthetic_of(Rule::NamesakeApart, class::ANY, from, k, vec![first, name]);
        }
    }

    /// Whether the words, a `title` or an adjective, belong to a thing that is no school, to a person, or to a longer name.
    pub(super) fn of_another(
        &self,
        i: usize,
        end: usize,
        first: usize,
        title: bool,
        bent: bool,
    ) -> bool {
        // «В. Приречная», but «В Приречной …»
        let letter = |k: usize| {
            let one = |t: &Token| t.is_word() && t.len() == 1 && t.is(flag::CAPITAL);
            self.token(k).is_some_and(one) && self.token(k + 1).is_some_and(|n| n.is(flag::DOT))
        };
        let before = i
            .checked_sub(1)
            .filter(|b| *b >= first)
            .and_then(|b| self.token(b));
        let before = before.filter(|b| b.is_word());
        // «Приречная и Луговая библиотеки»: the noun stands behind the last of them.
        let mut last = end;
        while !title
            && self.joins(last + 1)
            && (self.token(last + 2)).is_some_and(|t| is_name(t, self.d.stream.word(t)))
        {
            last += 2;
        }
        let after = self
            .token(last + 1)
            .filter(|a| a.is_word() && !boundary(self.d.stream, last + 1));
        let owner = before.is_some_and(|b| {
            let governs = matches!(
                b.kind(),
                Some(Kind::Prep | Kind::Conj | Kind::Role | Kind::Governs | Kind::Unit)
            );
            let named = is_capital(b) && b.lex.is_none() && !boundary(self.d.stream, i - 1);
            let begins = boundary(self.d.stream, i) || self.starts(i - 1, CALLED);
            let other = b.lex.is_none() && acts(self.d.stream.word(b));
            letter(i - 1) && !self.token(i).is_some_and(|t| t.is(flag::DASH))
                || matches!(b.kind(), Some(Kind::Settlement | Kind::House))
                || not_school(b)
                || title
                    && !bent
                    && !(governs || begins || other || self.starts(i - 1, FOLK))
                    && self.towns_before(i).is_empty()
                || !title && named && !boundary(self.d.stream, i)
        });
        let joined = |t: &Token| t.is(flag::HYPHEN) && t.is(flag::CAPITAL);
        let noun = after.is_some_and(|a| {
            not_school(a)
                || letter(last + 1)
                || joined(a)
                || !title
                    && !matches!(a.kind(), Some(Kind::Ordinal | Kind::Cardinal))
                    && !self.not_its_noun(last)
                    && !self.heads_nothing(last)
                    && !a.lexed(Kind::Conj)
                    && !a.is(flag::DASH)
        });
        let longer = self.token(i).is_some_and(joined) && before.is_some();
        // «Приреченкая... нет, Луговая»; ««Горизонт», ансамбль»
        let stop = usize::from(self.token(end + 1).is_some_and(|t| t.mark(',')));
        let taken_back = self
            .token(end + 1 + stop)
            .is_some_and(|t| crate::fold::reads_any(self.d.stream.word(t), "нет вернее точнее"));
        let thing_behind = stop > 0 && self.is_thing(end + 2);
        // «Библиотеки: Приречная, Луговая; школы: …»: the list belongs to the nearest thing before it.
        let start = (first..i)
            .rev()
            .find(|k| boundary(self.d.stream, *k))
            .unwrap_or(first);
        let headed = (start..i).rev().find_map(|k| {
            let t = self.token(k)?;
            (t.lexed(Kind::Type) || thing(t)).then(|| thing(t))
        });
        owner || noun || longer || taken_back || thing_behind || headed == Some(true)
    }
}

/// An adjective with a capital: «Луговая».
fn is_name(t: &Token, word: &[u8]) -> bool {
    let feminine = ["ая", "яя", "ой", "ей", "ую", "юю"];
    is_capital(t) && t.lex.is_none() && feminine.iter().any(|e| ends(word, e))
}

/// Whether a word looks like a verb of what somebody does or did.
pub(super) fn acts(word: &[u8]) -> bool {
    let verb = [
        "ло", "ла", "ли", "ает", "яет", "ует", "ит", "ют", "ят", "лся", "лась", "лось",
    ];
    verb.iter().any(|e| ends(word, e))
}

/// The kind of school said last before token `i`.
fn spoken_kind(run: &Run<'_>, schools: &[usize], i: usize) -> Option<u16> {
    let before = schools.partition_point(|k| *k < i).checked_sub(1)?;
    let lex = run.token(*schools.get(before)?)?.lex?;
    (lex.kind == Kind::Type).then_some(lex.value)
}
