//! Transliteration: one Latin skeleton for all the systems in which Russian is written with Latin letters.
//!
//! Takes folded bytes (see `fold`); gives the skeleton as ASCII bytes. Cyrillic goes through one fixed system
//! first and is then worn down by the same rules as Latin input, so that GOST, ISO 9, the passport, BGN and
//! careless web spellings of a word meet. Must not know words.

use super::fold::is_cyr;

/// Letters from `а` on, and how many are written for each; `kh` is `h` and `y` is `i` already.
const BASE: [([u8; 4], usize); 32] = {
    const SPELT: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "h", "ts", "ch", "sh", "shch", "", "i", "", "e", "iu", "ia",
    ];
    let mut table = [([0; 4], 0); 32];
    let mut i = 0;
    while i < SPELT.len() {
        let bytes = SPELT[i].as_bytes();
        table[i].1 = bytes.len();
        let mut k = 0;
        while k < bytes.len() {
            table[i].0[k] = bytes[k];
            k += 1;
        }
        i += 1;
    }
    table
};

/// The letter that a word begins with, and how many are written for it; the longest run before the shorter.
fn letter(rest: &[u8]) -> Option<(u8, usize)> {
    Some(match rest {
        [b's', b'h', b'c', b'h', ..] | [b's', b't', b'c', b'h', ..] => (b's', 4),
        [b's', b'c' | b'h', b'h', ..] => (b's', 3),
        [b't', b'c', b'h', ..] => (b'c', 3),
        [b'z' | b's', b'h', ..] => (rest[0], 2),
        [b'c', b'h' | b'z', ..] | [b't', b's' | b'z' | b'c', ..] => (b'c', 2),
        [first, ..] => (*first, 1),
        [] => return None,
    })
}

/// A folded word, Cyrillic or Latin, as its skeleton.
pub(crate) fn skeleton(word: &[u8]) -> Vec<u8> {
    wear(word, false)
}

/// The other reading of `x`: the letter `х`, not `кс`.
pub(crate) fn skeleton_x(word: &[u8]) -> Option<Vec<u8>> {
    word.contains(&b'x').then(|| wear(word, true))
}

/// What a German and a French reader would hear: `ch` is `х` there, and `ш` here, where also `ou` is `у`, `j` is `ж`.
pub(crate) fn skeletons_abroad(word: &[u8]) -> Vec<Vec<u8>> {
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

/// Letter for letter; `kh` is one sound, and `x` one or two.
fn spelt(word: &[u8], x_is_h: bool) -> Vec<u8> {
    const CYRILLIC_K: u8 = 0xEA;
    // Room for the longest spelling at each letter, so that each is written in one piece.
    let mut out = vec![0; word.len() * 4];
    let mut n = 0;
    let mut before = 0;
    for &b in word {
        let (letters, count) = match b {
            b'h' if matches!(before, b'k' | CYRILLIC_K) => {
                n -= 1;
                (*b"h\0\0\0", 1)
            }
            b'w' => (*b"v\0\0\0", 1),
            b'q' => (*b"k\0\0\0", 1),
            b'j' | b'y' => (*b"i\0\0\0", 1),
            b'x' if x_is_h => (*b"h\0\0\0", 1),
            b'x' => (*b"ks\0\0", 2),
            b if is_cyr(b) => BASE[usize::from(b - 0xE0)],
            b => ([b, 0, 0, 0], 1),
        };
        if let Some(place) = out.get_mut(n..n + 4) {
            place.copy_from_slice(&letters);
        }
        n += count;
        before = b;
    }
    out.truncate(n);
    out
}

fn wear(word: &[u8], x_is_h: bool) -> Vec<u8> {
    // Both further steps only shorten, so they write over what they have read.
    let mut out = spelt(word, x_is_h);
    let mut n = 0;
    let mut i = 0;
    while let Some((letter, taken)) = out.get(i..).and_then(letter) {
        out[n] = letter;
        n += 1;
        i += taken;
    }
    out.truncate(n);
    n = 0;
    let mut before = 0;
    for i in 0..out.len() {
        let letter = out[i];
        let next = out.get(i + 1).copied().unwrap_or(0);
        let vowel = matches!(next, b'a' | b'e' | b'i' | b'o' | b'u');
        let hard = std::mem::replace(&mut before, letter) != b'i';
        if letter == b'i' && vowel {
            continue;
        }
        let letter = if letter == b'o' && !hard {
            b'e'
        } else {
            letter
        };
        let last = n.checked_sub(1).map(|n| out[n]);
        // `šč` without its hooks.
        if letter == b'c' && last == Some(b's') || last == Some(letter) {
            continue;
        }
        out[n] = letter;
        n += 1;
    }
    out.truncate(n);
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
