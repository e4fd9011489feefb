//! Phones, INN, OGRN, e-mail, sites and addresses, as the registry has them.
//!
//! Takes a value and its kind; collects its digits (hashed), and enters letters and streets into the index.

use std::collections::HashMap;

use super::names::{Compiler, tokens};
use crate::hash::Fx;
use crate::identifiers::{digits_of, letters, strip_code};
use crate::index::{Role, hash};
use crate::lexicon::Kind;
use crate::model::{Address, Literal};
use crate::morph::{Para, adjective_stem, is_in, noun};
use crate::punycode;
use crate::registry::IdentifierKind;
use crate::token::flag;

/// What the compiler collects.
#[derive(Default)]
pub(super) struct Collected {
    pub literals: Vec<Literal>,
    pub addresses: Vec<Address>,
    pub digits: HashMap<u64, (u32, IdentifierKind, bool), Fx>,
    sites: Vec<(u32, Vec<u8>, Vec<u8>)>,
}

pub(super) fn compile(
    c: &mut Compiler,
    school: u32,
    kind: IdentifierKind,
    value: &str,
    out: &mut Collected,
) {
    match kind {
        IdentifierKind::Inn | IdentifierKind::Ogrn => {
            out.digits
                .insert(hash(&digits_of(value)), (school, kind, false));
        }
        IdentifierKind::Phone => {
            for one in value.split([',', ';']) {
                let all = digits_of(one);
                if all.len() < 5 {
                    continue;
                }
                out.digits
                    .insert(hash(strip_code(&all)), (school, kind, all.len() < 10));
                let local = one.rsplit_once(')').map(|(_, l)| digits_of(l));
                let tails: Vec<usize> = match &local {
                    Some(l) if l.len() >= 5 => vec![l.len()],
                    _ => vec![5, 6, 7],
                };
                for n in tails {
                    if let Some(tail) = all.len().checked_sub(n).and_then(|at| all.get(at..)) {
                        out.digits.entry(hash(tail)).or_insert((school, kind, true));
                    }
                }
            }
        }
        IdentifierKind::Email => {
            for one in value.split([',', ';', ' ']).filter(|o| o.contains('@')) {
                literal(c, out, school, kind, &letters(one));
            }
        }
        IdentifierKind::Site => {
            for one in value.split([',', ';', ' ']).filter(|o| o.contains('.')) {
                site(out, school, one);
            }
        }
        IdentifierKind::Address => address(c, school, value, out),
    }
}

fn literal(c: &mut Compiler, out: &mut Collected, school: u32, kind: IdentifierKind, text: &[u8]) {
    if text.len() < 5 {
        return;
    }
    let at = out.literals.len() as u32;
    out.literals.push(Literal { school, kind });
    c.builder.literal(at, text);
}

fn site(out: &mut Collected, school: u32, text: &str) {
    let lower = text.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, r)| r);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split([':', '?', '#']).next().unwrap_or(host);
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .trim_end_matches('/');
    let hosts = match punycode::decode_host(host) {
        Some(unicode) => vec![host.to_string(), unicode],
        None => match punycode::encode_host(host) {
            Some(ascii) => vec![host.to_string(), ascii],
            None => vec![host.to_string()],
        },
    };
    for h in hosts {
        out.sites.push((school, letters(&h), letters(path)));
    }
}

impl Collected {
    /// A host that several schools share, or one with a path, identifies only with its path.
    pub(super) fn finish(&mut self, c: &mut Compiler) {
        let sites = std::mem::take(&mut self.sites);
        let mut owners: HashMap<&[u8], Vec<u32>, Fx> = HashMap::default();
        for (school, host, _) in &sites {
            let list = owners.entry(host).or_default();
            if !list.contains(school) {
                list.push(*school);
            }
        }
        for (school, host, path) in &sites {
            let shared = owners.get(host.as_slice()).is_some_and(|o| o.len() > 1);
            let short = host.len() <= 8 && !path.is_empty();
            if path.is_empty() && shared {
                continue;
            }
            if !path.is_empty() {
                literal(
                    c,
                    self,
                    *school,
                    IdentifierKind::Site,
                    &[host.as_slice(), path].concat(),
                );
            }
            if !shared && !short {
                literal(c, self, *school, IdentifierKind::Site, host);
            }
        }
    }
}

