//! Enumerations that go on after a place or a namesake: takes the phrase read last, gives the next with what belongs to
//! it. Must not ask which school it is.

use super::super::index::Role;
use super::super::lexicon::Kind;
use super::super::model::Model;
use super::super::morph::Forms;
use super::super::place;
use super::super::token::{Stream, Token, flag};
use super::{By, Phrase, Reader, read};

/// An enumeration that goes on after a place: the next number with what belongs to it.
pub(crate) fn resume(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    last: &Phrase,
) -> Option<Phrase> {
    let joint = stream.get(last.end + 1)?;
    let next = stream.get(last.end + 2)?;
    let goes_on = (joint.mark(',') || joint.mark(';') || joint.lexed(Kind::Conj))
        && (next.mark('№') || next.lexed(Kind::NumSign) || placed(stream, places, last.end + 2));
    if last.places.is_empty() || !goes_on || last.forms.0 & Forms::PLURAL == 0 {
        return None;
    }
    start_again(model, stream, places, last, last.end + 2)
}

/// «…, 23 и 30 (Ключевой)»: numbers without a sign, and a place of their own.
pub(super) fn placed(stream: &Stream, places: &[place::Mention], from: usize) -> bool {
    let number = |t: &Token| t.is_number() && t.value > 0 && t.value < 1000;
    let joint = |t: &Token| t.mark(',') || t.mark(';') || t.lexed(Kind::Conj);
    let at = (from..from + 16).find(|i| {
        !stream
            .get(*i)
            .is_some_and(|t| number(t) || joint(t) || t.mark('№'))
    });
    let Some(at) = at.filter(|at| *at > from) else {
        return false;
    };
    let bracket = usize::from(stream.get(at).is_some_and(|t| t.mark('(')));
    let n = places.partition_point(|m| m.from < at + bracket);
    stream.get(from).is_some_and(number)
        && places
            .get(n)
            .is_some_and(|m| m.from == at + bracket && (bracket > 0 || !m.known.is_empty()))
}

/// «школы имени А. А. Громобоева и имени Б. Б. Громобоева»: each namesake with its own initials.
pub(crate) fn resume_named(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    last: &Phrase,
) -> Option<Phrase> {
    let joint = stream.get(last.end + 1)?;
    let next = stream.get(last.end + 2)?;
    let namesake = |i: usize| {
        stream
            .get(i)
            .is_some_and(|t| stream.hits(t).iter().any(|h| h.role == Role::Namesake))
    };
    let initial = stream.word(next).len() == 1 && next.is(flag::CAPITAL);
    let goes_on = (joint.mark(',') || joint.mark(';') || joint.lexed(Kind::Conj))
        && (next.lexed(Kind::Named)
            || last.forms.0 & Forms::PLURAL != 0
                && last.forms != Forms::ANY
                && next.is(flag::CAPITAL)
                && (namesake(last.end + 2)
                    || initial && (last.end + 3..last.end + 5).any(namesake)))
        && (last.other_namesake || last.items.iter().any(|i| i.by == By::Namesake));
    if !goes_on {
        return None;
    }
    start_again(model, stream, places, last, last.end + 2)
}

/// «школе присвоено имя А. А. Громобоева»: the namesake after token `name`, of the school that `kind` speaks of.
pub(crate) fn bearing(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    kind: usize,
    name: usize,
) -> Option<Phrase> {
    let of = read(model, stream, places, kind)?;
    let p = Phrase {
        from: name,
        to: name,
        anchor: name,
        items: Vec::new(),
        other_namesake: false,
        initials: Vec::new(),
        end: name,
        ..of
    };
    let mut r = Reader {
        model,
        s: stream,
        places,
        p,
        edge: usize::MAX,
    };
    let next = r.namesake(name + 1, true)?;
    r.p.end = next.saturating_sub(1);
    (!r.p.items.is_empty()).then_some(r.p)
}

fn start_again(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    last: &Phrase,
    start: usize,
) -> Option<Phrase> {
    let p = Phrase {
        from: start,
        to: start,
        items: Vec::new(),
        places: Vec::new(),
        beside: Vec::new(),
        foreign: false,
        other_namesake: false,
        initials: Vec::new(),
        broken_number: false,
        adjective_places: Vec::new(),
        anchor: start,
        end: start,
        ..last.clone()
    };
    let mut r = Reader {
        model,
        s: stream,
        places,
        p,
        edge: usize::MAX,
    };
    r.p.to = start.checked_sub(1)?;
    r.right();
    r.p.to = r.p.to.max(start);
    (!r.p.items.is_empty() || r.p.other_namesake).then_some(r.p)
}
