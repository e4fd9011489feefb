//! Heads of schools: «Фамилия И. О.», «И. О. Фамилия», full names in any order and case, in both alphabets.
//!
//! Takes the token stream; gives the persons named in it. A surname alone is nothing, unless the post of a
//! school's head stands beside it. Must not know schools beyond their index.

mod cut;
pub(crate) mod father;
mod post;

pub(crate) use father::{Called, at_initials, at_patronymic};

use super::fold::lookalike;
use super::index::{Hit, Pat};
use super::lexicon::Kind;
use super::mention::Reason;
use super::model::{Model, Person};
use super::morph::{self, Forms};
use super::place::boundary;
use super::token::{Stream, What, flag};
use super::translit::skeleton;
use super::verdict::ClearReason;

/// A person found: tokens from..=to.
pub(crate) struct Found {
    pub school: u32,
    pub from: usize,
    pub to: usize,
    pub forms: Forms,
    /// Why it may be somebody else.
    pub doubt: Option<Reason>,
}

/// How a neighbouring token stands to a part of the person's name.
#[derive(PartialEq, Clone, Copy)]
enum Fit {
    Full(Forms),
    Initial,
    /// A name or initial of somebody else.
    Other,
    /// No name at all.
    None,
}

fn fit(stream: &Stream, i: Option<usize>, pats: &[Pat], initial: u8) -> Fit {
    let Some(t) = i.and_then(|i| stream.get(i)).filter(|t| t.is_word()) else {
        return Fit::None;
    };
    let word = stream.word(t);
    let latin = t.is(flag::LATIN);
    let key = if latin { skeleton(word) } else { word.to_vec() };
    if let Some(f) = pats.iter().find_map(|p| p.matches(&key, latin)) {
        return Fit::Full(f);
    }
    // «ryabova_o_r»: initials in a file's name.
    let joined = t.is(flag::UNDERSCORE | flag::HYPHEN);
    let several = latin && word.len() <= 4 && skeleton(word) == skeleton(&[initial]);
    if joined && several && !t.is(flag::CAPITAL) {
        return Fit::Initial;
    }
    let slug = word.len() == 1 && joined;
    if !(t.is(flag::CAPITAL) || slug) {
        return Fit::None;
    }
    let next = i.and_then(|i| stream.get(i + 1));
    let dotted = || next.is_some_and(|n| n.is(flag::DOT));
    // «У Рябовой опять нет химика», but «А П Рябова», «Рябова А»
    let opens = next.is_some_and(|n| n.is_word() && n.len() > 1);
    if word.len() == 1 && opens && matches!(t.kind(), Some(Kind::Prep | Kind::Conj)) && !dotted() {
        return Fit::None;
    }
    let short = word.len() == 1 || latin && word.len() <= 4 && dotted();
    if short {
        let letter = word.first().copied().unwrap_or(0);
        let same = letter == initial
            || latin
                && (lookalike(letter, true, false) == Some(initial)
                    || skeleton(word).first() == skeleton(&[initial]).first());
        return if initial == 0 {
            Fit::None
        } else if same {
            Fit::Initial
        } else {
            Fit::Other
        };
    }
    if t.lex.is_some() || t.is(flag::ALL_CAPS) {
        Fit::None
    } else {
        Fit::Other
    }
}

/// Whether a word that stands for nobody we know looks like a patronymic.
fn patronymic_like(stream: &Stream, i: Option<usize>) -> bool {
    i.and_then(|i| stream.get(i)).is_some_and(|t| {
        t.is_word() && t.is(flag::CAPITAL) && morph::is_female_patronymic(stream.word(t)).is_some()
    })
}

/// Judges the surname hit at token `i`: the person, or why it is nobody of the registry.
pub(crate) fn at(model: &Model, stream: &Stream, i: usize, hit: Hit) -> Result<Found, ClearReason> {
    Ok(named(model, stream, i, hit)?.weighed(stream, usize::from(hit.more)))
}

impl Found {
    /// Doubtful where another post stands by the name, or where initials alone tell the person and nothing near speaks
    /// of a school. The surname may have `more` words than one.
    pub(crate) fn weighed(mut self, stream: &Stream, more: usize) -> Self {
        if self.doubt.is_none() {
            let (from, to) = (self.from, self.to);
            let names = (from..=to).filter(|k| stream.get(*k).is_some_and(|t| t.len() > 1));
            let names = names.count();
            let full = names > 2 + more;
            // «Рябова Анна, 5 класс»: without patronymic or initials it takes the post.
            let initials = (from..=to).any(|k| stream.get(k).is_some_and(|t| t.len() == 1));
            let partly = names == 2 + more && !initials;
            let other = post::is_another(stream, from, to)
                || !full && !post::is_of_school(stream, from, to)
                || partly && !post::is_head(stream, from, to);
            self.doubt = other.then_some(Reason::OtherPost);
        }
        self
    }
}

