//! Transliteration: one Latin skeleton for all the systems in which Russian is written with Latin letters.
//!
//! Takes folded bytes (see `fold`); gives the skeleton as ASCII bytes. Cyrillic goes through one fixed system
//! first and is then worn down by the same rules as Latin input, so that GOST, ISO 9, the passport, BGN and
//! careless web spellings of a word meet. Must not know words.

use super::fold::is_cyr;

const BASE: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
];

/// Pairs and longer runs worn down first, the longest before the shorter.
const RUNS: [(&[u8], u8); 12] = [
    (b"shch", b's'),
    (b"stch", b's'),
    (b"sch", b's'),
    (b"shh", b's'),
    (b"tch", b'c'),
    (b"ch", b'c'),
    (b"zh", b'z'),
    (b"sh", b's'),
    (b"ts", b'c'),
    (b"tz", b'c'),
    (b"tc", b'c'),
    (b"cz", b'c'),
];

/// A folded word, Cyrillic or Latin, as its skeleton.
pub fn skeleton(word: &[u8]) -> Vec<u8> {
    wear(word, false)
}

/// The other reading of `x`: the letter `х`, not `кс`.
pub fn skeleton_x(word: &[u8]) -> Option<Vec<u8>> {
    word.contains(&b'x').then(|| wear(word, true))
}

/// What a German and a French reader would hear: `ch` is `х` there, and `ш` here, where also `ou` is `у`, `j` is `ж`.
pub fn skeletons_abroad(word: &[u8]) -> Vec<Vec<u8>> {
    let has = |run: &[u8]| word.windows(run.len()).any(|w| w == run);
    let mut out = Vec::new();
    if has(b"ch") {
        out.push(wear(
            &replaced(word, &[(b"tsch", b"ch"), (b"sch", b"sh"), (b"ch", b"kh")]),
            false,
        ));
    }
    if has(b"ch") || has(b"ou") || word.contains(&b'j') {
        out.push(wear(
            &replaced(
                word,
                &[
                    (b"tch", b"ch"),
                    (b"ch", b"sh"),
                    (b"ou", b"u"),
                    (b"j", b"zh"),
                ],
            ),
            false,
        ));
    }
    out
}

fn replaced(word: &[u8], pairs: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len() + 4);
    let mut rest = word;
    while let Some((first, tail)) = rest.split_first() {
        let found = pairs
            .iter()
            .find_map(|(from, to)| Some((rest.strip_prefix(*from)?, to)));
        match found {
            Some((after, to)) => {
                out.extend_from_slice(to);
                rest = after;
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

fn wear(word: &[u8], x_is_h: bool) -> Vec<u8> {
    let mut latin = Vec::with_capacity(word.len() * 2);
    for &b in word {
        if is_cyr(b) {
            latin.extend_from_slice(BASE[usize::from(b - 0xE0)].as_bytes());
        } else {
            latin.push(b);
        }
    }
    let mut a = Vec::with_capacity(latin.len());
    let mut i = 0;
    while i < latin.len() {
        let rest = &latin[i..];
        if rest.starts_with(b"kh") {
            a.push(b'h');
            i += 2;
            continue;
        }
        match rest[0] {
            b'w' => a.push(b'v'),
            b'q' => a.push(b'k'),
            b'j' | b'y' => a.push(b'i'),
            b'x' if x_is_h => a.push(b'h'),
            b'x' => a.extend_from_slice(b"ks"),
            b => a.push(b),
        }
        i += 1;
    }
    let mut b: Vec<u8> = Vec::with_capacity(a.len());
    i = 0;
    while i < a.len() {
        let rest = &a[i..];
        let (out, n) = RUNS
            .iter()
            .find(|(run, _)| rest.starts_with(run))
            .map_or((rest[0], 1), |(run, to)| (*to, run.len()));
        b.push(out);
        i += n;
    }
    let mut out: Vec<u8> = Vec::with_capacity(b.len());
    for (i, &c) in b.iter().enumerate() {
        let next = b.get(i + 1).copied().unwrap_or(0);
        let vowel = matches!(next, b'a' | b'e' | b'i' | b'o' | b'u');
        if c == b'i' && vowel {
            continue;
        }
        let c = if c == b'o' && i > 0 && b[i - 1] == b'i' {
            b'e'
        } else {
            c
        };
        // `šč` without its hooks.
        if c == b'c' && out.last() == Some(&b's') {
            continue;
        }
        if out.last() != Some(&c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fold::enc;
    use super::*;

    #[test]
    fn systems_meet_in_one_skeleton() {
        for (word, spellings) in [
            (
                "Приречная",
                "Prirechnaya Prirečnaâ prirecnaa prirechnaja prirechnaia prirecznaya PRIRECHNAIA",
            ),
            (
                "Щучьинская",
                "Shchuchinskaya Ŝučʹinskaâ schuchinskaya shhuch'inskaya sucinskaa Shchuch’inskaia",
            ),
            ("Жёлтый", "Zheltyy Žëltyj zheltyi zheltij zhyoltyy"),
            ("Хорошёво", "Khoroshevo horoshevo Horošëvo xoroshyovo"),
            ("Цветочный", "Tsvetochnyy Cvetočnyj czvetochnyj tsvetochny"),
            ("школа", "shkola škola skola"),
            ("Юбилейная", "Yubileynaya Ûbilejnaâ jubilejnaja iubileinaia"),
            ("Объездная", "Obezdnaya Obieezdnaia Obʺezdnaâ Ob\"ezdnaja"),
        ] {
            let want = skeleton(&enc(word));
            for s in spellings.split(' ') {
                let latin = enc(s);
                let got = [Some(skeleton(&latin)), skeleton_x(&latin)];
                assert!(
                    got.contains(&Some(want.clone())),
                    "{word} {s}: {:?}",
                    String::from_utf8_lossy(&skeleton(&latin))
                );
            }
        }
    }
}
