//! Long texts as pieces that an answer can show whole.
//!
//! Takes a text; gives its pieces in order: paragraphs, and of a long one runs of sentences, then of words. Must not
//! lose a word.

/// A piece holds no more characters than this, unless a single word does.
const MOST: usize = 320;

/// The pieces of `text`.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let paragraphs = text.split('\n').map(str::trim).filter(|p| !p.is_empty());
    for paragraph in paragraphs {
        let mut rest = paragraph;
        while let Some(end) = end(rest) {
            let (piece, more) = rest.split_at(end);
            all.push(piece.trim_end());
            rest = more.trim_start();
        }
        if !rest.is_empty() {
            all.push(rest);
        }
    }
    all
}

/// Where the first piece of a text that is too long ends.
fn end(text: &str) -> Option<usize> {
    let limit = text.char_indices().nth(MOST).map(|(at, _)| at)?;
    let head = text.get(..limit)?;
    let sentence = head
        .rmatch_indices(['.', ';', '!', '?'])
        .find(|(at, mark)| {
            let next = text.get(at + mark.len()..).unwrap_or_default();
            // «п. 2», «г. Ключевой» are no ends: what ends there is longer than a letter or two.
            let word = head.get(..*at).unwrap_or_default();
            let word = word.rsplit(|c: char| !c.is_alphanumeric()).next();
            next.starts_with([' ', '\u{a0}']) && word.is_some_and(|w| w.chars().count() > 3)
        });
    let end = match sentence {
        Some((at, mark)) if at > limit / 3 => at + mark.len(),
        _ => head.rfind([' ', '\u{a0}']).filter(|at| *at > 0)?,
    };
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_sentences_words() {
        assert_eq!(
            pieces("Первое.\n\n Второе. Третье."),
            ["Первое.", "Второе. Третье."]
        );
        let long = format!("{}кончено. {}", "слово ".repeat(40), "дальше ".repeat(30));
        let cut = pieces(&long);
        assert!(cut.len() == 2 && cut[0].ends_with("кончено."), "{cut:?}");
        let words = "слово ".repeat(200);
        let cut = pieces(&words);
        assert!(cut.iter().all(|p| p.chars().count() <= MOST), "{cut:?}");
        assert_eq!(cut.join(" "), words.trim());
    }

    #[test]
    fn a_word_without_end_stays_whole() {
        let word = "а".repeat(1000);
        assert_eq!(pieces(&word), [word.as_str()]);
    }
}
