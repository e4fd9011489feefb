//! A plan as printed: sections, measures, measures under measures; and how pieces of a cell are put together.

use super::words::marked;
use super::yaml::Key;
use crate::carrier::blocks::At;

/// A plan as printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Names of columns with the printed heads, in the printed order.
    pub columns: Vec<(Key, String)>,
    pub sections: Vec<Section>,
    /// What stands below the table.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub no: Option<String>,
    pub title: Option<String>,
    /// Of a stage that has one in a cell of its own.
    pub period: Option<String>,
    pub rows: Vec<Measure>,
    /// Headings under it.
    pub sections: Vec<Section>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub no: Option<String>,
    pub measure: String,
    pub period: Option<String>,
    /// Where they stand in columns of their own.
    pub start: Option<String>,
    pub finish: Option<String>,
    pub indicator: Option<String>,
    pub result: Option<String>,
    /// Columns that the model does not describe, by their names.
    pub cells: Vec<(Key, String)>,
    /// The whole cell; who is named in it is told by the directory.
    pub responsible: Option<String>,
    pub rows: Vec<Measure>,
    pub at: At,
    /// Where the period stands, for its own doubts.
    pub period_at: At,
    pub responsible_at: At,
}

impl Plan {
    pub(super) fn count(&self) -> usize {
        fn deep(rows: &[Measure]) -> usize {
            rows.iter().map(|r| 1 + deep(&r.rows)).sum()
        }
        fn all(sections: &[Section]) -> usize {
            sections
                .iter()
                .map(|s| deep(&s.rows) + all(&s.sections))
                .sum()
        }
        all(&self.sections)
    }

    /// All rows in the printed order.
    pub(super) fn rows(&self) -> Vec<&Measure> {
        fn deep<'a>(rows: &'a [Measure], out: &mut Vec<&'a Measure>) {
            for row in rows {
                out.push(row);
                deep(&row.rows, out);
            }
        }
        fn all<'a>(sections: &'a [Section], out: &mut Vec<&'a Measure>) {
            for section in sections {
                deep(&section.rows, out);
                all(&section.sections, out);
            }
        }
        let mut out = Vec::new();
        all(&self.sections, &mut out);
        out
    }
}

/// Puts headings under headings: «1.1.» under «1.», and what follows «I этап» before its first row under it.
pub(super) fn nested(flat: Vec<Section>) -> Vec<Section> {
    fn level(section: &Section) -> Option<usize> {
        let printed = section.no.as_deref().unwrap_or_default();
        let title = super::words::fold(section.title.as_deref().unwrap_or_default());
        let stage = ["этап", "раздел", "глава", "часть"]
            .iter()
            .any(|w| title.starts_with(w));
        let roman = super::words::roman(printed.trim_end_matches(['.', ')'])).is_some();
        let parts = super::words::number_parts(printed).len();
        match (roman || stage, parts) {
            (true, _) => Some(0),
            (false, 0) => None,
            (false, parts) => Some(parts),
        }
    }
    fn put(into: &mut Vec<Section>, section: Section) {
        if let Some(last) = into.last_mut()
            && (last.rows.is_empty() || !last.sections.is_empty())
            && level(last).is_some_and(|above| level(&section).is_none_or(|own| above < own))
        {
            put(&mut last.sections, section);
        } else {
            into.push(section);
        }
    }
    let mut out = Vec::new();
    for section in flat {
        put(&mut out, section);
    }
    out
}

/// Puts a piece of a cell behind what stands there: on a line of its own where it begins an item.
pub(super) fn append(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if text.is_empty() {
        text.push_str(piece);
        return;
    }
    let ended = text.ends_with(['.', ';', ':', '!', '?']);
    let item = marked(piece).is_some();
    let capital = piece.chars().next().is_some_and(char::is_uppercase);
    if item || ended && capital {
        text.push('\n');
    } else if is_torn(text, piece) {
        // A page cut the word itself.
    } else if text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && starts_small(piece)
    {
        let left: String = text
            .chars()
            .rev()
            .skip(1)
            .take_while(|c| c.is_alphabetic())
            .collect();
        let left: String = left.chars().rev().collect();
        if !super::flat::is_compound(&left.to_lowercase()) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(piece);
}

/// Whether a text ends inside a word whose last letters begin the piece: «образовани» + «я».
fn is_torn(text: &str, piece: &str) -> bool {
    const STEMS: [&str; 10] = [
        "аци",
        "яци",
        "ици",
        "ени",
        "ани",
        "яни",
        "льн",
        "тельн",
        "ческ",
        "енн",
    ];
    let last = text.rsplit(' ').next().unwrap_or_default();
    let first: String = piece.chars().take_while(|c| c.is_alphabetic()).collect();
    (1..=3).contains(&first.chars().count())
        && starts_small(&first)
        && last.chars().count() >= 6
        && STEMS.iter().any(|s| last.ends_with(s))
        // «времени и места»
        && !last.ends_with("мени")
}

pub(super) fn starts_small(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase)
        && !text.starts_with(['«', '"'])
}

/// Whether a sentence has not come to its end.
pub(super) fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([',', '-', '–', '('])
        || text.matches('«').count() > text.matches('»').count()
        || text.matches('(').count() > text.matches(')').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_cell() {
        let whole = |a: &str, b: &str| {
            let mut text = a.to_owned();
            append(&mut text, b);
            text
        };
        assert_eq!(whole("Повышение", "качества"), "Повышение качества");
        assert_eq!(
            whole("Центр развития образовани", "я и науки"),
            "Центр развития образования и науки"
        );
        assert_eq!(whole("экономия времени", "и сил"), "экономия времени и сил");
        assert_eq!(whole("Приказ.", "Отчёт"), "Приказ.\nОтчёт");
        assert_eq!(whole("методи-", "ческий"), "методический");
    }
}
