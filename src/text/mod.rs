//! Russian text as it should stand in print: spaces, quotes and dashes, dates, numbers, anchors.
//!
//! Takes plain text and values; gives plain text, never markup. Pure. Must not know documents.

pub mod clock;
pub mod control;
pub mod dates;
mod numbers;
mod slug;
mod typography;

pub use numbers::{file_size, format_decimal, format_signed};
pub use slug::slug;
pub use typography::typograph;

/// Space on which a line does not break.
pub const NBSP: char = '\u{a0}';

/// Hyphen on which a line does not break, as office programs write it.
const HYPHEN: char = '\u{2011}';

/// No space and no break.
const JOINER: char = '\u{2060}';

/// Text as it is typed: without the marks that only keep lines from breaking.
pub fn loose(text: &str) -> String {
    if !text.contains([HYPHEN, JOINER]) {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| *c != JOINER)
        .map(|c| if c == HYPHEN { '-' } else { c })
        .collect()
}

/// The beginning of `text` in at most `most` characters, cut between words, with «…» where it was cut. Runs of
/// space become one.
pub fn excerpt(text: &str, most: usize) -> String {
    // In one line, the marks of a list would stand for nothing.
    let unmarked = text.lines().enumerate().map(|(n, line)| {
        let line = line.trim_start();
        let bare = ["- ", "– ", "— ", "• "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        bare.filter(|_| n > 0).unwrap_or(line)
    });
    let words: Vec<&str> = unmarked
        .flat_map(|line| line.split(|c: char| c.is_whitespace() && c != NBSP))
        .filter(|w| !w.is_empty())
        .collect();
    let whole = words.join(" ");
    if whole.chars().count() <= most {
        return whole;
    }
    let room = most.saturating_sub(1);
    let mut out = String::new();
    let mut length = 0;
    for word in words {
        let needed = word.chars().count() + usize::from(!out.is_empty());
        if length + needed > room {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        length += needed;
    }
    if out.is_empty() {
        // A single word longer than the room is cut inside.
        out = whole.chars().take(room).collect();
    }
    let loose = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '—' | '–' | '-' | '«' | '„' | '(')
    };
    format!("{}…", out.trim_end_matches(loose))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn excerpts_end_between_words() {
        assert_eq!(
            excerpt("Семинар для кураторов", 50),
            "Семинар для кураторов"
        );
        assert_eq!(excerpt("Семинар, для  кураторов", 12), "Семинар…");
        assert_eq!(excerpt("Семинар, для кураторов", 13), "Семинар, для…");
        assert_eq!(excerpt("Семинар, для кураторов", 10), "Семинар…");
        assert_eq!(excerpt("Достопримечательность", 6), "Досто…");
        assert_eq!(
            excerpt("Провести:\n- разбор;\n- встречи", 40),
            "Провести: разбор; встречи"
        );
        assert_eq!(excerpt("- так в ячейке", 40), "- так в ячейке");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn excerpts_are_never_longer(text in any::<String>(), most in 1usize..60) {
            prop_assert!(excerpt(&text, most).chars().count() <= most);
        }
    }
}