fn address(c: &mut Compiler, school: u32, text: &str, out: &mut Collected) {
    let stream = tokens(&c.lexicon, &c.empty, text);
    c.region(&stream);
    let t = &stream.tokens;
    let single = |i: usize, letters: &str| {
        t.get(i).is_some_and(|x| {
            x.is_word() && stream.word(x).len() == 1 && is_in(stream.word(x)[0], letters)
        })
    };
    let Some(street) = t.iter().position(|x| x.lexed(Kind::Street)) else {
        return;
    };
    let is_name = |i: &usize| {
        t.get(*i).is_some_and(|x| {
            x.is_word()
                && x.is(flag::CAPITAL)
                && stream.word(x).len() > 1
                && x.kind() != Some(Kind::House)
        })
    };
    // «ул. им. Гоголя», «пр-т Академика Лаврова»: the bearer's surname tells; the rest is said or left out at will.
    let honour = |i: usize| {
        let surname = (i + 1..t.len()).find(|k| is_name(k) && !t[*k].lexed(Kind::Rank));
        t.get(i).is_some_and(|x| {
            x.lexed(Kind::Named)
                || x.is_word() && stream.word(x).len() == 1 && x.is(flag::CAPITAL)
                || x.lexed(Kind::Rank) && surname.is_some_and(|k| k <= i + 3)
        })
    };
    let mut begin = street + 1;
    while honour(begin) && begin < street + 5 {
        begin += 1;
    }
    let mut words: Vec<usize> = (begin..t.len()).take_while(is_name).collect();
    let mut after = words.last().copied().unwrap_or(street);
    if words.is_empty() {
        // «Школьная ул.»; «ул. 8 Марта»
        let ordinal = |i: usize| {
            t.get(i).is_some_and(|x| {
                x.is_word() && x.is(flag::HYPHEN | flag::GLUED) && stream.word(x).len() <= 2
            })
        };
        let name = street + 2 + usize::from(ordinal(street + 2));
        if t.get(street + 1).is_some_and(|x| x.is_number()) && is_name(&name) {
            words = vec![name];
            after = name;
        } else {
            words = (0..street).rev().take_while(is_name).collect();
            words.reverse();
        }
    }
    let Some(house) = (after + 1..(after + 7).min(t.len())).find(|i| t[*i].is_number()) else {
        return;
    };
    let mut suffix = Vec::new();
    if let Some(x) = t.get(house + 1).filter(|x| {
        x.is_word()
            && stream.word(x).len() == 1
            && (x.is(flag::GLUED) || !x.is(flag::DOT))
            && !single(house + 1, "к")
    }) {
        suffix = stream.word(x).to_vec();
    }
    // «5/1», «5, корп. 1»
    let second = (house + 1..(house + 4).min(t.len())).find(|i| t[*i].is_number());
    if let Some(n) = second.filter(|n| {
        (house + 1..*n).any(|i| {
            t[i].mark('/')
                || t[i].lexed(Kind::House)
                || stream.word(&t[i]).first().is_some_and(|b| is_in(*b, "к"))
        })
    }) {
        suffix = stream.word(&t[n]).to_vec();
    }
    let Some((first, rest)) = words.split_first() else {
        return;
    };
    let bend = |i: usize| -> Vec<(Vec<u8>, Para)> {
        let w = stream.word(&t[i]);
        let mut v = vec![(w.to_vec(), Para::Exact)];
        match adjective_stem(w) {
            Some((s, _)) => v.push((s, Para::Adj)),
            None => v.extend(noun(w)),
        }
        v
    };
    let at = out.addresses.len() as u32;
    out.addresses.push(Address {
        school,
        house: t[house].value,
        suffix,
    });
    let rest: Vec<_> = rest.iter().map(|i| bend(*i)).collect();
    for (stem, para) in bend(*first) {
        c.builder.add(Role::Street, at, &stem, para, &rest);
    }
}
