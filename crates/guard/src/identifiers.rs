//! Identifiers: phones, INN, OGRN in any punctuation; e-mail and site in any spelling; street and house.
//!
//! Takes the token stream; gives the identifiers found in it. Digits and addresses are compared by hash. Must not
//! decide about places: an address is checked against its context by `resolve`.

use super::fold::enc;
use super::index::{Hit, hash};
use super::lexicon::Kind;
use super::model::Model;
use super::token::{Stream, Token, What, flag};
use crate::registry::IdentifierKind;

/// An identifier found in tokens from..=to.
pub(crate) struct Found {
    pub school: u32,
    pub kind: IdentifierKind,
    pub from: usize,
    pub to: usize,
}

pub(crate) fn digits_of(text: &str) -> Vec<u8> {
    text.chars()
        .filter_map(|c| match super::fold::fold(c) {
            super::fold::Fold::Digit(b) => Some(b),
            _ => None,
        })
        .collect()
}

pub(crate) fn strip_code(digits: &[u8]) -> &[u8] {
    match digits {
        [b'7' | b'8', rest @ ..] if rest.len() == 10 => rest,
        _ => digits,
    }
}

pub(crate) fn letters(text: &str) -> Vec<u8> {
    enc(&text.to_lowercase())
}

/// Digits that begin at token `i`.
pub(crate) fn digits_at(model: &Model, stream: &Stream, i: usize) -> Option<Found> {
    // No identifier has more digits; a page has numbers by the thousand.
    let mut buffer = [0u8; 15];
    let mut len = 0;
    let mut best = None;
    let mut hyphens = 0;
    // A number that hangs on a word («plan-000020») is no code of a telephone, whatever stands in the next field.
    let hangs = stream
        .get(i)
        .is_some_and(|t| t.is(flag::HYPHEN | flag::UNDERSCORE | flag::GLUED));
    let mut crossed = false;
    let mut j = i;
    while let Some(t) = stream.get(j) {
        match t.what {
            // «8 86394 | 25503»: code and number in neighbouring fields, which only a whole number can be.
            What::Break | What::Mark(';' | '|')
                if !hangs && j > i && !crossed && (3..=6).contains(&len) && best.is_none() =>
            {
                crossed = true;
            }
            What::Number => {
                if j > i && t.is(flag::GLUED | flag::QUOTE) {
                    break;
                }
                if j > i && t.is(flag::HYPHEN | flag::DASH | flag::DOT) {
                    hyphens += 1;
                }
                let word = stream.word(t);
                let Some(room) = buffer.get_mut(len..len + word.len()) else {
                    break;
                };
                room.copy_from_slice(word);
                len += word.len();
                let all = buffer.get(..len).unwrap_or_default();
                if matches!(all.len(), 5..=7 | 10..=13 | 15)
                    && let Some((school, kind, context)) = model.digits.get(&hash(strip_code(all)))
                {
                    let wanted = *context;
                    // «2025-01»: what goes on is no whole number.
                    let goes_on = stream
                        .get(j + 1)
                        .is_some_and(|n| n.is_number() && n.is(flag::HYPHEN));
                    let whole = !wanted && all.len() >= 10 && !goes_on;
                    if crossed && (!whole || *kind != IdentifierKind::Phone) {
                        j += 1;
                        continue;
                    }
                    let phone_word = (i.saturating_sub(4)..i).any(|k| {
                        stream
                            .get(k)
                            .is_some_and(|t| t.lexed(Kind::Phone) || t.mark('☎'))
                    });
                    let before = i
                        .checked_sub(1)
                        .and_then(|k| stream.get(k))
                        .is_some_and(|t| t.is_number() || t.mark(')') || t.mark('+'));
                    let ok = !wanted
                        || phone_word
                        || (hyphens >= if all.len() <= 5 { 2 } else { 1 } && !before);
                    if ok {
                        best = Some(Found {
                            school: *school,
                            kind: *kind,
                            from: i,
                            to: j,
                        });
                    }
                }
            }
            What::Mark('(' | ')' | '+' | '/' | '[' | ']') if j > i => {}
            _ => break,
        }
        j += 1;
    }
    // «+7» and a bracket belong to the number.
    if let Some(f) = best.as_mut() {
        while let Some(p) = f.from.checked_sub(1) {
            if stream.get(p).is_some_and(|t| t.mark('+') || t.mark('(')) {
                f.from = p
            } else {
                break;
            }
        }
    }
    best
}

