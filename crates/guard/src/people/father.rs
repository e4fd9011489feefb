//! Heads of schools known by given name and patronymic, where the surname stands apart or has a slip in it:
//! «Дарофеева Анна Петровна», «Рябова открыла собрание. Анна Петровна напомнила …», names under keys of their own.
//!
//! Takes the token stream at a patronymic or at initials; gives the person. Who is called by given name and
//! patronymic alone is left to what the text speaks of.

use super::super::index::{Hit, Role, hash};
use super::super::mention::Reason;
use super::super::model::{Model, Person};
use super::super::morph::{self, Forms};
use super::super::place::boundary;
use super::super::token::{Stream, Token, What, flag};
use super::{Fit, Found, fit, post_near};

/// How far a surname may stand before or after the names, in tokens.
const REACH: usize = 8;
/// How far back the surname may have been said.
const SAID: usize = 60;

/// The stem of a patronymic in any case: «Петрович», «Петровн».
pub(crate) fn stem(word: &[u8]) -> Option<&[u8]> {
    // в, ч, ш before н; и before ч
    let last = word.iter().rposition(|b| matches!(b, 0xED | 0xF7))?;
    let before = last.checked_sub(1).and_then(|i| word.get(i))?;
    let fits = match word.get(last)? {
        0xED => matches!(before, 0xE2 | 0xF7 | 0xF8),
        _ => *before == 0xE8,
    };
    (fits && last >= 3 && word.len() - last <= 3).then(|| word.get(..=last))?
}

/// The words before or after token `i`; names of fields, keys in Latin letters and ends of cells are passed over.
fn words(stream: &Stream, i: usize, back: bool) -> impl Iterator<Item = usize> + '_ {
    (1..=REACH)
        .map_while(move |n| if back { i.checked_sub(n) } else { Some(i + n) })
        .filter(move |k| {
            stream.get(*k).is_some_and(|t| {
                let field = crate::fold::reads_any(stream.word(t), "имя фамилия отчество фио");
                t.is_word() && !t.is(flag::LATIN) && !field
            })
        })
}

/// Tries the patronymic at token `i`: the person found, or one who is called by name and patronymic alone.
pub(crate) fn at_patronymic(
    model: &Model,
    stream: &Stream,
    i: usize,
) -> Option<Result<Found, Called>> {
    let t = stream.get(i).filter(|t| likely(t))?;
    let word = stream.word(t);
    let persons = model.fathers.get(&hash(stem(word)?))?;
    persons
        .iter()
        .find_map(|p| called(model, stream, i, *p, model.people.get(*p as usize)?))
}

/// Whether a token may be a name at all.
fn likely(t: &Token) -> bool {
    t.is_word() && t.is(flag::CAPITAL) && !t.is(flag::LATIN) && !t.has_hits()
}

/// Tokens from..=to that are the given name and patronymic of a head.
pub(crate) struct Called {
    pub person: u32,
    pub school: u32,
    pub from: usize,
    pub to: usize,
}

