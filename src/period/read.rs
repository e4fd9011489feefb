//! Finds the points a period names (a day, a month, a quarter …) and how its words join them.
//!
//! Takes tokens; gives a [`Phrase`]: what the words open with («ежемесячно», «по графику», «в течение года»),
//! and the items of their list, still without the years and months they borrow from each other.

use std::ops::Range;

use super::token::{Kind, Token};
use super::words;
use super::{PeriodErrorKind, PeriodKind};

/// What a point is, before it has a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A number whose noun comes later: «15 – 30 июня», «I–II квартал».
    Bare(u32),
    Day {
        day: u32,
        month: u32,
    },
    Month(u32),
    /// Third of a month: 1 to 3.
    Decade {
        n: u32,
        month: u32,
    },
    /// Half of a month: 1 or 2.
    MonthHalf {
        n: u32,
        month: u32,
    },
    Quarter(u32),
    Half(u32),
    /// «второе полугодие учебного года»: September to December, January to May.
    SchoolHalf(u32),
    /// First and last month; month 0 is the December before.
    Season {
        first: u32,
        last: u32,
    },
    Year,
    /// Third of a year: 1 to 3.
    YearThird(u32),
    /// Term of a school year: 1 to 4.
    Term(u32),
    /// Seven days of a month; 0 is the last week.
    Week {
        n: u32,
        month: u32,
    },
    /// «до конца года» without a number: the plan's last day.
    PlanEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearMark {
    Calendar(i32),
    /// School year by its first half: 2024 for 2024/2025.
    School(i32),
}

#[derive(Debug, Clone)]
pub(super) struct Point {
    pub unit: Unit,
    pub year: Option<YearMark>,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Single,
    /// `a` to `b`.
    Range,
    /// From `a` on.
    From,
    /// Up to the end of `a`.
    Deadline,
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub join: Join,
    pub a: Point,
    pub b: Option<Point>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    /// Set where the words open with, or end in, something that names no day.
    pub head: Option<PeriodKind>,
    pub items: Vec<Item>,
    /// «в течение учебного года», without a year.
    pub lessons: bool,
    /// «в … годах»: some time in them, as far as the plan goes.
    pub within: bool,
}

pub(super) type Fault = (PeriodErrorKind, Option<Range<usize>>);

pub(super) fn phrase(all: &[Token]) -> Result<Phrase, Fault> {
    let mut tokens = words::without_stages(words::without_label(without_notes(all)));
    if let Some(next) = tokens.iter().position(words::is_further) {
        if next == 0 {
            tokens.remove(0);
        } else {
            tokens.truncate(next);
        }
    }
    while tokens.last().is_some_and(|t| {
        matches!(t.kind, Kind::Comma | Kind::Dash | Kind::Dot) || words::is(t, "и")
    }) {
        tokens.pop();
    }
    tokens.retain(|t| !matches!(&t.kind, Kind::Word(w) if words::is_hedge(w)));
    // «пятница, 31 мая»
    let date = |t: &Token| matches!(&t.kind, Kind::Word(w) if words::month(w).is_some());
    let dotted = |t: &[Token]| {
        matches!(
            t,
            [
                Token {
                    kind: Kind::Num(..),
                    ..
                },
                Token {
                    kind: Kind::Dot,
                    ..
                },
                ..
            ]
        )
    };
    if tokens.iter().any(date) || (0..tokens.len()).any(|i| tokens.get(i..).is_some_and(dotted)) {
        let weekday = |t: &Token| matches!(&t.kind, Kind::Word(w) if words::weekday(w));
        let every = tokens
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if w.starts_with("кажд")));
        let each_one = tokens
            .windows(2)
            .any(|pair| matches!(pair, [by, day] if words::is(by, "по") && weekday(day)));
        if !every && !each_one && !tokens.iter().all(weekday) {
            tokens.retain(|t| !weekday(t));
            while tokens
                .first()
                .is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Dot))
            {
                tokens.remove(0);
            }
        }
    }
    if tokens.is_empty() {
        return Err((PeriodErrorKind::Empty, None));
    }
    let in_years = matches!(tokens.as_slice(), [first, .., last] if words::is(first, "в")
        && matches!(&last.kind, Kind::Word(w) if w == "годах"));
    let mut reader = Reader {
        tokens: &tokens,
        pos: 0,
    };
    let head = words::head(&tokens).map_err(|at| (PeriodErrorKind::NotUnderstood, at))?;
    let Some((kind, used)) = head else {
        let (items, tail) = reader.items()?;
        return Ok(Phrase {
            head: tail,
            items,
            lessons: false,
            within: in_years,
        });
    };
    reader.pos = used;
    // What follows «ежемесячно» or «по графику» may bound it; where it does not, it stays words.
    let items = match kind {
        PeriodKind::Duration | PeriodKind::AsNeeded => Vec::new(),
        // What comes after a half-year does not lie in it.
        PeriodKind::Schedule if words::is_afterwards(&tokens) => Vec::new(),
        _ => reader.items_after_head(),
    };
    let opening = tokens.get(..used).unwrap_or(&[]);
    let lessons = kind == PeriodKind::Throughout
        && opening
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if words::is_school(w)));
    Ok(Phrase {
        head: Some(kind),
        items,
        lessons,
        within: false,
    })
}

