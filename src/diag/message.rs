//! Fills a catalogue sentence with its arguments: `{name}`, and plurals `{n|школа|школы|школ}`
//! (`{n|school|schools}` in English), which print the number with the word in its form.
//!
//! Must not fail: an argument that is missing stays as `{name}`, so that a test sees it, and a brace that begins no
//! name is text (hints show YAML).

/// Index of the Russian plural form for `n`: 0 «одна школа», 1 «две школы», 2 «пять школ».
pub fn russian_form(n: u64) -> usize {
    match (n % 10, n % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

/// Picks the word for `n` out of two (English) or three (Russian) forms.
pub fn plural<'a>(n: u64, forms: &[&'a str]) -> &'a str {
    let index = match forms.len() {
        3 => russian_form(n),
        _ => usize::from(n != 1),
    };
    forms.get(index).or(forms.last()).copied().unwrap_or("")
}

/// Whether what stands in braces is a name, with or without plural forms.
fn is_name(inside: &str) -> bool {
    let name = inside.split('|').next().unwrap_or("");
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !inside.contains('{')
}

/// Replaces every `{…}` of `template` from `args`.
pub fn fill(template: &str, args: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..]
            .find('}')
            .map(|i| i + open)
            .filter(|close| is_name(&rest[open + 1..*close]))
        else {
            out.push('{');
            rest = &rest[open + 1..];
            continue;
        };
        let inside = &rest[open + 1..close];
        let mut parts = inside.split('|');
        let name = parts.next().unwrap_or("");
        let forms: Vec<&str> = parts.collect();
        match args.iter().find(|(n, _)| *n == name) {
            Some((_, value)) if forms.is_empty() => out.push_str(value),
            Some((_, value)) => {
                let n = value.parse().unwrap_or(0);
                out.push_str(value);
                out.push('\u{a0}');
                out.push_str(plural(n, &forms));
            }
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_number() {
        let text = "{n|ошибка|ошибки|ошибок} в {file}";
        let say = |n: u64| fill(text, &[("n", n.to_string()), ("file", "a".into())]);
        assert_eq!(say(1), "1\u{a0}ошибка в a");
        assert_eq!(say(3), "3\u{a0}ошибки в a");
        assert_eq!(say(11), "11\u{a0}ошибок в a");
        assert_eq!(say(122), "122\u{a0}ошибки в a");
    }

    #[test]
    fn a_brace_that_is_text_stays_text() {
        let args = [("no", "1.1".to_owned())];
        assert_eq!(
            fill("скобка [ или { не закрыта", &args),
            "скобка [ или { не закрыта"
        );
        assert_eq!(
            fill("{no: \"{no}\", section: 2}", &args),
            "{no: \"1.1\", section: 2}"
        );
    }

    #[test]
    fn a_missing_argument_stays_visible() {
        assert_eq!(fill("нет {что}", &[]), "нет {что}");
    }
}
