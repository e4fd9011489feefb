//! Places named in the text: known ones from the registry, and others that only show «not here».
//!
//! Takes the token stream; gives [`Mention`]s of municipalities and settlements in order. Must not know schools.

use super::index::Role;
use super::lexicon::{Kind, settlement};
use super::model::Model;
use super::morph::{is_adjective, is_in};
use super::token::{Stream, Token, What, flag};
use super::translit::skeleton;

/// A place in the text: tokens from..=to.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub from: usize,
    pub to: usize,
    /// The name itself, without «город» or «район».
    pub name: usize,
    /// Known places it can be; empty for a place that the registry does not know.
    pub known: Vec<u32>,
    pub kind: u16,
    /// Says where something happens: «в Луговом районе».
    pub locative: bool,
    /// Guessed from a capital letter after a preposition.
    pub weak: bool,
}

pub(crate) fn is_capital(t: &Token) -> bool {
    t.is_word() && t.is(flag::CAPITAL)
}

/// Whether a new sentence begins at token `i`.
pub(crate) fn boundary(stream: &Stream, i: usize) -> bool {
    let Some(t) = stream.get(i) else { return true };
    if t.what == What::Break {
        return true;
    }
    if !t.is(flag::DOT) || !t.is(flag::SPACE | flag::NEWLINE) {
        return i == 0
            || stream
                .get(i - 1)
                .is_some_and(|p| p.what == What::Break || p.mark('!') || p.mark('?'));
    }
    let Some(p) = i.checked_sub(1).and_then(|p| stream.get(p)) else {
        return true;
    };
    let len = stream.word(p).len();
    let abbreviation = p.is_word()
        && (len <= 2
            || len <= 6
                && !p.is(flag::ALL_CAPS)
                && p.lex.is_some_and(|l| {
                    l.forms.0 == 0xFFF && !matches!(l.kind, Kind::Month | Kind::Unit)
                })
            || p.lex
                .is_some_and(|l| l.forms.0 == 0xFFF && l.kind == Kind::TypeAdj)
            || len <= 3 && p.is(flag::ALL_CAPS) && t.is_word() && !t.is(flag::CAPITAL));
    !abbreviation
}

/// The known places that the words from token `i` name, and the last token of the name.
fn known(model: &Model, stream: &Stream, i: usize, role: Role) -> (Vec<u32>, usize) {
    let mut out = Vec::new();
    let mut end = i;
    let Some(t) = stream.get(i) else {
        return (out, end);
    };
    let mut longest = 0;
    for hit in stream.hits(t) {
        if hit.role != role {
            continue;
        }
        let mut fits = true;
        for n in 0..usize::from(hit.more) {
            let Some(next) = stream
                .get(i + 1 + n)
                .filter(|t| t.is_word() || t.is_number())
            else {
                fits = false;
                break;
            };
            let latin = next.is(flag::LATIN);
            let word = if latin {
                skeleton(stream.word(next))
            } else {
                stream.word(next).to_vec()
            };
            fits &= model.index.continues(*hit, n, &word, latin);
        }
        if !fits {
            continue;
        }
        if hit.more > longest {
            out.clear();
            longest = hit.more;
        }
        if hit.more == longest && !out.contains(&hit.owner) {
            out.push(hit.owner);
            end = i + usize::from(hit.more);
        }
    }
    (out, end)
}

fn single(stream: &Stream, t: &Token, letters: &str) -> bool {
    t.is_word() && stream.word(t).len() == 1 && is_in(stream.word(t)[0], letters)
}

/// The kind of settlement that token `i` announces.
fn settlement_word(stream: &Stream, i: usize) -> Option<u16> {
    let t = stream.get(i)?;
    if t.lexed(Kind::Settlement) {
        return t.lex.map(|l| l.value);
    }
    let next = stream.get(i + 1)?;
    let word = stream.word(t);
    let near = next.is(flag::DOT | flag::SPACE | flag::HYPHEN | flag::UNDERSCORE);
    // «р. п. Светлый», «п.г.т.»
    if single(stream, t, "р") && single(stream, next, "п") && next.is(flag::DOT) {
        return Some(settlement::VILLAGE);
    }
    if word.len() != 1 || !near || t.is(flag::CAPITAL) && !next.is(flag::ALL_CAPS) {
        return None;
    }
    if is_in(word[0], "г") || word[0] == b'g' {
        Some(settlement::CITY)
    } else if is_in(word[0], "сдпх") || (matches!(word[0], b's' | b'd' | b'p') && t.is(flag::LATIN))
    {
        // A preposition looks the same, but has no dot.
        (next.is(flag::DOT) || next.is(flag::HYPHEN | flag::UNDERSCORE) || !is_in(word[0], "с"))
            .then_some(settlement::VILLAGE)
    } else {
        None
    }
}