/// The person whose surname stands at token `i`, with names or initials that fit.
fn named(model: &Model, stream: &Stream, i: usize, hit: Hit) -> Result<Found, ClearReason> {
    let (Some(person), Some(token)) = (model.people.get(hit.owner as usize), stream.get(i)) else {
        return Err(ClearReason::AnotherPerson);
    };
    let mut end = i;
    for n in 0..usize::from(hit.more) {
        let goes_on = stream.get(end + 1).is_some_and(|t| {
            let word = stream.word(t);
            let latin = t.is(flag::LATIN);
            let key = if latin { skeleton(word) } else { word.to_vec() };
            model.index.continues(hit, n, &key, latin)
        });
        if !goes_on {
            return Err(ClearReason::AnotherPerson);
        }
        end += 1;
    }
    // Part of a longer double surname.
    let glued = |j: usize| {
        stream
            .get(j)
            .is_some_and(|t| t.is_word() && t.is(flag::HYPHEN) && t.is(flag::CAPITAL))
    };
    let slug = token.is(flag::LATIN) && !token.is(flag::CAPITAL);
    if !slug
        && (glued(end + 1)
            || token.is(flag::HYPHEN)
                && token.is(flag::CAPITAL)
                && i.checked_sub(1).is_some_and(|p| {
                    stream
                        .get(p)
                        .is_some_and(|t| t.is_word() && t.is(flag::CAPITAL))
                }))
    {
        return Err(ClearReason::AnotherPerson);
    }
    let [g, p] = person.initials;
    let found = |from: usize, to: usize, forms: Forms| {
        Ok(Found {
            school: person.school,
            from,
            to,
            forms: hit.forms.and(forms),
            doubt: None,
        })
    };
    // «Громобоева_ВК», «ВК Громобоева»
    let before = i.checked_sub(1).map(|at| (at, at, end));
    for (at, from, to) in std::iter::once((end + 1, i, end + 1)).chain(before) {
        if cut::fused(stream, at, person.initials) {
            return found(from, to, Forms::ANY);
        }
    }
    // «Громобоев Андр. Юр.», «Андр. Юр. Громобоев»
    let before = i.checked_sub(2).map(|at| (at, at, end));
    for (at, from, to) in std::iter::once((end + 1, i, end + 2)).chain(before) {
        if cut::both(stream, at, &person.cuts, person.initials) {
            return found(from, to, Forms::ANY);
        }
    }
    let comma = usize::from(stream.get(end + 1).is_some_and(|t| t.mark(',')));
    // To the right: given name (or initial), then patronymic.
    for skip in 0..=comma {
        let r1 = over_break(stream, end + 1 + skip);
        let a = fit(stream, Some(r1), &person.given, g);
        // «А.-М. Ю.», «Анна-Мария»
        let r1 = r1
            + usize::from(
                stream
                    .get(r1 + 1)
                    .is_some_and(|t| t.is_word() && t.is(flag::HYPHEN) && t.is(flag::CAPITAL)),
            );
        let r2 = over_break(stream, r1 + 1);
        if let (Fit::Full(f), Fit::Full(f2)) = (a, fit(stream, Some(r2), &person.patronymic, p)) {
            return found(i, r2, Forms(f.0 & f2.0));
        }
        let b = fit(stream, Some(r1 + 1), &person.patronymic, p);
        match (a, b) {
            (Fit::Full(_) | Fit::Initial, Fit::Initial) => {
                return found(i, r1 + 1, Forms::ANY);
            }
            (Fit::Full(f), Fit::None) if skip == 0 && !patronymic_like(stream, Some(r2)) => {
                return found(i, r1, f);
            }
            (Fit::Full(f), Fit::Other) if !patronymic_like(stream, Some(r2)) && skip == 0 => {
                return found(i, r1, f);
            }
            (Fit::Initial, Fit::Full(f)) => return found(i, r1 + 1, f),
            // «А. Г. Рябова, А. Петров»: behind a comma it may be the next one's.
            (Fit::Initial, Fit::Other) if skip == 0 => return Err(ClearReason::AnotherPerson),
            (Fit::Initial, Fit::None) if p == 0 => return found(i, r1, Forms::ANY),
            _ => {}
        }
        if skip == 0
            && (a == Fit::Other
                && (patronymic_like(stream, Some(r1 + 1))
                    || matches!(b, Fit::Other | Fit::Initial)))
        {
            let short = |j: usize| stream.get(j).is_some_and(|t| stream.word(t).len() == 1);
            // «Рябова С. Т.»: other initials; «А. П. Рябова Семёну» would be seen on the left.
            if short(r1) || patronymic_like(stream, Some(r1 + 1)) {
                return left(person, stream, i, end, hit, true);
            }
        }
    }
    left(person, stream, i, end, hit, false)
}

/// The next word's index, over one end of a cell or block: surname and names may stand in cells of their own.
fn over_break(stream: &Stream, i: usize) -> usize {
    let edge = stream
        .get(i)
        .is_some_and(|t| t.what == What::Break && !t.is(flag::DOT));
    i + usize::from(edge)
}

