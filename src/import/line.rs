//! One line of a document, where it stands, and what its words alone tell: a title, a stamp, a letterhead. Must not look
//! at other lines.

use super::words::{Mark, fold, is_capitals, marked};
use crate::carrier::blocks::{Align, At};

/// A place in one of the files that are imported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    pub file: usize,
    pub at: At,
}

/// One paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What it says, after the number that the program displays by itself.
    pub text: String,
    pub bold: bool,
    pub align: Align,
    pub heading: bool,
    pub boxed: bool,
    pub new_page: bool,
    pub at: At,
}

/// Whether words are those of a letterhead: a body, no sentence.
pub(super) fn is_letterhead(folded: &str) -> bool {
    [
        "департамент",
        "министерство",
        "управление образования",
        "администрация",
        "комитет",
        "муниципальное казенное",
        "отдел образования",
        "муниципальное учреждение",
    ]
    .iter()
    .any(|w| folded.starts_with(w))
}

/// Whether a line begins the stamp of an annex.
pub(super) fn stamp_begins(line: &Line) -> bool {
    let folded = fold(&line.text);
    let length = folded.chars().count();
    if marked(&line.text).is_some_and(|m| !matches!(m.kind, Mark::Dash)) {
        return false;
    }
    if let Some(rest) = folded.strip_prefix("приложение") {
        let rest = rest.trim_start();
        let number = rest.starts_with(['№', 'n'])
            || rest.starts_with(|c: char| c.is_ascii_digit())
            || rest.starts_with("no");
        return length <= 200
            && (rest.is_empty() || number || rest.starts_with("к ") || rest.starts_with('('));
    }
    let approved = ["утвержден", "утверждаю", "утверждено", "утверждена"]
        .iter()
        .any(|w| folded.starts_with(w));
    if approved && length <= 120 {
        return true;
    }
    // A recogniser may have torn the word apart.
    let cites = ["к приказу", "к распоряжению", "к постановлению"]
        .iter()
        .any(|w| folded.contains(w));
    cites && length <= 80 && folded.starts_with("прил")
}

/// Whether a line is the title of what annexes hold.
pub(super) fn is_title(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "план",
        "дорожная карта",
        "дорожная",
        "состав",
        "список",
        "перечень",
        "график",
        "программа",
        "показатели",
        "модель",
        "комплекс мер",
        "комплекс",
        "положение",
        "порядок",
        "критерии",
        "целевые",
        "муниципальная модель",
        "муниципальный план",
        "региональный план",
        "план-график",
        "сетевой",
        "расписание",
        "регламент",
        "реестр",
    ];
    let folded = fold(text);
    let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    WORDS.iter().any(|w| folded.starts_with(w)) && folded.chars().count() < 400
        || is_capitals(text)
            && folded.split(' ').count() >= 2
            && WORDS.iter().any(|w| folded.contains(w))
}
