//! Punycode: takes text with host names in it, gives it with the names as people read them.

/// Whether there is a label in punycode, in either case.
pub(crate) fn has_punycode(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'-', bytes).any(|at| {
        bytes.get(at + 1) == Some(&b'-')
            && at >= 2
            && bytes
                .get(at - 2..at)
                .is_some_and(|x| x.eq_ignore_ascii_case(b"xn"))
    })
}

/// The text with every `xn--` label resolved, or `None` where there is none.
pub(crate) fn punycode_hosts(text: &str) -> Option<String> {
    if !has_punycode(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let label_char = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = rest.find(|c| !label_char(c)).unwrap_or(rest.len());
        if len == 0 {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (label, tail) = rest.split_at(len);
        let decoded = label
            .get(4..)
            .filter(|_| {
                label
                    .get(..4)
                    .is_some_and(|s| s.eq_ignore_ascii_case("xn--"))
            })
            .and_then(punycode);
        out.push_str(decoded.as_deref().unwrap_or(label));
        rest = tail;
    }
    Some(out)
}

/// RFC 3492, for one label without its prefix.
fn punycode(label: &str) -> Option<String> {
    if label.len() > 256 {
        return None;
    }
    let (basic, tail) = label.rsplit_once('-').unwrap_or(("", label));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias, mut first) = (128u32, 0u32, 72u32, true);
    let mut digits = tail.bytes().peekable();
    while digits.peek().is_some() {
        let (old, mut weight, mut k) = (i, 1u32, 36u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'A'..=b'Z' => u32::from(b - b'A'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let len = u32::try_from(out.len()).ok()? + 1;
        let mut delta = (i - old) / if first { 700 } else { 2 };
        first = false;
        delta += delta / len;
        k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        bias = k + 36 * delta / (delta + 38);
        n = n.checked_add(i / len)?;
        i %= len;
        let at = usize::try_from(i).ok()?;
        if at > out.len() {
            return None;
        }
        out.insert(at, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}
