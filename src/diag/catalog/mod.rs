//! Every message a person can read, in Russian and English, by area. A stage names an entry, never a sentence.
//!
//! `what` says what is wrong, `hint` what to do. `{name}` is an argument (see [`super::message`]).

use super::{Lang, Severity};
use crate::kinds::Kind;

/// One kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable, dotted, for scripts: `period.invalid`. Disclosure findings begin with `disclosure.`.
    pub code: &'static str,
    pub severity: Severity,
    pub ru: &'static str,
    pub en: &'static str,
    pub hint_ru: &'static str,
    pub hint_en: &'static str,
}

impl Entry {
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.ru,
            Lang::En => self.en,
        }
    }

    pub fn hint(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.hint_ru,
            Lang::En => self.hint_en,
        }
    }
}

/// Declares entries: `NAME = "code", Error { "ru", "en"; hint "ru", "en" }`.
macro_rules! entries {
    ($($name:ident = $code:literal, $severity:ident { $ru:literal, $en:literal; $hru:literal, $hen:literal })*) => {
        $(pub static $name: $crate::diag::catalog::Entry = $crate::diag::catalog::Entry {
            code: $code,
            severity: $crate::diag::Severity::$severity,
            ru: $ru, en: $en, hint_ru: $hru, hint_en: $hen,
        };)*
        /// All entries of this area, for tests and the documentation.
        pub static ALL: &[&$crate::diag::catalog::Entry] = &[$(&$name),*];
    };
}
#[allow(unused_imports)]
pub(crate) use entries;

pub mod carrier;
pub mod coarsen;
pub mod disclosure;
pub mod document;
pub mod model;
pub mod preview;
pub mod progress;
pub mod publish;
pub mod registry;
pub mod render;
pub mod source;
pub mod tab;
pub mod vault;
pub mod verdict;
pub mod words;

/// Words that arguments may name as `@word`, so that a stage need not know the language.
pub fn word(lang: Lang, name: &str) -> Option<&'static str> {
    let (ru, en) = match name {
        "@nothing" => ("пустое значение", "nothing"),
        "@text" => ("текст", "text"),
        "@list" => ("список", "a list"),
        "@fields" => ("набор полей", "a set of fields"),
        "@picture-broken" => ("картинка повреждена", "the picture is damaged"),
        "@picture-again" => (
            "сохраните картинку заново в PNG или JPEG",
            "save the picture again as PNG or JPEG",
        ),
        "@binary" => ("двоичный файл", "a binary file"),
        "@unknown-encoding" => ("неизвестную кодировку", "an unknown encoding"),
        "@not-there" => ("файла нет", "there is no such file"),
        "@no-right" => ("нет прав", "permission denied"),
        "@link-loop" => ("ссылка ведёт сама на себя", "the link leads to itself"),
        "@link-nowhere" => ("ссылка никуда не ведёт", "the link leads nowhere"),
        "@special-file" => (
            "это не обычный файл, а канал или устройство",
            "it is no ordinary file but a pipe or device",
        ),
        _ => match name.strip_prefix("@kind-") {
            Some(kind) => Kind::of(kind)?.about().words.needed,
            None => verdict::word(name)?,
        },
    };
    Some(match lang {
        Lang::Ru => ru,
        Lang::En => en,
    })
}
