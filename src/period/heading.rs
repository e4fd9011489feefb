//! The years that a heading names for what stands under it: «2024–2025 учебный год», «Этап II (май – август 2025 г.)».
//!
//! Takes a heading and the bounds of the plan; gives the bounds of what stands under it, or nothing. Must not take a
//! year that belongs to something else: «приказ от 12.01.2020».

use super::read::{Reader, Unit};
use super::token::{Kind, Token, tokens};
use super::{Plan, parse, words};

/// The bounds that a heading gives.
pub fn heading(text: &str, plan: Option<&Plan>) -> Option<Plan> {
    let brackets = text
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(inner, _)| inner);
    [Some(text), brackets]
        .into_iter()
        .flatten()
        .find_map(|words| bounds(words, plan))
        .or_else(|| years(text))
}

/// Words that are a period altogether.
fn bounds(text: &str, plan: Option<&Plan>) -> Option<Plan> {
    let period = parse(text, plan).ok()?;
    if period.kind.is_open() || period.assumed {
        return None;
    }
    Some(Plan {
        from: period.from?,
        to: period.to?,
    })
}

/// The single year, or run of years, that is called so somewhere in the text.
fn years(text: &str) -> Option<Plan> {
    let all = tokens(text);
    let mut found: Option<Plan> = None;
    let mut next = 0;
    for (start, token) in all.iter().enumerate() {
        let dotted = start.checked_sub(1).and_then(|i| all.get(i));
        let part = dotted.is_some_and(|t| matches!(t.kind, Kind::Dot | Kind::Slash) && token.tight);
        if start < next || part || !matches!(token.kind, Kind::Num(_, 4)) {
            continue;
        }
        let Some((plan, end)) = run(&all, start) else {
            continue;
        };
        next = end;
        if found.is_some_and(|known| known != plan) {
            return None;
        }
        found = Some(plan);
    }
    found
}

/// The years that begin at a token, with the token behind them.
fn run(all: &[Token], start: usize) -> Option<(Plan, usize)> {
    let mut reader = Reader {
        tokens: all,
        pos: start,
    };
    let item = reader.item().ok()?;
    if item.a.unit != Unit::Year {
        return None;
    }
    let named = all
        .get(start..reader.pos)?
        .iter()
        .any(|t| matches!(&t.kind, Kind::Word(w) if words::is_year(w) || words::is_school(w)));
    let part = super::resolve::plain(&item)?;
    named.then_some((
        Plan {
            from: part.from?,
            to: part.to?,
        },
        reader.pos,
    ))
}
