//! Bare numbers that something near makes names of schools: «Школы-участницы этапа: 5, 8, 17», a cell that holds
//! several, the number in another cell of a row that has a kind of school, items under a town's heading.
//!
//! Takes parts and phrases; adds mentions. A number without its sign may count, so each is believed only in the
//! school's own place, and the finding is ambiguous.

use super::super::context::Part;
use super::super::lexicon::{Kind, class};
use super::super::morph::Forms;
use super::super::phrase::{By, Item, Phrase};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::{Run, heads};
use glasno_passage::Role;

/// How many words may stand between «школы» and the colon before their numbers.
const REMARK: usize = 8;
/// Longer rows of numbers are a dump.
const MOST: usize = 60;

impl Run<'_> {
    /// Numbers after the words for schools.
    pub(super) fn series(&mut self) {
        for k in std::mem::take(&mut self.kinds) {
            let many = self.token(k).and_then(|t| t.lex).is_some_and(|l| {
                l.forms.0 & Forms::PLURAL != 0
                    && l.forms != Forms::ANY
                    && !matches!(l.value, class::OTHER | class::KINDERGARTEN)
            });
            let part = self.d.parts.get(self.d.part_of(k));
            let end = part
                .filter(|p| many && !matches!(p.role, Role::Path | Role::Address))
                .map(|p| p.end);
            if let Some(end) = end {
                self.listed_after(k, end);
                self.lines_after(k, end);
            }
        }
    }

    /// «Школы-участницы второго этапа: 5, 8, 17»
    fn listed_after(&mut self, k: usize, end: usize) {
        let mut start = None;
        for i in k + 1..end.min(k + 2 + REMARK) {
            let Some(t) = self.token(i) else { return };
            if t.mark(':') {
                start = Some(i + 1);
                break;
            }
            if t.is_number() && t.is(flag::DASH) {
                start = Some(i);
                break;
            }
            // «школы Ключевого (9, 12, 26)»
            if t.mark('(') && self.token(i + 1).is_some_and(Token::is_number) {
                start = Some(i + 1);
                break;
            }
            // «второго этапа» says when, «по числу классов» counts.
            let counts = match t.kind() {
                Some(Kind::Unit) => t.lex.is_some_and(|l| l.forms.has("G")),
                Some(Kind::Document | Kind::Month | Kind::Object | Kind::OtherAdj) => true,
                _ => false,
            };
            let word = t.is_word() || t.mark('(') || t.mark(')') || t.mark(',');
            if counts || boundary(self.d.stream, i) || !word {
                return;
            }
        }
        let Some(numbers) = start.and_then(|s| self.numbers_from(s, end)) else {
            return;
        };
        let class = self
            .token(k)
            .and_then(|t| t.lex)
            .map_or(class::SCHOOL, |l| l.value);
        self.numbered(class, &numbers);
    }

    /// «Школы¶1. № 4¶2. № 14»: lines that hold a number each, with a mark of the list before it or none.
    fn lines_after(&mut self, k: usize, end: usize) {
        let colon = usize::from(self.token(k + 1).is_some_and(|t| t.mark(':')));
        let mut i = k + 1 + colon;
        let mut numbers = Vec::new();
        while i < end && numbers.len() < MOST && self.token(i).is_some_and(|t| t.is(flag::NEWLINE))
        {
            // «1.», «2)»
            let marked = self.token(i).is_some_and(Token::is_number)
                && self
                    .token(i + 1)
                    .is_some_and(|n| n.mark(')') || n.mark('№') && n.is(flag::DOT));
            if marked {
                i += 1 + usize::from(self.token(i + 1).is_some_and(|n| n.mark(')')));
            }
            let sign = usize::from(self.token(i).is_some_and(|t| t.mark('№')));
            let number = i + sign;
            let alone = self.token(number).is_some_and(|t| {
                t.is_number() && (1..1000).contains(&t.value) && !t.is(flag::GLUED)
            }) && (number + 1 >= end
                || self
                    .token(number + 1)
                    .is_some_and(|n| n.is(flag::NEWLINE) || n.mark(';') || n.mark(',')));
            if !alone {
                break;
            }
            numbers.push(number);
            i = number + 1;
            i += usize::from(self.token(i).is_some_and(|n| n.mark(';') || n.mark(',')));
        }
        if numbers.len() > 1 {
            self.numbered(class::SCHOOL, &numbers);
        }
    }

    /// Two numbers or more that only commas, «и» or line ends part, and that count nothing.
    fn numbers_from(&self, start: usize, end: usize) -> Option<Vec<usize>> {
        let mut out: Vec<usize> = Vec::new();
        let mut i = start;
        let mut joint = true;
        while i < end && out.len() < MOST {
            let t = self.token(i)?;
            if t.is_number() {
                let line = t.is(flag::NEWLINE);
                let plain = (1..1000).contains(&t.value)
                    && !t.is(flag::GLUED | flag::UNDERSCORE | flag::DOT | flag::HYPHEN)
                    && (joint || line)
                    && (!t.is(flag::DASH) || line || out.is_empty());
                if !plain {
                    return None;
                }
                out.push(i);
                joint = false;
            } else if t.mark(',') || t.mark(';') || t.mark('№') || t.lexed(Kind::Conj) {
                joint = true;
            } else if let Some(close) = self.remark(i, end).filter(|_| !joint) {
                // «28, 11 (гимназия)»: with a kind of its own it is judged by itself.
                let kind = |t: &Token| {
                    let lex = t.lex.filter(|l| !l.level());
                    lex.is_some_and(|l| matches!(l.kind, Kind::Type | Kind::TypeAdj))
                };
                if (i..close).any(|k| self.token(k).is_some_and(kind)) {
                    out.pop();
                }
                i = close;
            } else {
                break;
            }
            i += 1;
        }
        let last = *out.last()?;
        // «5, 8 человек», «10, 20 %», «5, 8-е»
        let counted = self.token(last + 1).is_some_and(|n| {
            n.mark('%')
                || n.mark(':')
                || n.mark('/')
                || n.is_word()
                    && last + 1 < end
                    && !boundary(self.d.stream, last + 1)
                    && !n.is(flag::NEWLINE | flag::CAPITAL)
                    && !matches!(n.kind(), Some(Kind::Prep | Kind::Conj))
        });
        (out.len() > 1 && !counted).then_some(out)
    }

    /// «9 (две параллели), 12 (все)»: a remark in brackets that names no place; gives its end.
    fn remark(&self, open: usize, end: usize) -> Option<usize> {
        if !self.token(open)?.mark('(') {
            return None;
        }
        let close =
            (open + 1..end.min(open + 9)).find(|i| self.token(*i).is_some_and(|t| t.mark(')')))?;
        let n = self.d.places.partition_point(|m| m.from < open);
        let placed = self.d.places.get(n).is_some_and(|m| m.from < close);
        let plain = (open + 1..close).all(|i| {
            self.token(i)
                .is_some_and(|t| t.is_word() && !t.is(flag::CAPITAL))
        });
        (plain && !placed).then_some(close)
    }

    fn numbered(&mut self, class: u16, numbers: &[usize]) {
        let items: Vec<Item> = numbers
            .iter()
            .filter(|i| !self.used.get(**i).copied().unwrap_or(true))
            .filter_map(|i| self.ordinal(*i))
            .collect();
        if let (Some(a), Some(b)) = (items.first(), items.last()) {
            let (from, to) = (a.from, b.to);
            self.synthetic_of(Rule::ListOfNumbers, class, from, to, items);
        }
    }

    fn ordinal(&self, i: usize) -> Option<Item> {
        let t = self.token(i)?;
        let value = u32::try_from(t.value).ok()?;
        // A number with its sign is one wherever it stands; without it, only in the school's own place.
        let signed = i
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_some_and(|b| b.mark('№') || b.lexed(Kind::NumSign));
        let by = if signed {
            By::Number(value)
        } else {
            By::Ordinal(value)
        };
        Some(Item::new(by, i, i, Vec::new()))
    }

    /// «4, 17, 42» under «номера», in a row that has a kind of school, or under «школы».
    pub(super) fn cell_of_numbers(&mut self, n: usize) {
        let Some(p) = self.d.parts.get(n) else { return };
        let (first, end) = (p.first, p.end);
        let Role::Cell { table, column, .. } = p.role else {
            return;
        };
        if !(first..end).all(|i| {
            self.token(i)
                .is_some_and(|t| t.is_number() || t.mark(',') || t.mark(';') || t.mark('№'))
        }) {
            return;
        }
        let Some(numbers) = self.numbers_from(first, end) else {
            return;
        };
        // «70,9» is one number.
        let decimal = numbers.len() == 2
            && numbers
                .last()
                .and_then(|i| self.token(*i))
                .is_some_and(|t| !t.is(flag::SPACE | flag::NEWLINE));
        if decimal || self.said_in_text(n, &numbers) {
            return;
        }
        let head = self.head_of(table, column, n);
        let schools = head.is_some_and(|q| heads::lists_schools(&self.d, q))
            || head.is_none_or(|q| q.only_place) && self.schools_above(n);
        let sign = head.is_some_and(|q| {
            (q.first..q.end).any(|i| {
                self.token(i)
                    .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign))
            })
        });
        let kind = self.kind_in_row(n);
        if schools || sign && kind.is_some() {
            self.numbered(kind.unwrap_or(class::SCHOOL), &numbers);
        }
    }

    /// «СОШ: 4, 17» as a line of a text just before, which knows its place better than the record made of it.
    fn said_in_text(&self, n: usize, numbers: &[usize]) -> bool {
        let value = |i: usize| self.token(i).filter(|t| t.is_number()).map(|t| t.value);
        let (Some(a), Some(b)) = (numbers.first(), numbers.last()) else {
            return false;
        };
        let near = self.d.parts.get(n.saturating_sub(8)..n).unwrap_or_default();
        near.iter().filter(|q| q.role == Role::Text).any(|q| {
            (q.first + 2..q.end).any(|k| {
                value(k) == value(*a)
                    && self.token(k - 1).is_some_and(|t| t.mark(':'))
                    && self.token(k - 2).is_some_and(|t| {
                        t.lexed(Kind::Type) && t.lex.is_some_and(|l| l.forms == Forms::ANY)
                    })
                    && value(k + (b - a)) == value(*b)
            })
        })
    }

    /// «школы: {Ключевой: [4, 17]}»: a key right before the member says whose numbers they are.
    fn schools_above(&self, n: usize) -> bool {
        let near = self.d.parts.get(n.saturating_sub(5)..n).unwrap_or_default();
        near.iter().any(|q| {
            matches!(q.role, Role::Cell { head: true, .. })
                && q.words <= 2
                && heads::lists_schools(&self.d, q)
        })
    }

    /// «Ключевой | средняя | № 14»: the sign and number alone in a cell, the kind in another of the row.
    pub(super) fn signed_cell(&self, n: usize) -> Option<u16> {
        let p = self.d.parts.get(n)?;
        let Role::Cell { table, row, .. } = p.role else {
            return None;
        };
        if !self.token(p.first)?.mark('№') {
            return None;
        }
        let from = n.saturating_sub(4);
        let near = self.d.parts.get(from..(n + 5).min(self.d.parts.len()))?;
        near.iter()
            .filter(|q| {
                q.words == 1
                    && matches!(q.role, Role::Cell { table: t, row: r, .. } if t == table && r == row)
            })
            .find_map(|q| {
                let l = self.token(q.first)?.lex?;
                let sort = l.kind == Kind::TypeAdj
                    && matches!(
                        l.value,
                        class::SOSH | class::OOSH | class::NOSH | class::EVENING | class::CADET
                    );
                sort.then_some(l.value)
            })
    }

    /// The kind of school that a cell of the same row holds alone.
    fn kind_in_row(&self, n: usize) -> Option<u16> {
        let row = |p: &Part| match p.role {
            Role::Cell { table, row, .. } => Some((table, row)),
            _ => None,
        };
        let here = row(self.d.parts.get(n)?)?;
        let from = n.saturating_sub(12);
        let near = self.d.parts.get(from..(n + 12).min(self.d.parts.len()))?;
        near.iter()
            .filter(|q| row(q) == Some(here) && q.words <= 4)
            .find_map(|q| {
                (q.first..q.end).find_map(|i| {
                    let l = self.token(i)?.lex?;
                    let school = l.kind == Kind::Type
                        && !matches!(l.value, class::OTHER | class::KINDERGARTEN);
                    school.then_some(l.value)
                })
            })
    }

    /// The number of a row whose kind stands in another cell: «номер; город; тип», «№; тип; город».
    pub(super) fn number_of_row(&self, part: usize, q: &mut Phrase) {
        let numbered = |i: &Item| matches!(i.by, By::Number(_) | By::Ordinal(_));
        let Some(Role::Cell { table, row, .. }) = self.d.parts.get(part).map(|p| p.role) else {
            return;
        };
        if q.items.iter().any(numbered) {
            return;
        }
        let from = part.saturating_sub(12);
        let to = (part + 12).min(self.d.parts.len());
        for n in from..to {
            let Some(p) = self.d.parts.get(n).filter(|p| p.words == 1) else {
                continue;
            };
            let Role::Cell {
                table: t,
                row: r,
                column,
                head: false,
            } = p.role
            else {
                continue;
            };
            let number = (p.first..p.end).find(|i| self.token(*i).is_some_and(Token::is_number));
            let Some(i) = number.filter(|_| t == table && r == row) else {
                continue;
            };
            let said = self.number_before(table, column, n);
            if said || q.items.is_empty() && self.heads.names.contains(&(table, column)) {
                q.items.extend(self.ordinal(i));
                return;
            }
        }
    }

    /// «№ 3 — план согласован» among the items under «г. Ключевой».
    pub(super) fn item_of_place(&mut self, n: usize) {
        let opens = |q: &Part| -> bool {
            q.role == Role::Text
                && self.token(q.first).is_some_and(|t| t.mark('№'))
                && self.token(q.first + 1).is_some_and(Token::is_number)
                && self
                    .token(q.first + 2)
                    .is_some_and(|t| t.is(flag::DASH) || t.mark(':') || t.mark('('))
        };
        let Some(p) = self.d.parts.get(n).filter(|p| opens(p)) else {
            return;
        };
        let at = p.first + 1;
        let beside = [n.checked_sub(1), n.checked_add(1)]
            .into_iter()
            .flatten()
            .any(|k| self.d.parts.get(k).is_some_and(opens));
        // The nearest heading, or line that is one.
        let above = self
            .d
            .parts
            .get(..n)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(40)
            .find(|q| matches!(q.role, Role::Heading(_)) || q.only_place)
            .is_some_and(|q| q.only_place);
        if !beside || !above || self.used.get(at).copied().unwrap_or(true) {
            return;
        }
        self.numbered(class::ANY, &[at]);
    }

    /// «14» alone in a list of such items, which «Школы города» heads.
    pub(super) fn number_item(&self, n: usize) -> bool {
        let bare = |k: Option<usize>| {
            k.and_then(|k| self.d.parts.get(k)).is_some_and(|q| {
                q.role == Role::Text
                    && q.words == 1
                    && (q.first..q.end).any(|i| self.token(i).is_some_and(Token::is_number))
            })
        };
        (bare(n.checked_sub(1)) || bare(n.checked_add(1))) && self.list_of_schools(n)
    }

    /// A number under «№» that counts no rows, in a table that «школы» stands right before.
    pub(super) fn number_under_sign(&self, n: usize) -> bool {
        let Some(Role::Cell { table, column, .. }) = self.d.parts.get(n).map(|p| p.role) else {
            return false;
        };
        if !self.heads.names.contains(&(table, column)) {
            return false;
        }
        let before = self
            .d
            .parts
            .get(n.saturating_sub(400)..n)
            .unwrap_or_default();
        before
            .iter()
            .rev()
            .find(|q| !matches!(q.role, Role::Cell { table: t, .. } if t == table))
            .is_some_and(|q| {
                !matches!(q.role, Role::Path | Role::Address | Role::Cell { .. })
                    && q.words <= 8
                    && heads::lists_schools(&self.d, q)
                    && (q.first..q.end).any(|i| {
                        self.token(i)
                            .and_then(|t| t.lex)
                            .is_some_and(|l| l.kind == Kind::Type && l.forms.0 & Forms::PLURAL != 0)
                    })
            })
            && self.kind_in_row(n).is_none()
    }

    /// The kind that the heading of a list names: «Лицеи», but not «школы», which may be of any kind.
    pub(super) fn kind_of_list(&self, n: usize) -> u16 {
        let above = self
            .d
            .parts
            .get(n.saturating_sub(60)..n)
            .unwrap_or_default();
        above
            .iter()
            .rev()
            .find(|q| matches!(q.role, Role::Heading(_)) && !q.only_place)
            .and_then(|q| {
                (q.first..q.end).find_map(|i| {
                    let l = self.token(i)?.lex.filter(|l| l.kind == Kind::Type)?;
                    (l.value != class::SCHOOL).then_some(l.value)
                })
            })
            .unwrap_or(class::ANY)
    }

    /// A bare number under «школа» alone.
    pub(super) fn number_under_kind(&self, n: usize) -> Option<u16> {
        let p = self.d.parts.get(n)?;
        let Role::Cell {
            table, row, column, ..
        } = p.role
        else {
            return None;
        };
        (self.heads.kinds.above((table, column), row, n) && !self.heads.counting.contains(&table))
            .then_some(class::SCHOOL)
    }
}
