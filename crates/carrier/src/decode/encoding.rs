//! From bytes to text: takes bytes and the encoding they declare, gives text, and a second reading where the
//! first is not certain. Must not refuse: bytes that are no text are told apart before ([`looks_like_text`]).

use std::borrow::Cow;

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, UTF_8, WINDOWS_1251, X_MAC_CYRILLIC};

use crate::format::Format;

/// Text, and other readings of the same bytes that a person or machine might choose.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) alternatives: Vec<String>,
}

const SINGLE_BYTE: [&Encoding; 5] = [WINDOWS_1251, KOI8_R, IBM866, X_MAC_CYRILLIC, ISO_8859_5];

#[derive(Clone, Copy, PartialEq)]
enum Wide {
    Le16,
    Be16,
    Le32,
    Be32,
}

/// The text of `bytes`.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((wide, skip)) = wide(bytes) {
        return Decoded {
            text: Cow::Owned(widen(bytes.get(skip..).unwrap_or_default(), wide)),
            alternatives: Vec::new(),
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, mut alternatives) = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Vec::new()),
        Err(_) => mixed(bytes, declared),
    };
    // East Asian encodings have Cyrillic letters too, one of them in plain ASCII.
    if let Some(stated) = declared.filter(|d| {
        !d.is_single_byte() && d.is_ascii_compatible() | bytes.contains(&0x1b) && *d != UTF_8
    }) {
        alternatives.push(stated.decode_without_bom_handling(bytes).0.into_owned());
    }
    // A NUL is dropped by every browser and may split a word.
    let text = if memchr::memchr(0, text.as_bytes()).is_some() {
        Cow::Owned(text.replace('\0', ""))
    } else {
        text
    };
    Decoded { text, alternatives }
}

/// A short string in an unknown encoding, such as a name in an archive.
pub(crate) fn short(bytes: &[u8]) -> Vec<String> {
    let decoded = decode(bytes, None);
    let mut all = vec![decoded.text.into_owned()];
    all.extend(decoded.alternatives);
    all
}

/// Bytes that are not wholly UTF-8: lines that are stay so, the others are in one single-byte encoding.
fn mixed(bytes: &[u8], declared: Option<&'static Encoding>) -> (Cow<'static, str>, Vec<String>) {
    let legacy: Vec<u8> = bytes
        .split(|b| *b == b'\n')
        .filter(|line| std::str::from_utf8(line).is_err())
        .take(4096)
        .flatten()
        .copied()
        .filter(|b| *b >= 0x80 || b.is_ascii_alphabetic() || *b == b' ')
        .take(1 << 16)
        .collect();
    let mut ranked: Vec<(i64, &'static Encoding)> = SINGLE_BYTE
        .iter()
        .map(|e| (plausibility(&legacy, e), *e))
        .collect();
    ranked.sort_by_key(|(score, _)| -score);
    let guess = ranked.first().map_or(WINDOWS_1251, |r| r.1);
    let first = declared.filter(|d| d.is_single_byte()).unwrap_or(guess);
    let text = by_lines(bytes, first);
    let mut alternatives = Vec::new();
    if first != guess {
        alternatives.push(by_lines(bytes, guess));
    }
    // With few letters statistics say little: then every Cyrillic reading is looked at.
    let letters = legacy.iter().filter(|b| **b >= 0x80).count();
    if letters < 200 {
        for (_, encoding) in ranked.iter().skip(1).filter(|r| r.1 != first) {
            alternatives.push(by_lines(bytes, encoding));
        }
    }
    // A few damaged bytes in a UTF-8 text must not break the words round them.
    let lossy = String::from_utf8_lossy(bytes).replace('\u{fffd}', "");
    if lossy.chars().filter(|c| is_cyrillic(*c)).count() * 2 > letters / 2 {
        alternatives.push(lossy);
    }
    (Cow::Owned(text), alternatives)
}

fn by_lines(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => out.push_str(line),
            Err(_) => out.push_str(&encoding.decode_without_bom_handling(line).0),
        }
    }
    out
}

/// How much the bytes look like Russian in this encoding.
fn plausibility(bytes: &[u8], encoding: &'static Encoding) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut score = 0i64;
    let mut before = ' ';
    for c in text.chars() {
        score += match c {
            'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' => 6,
            'к' | 'м' | 'д' | 'п' | 'у' | 'я' | 'ы' | 'ь' | 'г' | 'з' => 4,
            'б' | 'ч' | 'й' | 'х' | 'ж' | 'ш' | 'ю' | 'ц' | 'щ' | 'э' | 'ф' | 'ё' => 2,
            'А'..='Я' | 'Ё' if before.is_lowercase() => -8,
            'А'..='Я' | 'Ё' => 2,
            '«' | '»' | '№' | '–' | '—' | '\u{a0}' => 1,
            c if c.is_ascii() => 0,
            // Frames, as programs for text screens draw them: never in the middle of a word.
            c if is_frame(c) && (is_frame(before) || before.is_ascii_whitespace()) => 0,
            _ => -10,
        };
        before = c;
    }
    score
}

fn is_frame(c: char) -> bool {
    ('\u{2500}'..='\u{259f}').contains(&c)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// The encoding that markup or a mail part names for itself.
pub(crate) fn declared(bytes: &[u8], format: Format) -> Option<&'static Encoding> {
    if !matches!(
        format,
        Format::Html | Format::Xml | Format::Svg | Format::Mail | Format::Css
    ) {
        return None;
    }
    let head = bytes.get(..2048).unwrap_or(bytes).to_ascii_lowercase();
    let key = memchr::memmem::find(&head, b"charset")
        .map(|at| at + 7)
        .or_else(|| memchr::memmem::find(&head, b"encoding=").map(|at| at + 8))?;
    let label: Vec<u8> = head
        .get(key..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b' ' | b'=' | b'"' | b'\''))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .take(32)
        .collect();
    Encoding::for_label(&label)
}

