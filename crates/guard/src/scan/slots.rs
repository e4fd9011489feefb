//! Places for a school that hold only what tells it: «11 (гимназия)», «Ключевой, 2», «им. Громобоева», «вечерняя», in a
//! cell, in a line of a list, between two commas.
//!
//! Takes a part of a text that speaks of schools; adds mentions, all ambiguous. A number is believed only in the
//! school's own place. Must not judge words among which something stands that is no part of a school's name.

use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, Lex, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, What, flag};
use super::spoken::Spoken;
use super::{Run, heads};
use glasno_passage::Role;

/// Longer runs are no one school's.
const LONGEST: usize = 12;

/// What stands in a slot.
#[derive(Default)]
struct Slot {
    to: usize,
    kind: Option<u16>,
    items: Vec<Item>,
    places: Vec<usize>,
    adjectives: Vec<u32>,
    /// A number with its sign or the ending of an ordinal.
    told: bool,
}

impl Run<'_> {
    pub(super) fn slots(&mut self, n: usize, spoken: &Spoken) {
        let Some(p) = self.d.parts.get(n) else { return };
        let (first, end, cell) = (p.first, p.end, matches!(p.role, Role::Cell { .. }));
        let headed = cell && self.under_schools(n);
        // «Школы | Лицеи»
        let counted =
            matches!(p.role, Role::Cell { table, .. } if self.heads.counting.contains(&table));
        if !cell && self.under_thing(n) {
            return;
        }
        let mut i = first;
        while i < end {
            let opens = (i == first || self.opens_slot(i)) && (headed || spoken.near(i));
            // «3. Громобоев А. П.»: the mark of a list.
            let listed = self.token(i).is_some_and(Token::is_number)
                && self
                    .token(i + 1)
                    .is_some_and(|n| n.is(flag::DOT) && n.what != What::Break || n.mark(')'));
            let slot = (opens && !listed).then(|| self.slot(i, end)).flatten();
            let Some(slot) = slot else {
                i += 1;
                continue;
            };
            let to = slot.to;
            let whole = headed && !counted && i == first && to + 1 == end;
            self.weigh_slot(i, slot, whole);
            i = to + 1;
        }
    }

    /// A column of schools, but not one that counts them: «Школа», «ОО», but «Школ», «Число школ».
    fn under_schools(&self, n: usize) -> bool {
        let Some(Role::Cell { table, column, .. }) = self.d.parts.get(n).map(|p| p.role) else {
            return false;
        };
        let counts = |i: usize| {
            self.token(i).is_some_and(|t| {
                let many = t.is(flag::LATIN) && self.d.stream.word(t).ends_with(b"s");
                let one = !many && t.lex.is_some_and(|l| l.forms.has("n"));
                t.lexed(Kind::Unit) || t.lexed(Kind::Type) && !one
            })
        };
        self.list_of_schools(n)
            && self
                .head_of(table, column, n)
                .is_some_and(|h| heads::lists_schools(&self.d, h) && !(h.first..h.end).any(counts))
    }

    fn opens_slot(&self, i: usize) -> bool {
        let mark = |c: char| self.token(i - 1).is_some_and(|t| t.mark(c));
        let thing = || i > 1 && self.is_thing(i - 2);
        self.token(i)
            .is_some_and(|t| t.is(flag::NEWLINE | flag::DASH))
            || boundary(self.d.stream, i)
            || [';', ':', '|'].into_iter().any(mark)
            || mark(',') && !thing()
    }

    /// The slot that begins at token `i`, where only words of a name and its place stand up to its end.
    fn slot(&self, from: usize, end: usize) -> Option<Slot> {
        let mut slot = Slot::default();
        let mut i = from;
        let mut comma = None;
        while i < end && i - from < LONGEST {
            let t = self.token(i)?;
            if i > from && (t.is(flag::NEWLINE | flag::DASH) || boundary(self.d.stream, i)) {
                break;
            }
            if t.mark(';') || t.mark(':') || t.mark('|') {
                break;
            }
            if t.mark(',') {
                comma = Some((i, slot.items.len(), slot.places.len()));
                i += 1;
                continue;
            }
            let bracket = i > from && (t.mark('(') || t.mark(')'));
            let Some(next) = self.slot_word(i, &mut slot).or(bracket.then_some(i + 1)) else {
                // «…, 28, Ключевой, читал доклад»: what follows the comma is another matter.
                let (at, items, places) = comma.filter(|c| c.0 + 1 == i)?;
                slot.items.truncate(items);
                slot.places.truncate(places);
                i = at;
                break;
            };
            i = next;
        }
        slot.to = i
            .checked_sub(1)
            .filter(|to| *to >= from && i - from < LONGEST)?;
        Some(slot)
    }

    /// Reads one word or number of a slot; gives the token after it.
    fn slot_word(&self, i: usize, slot: &mut Slot) -> Option<usize> {
        let t = self.token(i)?;
        let n = self.d.places.partition_point(|m| m.to < i);
        if let Some(m) = self.d.places.get(n).filter(|m| m.from == i) {
            let village =
                |n: &usize| (self.d.places.get(*n)).is_some_and(|m| m.kind != settlement::DISTRICT);
            // «Приречное, Луговое, Ключевой (третья)» lists several.
            if village(&n) && slot.places.iter().any(village) {
                return None;
            }
            slot.places.push(n);
            return Some(m.to + 1);
        }
        if t.mark('№') || t.is_number() || matches!(t.kind(), Some(Kind::Ordinal | Kind::Cardinal))
        {
            let signed = t.mark('№');
            let at = i + usize::from(signed);
            let (value, to, ordinal) = self.number_at(at)?;
            // «28/1», «2,5»
            let broken = self.token(to + 1).is_some_and(|n| {
                n.mark('/')
                    || n.is(flag::GLUED)
                    || n.is_number() && !n.is(flag::SPACE | flag::NEWLINE)
            });
            // «СОШ 14» is read with its number, «14 школ» counts, but «школа 14» is one.
            let beside = [i.checked_sub(1), Some(to + 1)].into_iter().flatten();
            let mut beside = beside.filter_map(|k| self.token(k).and_then(|t| t.lex));
            let counts = |l: Lex| {
                let one = l.forms.has("n") && l.forms != Forms::ANY;
                l.kind == Kind::Unit || l.kind == Kind::Type && !one
            };
            if !(signed || ordinal) && beside.any(counts) {
                return None;
            }
            slot.told |= signed || ordinal;
            slot.items
                .push(Item::new(By::Ordinal(value), i, to, Vec::new()));
            return (!broken && !self.weighed(to)).then_some(to + 1);
        }
        if t.lexed(Kind::Named) {
            let (k, hits) = (i + 1..(i + 6)).find_map(|k| {
                let hits =
                    self.readings(self.token(k)?, |h| h.role == Hit::Namesake && h.more == 0);
                (!hits.is_empty()).then_some((k, hits))
            })?;
            let whole = (i + 1..k).all(|k| self.token(k).is_some_and(Token::is_word));
            slot.told = true;
            slot.items
                .push(Item::bent(By::Namesake, i, k, hits, Forms::of("n")));
            return (whole && !self.weighed(k)).then_some(k + 1);
        }
        let towns = self
            .d
            .stream
            .hits(t)
            .iter()
            .filter(|h| h.role == Hit::PlaceAdj && h.more == 0);
        let towns: Vec<u32> = towns.map(|h| h.owner).collect();
        let kind = t.lex.filter(|l| {
            (l.kind == Kind::TypeAdj && l.value != 0 || l.kind == Kind::Type && l.forms.has("n"))
                && !matches!(l.value, class::OTHER | class::KINDERGARTEN)
        });
        // «26 (начальная)» is a part of the school.
        let part = i
            .checked_sub(1)
            .and_then(|k| self.token(k))
            .is_some_and(|t| t.mark('('));
        match kind {
            Some(l) if part && l.level() => {}
            Some(l) => slot.kind = Some(l.value),
            None if !towns.is_empty() => slot.adjectives.extend(towns),
            None if !t.lexed(Kind::Legal) => return None,
            None => {}
        }
        Some(i + 1)
    }

    fn weigh_slot(&mut self, from: usize, slot: Slot, whole: bool) {
        let to = slot.to;
        let placed = !slot.places.is_empty() || !slot.adjectives.is_empty();
        let class = slot.kind.unwrap_or(class::ANY);
        let mut p = Self::made(Rule::SchoolSlot, class, from, to, slot.items, slot.places);
        p.adjective_places = slot.adjectives;
        match p.items.len() {
            1 if slot.told || whole || placed || slot.kind.is_some() => self.phrase(&p),
            0 if slot.kind.is_some() => self.sole_of_its_kind(&p),
            _ => {}
        }
    }
}