fn left(
    person: &Person,
    stream: &Stream,
    i: usize,
    end: usize,
    hit: Hit,
    only_full: bool,
) -> Result<Found, ClearReason> {
    let [g, p] = person.initials;
    // «от Приречного — Рябова»: what stands before a dash is no name of hers.
    let parted = stream.get(i).is_some_and(|t| t.is(flag::DASH));
    let before = |n: usize| i.checked_sub(n).filter(|_| !parted);
    let (l1, l2) = (before(1), before(2));
    let found = |from: usize, forms: Forms, weak: bool| {
        Ok(Found {
            school: person.school,
            from,
            to: end,
            forms: hit.forms.and(forms),
            doubt: weak.then_some(Reason::SurnameOnly),
        })
    };
    let father = fit(stream, l1, &person.patronymic, p);
    let given_far = fit(stream, l2, &person.given, g);
    let far = i.saturating_sub(2);
    let far = far - usize::from(far > 0 && stream.get(far).is_some_and(|t| t.is(flag::HYPHEN)));
    match (given_far, father) {
        (Fit::Full(f), Fit::Full(f2)) => return found(far, Forms(f.0 & f2.0), false),
        (Fit::Initial | Fit::Full(_), Fit::Initial) => return found(i - 2, Forms::ANY, false),
        (_, Fit::Initial)
            if p != 0
                && matches!(given_far, Fit::Other)
                && stream
                    .get(l2.unwrap_or(0))
                    .is_some_and(|t| stream.word(t).len() == 1) =>
        {
            return Err(ClearReason::AnotherPerson);
        }
        _ => {}
    }
    let given_near = fit(stream, l1, &person.given, g);
    if let Fit::Full(f) = given_near {
        return found(i - 1, f, false);
    }
    if only_full {
        return Err(ClearReason::AnotherPerson);
    }
    if given_near == Fit::Initial && (given_far == Fit::None || p == 0) {
        // One initial: enough beside a post.
        let weak = p != 0;
        return if !weak || post_near(stream, i - 1, end) {
            found(i - 1, Forms::ANY, weak)
        } else {
            Err(ClearReason::SurnameAlone)
        };
    }
    let right = stream
        .get(end + 1)
        .is_some_and(|t| t.is_word() && stream.word(t).len() == 1 && t.is(flag::CAPITAL));
    let right_initial = right && fit(stream, Some(end + 1), &person.given, g) == Fit::Initial;
    if right_initial && post_near(stream, i, end) {
        return Ok(Found {
            school: person.school,
            from: i,
            to: end + 1,
            forms: hit.forms,
            doubt: Some(Reason::SurnameOnly),
        });
    }
    if right
        || given_near == Fit::Other
            && l1
                .and_then(|l| stream.get(l))
                .is_some_and(|t| stream.word(t).len() == 1)
        || patronymic_like(stream, l1)
    {
        return Err(ClearReason::AnotherPerson);
    }
    let capital = stream.get(i).is_some_and(|t| t.is(flag::CAPITAL));
    // «Вчера Рябова говорила о кадрах»: the first word of a sentence has its capital from there.
    let opens = l1.is_some_and(|l| l == 0 || boundary(stream, l));
    if given_near == Fit::Other && !opens {
        return Err(ClearReason::AnotherPerson);
    }
    if !capital || !head_near(stream, i, end) {
        return Err(ClearReason::SurnameAlone);
    }
    Ok(Found {
        school: person.school,
        from: i,
        to: end,
        forms: hit.forms,
        doubt: Some(Reason::SurnameOnly),
    })
}

/// A post word close by, in the same sentence.
fn post_near(stream: &Stream, from: usize, to: usize) -> bool {
    let near = |j: usize| {
        stream
            .get(j)
            .is_some_and(|t| matches!(t.kind(), Some(Kind::Role | Kind::Governs | Kind::Type)))
    };
    (from.saturating_sub(6)..from).any(near) || (to + 1..to + 7).any(near)
}

/// The head's post right before the surname («директор школы Рябова») or right after a comma.
fn head_near(stream: &Stream, from: usize, to: usize) -> bool {
    let head = |j: usize| {
        stream.get(j).is_some_and(|t| {
            t.lex.is_some_and(|l| l.kind == Kind::Role && l.value == 1)
                || t.lexed(Kind::Governs) && super::fold::begins(stream.word(t), "директор")
        })
    };
    for j in (from.saturating_sub(6)..from).rev() {
        let Some(t) = stream.get(j) else { break };
        if head(j) {
            return true;
        }
        let stop = !t.is_word() && !t.is_number()
            || t.is_word()
                && !t.is(flag::CAPITAL)
                && t.lex.is_none()
                && morph::adjective_stem(stream.word(t)).is_none();
        if stop
            || stream
                .get(j + 1)
                .is_some_and(|n| n.is(flag::DOT) && n.is(flag::CAPITAL) && stream.word(t).len() > 3)
        {
            break;
        }
    }
    let comma = usize::from(
        stream
            .get(to + 1)
            .is_some_and(|t| t.mark(',') || t.is(flag::DASH)),
    );
    comma > 0 && head(to + 2)
        || stream.get(to + 1).is_some_and(|t| t.is(flag::DASH)) && head(to + 1)
}