fn spoken(word: &[u8]) -> bool {
    crate::fold::reads_any(
        word,
        "at dot собака точка собачка гав sobaka tochka тире дефис",
    )
}

/// An e-mail or site that begins at token `i`.
pub(crate) fn literal_at(model: &Model, stream: &Stream, i: usize) -> Option<Found> {
    let first = stream.get(i)?;
    if first.is(flag::GLUED) && first.is_number() {
        return None;
    }
    let mut all: Vec<u8> = Vec::with_capacity(64);
    let mut best = None;
    let mut j = i;
    let mut open = true;
    while let Some(t) = stream.get(j) {
        let word = stream.word(t);
        let talk = t.is_word() && j > i && spoken(word);
        match t.what {
            What::Mark('@' | '/' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>')
                if j > i =>
            {
                open = true
            }
            What::Word | What::Number => {
                if talk {
                    open = true;
                } else {
                    if j > i
                        && t.is(flag::SPACE | flag::NEWLINE | flag::DASH)
                        && !open
                        && !t.is(flag::DOT | flag::HYPHEN)
                    {
                        break;
                    }
                    open = false;
                    all.extend_from_slice(word);
                    if all.len() >= 2 && !model.index.literal_head(&all) || all.len() > 120 {
                        break;
                    }
                    if let Some(owner) = model.index.literal(&all)
                        && let Some(l) = model.literals.get(owner as usize)
                    {
                        best = Some(Found {
                            school: l.school,
                            kind: l.kind,
                            from: i,
                            to: j,
                        });
                    }
                }
            }
            _ => break,
        }
        j += 1;
    }
    best
}

/// The number of a house in digits or words, and its last token.
fn house_at(stream: &Stream, at: usize) -> Option<(u64, usize)> {
    let t = stream.get(at)?;
    if t.is_number() {
        return Some((t.value, at));
    }
    let spelled = |i: usize| {
        let lex = stream.get(i)?.lex?;
        (lex.kind == Kind::Cardinal).then_some(u64::from(lex.value))
    };
    let (mut sum, mut last, mut end) = (spelled(at)?, spelled(at)?, at);
    while let Some(next) = spelled(end + 1).filter(|n| *n < last && last >= 20) {
        sum += next;
        last = next;
        end += 1;
    }
    Some((sum, end))
}

/// Whether the street that begins at token `from` and ends before `edge` fills its field.
fn fields(stream: &Stream, from: usize, edge: usize) -> bool {
    let opens = |t: &Token| t.what == What::Break || t.mark(';') || t.mark('|') || t.mark('"');
    from.checked_sub(1)
        .is_none_or(|b| stream.get(b).is_none_or(opens))
        && stream.get(edge).is_some()
}

/// Whether the field of a house ends after its number and at most a letter.
fn field_ends(stream: &Stream, house: usize) -> bool {
    (house + 1..house + 4)
        .find_map(|k| {
            let t = stream.get(k)?;
            let ends = t.what == What::Break || t.mark(';') || t.mark('|');
            let part = t.mark('/')
                || t.is_number() && t.flags & 0xFF == 0
                || t.is_word() && stream.word(t).len() == 1;
            (ends || !part).then_some(ends)
        })
        .unwrap_or(true)
}

/// A street hit at token `i`: the house must follow.
pub(crate) fn address_at(
    model: &Model,
    stream: &Stream,
    i: usize,
    hit: Hit,
) -> Option<(Found, bool)> {
    let address = model.addresses.get(hit.owner as usize)?;
    let mut end = i;
    for n in 0..usize::from(hit.more) {
        let t = stream.get(end + 1)?;
        let latin = t.is(flag::LATIN);
        let word = if latin {
            super::translit::skeleton(stream.word(t))
        } else {
            stream.word(t).to_vec()
        };
        if !model.index.continues(hit, n, &word, latin) {
            return None;
        }
        end += 1;
    }
    let street_at = |j: Option<usize>| {
        j.and_then(|j| stream.get(j))
            .is_some_and(|t| t.lexed(Kind::Street))
    };
    // «ул. 8 Марта», «улица 2-я Линейная»
    let suffix = i
        .checked_sub(1)
        .and_then(|k| stream.get(k))
        .is_some_and(|t| {
            t.is_word() && t.is(flag::HYPHEN | flag::GLUED) && stream.word(t).len() <= 2
        });
    // «ул. Бр. Громобоевых», «улица имени Громобоева», «пр-т Ак. Громобоева»
    let mut start = i;
    while let Some(k) = start.checked_sub(1).filter(|k| i - *k <= 4) {
        let honour = stream
            .get(k)
            .zip(stream.get(start))
            .is_some_and(|(t, next)| {
                matches!(t.kind(), Some(Kind::Named | Kind::Rank))
                    || t.is_word()
                        && t.kind() != Some(Kind::Street)
                        && stream.word(t).len() <= 5
                        && next.is(flag::DOT)
                        && (t.is(flag::CAPITAL) || stream.word(t).len() > 1)
                        && !t.lexed(Kind::Settlement)
            });
        if !honour {
            break;
        }
        start = k;
    }
    let honoured = start < i && street_at(start.checked_sub(1));
    let number = i.checked_sub(1 + usize::from(suffix));
    let number = number.filter(|k| stream.get(*k).is_some_and(|t| t.is_number()));
    let far = number.and_then(|k| k.checked_sub(1));
    let before = street_at(i.checked_sub(1)) || street_at(far) || honoured;
    let after = street_at(Some(end + 1));
    let mut from = i;
    if before {
        from = if street_at(i.checked_sub(1)) {
            i - 1
        } else if honoured {
            start.saturating_sub(1)
        } else {
            far.unwrap_or(i)
        };
    }
    if after {
        end += 1;
    }
    let mut j = end + 1;
    let mut crossed = false;
    for _ in 0..5 {
        let t = stream.get(j)?;
        // «Мира | 7»: the house in the next field, and nothing else in either.
        if !crossed
            && (t.what == What::Break || t.mark(';') || t.mark('|'))
            && fields(stream, from, j)
        {
            crossed = true;
            j += 1;
            // Keys of the field: «"house": "12"».
            for _ in 0..2 {
                let key = stream
                    .get(j)
                    .is_some_and(|k| k.is_word() && (k.is(flag::LATIN) || k.lexed(Kind::House)));
                if key && stream.get(j + 1).is_some_and(|b| b.what == What::Break) {
                    j += 2;
                }
            }
            continue;
        }
        if t.is_number() || t.lexed(Kind::Cardinal) {
            break;
        }
        let letter = t.is_word() && stream.word(t).len() == 1;
        if !(t.mark(',') || t.mark('№') || t.lexed(Kind::House) || letter && !t.is(flag::CAPITAL))
        {
            return None;
        }
        j += 1;
    }
    let (house, j) = house_at(stream, j)?;
    // A house in a field of its own says little: only beside the school's place.
    let street_said = (before || after) && !crossed;
    if crossed && !field_ends(stream, j) {
        return None;
    }
    if house != address.house {
        return None;
    }
    let mut second = j + 1;
    while second < j + 4
        && stream.get(second).is_some_and(|t| {
            t.mark('/')
                || t.mark(',')
                // «21 (корпус 2)», but not «11 (2 этаж)»
                || t.mark('(') && stream.get(second + 1).is_some_and(Token::is_word)
                || t.lexed(Kind::House)
                || t.is_word()
                    && stream
                        .word(t)
                        .first()
                        .is_some_and(|b| super::morph::is_in(*b, "к"))
                    && stream.word(t).len() != 2
        })
    {
        second += 1;
    }
    // «дом 17, 36 ч.»: a comma alone joins no second number to the house.
    let joined = (j + 1..second).any(|k| stream.get(k).is_some_and(|t| !t.mark(',')));
    if joined && let Some(n) = stream.get(second).filter(|n| n.is_number()) {
        let fits = stream.word(n) == address.suffix;
        let found = Found {
            school: address.school,
            kind: IdentifierKind::Address,
            from,
            to: second,
        };
        return fits.then_some((found, street_said));
    }
    if address.suffix.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let tail = stream.get(j + 1).filter(|t| {
        t.is_word()
            && stream.word(t).len() == 1
            && (t.is(flag::GLUED)
                || t.flags & 0xFF == 0
                || t.is(flag::SPACE | flag::HYPHEN) && !t.is(flag::DOT))
    });
    let mut to = j;
    let prep = |w: &[u8]| super::morph::is_in(w[0], "вскиоу");
    match (tail, address.suffix.is_empty()) {
        (Some(t), false)
            if super::translit::skeleton(stream.word(t))
                == super::translit::skeleton(&address.suffix) =>
        {
            to = j + 1
        }
        (Some(t), true) if t.is(flag::GLUED) || !prep(stream.word(t)) => return None,
        (_, false) => return None,
        _ => {}
    }
    Some((
        Found {
            school: address.school,
            kind: IdentifierKind::Address,
            from,
            to,
        },
        street_said,
    ))
}
