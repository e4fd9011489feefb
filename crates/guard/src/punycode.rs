//! Punycode (RFC 3492), so that a Cyrillic domain is known by both its spellings.

const BASE: u32 = 36;

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points.max(1);
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += BASE;
    }
    k + 36 * delta / (delta + 38)
}

fn decode(label: &str) -> Option<String> {
    let (mut out, tail): (Vec<char>, &str) = match label.rsplit_once('-') {
        Some((head, tail)) => (head.chars().collect(), tail),
        None => (Vec::new(), label),
    };
    let (mut n, mut i, mut bias) = (128u32, 0u32, 72u32);
    let mut bytes = tail.bytes();
    while bytes.len() > 0 {
        let start = i;
        let (mut w, mut k) = (1u32, BASE);
        loop {
            let digit = match bytes.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'A'..=b'Z' => u32::from(b - b'A'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(w)?)?;
            let t = k.saturating_sub(bias).clamp(1, 26);
            if digit < t {
                break;
            }
            w = w.checked_mul(BASE - t)?;
            k += BASE;
        }
        let len = out.len() as u32 + 1;
        bias = adapt(i - start, len, start == 0);
        n = n.checked_add(i / len)?;
        i %= len;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

fn encode(label: &str) -> Option<String> {
    let chars: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias) = (128u32, 0u32, 72u32);
    while (handled as usize) < chars.len() {
        let m = chars.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((m - n).checked_mul(handled + 1)?)?;
        n = m;
        for &c in &chars {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                let (mut q, mut k) = (delta, BASE);
                loop {
                    let t = k.saturating_sub(bias).clamp(1, 26);
                    let digit = if q < t { q } else { t + (q - t) % (BASE - t) };
                    out.push(char::from(if digit < 26 {
                        b'a' + digit as u8
                    } else {
                        b'0' + (digit - 26) as u8
                    }));
                    if q < t {
                        break;
                    }
                    q = (q - t) / (BASE - t);
                    k += BASE;
                }
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(out)
}

/// A host with `xn--` labels in Unicode; `None` where there is none.
pub(crate) fn decode_host(host: &str) -> Option<String> {
    host.contains("xn--").then(|| {
        let labels: Vec<String> = host
            .split('.')
            .map(|l| {
                l.strip_prefix("xn--")
                    .and_then(decode)
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
                    encode(l).map_or_else(|| l.to_string(), |e| format!("xn--{e}"))
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
