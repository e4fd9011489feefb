//! Every message a person can read, in Russian and English, by area. A stage names an entry, never a sentence.
//!
//! `what` says what is wrong, `hint` what to do. `{name}` is an argument (see [`super::message`]).

use super::{Lang, Severity};

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
pub mod desk;
pub mod disclosure;
pub mod document;
pub mod import;
pub mod indirect;
pub mod inert;
pub mod model;
pub mod monitoring;
pub mod preview;
pub mod progress;
pub mod publish;
pub mod registry;
pub mod render;
pub mod source;
pub mod start;
pub mod tab;
pub mod vault;
pub mod verdict;
pub mod words;

/// Whether some finding about a source has this code.
pub fn is_code(code: &str) -> bool {
    let rooms = [
        document::ALL,
        model::ALL,
        source::ALL,
        render::ALL,
        carrier::ALL,
    ];
    rooms
        .iter()
        .copied()
        .flatten()
        .any(|entry| entry.code == code)
}

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
        "@active-element" => (
            "в нём есть элемент, который выполняет код или встраивает чужое",
            "it has an element that runs code or brings in something else",
        ),
        "@active-handler" => (
            "в нём есть обработчик событий (onload и подобные)",
            "it has an event handler (onload and the like)",
        ),
        "@active-address" => (
            "в нём есть адрес с кодом (javascript: и подобные)",
            "it has an address that is code (javascript: and the like)",
        ),
        "@active-load" => (
            "он загружает что-то с другого адреса",
            "it loads something from elsewhere",
        ),
        "@active-style" => (
            "его стиль загружает что-то с другого адреса или выполняет код",
            "its style loads something from elsewhere or runs code",
        ),
        "@active-entity" => (
            "в нём объявлены свои подстановки (ENTITY), за которыми может стоять что угодно",
            "it declares entities of its own, which may stand for anything",
        ),
        "@active-encoding" => (
            "он записан в кодировке, которую браузер прочтёт иначе",
            "it is in an encoding that a browser would read otherwise",
        ),
        "@active-packed" => (
            "он сжат так, что его не удаётся прочитать",
            "it is packed so that it cannot be read",
        ),
        "@active-pdf" => (
            "в нём есть код, запуск программ или отправка данных",
            "it has code, starts programs or sends data",
        ),
        "@limit-steps" => (
            "для этой страницы в нём слишком много повторений",
            "it repeats too much for this page",
        ),
        "@limit-output" => (
            "страница выходит слишком большой",
            "the page becomes too large",
        ),
        "@limit-value" => (
            "одно из значений стало слишком большим",
            "a value became too large",
        ),
        "@limit-time" => (
            "страница делается слишком долго",
            "the page takes too long to make",
        ),
        "@limit-components" => (
            "компоненты вложены друг в друга глубже двадцати",
            "components are nested deeper than twenty",
        ),
        "@limit-includes" => (
            "включения вложены глубже восьми",
            "includes are nested deeper than eight",
        ),
        "@template-capture" => ("{% set имя %}…{% endset %}", "{% set name %}…{% endset %}"),
        "@template-filter" => (
            "{% filter %}…{% endfilter %}",
            "{% filter %}…{% endfilter %}",
        ),
        "@template-body" => (
            "компонентов с содержимым: {% <имя> %}…{% </имя> %}",
            "components with a body: {% <name> %}…{% </name> %}",
        ),
        "@template-inner" => (
            "компонента внутри выражения или тега",
            "a component inside of an expression or tag",
        ),
        "@template-super" => ("super()", "super()"),
        "@template-comprehension" => (
            "списка с for внутри выражения",
            "a list with a for inside of an expression",
        ),
        "@template-unread" => (
            "записи, которую программа не разобрала",
            "writing that the program could not read",
        ),
        "@folder" => ("это папка, а не файл", "it is a folder, not a file"),
        "@too-large" => ("файл слишком велик", "the file is too large"),
        _ => verdict::word(name).or_else(|| import::word(name))?,
    };
    Some(match lang {
        Lang::Ru => ru,
        Lang::En => en,
    })
}
