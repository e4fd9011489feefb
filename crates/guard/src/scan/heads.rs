//! What the heads of a table's columns say of the cells below them.
//!
//! Takes a document's parts once; answers for a cell without looking at the table again, so that a table of any
//! length costs no more than its cells. Must not judge a cell.

use std::collections::{HashMap, HashSet};

use super::super::context::{Document, Part};
use super::super::fold::Beginnings;
use super::super::hash::Fx;
use super::super::lexicon::{Kind, class};
use super::super::morph::Forms;
use super::super::token::{Token, flag};
use glasno_passage::Role;

/// Beginnings of words that head a column of namesakes.
const HONOUR: Beginnings = Beginnings::new("имя имени присвоен");

/// Heads of one sort: part and row, in reading order, by table and column.
#[derive(Default)]
pub(super) struct Heads(HashMap<(u32, u32), Vec<(usize, u32)>, Fx>);

impl Heads {
    /// Whether such a head stands before part `part` in its column, and above `row`.
    pub(super) fn above(&self, column: (u32, u32), row: u32, part: usize) -> bool {
        self.0.get(&column).is_some_and(|heads| {
            heads
                .iter()
                .take_while(|(n, _)| *n < part)
                .any(|(_, r)| *r < row)
        })
    }

    fn holds(&self, column: (u32, u32)) -> bool {
        !self.0.is_empty() && self.0.contains_key(&column)
    }

    /// Heads of the same sort below the first add nothing.
    fn add(&mut self, column: (u32, u32), part: usize, row: u32) {
        let heads = self.0.entry(column).or_default();
        if heads.iter().all(|(_, r)| *r > row) {
            heads.push((part, row));
        }
    }
}

/// The columns that tell something of the schools in them.
#[derive(Default)]
pub(super) struct Columns {
    /// Headed by a word for schools.
    pub schools: Heads,
    /// Headed «№ школы»: its bare numbers are names.
    pub numbered_schools: Heads,
    /// Headed «имя»: its cells are namesakes.
    pub honours: Heads,
    /// Headed by a word for what is no school.
    pub things: Heads,
    /// Headed «школа» alone: a bare number is one's name.
    pub kinds: Heads,
    /// Headed «№» alone.
    signs: Heads,
    /// Columns so headed whose numbers do not follow each other: they count no rows.
    pub names: HashSet<(u32, u32), Fx>,
    /// Tables with several such heads: there the numbers count.
    pub counting: HashSet<u32, Fx>,
}

impl Columns {
    pub(super) fn new(d: &Document<'_>) -> Self {
        let mut columns = Columns::default();
        let mut things: Vec<(u32, u32)> = Vec::new();
        let mut counted: HashMap<(u32, u32), u64, Fx> = HashMap::default();
        for (n, p) in d.parts.iter().enumerate() {
            let Role::Cell {
                table,
                row,
                column,
                head,
            } = p.role
            else {
                continue;
            };
            let at = (table, column);
            if !head && row > 0 {
                if columns.signs.holds(at) {
                    follow(d, p, at, &mut counted, &mut columns.names);
                }
                continue;
            }
            let short = |t: &Token| sign(t) && t.len() < 5;
            if p.words <= 1 && p.end == p.first + 1 && d.stream.get(p.first).is_some_and(short) {
                columns.signs.add(at, n, row);
            }
            if p.words == 1 && counts(d, p) {
                match things.last_mut().filter(|(t, _)| *t == table) {
                    Some((_, n)) => *n += 1,
                    None => things.push((table, 1)),
                }
                if things.last().is_some_and(|(_, n)| *n == 2) {
                    columns.counting.insert(table);
                }
                if (p.first..p.end).any(|i| d.stream.get(i).is_some_and(|t| one_school(d, t))) {
                    columns.kinds.add(at, n, row);
                }
            }
            let honour = p.words <= 3
                && (p.first..p.end).any(|i| {
                    d.stream
                        .get(i)
                        .is_some_and(|t| HONOUR.fit(d.stream.word(t)))
                });
            if honour {
                columns.honours.add(at, n, row);
            }
            // «школы: [{номер: 14}]»: the key above says whose numbers they are.
            let under = p.words == 1
                && (p.first..p.end).any(|i| d.stream.get(i).is_some_and(sign))
                && d.parts
                    .get(n.saturating_sub(3)..n)
                    .unwrap_or_default()
                    .iter()
                    .any(|q| {
                        matches!(q.role, Role::Cell { table: t, head: true, .. } if t != table)
                            && q.words <= 2
                            && lists_schools(d, q)
                    });
            if under {
                columns.numbered_schools.add(at, n, row);
            }
            if (p.first..p.end).any(|i| d.stream.get(i).is_some_and(thing)) {
                columns.things.add(at, n, row);
            }
            if lists_schools(d, p) {
                columns.schools.add(at, n, row);
            }
            let mut signs = (p.first..p.end).filter(|i| d.stream.get(*i).is_some_and(sign));
            if signs.any(|i| of_school(d, i)) {
                columns.numbered_schools.add(at, n, row);
            }
        }
        columns
    }
}