/// «В. Иванова»: a preposition has no dot.
fn initial(stream: &Stream, i: usize) -> bool {
    stream.get(i).is_some_and(|t| t.is(flag::CAPITAL))
        && stream.get(i + 1).is_some_and(|n| n.is(flag::DOT))
}

fn locative(stream: &Stream, from: usize) -> bool {
    from.checked_sub(1).filter(|p| !initial(stream, *p)).and_then(|p| stream.get(p)).is_some_and(|t| {
        t.lexed(Kind::Prep) && matches!(stream.word(t), w if w.len() <= 2 && (is_in(w[0], "в") || w.len() == 2 && is_in(w[0], "нп")))
    })
}

/// «в Ключевск», «в Луговой район»: where somebody goes, not where something is.
fn motion(stream: &Stream, name: &Token, kind: Option<&Token>) -> bool {
    match kind.and_then(|k| k.lex) {
        Some(l) if l.forms != super::morph::Forms::ANY => !l.forms.has("p"),
        Some(_) => false,
        None => stream
            .word(name)
            .last()
            .is_some_and(|b| super::fold::is_cyr(*b) && !is_in(*b, "аеиоуыэюяьй")),
    }
}

fn unknown_name(stream: &Stream, t: &Token) -> bool {
    is_capital(t)
        && stream.word(t).len() >= 3
        && !matches!(
            t.kind(),
            Some(
                Kind::Type
                    | Kind::Legal
                    | Kind::Month
                    | Kind::District
                    | Kind::Region
                    | Kind::Centre
                    | Kind::Role
                    | Kind::Settlement
                    | Kind::Object
                    | Kind::Street
                    | Kind::LegalAdj
                    | Kind::Prep
                    | Kind::Named
            )
        )
}

/// Whether a token can be a place or its kind at all: most words of a text are plain and small.
fn may_announce(stream: &Stream, t: &Token) -> bool {
    let kind = matches!(
        t.kind(),
        Some(Kind::Settlement | Kind::District | Kind::Object)
    );
    t.is_word() && (kind || t.is(flag::CAPITAL) || t.has_hits() || stream.word(t).len() == 1)
}

/// Beginnings of words before the name of a place or school that only has another's name.
pub(crate) const NAMESAKE: super::fold::Beginnings =
    super::fold::Beginnings::new("свой своя своё свое одноимен одноимён");

/// Whether a preposition only passes a place by: «мимо Приречного».
pub(crate) fn passes_by(word: &[u8]) -> bool {
    const PASSING: [&str; 12] = [
        "у",
        "из",
        "от",
        "до",
        "мимо",
        "через",
        "под",
        "между",
        "около",
        "возле",
        "к",
        "по",
    ];
    PASSING.iter().any(|w| super::fold::reads(word, w))
}

/// All places in tokens `range`.
pub(crate) fn find(model: &Model, stream: &Stream, range: std::ops::Range<usize>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut i = range.start;
    while i < range.end {
        if !stream.get(i).is_some_and(|t| may_announce(stream, t)) {
            i += 1;
            continue;
        }
        let found = settled(model, stream, i, range.end)
            .or_else(|| district(model, stream, i, &range))
            .or_else(|| turned(model, stream, i, &range))
            .or_else(|| bare(model, stream, i));
        match found {
            // «в районе есть свой Белый Ключ»: one of the same name, elsewhere.
            Some(m)
                if i.checked_sub(1)
                    .and_then(|b| stream.get(b))
                    .is_some_and(|b| b.is_word() && NAMESAKE.fit(stream.word(b)))
                    && m.kind != settlement::DISTRICT =>
            {
                i = m.to + 1;
            }
            Some(m) => {
                i = m.to + 1;
                while out.last().is_some_and(|l| l.to >= m.from) {
                    out.pop();
                }
                out.push(m);
            }
            None => i += 1,
        }
    }
    out
}

