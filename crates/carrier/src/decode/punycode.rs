//! Punycode: takes text with host names in it, gives it with the names as people read them.

/// Longer labels are no host's.
const LONGEST: usize = 256;

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
            .filter(|label| label.len() <= LONGEST)
            .and_then(idna::punycode::decode_to_string);
        out.push_str(decoded.as_deref().unwrap_or(label));
        rest = tail;
    }
    Some(out)
}
