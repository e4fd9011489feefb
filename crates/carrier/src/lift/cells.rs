//! What spreadsheets of both generations write alike: number formats that hold words, and the codes of headers and
//! footers. Takes such a code, gives what a reader sees of it.

/// The sections of a number format that hold words, with NUL where the value stands.
pub(super) fn number_format(code: &str) -> Vec<String> {
    let mut sections = vec![(String::new(), false)];
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        // Every cell of the style repeats it.
        let full = sections.len() > 8;
        let Some((section, words)) = sections.last_mut().filter(|s| !full && s.0.len() < 300)
        else {
            break;
        };
        match c {
            '"' => {
                let literal = chars.by_ref().take_while(|c| *c != '"').take(300);
                let literal: String = literal.collect();
                *words |= literal.chars().any(char::is_alphanumeric);
                section.push_str(&literal);
            }
            '\\' => section.extend(chars.next()),
            // A space as wide as the next character, and one that is repeated.
            '_' | '*' => {
                chars.next();
                section.push(' ');
            }
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            ';' => sections.push((String::new(), false)),
            '0' | '#' | '?' | '@' | '.' | ',' => {
                if !section.ends_with('\0') {
                    section.push('\0');
                }
            }
            'G' if code.contains("General") => {
                section.push('\0');
                chars.by_ref().take(6).for_each(drop);
            }
            c if c.is_ascii_alphabetic() => {}
            c => {
                *words |= c.is_alphabetic();
                section.push(c);
            }
        }
    }
    let worded = sections.into_iter().filter(|s| s.1);
    worded.map(|s| s.0).collect()
}

/// A worksheet's header without its codes (`&C`, `&"font"`, `&14`, `&K…`), one text for each of its three parts.
pub(super) fn print_codes(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            if let Some(last) = parts.last_mut() {
                last.push(c);
            }
            continue;
        }
        match chars.next() {
            Some('L' | 'C' | 'R') => parts.push(String::new()),
            Some('"') => while chars.next().is_some_and(|c| c != '"') {},
            Some('K') => while chars.next_if(char::is_ascii_hexdigit).is_some() {},
            Some('0'..='9') => while chars.next_if(char::is_ascii_digit).is_some() {},
            Some('&') => {
                if let Some(last) = parts.last_mut() {
                    last.push('&');
                }
            }
            _ => {}
        }
    }
    parts.retain(|p| !p.trim().is_empty());
    parts
}