/// «город Ключевой», «с. Приречное», «р.п. Светлый».
fn settled(model: &Model, stream: &Stream, i: usize, end: usize) -> Option<Mention> {
    let kind = settlement_word(stream, i)?;
    let mut name = i + 1;
    // «р. п.», «пос. городского типа», «село (деревня)»
    while name < end
        && stream.get(name).is_some_and(|t| {
            t.lexed(Kind::Settlement) && !(t.is(flag::CAPITAL) && t.has_hits())
                || single(stream, t, "пгт") && t.is(flag::DOT)
                || t.lexed(Kind::TypeAdj) && !t.is(flag::CAPITAL)
        })
        && name < i + 4
    {
        name += 1;
    }
    let t = stream.get(name).filter(|_| name < end)?;
    // «д. 3 Острова»
    if !(t.is_word() || t.is_number() && t.has_hits()) {
        return None;
    }
    let (mut places, mut to) = known(model, stream, name, Role::Place);
    places.retain(|p| {
        let k = model.places.get(*p as usize).map_or(0, |p| p.kind);
        k == 0 || k == kind || k == settlement::DISTRICT && kind == settlement::CITY
    });
    let topo = stream.hits(t).iter().any(|h| h.role == Role::Topo);
    // «г. Златаполь»: one slip from a town of the registry; its readers mark it as such.
    if places.is_empty()
        && !topo
        && stream.hits(t).is_empty()
        && is_capital(t)
        && t.lex.is_none()
        && !t.is(flag::LATIN)
        && stream.word(t).len() + 1 >= super::model::LONG_PLACE
    {
        places = model
            .misspelt
            .near(stream.word(t), |r| r == Role::Place)
            .iter()
            .map(|h| h.owner)
            .filter(|p| {
                model
                    .places
                    .get(*p as usize)
                    .is_some_and(|p| p.kind == kind)
            })
            .collect();
        to = name;
    }
    let slug = t.is(flag::LATIN) && !t.is(flag::SPACE);
    if places.is_empty()
        && !topo
        && !(unknown_name(stream, t) || is_capital(t) && is_adjective(stream.word(t)))
    {
        return None;
    }
    if !is_capital(t)
        && !slug
        && !(stream.get(i)?.lexed(Kind::Settlement) && (!places.is_empty() || topo))
        && !(stream.get(i)?.is(flag::CAPITAL) || t.is(flag::DOT) && (!places.is_empty() || topo))
    {
        return None;
    }
    if places.is_empty() {
        to = name;
        // A second word of the name: «Верхняя Берёзовка», «Усть-Лада»
        while to + 1 < end
            && to < name + 2
            && stream.get(to + 1).is_some_and(|n| {
                is_capital(n)
                    && !boundary(stream, to + 1)
                    && n.lex.is_none_or(|l| l.kind == Kind::Plain)
                    && (n.is(flag::HYPHEN)
                        || is_adjective(stream.word(stream.get(to).unwrap_or(n))))
                    && !stream.get(to + 2).is_some_and(|d| d.lexed(Kind::District))
            })
        {
            to += 1;
        }
    }
    Some(Mention {
        from: i,
        to,
        name,
        known: places,
        kind,
        locative: locative(stream, i),
        weak: false,
    })
}

