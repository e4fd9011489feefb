//! One spelling for what documents write differently. Takes a text, gives it folded, to be compared with others so folded.

/// A spelling with everything folded that documents write differently: case, quotes, blanks, ё, a final full stop.
pub fn spelling(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '«' | '»' | '"' | '„' | '“' | '”' | '\'' | '*' => {}
            'ё' => out.push('е'),
            '–' | '—' | '‑' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim_end_matches(['.', ',', ';', ' '])
        .replace(". ", ".")
}
