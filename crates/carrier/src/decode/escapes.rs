//! Escapes of source code and style sheets: takes a literal, gives the text it stands for.

/// `\u0430`, `\u{430}`, `\x41`, `\n`, line continuations; other escaped characters stand for themselves.
pub(crate) fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('\\') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut high: Option<u16> = None;
    while let Some(slash) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, tail) = rest.split_at(slash);
        if !before.is_empty() {
            high = None;
        }
        out.push_str(before);
        let tail = tail.get(1..).unwrap_or_default();
        let Some(c) = tail.chars().next() else {
            rest = "";
            break;
        };
        let after = tail.get(c.len_utf8()..).unwrap_or_default();
        rest = after;
        match c {
            'u' => {
                if let Some(inner) = after.strip_prefix('{')
                    && let Some((digits, tail)) = inner.split_once('}')
                    && let Some(c) = u32::from_str_radix(digits, 16)
                        .ok()
                        .and_then(char::from_u32)
                {
                    out.push(c);
                    rest = tail;
                } else if let Some(unit) =
                    after.get(..4).and_then(|d| u16::from_str_radix(d, 16).ok())
                {
                    rest = after.get(4..).unwrap_or_default();
                    push_unit(&mut out, &mut high, unit);
                } else {
                    out.push('u');
                }
            }
            'x' => match after.get(..2).and_then(|d| u8::from_str_radix(d, 16).ok()) {
                Some(b) => {
                    out.push(char::from(b));
                    rest = after.get(2..).unwrap_or_default();
                }
                None => out.push('x'),
            },
            'n' | 'r' => out.push('\n'),
            't' | 'f' | 'v' | 'b' => out.push(' '),
            '\n' => {}
            '\r' => rest = after.strip_prefix('\n').unwrap_or(after),
            c => out.push(c),
        }
    }
    out.push_str(rest);
    out.into()
}

/// Joins surrogate pairs.
fn push_unit(out: &mut String, high: &mut Option<u16>, unit: u16) {
    match (high.take(), unit) {
        (Some(h), 0xdc00..=0xdfff) => {
            let c = char::decode_utf16([h, unit]).next().and_then(Result::ok);
            out.push(c.unwrap_or('\u{fffd}'));
        }
        (_, 0xd800..=0xdbff) => *high = Some(unit),
        (_, unit) => out.push(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}')),
    }
}

/// CSS escapes (`\41f `), where there are any that JavaScript would read otherwise.
pub(crate) fn css_unescape(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(slash) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, tail) = rest.split_at(slash);
        out.push_str(before);
        let tail = tail.get(1..).unwrap_or_default();
        let len = tail
            .bytes()
            .take(6)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let code = tail
            .get(..len)
            .and_then(|d| u32::from_str_radix(d, 16).ok());
        match code
            .and_then(char::from_u32)
            .filter(|c| len >= 2 && *c >= ' ')
        {
            Some(c) => {
                out.push(c);
                found = true;
                let after = tail.get(len..).unwrap_or_default();
                rest = after.strip_prefix([' ', '\n', '\t']).unwrap_or(after);
            }
            None => {
                let c = tail.chars().next();
                out.extend(c);
                rest = tail.get(c.map_or(0, char::len_utf8)..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    found.then_some(out)
}