/// «Луговой район», «Луговской муниципальный округ», «район Луговой», «ГО Ключевой».
fn district(
    model: &Model,
    stream: &Stream,
    i: usize,
    range: &std::ops::Range<usize>,
) -> Option<Mention> {
    let t = stream.get(i)?;
    let rural = t.lexed(Kind::Object) && {
        let w = stream.word(t);
        super::fold::begins(w, "поселени") || super::fold::begins(w, "сельсовет")
    };
    let acronym = t.is(flag::ALL_CAPS) && super::fold::reads(stream.word(t), "го");
    if !(t.lexed(Kind::District) || rural || acronym) {
        return None;
    }
    let kind = if rural {
        settlement::VILLAGE
    } else {
        settlement::DISTRICT
    };
    let fits = |p: &u32| {
        let k = model.places.get(*p as usize).map_or(0, |p| p.kind);
        k == kind || k == 0 || kind == settlement::DISTRICT && k == settlement::CITY
    };
    // The name before.
    let mut j = i;
    while let Some(p) = j.checked_sub(1).filter(|p| *p >= range.start) {
        let Some(w) = stream.get(p) else { break };
        if boundary(stream, j) {
            break;
        }
        // «Городской округ Синегорье» at the beginning of a line
        let opening = !w.is(flag::CAPITAL) || boundary(stream, p);
        if matches!(w.kind(), Some(Kind::TypeAdj | Kind::LegalAdj)) && opening {
            j = p;
            continue;
        }
        let (mut places, _) = known(model, stream, p, Role::Place);
        // City districts: an okrug called by the city's adjective.
        if places.is_empty() && kind == settlement::DISTRICT {
            places = known(model, stream, p, Role::PlaceAdj).0;
            places.retain(|x| {
                model
                    .places
                    .get(*x as usize)
                    .is_some_and(|x| x.kind == settlement::CITY)
                    && !t.lexed(Kind::District)
            });
        }
        places.retain(fits);
        let adjective = w.is_word() && is_adjective(stream.word(w));
        let latin = w.is(flag::LATIN) && !places.is_empty();
        if latin || adjective && (is_capital(w) || !places.is_empty() && w.lex.is_none()) {
            return Some(Mention {
                from: p,
                to: i,
                name: p,
                known: places,
                kind,
                locative: locative(stream, p) && !motion(stream, t, Some(t)),
                weak: false,
            });
        }
        break;
    }
    // The name after.
    let n = i + 1;
    let w = stream.get(n).filter(|_| n < range.end)?;
    if boundary(stream, n) {
        return None;
    }
    let (mut places, to) = known(model, stream, n, Role::Place);
    places.retain(fits);
    if !places.is_empty() && is_capital(w) {
        return Some(Mention {
            from: i,
            to,
            name: n,
            known: places,
            kind,
            locative: locative(stream, i) && !motion(stream, t, Some(t)),
            weak: false,
        });
    }
    (is_capital(w)
        && w.lex.is_none()
        && (w.is(flag::QUOTE) || is_adjective(stream.word(w)))
        && stream.hits(w).iter().all(|h| h.role != Role::Adj))
    .then(|| Mention {
        from: i,
        to: n,
        name: n,
        known: Vec::new(),
        kind,
        locative: locative(stream, i) && !motion(stream, t, Some(t)),
        weak: false,
    })
}

/// «Приречное село»: the name before its kind.
fn turned(
    model: &Model,
    stream: &Stream,
    i: usize,
    range: &std::ops::Range<usize>,
) -> Option<Mention> {
    let t = stream.get(i)?;
    if !t.lexed(Kind::Settlement) || stream.word(t).len() < 4 {
        return None;
    }
    let p = i.checked_sub(1).filter(|p| *p >= range.start)?;
    let w = stream
        .get(p)
        .filter(|w| is_capital(w) && !boundary(stream, i))?;
    let places = known(model, stream, p, Role::Place).0;
    (!places.is_empty() && is_adjective(stream.word(w))).then(|| Mention {
        from: p,
        to: i,
        name: p,
        known: places,
        kind: t.lex.map_or(0, |l| l.value),
        locative: locative(stream, p),
        weak: false,
    })
}

/// «в Ключевом седьмая школа»: what follows a name in the prepositional is in another case, so the name has no noun.
fn disagrees(stream: &Stream, name: &Token, next: &Token) -> bool {
    let ends = |t: &Token, list: &[&str]| list.iter().any(|e| super::fold::ends(stream.word(t), e));
    ends(name, &["ом", "ем"])
        && next.is_word()
        && !next.is(flag::ALL_CAPS | flag::LATIN | flag::CAPITAL)
        && stream.word(next).len() >= 4
        && !ends(next, &["е", "и", "у", "ю", "ом", "ем"])
}

