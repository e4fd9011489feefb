//! The line that tells how far a long run is.

use crate::diag::Lang;

/// Sources are being read.
pub fn reading(done: usize, total: usize, lang: Lang) -> String {
    line(
        "Читаю исходные файлы",
        "Reading the sources",
        done,
        total,
        lang,
    )
}

/// Documents are being checked and made public.
pub fn checking(done: usize, total: usize, lang: Lang) -> String {
    line(
        "Проверяю документы",
        "Checking the documents",
        done,
        total,
        lang,
    )
}

/// Files of the site are being made.
pub fn making(done: usize, total: usize, lang: Lang) -> String {
    line(
        "Готовлю и проверяю файлы сайта",
        "Making and auditing the files",
        done,
        total,
        lang,
    )
}

fn line(ru: &str, en: &str, done: usize, total: usize, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{ru}: {} из {}",
            grouped(done, '\u{a0}'),
            grouped(total, '\u{a0}')
        ),
        Lang::En => format!("{en}: {} of {}", grouped(done, ','), grouped(total, ',')),
    }
}

/// 21 403: by thousands.
fn grouped(number: usize, mark: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        // The Russian rule leaves four digits together, but a counter that changes its shape at ten thousand jumps.
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(
            reading(3200, 10_000, Lang::Ru),
            "Читаю исходные файлы: 3\u{a0}200 из 10\u{a0}000"
        );
        assert_eq!(
            making(1, 1_234_567, Lang::En),
            "Making and auditing the files: 1 of 1,234,567"
        );
        assert_eq!(checking(0, 999, Lang::Ru), "Проверяю документы: 0 из 999");
    }
}