fn called(
    model: &Model,
    stream: &Stream,
    i: usize,
    owner: u32,
    person: &Person,
) -> Option<Result<Found, Called>> {
    let given = words(stream, i, true).next()?;
    let Fit::Full(f) = fit(stream, Some(given), &person.given, 0) else {
        return None;
    };
    let Fit::Full(f2) = fit(stream, Some(i), &person.patronymic, 0) else {
        return None;
    };
    let forms = Forms(f.0 & f2.0);
    let surname = |k: usize| {
        stream.get(k).is_some_and(|t| {
            t.is(flag::CAPITAL)
                && stream
                    .hits(t)
                    .iter()
                    .any(|h| h.role == Role::Surname && h.owner == owner && h.more == 0)
        })
    };
    let found = |from: usize, to: usize, doubt: Option<Reason>| {
        Some(Ok(Found {
            school: person.school,
            from,
            to,
            forms,
            doubt,
        }))
    };
    // Right beside: a slip, or the surname in a field of its own.
    let beside = [
        words(stream, given, true).next(),
        words(stream, i, false).next(),
    ];
    for k in beside.into_iter().flatten() {
        if surname(k) {
            return found(k.min(given), k.max(i), None);
        }
        let t = stream.get(k)?;
        let adjacent = k + 1 == given || k == i + 1;
        if adjacent && likely(t) && slips(model, stream.word(t)).any(|h| h.owner == owner) {
            return found(k.min(given), k.max(i), Some(Reason::Misspelt));
        }
    }
    // Somebody else's surname beside the names settles it.
    let other = |k: Option<usize>, edge: usize| {
        k.and_then(|k| stream.get(k)).is_some_and(|t| {
            t.is(flag::CAPITAL)
                && t.lex.is_none()
                && t.is_word()
                && !boundary(stream, edge)
                && morph::looks_like_surname(stream.word(t))
        })
    };
    if other(given.checked_sub(1), given) || other(Some(i + 1), i + 1) {
        return None;
    }
    let mut said = given.saturating_sub(SAID)..given;
    if said.any(|k| surname(k) && bare(stream, k)) {
        return found(given, i, Some(Reason::SurnameOnly));
    }
    let adjacent = given + 1 == i && !boundary(stream, i);
    adjacent.then_some(Err(Called {
        person: owner,
        school: person.school,
        from: given,
        to: i,
    }))
}

/// A surname without anybody's initials or names.
fn bare(stream: &Stream, i: usize) -> bool {
    let name = |k: Option<usize>, edge: usize| {
        k.and_then(|k| stream.get(k)).is_some_and(|t| {
            t.is_word() && t.is(flag::CAPITAL) && t.lex.is_none() && !boundary(stream, edge)
        })
    };
    !name(i.checked_sub(1), i) && !name(Some(i + 1), i + 1)
}

fn slips<'m>(model: &'m Model, word: &[u8]) -> impl Iterator<Item = Hit> + use<'m> {
    model
        .misspelt
        .near(word, |r| r == Role::Surname)
        .into_iter()
}

/// Tries the initial at token `i` with another after it: «Дарофеева А. П.», «А. П. Дарофеева», beside a post.
pub(crate) fn at_initials(model: &Model, stream: &Stream, i: usize) -> Option<Found> {
    let initial = |k: usize| {
        let t = stream.get(k)?;
        let word = stream.word(t);
        (t.is_word() && t.is(flag::CAPITAL) && !t.is(flag::LATIN) && word.len() == 1)
            .then(|| word.first().copied())
            .flatten()
    };
    let (g, p) = (initial(i)?, initial(i + 1)?);
    if !stream.get(i + 1)?.is(flag::DOT) || i.checked_sub(1).and_then(initial).is_some() {
        return None;
    }
    for k in [i.checked_sub(1), Some(i + 2)].into_iter().flatten() {
        let Some(t) = stream.get(k).filter(|t| likely(t) && t.lex.is_none()) else {
            continue;
        };
        if t.what == What::Break || stream.word(t).len() < 6 {
            continue;
        }
        let (from, to) = (k.min(i), k.max(i + 1));
        for h in slips(model, stream.word(t)) {
            let person = model.people.get(h.owner as usize)?;
            if person.initials == [g, p] && post_near(stream, from, to) {
                return Some(Found {
                    school: person.school,
                    from,
                    to,
                    forms: h.forms,
                    doubt: Some(Reason::Misspelt),
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::fold::enc;
    use super::*;

    #[test]
    fn patronymics_bend() {
        for (word, want) in [
            ("Петровна", "петровн"),
            ("Петровной", "петровн"),
            ("Петровичем", "петрович"),
            ("Ильич", "ильич"),
            ("Ильиничны", "ильиничн"),
        ] {
            assert_eq!(stem(&enc(word)), Some(enc(want).as_slice()), "{word}");
        }
        for word in ["Рябова", "Петров", "он"] {
            assert_eq!(stem(&enc(word)), None, "{word}");
        }
    }
}