/// Text of a declared encoding, as in a mail part or an RFC 2047 word.
pub(crate) fn labelled(bytes: &[u8], label: &str) -> String {
    match Encoding::for_label(label.as_bytes()) {
        Some(e) if e != encoding_rs::UTF_8 => e.decode_without_bom_handling(bytes).0.into_owned(),
        _ => decode(bytes, None).text.into_owned(),
    }
}

/// The first few hundred characters, for telling formats apart.
pub(crate) fn head(bytes: &[u8]) -> String {
    let head = bytes.get(..2048).unwrap_or(bytes);
    // A letter cut in two would make the head look like another encoding.
    let whole = match std::str::from_utf8(head) {
        Err(e) if e.error_len().is_none() => e.valid_up_to(),
        _ => head.len(),
    };
    decode(head.get(..whole).unwrap_or(head), None)
        .text
        .into_owned()
}

/// Whether the bytes are text in any encoding that is read here: nearly no control characters.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    if wide(bytes).is_some() {
        return true;
    }
    // Without branches, so that this pass over every byte of every file stays fast.
    let odd = |b: u8| (b < 9) | ((b > 13) & (b < 32) & (b != 27)) | (b == 127);
    let early = bytes.get(..1 << 16).unwrap_or(bytes);
    let few = |part: &[u8]| {
        let count: usize = part
            .chunks(255)
            .map(|c| usize::from(c.iter().map(|b| u8::from(odd(*b))).sum::<u8>()))
            .sum();
        count <= part.len() / 200 + 2
    };
    if !few(early) || early.len() < bytes.len() && !few(bytes) {
        return false;
    }
    // A letter may be cut at the end, by the limit above or by whoever wrote the file.
    if simdutf8::compat::from_utf8(early)
        .err()
        .is_none_or(|e| e.error_len().is_none())
    {
        return true;
    }
    // Random bytes hold few control characters too, when they are short: ask for words. Lines in UTF-8 beside lines in
    // another encoding (parts of a message) are words already.
    let strange: Vec<u8> = early
        .split_inclusive(|b| *b == b'\n')
        .filter(|line| std::str::from_utf8(line).is_err())
        .flatten()
        .copied()
        .collect();
    let early = strange.as_slice();
    let high = early.iter().filter(|b| **b >= 0x80).count();
    let best = SINGLE_BYTE
        .iter()
        .map(|e| plausibility(early, e))
        .max()
        .unwrap_or(0);
    let ascii = early
        .iter()
        .filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace())
        .count();
    best > 0 || ascii > high * 4
}

/// UTF-16 or UTF-32, by mark or by the look of it.
fn wide(bytes: &[u8]) -> Option<(Wide, usize)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some((Wide::Le32, 4)),
        [0, 0, 0xfe, 0xff, ..] => return Some((Wide::Be32, 4)),
        [0xff, 0xfe, ..] => return Some((Wide::Le16, 2)),
        [0xfe, 0xff, ..] => return Some((Wide::Be16, 2)),
        _ => {}
    }
    if bytes.len() < 4 {
        return None;
    }
    let sample = bytes.get(..4096).unwrap_or(bytes);
    // Plain text has neither NUL nor U+0004 in it: most files end here.
    memchr::memchr2(0, 4, sample)?;
    let share = |wide: Wide| {
        let text = widen(sample, wide);
        let (mut good, mut all) = (0usize, 0usize);
        for c in text.chars() {
            all += 1;
            good += usize::from(
                is_cyrillic(c)
                    || ('\u{20}'..'\u{7f}').contains(&c)
                    || matches!(c, '\n' | '\r' | '\t' | '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2116}' | '\u{feff}'),
            );
        }
        (good * 100).checked_div(all).unwrap_or(0)
    };
    [Wide::Le16, Wide::Be16, Wide::Le32, Wide::Be32]
        .into_iter()
        .map(|w| (share(w), w))
        .max_by_key(|(s, w)| (*s, *w == Wide::Le16))
        .filter(|(s, _)| *s >= 90)
        .map(|(_, w)| (w, 0))
}

fn widen(bytes: &[u8], wide: Wide) -> String {
    match wide {
        Wide::Le16 | Wide::Be16 => {
            let units = bytes.chunks_exact(2).map(|p| match (wide, p) {
                (Wide::Le16, [a, b]) => u16::from_le_bytes([*a, *b]),
                (_, [a, b]) => u16::from_be_bytes([*a, *b]),
                _ => 0xfffd,
            });
            char::decode_utf16(units)
                .map(|c| c.unwrap_or('\u{fffd}'))
                .collect()
        }
        Wide::Le32 | Wide::Be32 => bytes
            .chunks_exact(4)
            .map(|p| match (wide, p) {
                (Wide::Le32, [a, b, c, d]) => u32::from_le_bytes([*a, *b, *c, *d]),
                (_, [a, b, c, d]) => u32::from_be_bytes([*a, *b, *c, *d]),
                _ => 0xfffd,
            })
            .map(|c| char::from_u32(c).unwrap_or('\u{fffd}'))
            .collect(),
    }
}

/// UTF-16 without a mark, of a known order.
pub(crate) fn utf16(bytes: &[u8], big_endian: bool) -> String {
    widen(bytes, if big_endian { Wide::Be16 } else { Wide::Le16 })
}