/// Drops brackets with what is in them, and times of day, unless nothing would be left.
fn without_notes(all: &[Token]) -> Vec<Token> {
    let mut depth = 0usize;
    let mut out: Vec<Token> = Vec::with_capacity(all.len());
    for (index, token) in all.iter().enumerate() {
        let timed = index
            .checked_sub(1)
            .and_then(|i| all.get(i))
            .is_some_and(|t| t.kind == Kind::Time);
        match &token.kind {
            // «18.00 часов»
            Kind::Word(w) if timed && matches!(w.as_str(), "часов" | "часам" | "час" | "ч") =>
                {}
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Time => {
                let joined = |t: &Token| {
                    words::is(t, "в") || words::is(t, "к") || matches!(t.kind, Kind::Dash)
                };
                while depth == 0 && out.last().is_some_and(joined) {
                    out.pop();
                }
            }
            _ if depth == 0 => out.push(token.clone()),
            _ => {}
        }
    }
    if out.is_empty() {
        out = all
            .iter()
            .filter(|t| !matches!(t.kind, Kind::Open | Kind::Close | Kind::Time))
            .cloned()
            .collect();
    }
    out
}

pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) pos: usize,
}

impl Reader<'_> {
    pub(super) fn kind(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.pos + ahead).map(|t| &t.kind)
    }

    /// The sign `ahead` tokens on, when no space stands before it.
    pub(super) fn tight(&self, ahead: usize) -> Option<&Kind> {
        self.tokens
            .get(self.pos + ahead)
            .filter(|t| t.tight)
            .map(|t| &t.kind)
    }

    pub(super) fn word(&self, ahead: usize) -> &str {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.word(0)) && !self.word(0).is_empty();
        if found {
            self.pos += 1;
        }
        found
    }

    pub(super) fn fault(&self) -> Fault {
        let at = self
            .tokens
            .get(self.pos)
            .or(self.tokens.last())
            .map(|t| t.at.clone());
        (PeriodErrorKind::NotUnderstood, at)
    }

    pub(super) fn since(&self, start: usize) -> Range<usize> {
        let first = self.tokens.get(start).map_or(0, |t| t.at.start);
        let last = self
            .tokens
            .get(self.pos.saturating_sub(1))
            .map_or(first, |t| t.at.end);
        first..last.max(first)
    }

    fn items_after_head(&mut self) -> Vec<Item> {
        // «ежегодно: октябрь, апрель»
        if matches!(self.kind(0), Some(Kind::Other)) {
            self.pos += 1;
        }
        let begin = self.pos;
        let mut starts = vec![begin];
        starts.extend((begin..self.tokens.len()).filter(|i| {
            self.tokens
                .get(*i)
                .is_some_and(|t| matches!(t.kind, Kind::Comma))
        }));
        for start in starts {
            self.pos = start;
            if let Ok((items, _)) = self.items()
                && !items
                    .iter()
                    .any(|i| matches!(i.a.unit, Unit::Bare(_)) && i.b.is_none())
            {
                return items;
            }
        }
        Vec::new()
    }

    /// A list of items up to the end, or up to a closing «ежегодно» or «по графику».
    fn items(&mut self) -> Result<(Vec<Item>, Option<PeriodKind>), Fault> {
        let mut items = Vec::new();
        loop {
            while matches!(self.kind(0), Some(Kind::Comma | Kind::Dot | Kind::Slash))
                || self.eat(&["и", "а", "также", "или"])
            {
                if matches!(self.kind(0), Some(Kind::Comma | Kind::Dot | Kind::Slash)) {
                    self.pos += 1;
                }
            }
            if self.pos >= self.tokens.len() {
                break;
            }
            if !items.is_empty() {
                let rest = self.tokens.get(self.pos..).unwrap_or(&[]);
                if let Some((kind, used)) = words::recurrence(rest) {
                    // «май, ежегодно с 2023 года»
                    self.pos += used;
                    if kind == PeriodKind::Yearly
                        && let Ok(bound) = self.item()
                        && bound.a.unit == Unit::Year
                    {
                        items.push(bound);
                    }
                    return Ok((items, Some(kind)));
                }
                if words::schedule(rest) || words::as_needed(rest) {
                    return Ok((items, None));
                }
            }
            items.push(self.item()?);
        }
        if items.is_empty() {
            return Err((PeriodErrorKind::Empty, None));
        }
        if let [.., before, last] = items.as_mut_slice() {
            // «апрель, октябрь, 2025 г.»: the year stands apart by a comma.
            let lone_year = last.join == Join::Single && last.a.unit == Unit::Year;
            if lone_year
                && before.a.unit != Unit::Year
                && before.b.as_ref().unwrap_or(&before.a).year.is_none()
            {
                let year = last.a.year;
                before.b.as_mut().unwrap_or(&mut before.a).year = year;
                items.pop();
            }
        }
        // «не ранее 1 марта и не позднее 10 апреля»
        if let [first, last] = items.as_mut_slice()
            && (first.join, last.join) == (Join::From, Join::Deadline)
            && first.b.is_none()
        {
            first.join = Join::Range;
            first.b = Some(last.a.clone());
            items.pop();
        }
        Ok((items, None))
    }

    pub(super) fn item(&mut self) -> Result<Item, Fault> {
        self.eat(&["в", "во", "на"]);
        if self.word(0) == "любой" && self.word(1) == "день" {
            self.pos += 2;
            self.eat(&["из"]);
        }
        while self.eat(&[
            "срок",
            "сроки",
            "период",
            "периоде",
            "периода",
            "указанного",
            "течение",
            "течении",
            "протяжении",
            "весь",
            "всего",
        ]) {}
        if matches!(self.kind(0), Some(Kind::Dash)) {
            self.pos += 1;
        }
        let begin = self.pos;
        let mut join = Join::Single;
        if self.word(0) == "по" && self.point_follows(1) {
            self.pos += 1;
            join = Join::Deadline;
        }
        if self.eat(&["не"]) {
            if self.eat(&["позднее", "позже"]) {
                join = Join::Deadline;
            } else if self.eat(&["ранее", "раньше"]) {
                join = Join::From;
            } else {
                self.pos = begin;
                return Err(self.fault());
            }
        }
        if self.eat(&["до", "к", "ко"]) {
            join = Join::Deadline;
        } else if self.eat(&["начиная", "после"]) {
            self.eat(&["с", "со"]);
            join = Join::From;
        } else if self.eat(&["с", "со", "от"]) {
            join = if join == Join::Deadline {
                join
            } else {
                Join::From
            };
        }
        if join == Join::Deadline && self.eat(&["конца", "концу", "окончания", "завершения"])
        {
            let save = self.pos;
            while words::is_plan_noun(self.word(0)) {
                self.pos += 1;
            }
            let stopped = matches!(self.kind(0), None | Some(Kind::Comma | Kind::Dot));
            if self.pos > save && stopped {
                let a = Point {
                    unit: Unit::PlanEnd,
                    year: None,
                    at: self.since(begin),
                };
                return Ok(Item { join, a, b: None });
            }
            self.pos = save;
        }
        let opens = join == Join::Deadline && matches!(self.word(0), "начала" | "началу");
        let mut a = self.point()?;
        if opens {
            // «до начала ноября» is not the last day of its first third.
            a.unit = match a.unit {
                Unit::Decade { month, .. } => Unit::Day { day: 1, month },
                Unit::YearThird(_) => Unit::Day { day: 1, month: 1 },
                unit => unit,
            };
        }
        let mut b: Option<Point> = None;
        loop {
            let dash = matches!(self.kind(0), Some(Kind::Dash));
            let till = join == Join::From && matches!(self.word(0), "по" | "до");
            let by = join == Join::Single
                && b.is_none()
                && matches!(self.word(0), "по")
                && self.point_follows(1);
            if !(dash || till || by) {
                break;
            }
            let save = self.pos;
            self.pos += 1;
            if dash {
                self.eat(&["до", "по", "к"]);
            }
            if dash && self.pos >= self.tokens.len() {
                break;
            }
            match self.point() {
                Ok(point) => b = Some(point),
                // «с мая 2025 – по графику»: a remark, not a second point.
                Err(_) if dash && self.remark_follows() => {
                    self.pos = save + 1;
                    break;
                }
                Err(fault) => return Err(fault),
            }
            if join == Join::From {
                join = Join::Range;
            }
        }
        if join == Join::Deadline {
            if let Some(last) = b.take() {
                if matches!(a.unit, Unit::Bare(_))
                    && last.year.is_none()
                    && matches!(last.unit, Unit::Bare(_))
                {
                    return Err(self.fault());
                }
                a = last;
            }
        } else if b.is_some() {
            join = Join::Range;
        }
        Ok(Item { join, a, b })
    }

    fn remark_follows(&self) -> bool {
        let rest = self.tokens.get(self.pos..).unwrap_or(&[]);
        words::schedule(rest) || words::recurrence(rest).is_some()
    }

    fn point_follows(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), Some(Kind::Num(..) | Kind::Roman(_)))
            || words::month(self.word(ahead)).is_some()
    }
}
