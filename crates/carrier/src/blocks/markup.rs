//! Inline markup in plain text: takes a line or a cell as text recognition, Markdown and editors leave it, gives what
//! a reader would see, part by part. Must not touch what is no markup: an asterisk between numbers is one.

/// A piece of text that stands on its own, and whether all of it was marked bold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub bold: bool,
    /// A picture stood in it.
    pub picture: bool,
}

/// Tags that begin a piece of their own.
const PARTING: [&str; 5] = ["p", "li", "ul", "ol", "div"];
/// Tags that only change how letters look.
const LOOKS: [&str; 16] = [
    "b", "strong", "i", "em", "u", "s", "span", "font", "sup", "sub", "small", "big", "mark",
    "center", "ins", "a",
];

/// What is displayed of `source`, a piece for each paragraph in it.
pub(super) fn pieces(source: &str) -> Vec<Piece> {
    let mut out = vec![String::new()];
    let mut picture = false;
    let mut rest = source;
    let mut deleted = 0usize;
    while let Some(c) = rest.chars().next() {
        let mut after = rest.get(c.len_utf8()..).unwrap_or_default();
        let mut kept = Some(c);
        match c {
            '<' => {
                if let Some((tag, behind)) = tag(rest) {
                    (kept, after) = (None, behind);
                    match tag {
                        Tag::Parting => out.push(String::new()),
                        Tag::Break => push(&mut out, "\n"),
                        Tag::Looks => {}
                        Tag::Picture => picture = true,
                        Tag::Deleted(opens) => {
                            deleted = if opens {
                                deleted + 1
                            } else {
                                deleted.saturating_sub(1)
                            };
                        }
                    }
                }
            }
            '\\' => {
                // An escaped mark is the mark; any other backslash is one, as in a formula.
                if let Some(mark) = after.chars().next().filter(|m| "|*_#<>`~-.[]".contains(*m))
                    && !in_formula(&out)
                {
                    kept = Some(mark);
                    after = after.get(mark.len_utf8()..).unwrap_or_default();
                }
            }
            '&' => {
                if let Some((letter, behind)) = entity(rest) {
                    (kept, after) = (Some(letter), behind);
                }
            }
            '!' if after.starts_with('[') => {
                if let Some((_, behind)) = link(after) {
                    (kept, after, picture) = (None, behind, true);
                }
            }
            '[' => {
                if let Some((words, behind)) = link(rest) {
                    kept = None;
                    if deleted == 0 {
                        push(&mut out, words);
                    }
                    after = behind;
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\r' => kept = None,
            _ => {}
        }
        if let Some(c) = kept.filter(|_| deleted == 0)
            && let Some(last) = out.last_mut()
        {
            last.push(c);
        }
        rest = after;
    }
    let mut pieces: Vec<Piece> = out
        .into_iter()
        .map(|text| emphasis(text.trim()))
        .filter(|p| !p.text.is_empty())
        .collect();
    if picture {
        match pieces.first_mut() {
            Some(first) => first.picture = true,
            None => pieces.push(Piece {
                picture: true,
                ..Piece::default()
            }),
        }
    }
    pieces
}

fn push(out: &mut [String], text: &str) {
    if let Some(last) = out.last_mut() {
        last.push_str(text);
    }
}

/// Whether the text so far ends inside a formula.
fn in_formula(out: &[String]) -> bool {
    out.last()
        .is_some_and(|text| text.matches('$').count() % 2 == 1)
}

enum Tag {
    Parting,
    Break,
    Looks,
    Picture,
    Deleted(bool),
}

/// The tag at the beginning of `text` and what stands behind it; nothing when it is only a sign.
fn tag(text: &str) -> Option<(Tag, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        return Some((Tag::Looks, comment.get(end + 3..)?));
    }
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>').filter(|e| *e <= 400)?;
    let (inside, behind) = (inner.get(..end)?, inner.get(end + 1..)?);
    let opens = !inside.starts_with('/');
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let name = name.as_str();
    let tag = if name == "br" {
        Tag::Break
    } else if name == "img" {
        Tag::Picture
    } else if name == "del" || name == "strike" {
        Tag::Deleted(opens)
    } else if PARTING.contains(&name) {
        Tag::Parting
    } else if LOOKS.contains(&name) {
        Tag::Looks
    } else {
        return None;
    };
    Some((tag, behind))
}

/// The named letters that editors write; numbers of letters are not worth more.
fn entity(text: &str) -> Option<(char, &str)> {
    const NAMED: [(&str, char); 10] = [
        ("&nbsp;", '\u{a0}'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&laquo;", '«'),
        ("&raquo;", '»'),
        ("&ndash;", '–'),
        ("&mdash;", '—'),
        ("&#39;", '\''),
    ];
    NAMED
        .iter()
        .find_map(|(name, letter)| Some((*letter, text.strip_prefix(name)?)))
}

/// The words of the link at the beginning of `text` (`[слова](адрес)`), and what stands behind it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(']')?;
    let words = inner.get(..end)?;
    let address = inner.get(end + 1..)?.strip_prefix('(')?;
    let close = address.find(')')?;
    if words.contains('[') || address.get(..close)?.contains(['\n', ' ']) {
        return None;
    }
    Some((words, address.get(close + 1..)?))
}

/// Takes `**` and `__` away, which only in pairs are marks.
fn emphasis(text: &str) -> Piece {
    let mut text = text.to_owned();
    let mut bold = false;
    for mark in ["**", "__"] {
        if text.len() > 4
            && text.starts_with(mark)
            && text.ends_with(mark)
            && text.matches(mark).count() == 2
        {
            bold = true;
        }
        let count = text.matches(mark).count();
        // A row of underscores is a line to write on.
        let rule = mark == "__" && text.contains("___");
        if count >= 2 && count % 2 == 0 && !rule {
            text = text.replace(mark, "");
        }
    }
    Piece {
        text: text.trim().to_owned(),
        bold,
        picture: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        pieces(source).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn tags_part_or_vanish() {
        assert_eq!(
            texts("<p>Подготовка:</p> <ul> - анализ; - план</ul>"),
            ["Подготовка:", "- анализ; - план"]
        );
        assert_eq!(texts("№ <u>12/02</u>"), ["№ 12/02"]);
        assert_eq!(texts("а<br>б"), ["а\nб"]);
        assert_eq!(texts("доля < 5 и > 3"), ["доля < 5 и > 3"]);
        assert_eq!(
            texts("в срок <del>до мая</del><ins>до июня</ins>"),
            ["в срок до июня"]
        );
    }

    #[test]
    fn emphasis_is_taken_away_in_pairs_only() {
        assert_eq!(
            pieces("**Дорожная карта**"),
            [Piece {
                text: "Дорожная карта".into(),
                bold: true,
                picture: false
            }]
        );
        assert_eq!(
            texts("подготовить **отчёт** в срок"),
            ["подготовить отчёт в срок"]
        );
        assert_eq!(texts("2 ** 3"), ["2 ** 3"]);
        assert_eq!(texts("«___» ______ 2024 г."), ["«___» ______ 2024 г."]);
    }

    #[test]
    fn formulas_keep_their_backslashes() {
        assert_eq!(
            texts(r"$D = \frac{Ч\ 1}{Ч} * 100$"),
            [r"$D = \frac{Ч\ 1}{Ч} * 100$"]
        );
        assert_eq!(texts(r"а \| б"), ["а | б"]);
    }

    #[test]
    fn links_and_pictures() {
        assert_eq!(texts("[сайт](https://example.ru/) и [1]"), ["сайт и [1]"]);
        assert!(pieces("![печать](p.png)")[0].picture);
    }
}
