//! Punycode (RFC 3492), so that a Cyrillic domain is known by both its spellings.

use idna::punycode;

/// A host with `xn--` labels in Unicode; `None` where there is none.
pub(crate) fn decode_host(host: &str) -> Option<String> {
    host.contains("xn--").then(|| {
        let labels: Vec<String> = host
            .split('.')
            .map(|l| {
                l.strip_prefix("xn--")
                    .and_then(punycode::decode_to_string)
                    .unwrap_or_else(|| l.to_string())
            })
            .collect();
        labels.join(".")
    })
}

/// A host with letters outside ASCII in its `xn--` form.
pub(crate) fn encode_host(host: &str) -> Option<String> {
    (!host.is_ascii()).then(|| {
        let labels: Vec<String> = host
            .split('.')
            .map(|l| {
                if l.is_ascii() {
                    l.to_string()
                } else {
                    punycode::encode_str(l).map_or_else(|| l.to_string(), |e| format!("xn--{e}"))
                }
            })
            .collect();
        labels.join(".")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(
            encode_host("почта.рф").as_deref(),
            Some("xn--80a1acny.xn--p1ai")
        );
        assert_eq!(
            decode_host("xn--80a1acny.xn--p1ai").as_deref(),
            Some("почта.рф")
        );
        assert_eq!(decode_host("mail.ru"), None);
    }
}
