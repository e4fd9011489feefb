//! Reads one point: a day, month, quarter, half-year, decade, season, year, with the year that stands after it.
//!
//! Takes the reader at the point's first token; leaves it after the point's last. Months and years that a point
//! borrows from its neighbours are not given here.

use super::read::{Fault, Point, Reader, Unit, YearMark};
use super::token::Kind;
use super::words;

impl Reader<'_> {
    pub(super) fn point(&mut self) -> Result<Point, Fault> {
        let begin = self.pos;
        let (unit, mut year) = match self.kind(0).cloned() {
            Some(Kind::Num(n, digits)) => self.number(n, digits)?,
            Some(Kind::Roman(n)) => {
                self.pos += 1;
                (self.counted(n), None)
            }
            Some(Kind::Word(word)) => (self.named(&word)?, None),
            _ => return Err(self.fault()),
        };
        if year.is_none() && !matches!(unit, Unit::Bare(_)) {
            year = self.year();
        }
        self.year_words();
        Ok(Point {
            unit,
            year,
            at: self.since(begin),
        })
    }

    /// A point that begins with digits.
    fn number(&mut self, n: u32, digits: usize) -> Result<(Unit, Option<YearMark>), Fault> {
        if digits == 4 {
            if let (Some(Kind::Dash), Some(&Kind::Num(month, 2)), Some(year)) =
                (self.tight(1), self.tight(2), century(n, 4))
            {
                if let (Some(Kind::Dash), Some(&Kind::Num(day, 2))) = (self.tight(3), self.tight(4))
                {
                    self.pos += 5;
                    return Ok((Unit::Day { day, month }, Some(YearMark::Calendar(year))));
                }
                let school = words::is_school(self.word(3));
                if (1..=12).contains(&month) && !school {
                    self.pos += 3;
                    return Ok((Unit::Month(month), Some(YearMark::Calendar(year))));
                }
            }
            let Some(year) = self.year() else {
                return Err(self.fault());
            };
            return Ok((Unit::Year, Some(year)));
        }
        if digits > 2 {
            return Err(self.fault());
        }
        let dotted = matches!(self.kind(1), Some(Kind::Dot));
        let tight_sign = matches!(self.tight(1), Some(Kind::Slash | Kind::Dash))
            && matches!(self.tight(3), Some(Kind::Slash | Kind::Dash));
        if let (true, Some(&Kind::Num(month, 1..=2))) = (dotted || tight_sign, self.kind(2)) {
            let second = matches!(self.kind(3), Some(Kind::Dot)) || tight_sign;
            if let (true, Some(&Kind::Num(y, len))) = (second, self.kind(4))
                && (dotted || len == 4)
                && let Some(year) = century(y, len)
            {
                self.pos += 5;
                return Ok((Unit::Day { day: n, month }, Some(YearMark::Calendar(year))));
            }
            if dotted && self.tokens.get(self.pos + 2).is_some_and(|t| t.tight) {
                if second && matches!(self.kind(4), Some(Kind::Num(..))) {
                    self.pos += 4;
                    return Err(self.fault());
                }
                self.pos += 3;
                return Ok((Unit::Day { day: n, month }, None));
            }
        }
        if let (true, Some(&Kind::Num(y, 4))) = (dotted, self.tight(2))
            && let (1..=12, Some(year)) = (n, century(y, 4))
        {
            self.pos += 3;
            return Ok((Unit::Month(n), Some(YearMark::Calendar(year))));
        }
        self.pos += 1;
        // «1-й квартал», «с 1-го по 15-е марта»
        if matches!(self.tight(0), Some(Kind::Dash)) && words::is_ordinal_ending(self.word(1)) {
            self.pos += 2;
        } else if words::is_ordinal_ending(self.word(0))
            && matches!(self.tight(0), Some(Kind::Word(_)))
        {
            self.pos += 1;
        } else if matches!(
            (self.kind(0), self.kind(1)),
            (Some(Kind::Dot), Some(Kind::Dash))
        ) {
            // «10.–12.10.2025»
            self.pos += 1;
        }
        Ok((self.counted(n), None))
    }

    /// What the number counts: days of a month, quarters, half-years, decades, halves.
    fn counted(&mut self, n: u32) -> Unit {
        let word = self.word(0).to_owned();
        if let Some(month) = words::month(&word) {
            self.pos += 1;
            self.abbreviation_dot();
            return Unit::Day { day: n, month };
        }
        if words::is_quarter(&word) {
            self.pos += 1;
            self.abbreviation_dot();
            return Unit::Quarter(n);
        }
        if word.starts_with("полугоди") {
            self.pos += 1;
            return self.half(n);
        }
        if words::is_term(&word) {
            self.pos += 1;
            return Unit::Term(n);
        }
        if words::is_week(&word) {
            self.pos += 1;
            let month = words::month(self.word(0)).unwrap_or(0);
            if month > 0 {
                self.pos += 1;
                self.abbreviation_dot();
            }
            return Unit::Week { n, month };
        }
        if matches!(
            word.as_str(),
            "декада"
                | "декаде"
                | "декаду"
                | "декады"
                | "половина"
                | "половине"
                | "половину"
                | "половины"
        ) {
            let third = word.starts_with("дек");
            self.pos += 1;
            return match words::month(self.word(0)) {
                Some(month) => {
                    self.pos += 1;
                    self.abbreviation_dot();
                    if third {
                        Unit::Decade { n, month }
                    } else {
                        Unit::MonthHalf { n, month }
                    }
                }
                None if third => Unit::Decade { n, month: 0 },
                None => self.half(n),
            };
        }
        Unit::Bare(n)
    }

    /// A half of a year; of a school year where only its words say so.
    fn half(&self, n: u32) -> Unit {
        if words::is_school(self.word(0)) {
            Unit::SchoolHalf(n)
        } else {
            Unit::Half(n)
        }
    }

    /// A point that begins with a word.
    fn named(&mut self, word: &str) -> Result<Unit, Fault> {
        if let Some(month) = words::month(word) {
            self.pos += 1;
            self.abbreviation_dot();
            self.eat(&["месяц", "месяца", "месяце"]);
            return Ok(Unit::Month(month));
        }
        if let Some(n) = words::ordinal(word) {
            self.pos += 1;
            // «первое сентября», but not «первый сентябрь»
            let day = ["ое", "ого", "ому", "ье", "ьего", "ьему"]
                .iter()
                .any(|end| word.ends_with(end));
            return match self.counted(n) {
                Unit::Day { .. } if !day => Err(self.fault()),
                unit => Ok(unit),
            };
        }
        if word.starts_with("последн") && words::is_week(self.word(1)) {
            self.pos += 1;
            return Ok(self.counted(0));
        }
        if let Some((first, last)) = words::season(word) {
            self.pos += 1;
            return Ok(Unit::Season { first, last });
        }
        if let Some(n) = words::third(word) {
            self.pos += 1;
            if let Some(month) = words::month(self.word(0)) {
                self.pos += 1;
                self.abbreviation_dot();
                return Ok(Unit::Decade { n, month });
            }
            if matches!(self.kind(0), Some(Kind::Num(_, 4))) {
                return Ok(Unit::YearThird(n));
            }
        }
        Err(self.fault())
    }

    /// The dot of «сент. 2025», but not the dot of «5.09».
    fn abbreviation_dot(&mut self) {
        if matches!(self.kind(0), Some(Kind::Dot)) {
            self.pos += 1;
        }
    }

    fn year(&mut self) -> Option<YearMark> {
        let Some(&Kind::Num(n, 4)) = self.kind(0) else {
            return None;
        };
        let year = century(n, 4)?;
        // «апрель 2025-12-31» is no year but a date of its own.
        let slash = matches!(self.kind(1), Some(Kind::Slash));
        if let (true, Some(&Kind::Num(next, len @ (2 | 4)))) = (
            slash || matches!(self.kind(1), Some(Kind::Dash)),
            self.kind(2),
        ) {
            let follows = if len == 4 {
                i64::from(next) == i64::from(n) + 1
            } else {
                (n + 1) % 100 == next
            };
            let short =
                len == 2 && next > 12 && self.tokens.get(self.pos + 2).is_some_and(|t| t.tight);
            if follows && (slash || short || words::is_school(self.word(3))) {
                self.pos += 3;
                return Some(YearMark::School(year));
            }
        }
        self.pos += 1;
        if words::is_school(self.word(0)) {
            return Some(YearMark::School(year));
        }
        Some(YearMark::Calendar(year))
    }

    /// «г.», «гг.», «г.г.», «года», «уч. год», «текущего года».
    fn year_words(&mut self) {
        let mut seen = false;
        loop {
            let word = self.word(0);
            if words::is_year(word)
                || words::is_school(word)
                || matches!(word, "текущего" | "этого" | "нынешнего" | "сего")
            {
                self.pos += 1;
                seen = true;
            } else if seen && matches!(self.kind(0), Some(Kind::Dot)) {
                self.pos += 1;
            } else {
                return;
            }
        }
    }
}

/// A year as written: four digits of this or a neighbouring century, or two of this one.
fn century(n: u32, digits: usize) -> Option<i32> {
    match (digits, n) {
        (4, 1900..=2199) => i32::try_from(n).ok(),
        (2, _) => i32::try_from(2000 + n).ok(),
        _ => None,
    }
}
