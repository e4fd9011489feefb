//! A table as CSV.
//!
//! Takes a header and rows; gives text that Russian Excel opens by a double click: a byte order mark, without which it
//! reads no Cyrillic, and semicolons, by which it divides. A cell that a spreadsheet would run as a formula gets an apostrophe in front.

use std::borrow::Cow;

/// UTF-8 mark without which Excel takes the file for a Windows code page.
const MARK: char = '\u{feff}';

/// Writes `rows` under `header`; rows shorter or longer than the header stay as they are.
pub fn csv<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_string().into_bytes());
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        // Writing into memory cannot fail, so there is nothing to hand on.
        for cell in cells {
            let _ = writer.write_field(tame(cell).as_bytes());
        }
        let _ = writer.write_record(None::<&[u8]>);
    };
    write(&mut header.iter().map(AsRef::as_ref));
    for row in rows {
        write(&mut row.iter().map(String::as_str));
    }
    // Texts went in, so a text comes out.
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A table of open data: commas and UTF-8 without a mark, as RFC 4180 and the methodical recommendations have it.
pub fn open_csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| phone_or_tame(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A phone begins with a plus and must stay as it is: digits are no formula.
fn phone_or_tame(cell: &str) -> String {
    let phone = cell.strip_prefix('+').is_some_and(|rest| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '\u{a0}'))
    });
    match phone {
        true => cell.to_owned(),
        false => tame(cell).into_owned(),
    }
}

/// Spreadsheets skip blanks before a formula's first sign; so does this test.
fn tame(cell: &str) -> Cow<'_, str> {
    let first = cell
        .chars()
        .find(|c| (!c.is_whitespace() || matches!(c, '\t' | '\r')) && *c != MARK);
    let dangerous = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
    );
    if dangerous {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_tamed() {
        let text = csv(
            &["№", "Мероприятие"],
            &[
                vec!["4.10".into(), "семинар, «итоги»; \"план\"".into()],
                vec!["=1+1".into(), "две\nстроки".into()],
                vec![" \t@x".into(), "−5".into()],
            ],
        );
        assert_eq!(
            text,
            "\u{feff}№;Мероприятие\r\n4.10;\"семинар, «итоги»; \"\"план\"\"\"\r\n'=1+1;\"две\nстроки\"\r\n' \t@x;−5\r\n"
        );
    }

    #[test]
    fn an_empty_row_and_table_are_kept() {
        assert_eq!(
            csv::<&str>(&["а"], &[vec![String::new()]]),
            "\u{feff}а\r\n\"\"\r\n"
        );
    }
}
