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
pub mod import;
pub mod model;
pub mod preview;
pub mod progress;
pub mod publish;
pub mod registry;
pub mod render;
pub mod source;
pub mod tab;
pub mod vault;
pub mod words;

/// Words that arguments may name as `@word`, so that a stage need not know the language.
pub fn word(lang: Lang, name: &str) -> Option<&'static str> {
    let (ru, en) = match name {
        "@nothing" => ("пустое значение", "nothing"),
        "@text" => ("текст", "text"),
        "@list" => ("список", "a list"),
        "@fields" => ("набор полей", "a set of fields"),
        "@class-name" => ("имя школы", "the school's name"),
        "@class-number" => ("номер школы", "the school's number"),
        "@class-namesake" => (
            "имя, которое носит школа",
            "the person the school is named after",
        ),
        "@class-settlement" => (
            "школа по населённому пункту",
            "the school by its settlement",
        ),
        "@class-person" => ("руководитель школы", "the head of the school"),
        "@class-phone" => ("телефон", "phone"),
        "@class-email" => ("электронная почта", "e-mail"),
        "@class-site" => ("сайт", "site"),
        "@class-inn" => ("ИНН", "INN"),
        "@class-ogrn" => ("ОГРН", "OGRN"),
        "@class-address" => ("адрес", "address"),
        "@class-exact" => (
            "точное название из реестра",
            "an exact name of the registry",
        ),
        "@reason-no-place" => (
            "рядом не сказано, где эта школа",
            "nothing near tells where the school is",
        ),
        "@reason-several-schools" => (
            "подходят несколько защищаемых школ",
            "several protected schools fit",
        ),
        "@reason-public-namesake" => (
            "так же называется школа, которую называть можно",
            "a school that may be named has the same name",
        ),
        "@reason-number-missing" => ("номер школы не указан", "the number is missing"),
        "@reason-name-alone" => (
            "рядом нет слова «школа»",
            "there is no word for a school near",
        ),
        "@reason-surname-only" => (
            "фамилия без инициалов рядом с должностью",
            "a surname without initials beside a post",
        ),
        "@reason-other-kind" => (
            "вид школы иной, чем в реестре",
            "the kind of school differs from the registry",
        ),
        "@reason-sole-kind" => (
            "других школ этого вида здесь в реестре нет",
            "the registry knows no other school of this kind here",
        ),
        "@reason-misspelt" => ("название написано с опечаткой", "the name is misspelt"),
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
        _ => match import::word(name) {
            Some(words) => words,
            None => Kind::of(name.strip_prefix("@kind-")?)?.about().words.needed,
        },
    };
    Some(match lang {
        Lang::Ru => ru,
        Lang::En => en,
    })
}