/// Keeps the last number of a column under «№», and the columns where the next was not one more.
fn follow(
    d: &Document<'_>,
    p: &Part,
    at: (u32, u32),
    counted: &mut HashMap<(u32, u32), u64, Fx>,
    names: &mut HashSet<(u32, u32), Fx>,
) {
    let number =
        (p.first..p.end).find_map(|i| d.stream.get(i).filter(|t| t.is_number()).map(|t| t.value));
    let Some(value) = number else { return };
    let last = counted.insert(at, value);
    let next = last.map_or(1, |l| l.saturating_add(1));
    if value != next && value != 1 {
        names.insert(at);
    }
}

/// A head of one word for a sort of place: «школа», «лицей», «библиотека».
fn counts(d: &Document<'_>, p: &Part) -> bool {
    (p.first..p.end).any(|i| {
        d.stream.get(i).is_some_and(|t| {
            let place = super::super::fold::begins(d.stream.word(t), "территор");
            matches!(t.kind(), Some(Kind::Type | Kind::Object)) && !place || short_form(t)
        })
    })
}

/// «ОО», «ОУ» over a column.
fn short_form(t: &Token) -> bool {
    t.lexed(Kind::Legal) && t.is(flag::ALL_CAPS) && t.len() <= 2
}

/// «школа», `school`: in the singular.
fn one_school(d: &Document<'_>, t: &Token) -> bool {
    short_form(t)
        || t.lex.is_some_and(|l| {
            l.kind == Kind::Type
                && l.value == class::SCHOOL
                && (l.forms.0 & Forms::PLURAL == 0 || d.stream.word(t) == b"school")
        })
}

fn sign(t: &Token) -> bool {
    t.mark('№') || t.lexed(Kind::NumSign)
}

/// Whether the number sign at `i` is a school's: «№ школы», «школа, №».
pub(super) fn of_school(d: &Document<'_>, i: usize) -> bool {
    let school = |t: Option<&Token>, case: &str| {
        t.is_some_and(|t| t.lexed(Kind::Type) && t.lex.is_some_and(|l| l.forms.has(case)))
    };
    school(d.stream.get(i + 1), "g")
        || i.checked_sub(1)
            .is_some_and(|before| school(d.stream.get(before), "n"))
}

/// Whether a fragment speaks of schools, and of nothing that is none.
pub(super) fn lists_schools(d: &Document<'_>, p: &Part) -> bool {
    let mut types = false;
    for i in p.first..p.end {
        let Some(t) = d.stream.get(i) else { continue };
        // «Школы района», «Школы Лугового округа» head a list all the same.
        if not_school(t) && !t.lexed(Kind::District) {
            return false;
        }
        types |= t.lexed(Kind::Type)
            && t.lex
                .is_some_and(|l| l.value != class::OTHER && l.value != class::KINDERGARTEN)
            || t.lexed(Kind::Legal);
    }
    types
}

/// A word for what is no school, but not for where one is or who teaches there.
pub(super) fn thing(t: &Token) -> bool {
    not_school(t) && !matches!(t.kind(), Some(Kind::District | Kind::OtherGen))
}

/// A word that makes its neighbours something else than a school.
pub(super) fn not_school(t: &Token) -> bool {
    matches!(
        t.kind(),
        Some(Kind::Object | Kind::Street | Kind::District | Kind::OtherAdj | Kind::OtherGen)
    ) || t.lex.is_some_and(|l| {
        l.kind == Kind::Type && (l.value == class::KINDERGARTEN || l.value == class::OTHER)
    })
}