/// A known name without its kind («в Ключевом»), or an unknown one after a preposition («в Дальнегорске»).
fn bare(model: &Model, stream: &Stream, i: usize) -> Option<Mention> {
    let t = stream.get(i)?;
    let latin_name = t.is(flag::LATIN) && t.has_hits();
    if !(is_capital(t) || latin_name) {
        return None;
    }
    let before = i.checked_sub(1).and_then(|p| stream.get(p));
    let prep = before.is_some_and(|p| p.lexed(Kind::Prep)) && !initial(stream, i - 1);
    let (mut places, to) = known(model, stream, i, Role::Place);
    let after = stream.get(to + 1);
    // «lugovskoy/shkola.csv»: a folder named after a district.
    let folder = after.is_some_and(|n| n.mark('/'))
        && before.is_none_or(|b| b.what == What::Break || b.mark('/'));
    places.retain(|p| {
        model
            .places
            .get(*p as usize)
            .is_some_and(|p| p.kind != settlement::DISTRICT || folder)
    });
    // «Луговая Н. И.» is a person.
    let person = after.is_some_and(|n| {
        n.is_word()
            && stream.word(n).len() == 1
            && n.is(flag::CAPITAL)
            && !n.is(flag::LATIN)
            && stream.get(to + 2).is_some_and(|d| d.is(flag::DOT))
    });
    if person {
        return None;
    }
    if !places.is_empty() {
        let alone = before.is_none_or(|p| p.what == What::Break || !p.is_word())
            && after.is_none_or(|n| n.what == What::Break || !n.is_word());
        let adjective = is_adjective(stream.word(t));
        // An adjective that goes on to its noun is no place.
        let modifies = adjective
            && !(prep && after.is_some_and(|n| disagrees(stream, t, n)))
            && to == i
            && after.is_some_and(|n| {
                n.is_word()
                    && !boundary(stream, to + 1)
                    && !n.lexed(Kind::Prep)
                    && !n.lexed(Kind::Conj)
                    && !n.lexed(Kind::Cardinal)
            });
        let latin = t.is(flag::LATIN);
        if !modifies
            && (prep
                || alone
                || !adjective
                || to > i
                || latin
                || before.is_some_and(|p| !p.is_word()))
        {
            let district = folder
                && places.iter().all(|p| {
                    model
                        .places
                        .get(*p as usize)
                        .is_some_and(|p| p.kind == settlement::DISTRICT)
                });
            return Some(Mention {
                from: i,
                to,
                name: i,
                known: places,
                kind: if district { settlement::DISTRICT } else { 0 },
                locative: locative(stream, i),
                weak: false,
            });
        }
        return None;
    }
    // «Дальнегорск: СОШ № 3»: a town by its ending, with its schools after it.
    let town = crate::fold::ends_any(stream.word(t), "ск цк град бург поль");
    let heads_list = after.is_some_and(|n| n.mark(':'))
        && stream
            .get(i + 2)
            .is_some_and(|n| matches!(n.kind(), Some(Kind::Type | Kind::Legal)) || n.mark('№'))
        && before.is_none_or(|p| !p.is_word() || boundary(stream, i));
    if town && heads_list && t.lex.is_none() && stream.hits(t).is_empty() {
        return Some(Mention {
            from: i,
            to: i,
            name: i,
            known: Vec::new(),
            kind: settlement::CITY,
            locative: false,
            weak: false,
        });
    }
    let unknown = prep
        && locative(stream, i)
        && t.lex.is_none()
        && stream.hits(t).is_empty()
        && !t.is(flag::ALL_CAPS)
        && !t.is(flag::QUOTE)
        && stream.word(t).len() >= 4;
    let noun_follows = is_adjective(stream.word(t))
        && after.is_some_and(|n| {
            n.is_word()
                && !boundary(stream, i + 1)
                && !n.lexed(Kind::Prep)
                && !n.lexed(Kind::Conj)
                && !n.is(flag::CAPITAL)
        });
    (unknown && !noun_follows).then(|| Mention {
        from: i,
        to: i,
        name: i,
        known: Vec::new(),
        kind: 0,
        locative: true,
        weak: true,
    })
}
