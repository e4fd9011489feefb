//! What post stands by a person: a school's head is somebody else than an official of the same name.
//!
//! Takes tokens and the place of a name; answers whether another post, or anything of a school, stands by it. Must not
//! look at names.

use super::super::fold::{Beginnings, begins};
use super::super::lexicon::{Kind, class};
use super::super::place::boundary;
use super::super::token::{Stream, Token, What, flag};

/// How far from the name its post may begin, in tokens.
const NEAR: usize = 6;
/// How far something of a school may stand.
const SCHOOL: usize = 10;

/// Beginnings of posts that no school has.
const POSTS: Beginnings = Beginnings::new(
    "специалист начальник методист министр глав председател советник консультант инспектор эксперт ректор \
    проректор депутат губернатор мэр доцент профессор редактор корреспондент прокурор врач",
);

/// Whether a post of no school stands right after the name, behind a comma, dash or bracket or in the next cell, or
/// right before it.
pub(super) fn is_another(stream: &Stream, from: usize, to: usize) -> bool {
    let joint = stream
        .get(to + 1)
        .is_some_and(|t| t.mark(',') || t.mark('(') || t.is(flag::DASH) || t.what == What::Break);
    let clause = |i: &usize| {
        stream.get(*i).is_some_and(|t| {
            t.is_word()
                && (*i == to + 1 || *i == to + 2 || !boundary(stream, *i))
                && !of_school(stream, t)
        })
    };
    let first = to + 1 + usize::from(!stream.get(to + 1).is_some_and(Token::is_word));
    let after = joint
        && (first..first + NEAR)
            .take_while(clause)
            .any(|i| post(stream, i));
    let mut before = (from.saturating_sub(NEAR)..from).rev().take_while(|i| {
        stream
            .get(*i)
            .is_some_and(|t| t.is_word() && !boundary(stream, *i + 1) && !of_school(stream, t))
    });
    after || before.any(|i| post(stream, i))
}

fn post(stream: &Stream, i: usize) -> bool {
    stream.get(i).is_some_and(|t| POSTS.fit(stream.word(t)))
}

/// Whether anything near the name speaks of a school or of its head: in its sentence, or in the cell beside where the
/// name fills its own.
pub(super) fn is_of_school(stream: &Stream, from: usize, to: usize) -> bool {
    is_near(stream, from, to, of_school)
}

/// Whether the post of a school's head stands there.
pub(super) fn is_head(stream: &Stream, from: usize, to: usize) -> bool {
    is_near(stream, from, to, |stream, t| {
        t.lex.is_some_and(|l| l.kind == Kind::Role && l.value == 1)
            || begins(stream.word(t), "директор")
    })
}

fn is_near(stream: &Stream, from: usize, to: usize, any: impl Fn(&Stream, &Token) -> bool) -> bool {
    let side = |tokens: &mut dyn Iterator<Item = usize>, edge: usize| {
        for (n, i) in tokens.take(SCHOOL).enumerate() {
            let Some(t) = stream.get(i) else { break };
            let ends = match t.what {
                What::Break => n > 0 || t.is(flag::DOT),
                _ => n > 0 && boundary(stream, i + edge),
            };
            if ends {
                break;
            }
            if any(stream, t) {
                return true;
            }
        }
        false
    };
    side(&mut (0..from).rev(), 1) || side(&mut (to + 1..stream.tokens.len()), 0)
}

fn of_school(stream: &Stream, t: &Token) -> bool {
    let head = || {
        let word = stream.word(t);
        begins(word, "директор") || begins(word, "завуч")
    };
    match t.lex {
        Some(l) if l.kind == Kind::Type => !matches!(l.value, class::OTHER | class::KINDERGARTEN),
        Some(l) if l.kind == Kind::Role => l.value == 1 || head(),
        Some(l) => l.kind == Kind::Legal || l.kind == Kind::Governs && head(),
        None => t.is_word() && head(),
    }
}
