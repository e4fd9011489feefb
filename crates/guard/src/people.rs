//! Heads of schools: «Фамилия И. О.», «И. О. Фамилия», full names in any order and case, in both alphabets.
//!
//! Takes the token stream; gives the persons named in it. A surname alone is nothing, unless the post of a
//! school's head stands beside it. Must not know schools beyond their index.

mod cut;
mod father;

pub(crate) use father::{at_initials, at_patronymic};

use super::fold::lookalike;
use super::index::{Hit, Pat, Role};
use super::lexicon::Kind;
use super::mention::Reason;
use super::morph::{self, Forms, Para, is_in};
use super::names::{Compiler, Model, tokens};
use super::token::{Stream, What, flag};
use super::translit::skeleton;
use super::verdict::ClearReason;

/// A person as compiled.
pub(crate) struct Person {
    pub school: u32,
    given: Vec<Pat>,
    patronymic: Vec<Pat>,
    /// Both as they are cut short.
    cuts: [Vec<Pat>; 2],
    /// First letters of given name and patronymic.
    initials: [u8; 2],
}

/// A person found: tokens from..=to.
pub(crate) struct Found {
    pub school: u32,
    pub from: usize,
    pub to: usize,
    pub forms: Forms,
    /// Why it may be somebody else.
    pub doubt: Option<Reason>,
}

/// Stems of a word that stands in the genitive: a namesake after «имени».
pub(crate) fn from_genitive(word: &[u8]) -> Vec<(Vec<u8>, Para)> {
    let cut = |n: usize| word[..word.len().saturating_sub(n)].to_vec();
    let ends = |e: &str| {
        let e = super::fold::enc(e);
        word.len() > e.len() + 2 && word.ends_with(&e)
    };
    let mut out = vec![(word.to_vec(), Para::Exact)];
    if ends("ого") || ends("его") {
        out.push((cut(3), Para::Adj));
    } else if ends("ой") || ends("ей") {
        out.push((cut(2), Para::SurnameF));
        out.push((cut(2), Para::Adj));
        out.push((cut(2), Para::NounA));
    } else if ends("ов") || ends("ев") {
        out.push((cut(2), Para::NounPl));
    } else if ends("ых") || ends("их") {
        out.push((cut(2), Para::Adj));
        out.push((word.to_vec(), Para::Fixed));
    } else if ends("а") {
        out.push((cut(1), Para::SurnameM));
        out.push((cut(1), Para::SurnameC));
    } else if ends("я") {
        out.push((cut(1), Para::SurnameC));
    } else if ends("ы") || ends("и") {
        out.push((cut(1), Para::NounA));
    }
    out
}

/// Stems of a given name.
fn given_name(word: &[u8]) -> Vec<(Vec<u8>, Para)> {
    let n = word.len();
    let mut out = morph::noun(word);
    out.push((word.to_vec(), Para::Exact));
    // Григорий bends as a noun
    if n > 3 && is_in(word[n - 1], "й") {
        out.push((word[..n - 1].to_vec(), Para::NounC));
    }
    // Пётр, Павел, Лев: the vowel that comes and goes
    if n >= 3 && is_in(word[n - 2], "е") && is_in(word[n - 1], "лв") {
        let mut s = word[..n - 2].to_vec();
        if is_in(word[n - 1], "в") {
            s.extend(super::fold::enc("ь"));
        }
        s.push(word[n - 1]);
        out.push((s, Para::NounC));
    }
    out
}

pub(super) fn compile(c: &mut Compiler, school: u32, text: &str, people: &mut Vec<Person>) {
    let stream = tokens(&c.lexicon, &c.empty, text);
    let mut words: Vec<(Vec<u8>, bool)> = Vec::new();
    for t in &stream.tokens {
        // A post or a remark after a comma is no part of the name.
        if t.mark(',') || t.mark('(') {
            break;
        }
        if t.is_word() && t.is(flag::CAPITAL) {
            words.push((stream.word(t).to_vec(), t.is(flag::HYPHEN)));
        }
    }
    let patronymic = (1..words.len())
        .find(|i| morph::is_female_patronymic(&words[*i].0).is_some() && words[*i].0.len() > 4);
    let mut surname: Vec<Vec<u8>> = Vec::new();
    let mut given: Option<Vec<u8>> = None;
    let mut father: Option<Vec<u8>> = None;
    let mut second: Option<Vec<u8>> = None;
    let full: Vec<usize> = (0..words.len()).collect();
    let given_at = patronymic.map(|p| p - 1);
    let given_at = given_at.map(|g| if g > 0 && words[g].1 { g - 1 } else { g });
    for i in full {
        let (w, hyphen) = &words[i];
        if Some(i) == patronymic {
            father = Some(w.clone());
        } else if Some(i) == given_at {
            given = Some(w.clone());
        } else if w.len() == 1 {
            if given.is_none() {
                given = Some(w.clone())
            } else {
                father = Some(w.clone())
            }
        } else if given_at.is_some_and(|g| i == g + 1) && *hyphen {
            second = Some(w.clone());
        } else if surname.is_empty() || *hyphen {
            surname.push(w.clone());
        } else if given.is_none() {
            given = Some(w.clone());
        }
    }
    if surname.is_empty() {
        return;
    }
    let female = father
        .as_ref()
        .filter(|f| f.len() > 1)
        .and_then(|f| morph::is_female_patronymic(f));
    let at = people.len() as u32;
    let rest: Vec<Vec<(Vec<u8>, Para)>> = surname[1..]
        .iter()
        .map(|w| morph::surname(w, female))
        .collect();
    for (stem, para) in morph::surname(&surname[0], female) {
        c.builder.add(Role::Surname, at, &stem, para, &rest);
        if rest.is_empty() {
            c.misspelt.add(Role::Surname, at, &stem, para);
        }
        if surname.len() > 1 {
            // In «Дюма-Рябов» the first part may not bend.
            c.builder
                .add(Role::Surname, at, &surname[0], Para::Exact, &rest);
        }
    }
    let pats = |w: &Option<Vec<u8>>, bend: fn(&[u8]) -> morph::Stems| -> Vec<Pat> {
        w.iter()
            .filter(|w| w.len() > 1)
            .flat_map(|w| bend(w))
            .flat_map(|(s, p)| [Pat::new(&s, p), Pat::new(&skeleton(&s), p)])
            .collect()
    };
    if let Some(f) = &father {
        father::compile(c, at, f);
    }
    let first = |w: &Option<Vec<u8>>| w.as_ref().and_then(|w| w.first()).copied().unwrap_or(0);
    people.push(Person {
        school,
        initials: [first(&given), first(&father)],
        cuts: [
            cut::beginnings(given.as_ref()),
            cut::beginnings(father.as_ref()),
        ],
        given: [pats(&given, given_name), pats(&second, given_name)].concat(),
        patronymic: pats(&father, |w| {
            let mut v = morph::noun(w);
            if morph::is_female_patronymic(w) == Some(true) {
                v.push((w[..w.len() - 1].to_vec(), Para::SurnameF));
            }
            v
        }),
    });
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
    let short = word.len() == 1
        || (latin
            && word.len() <= 4
            && stream
                .get(i.unwrap_or(0) + 1)
                .is_some_and(|n| n.is(flag::DOT)));
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
            (Fit::Initial, Fit::Other) => return Err(ClearReason::AnotherPerson),
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
    let (l1, l2) = (i.checked_sub(1), i.checked_sub(2));
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
    if given_near == Fit::Other {
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
