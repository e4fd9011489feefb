//! The preview: what can go wrong with its server and its watching, and the words of its lines and its bar.

use crate::diag::Lang;
use crate::diag::message::fill;

entries! {
    PORT_TAKEN = "system.port", Error {
        "не удалось открыть порт {port}: {why}", "cannot open port {port}: {why}";
        "укажите другой порт: glasno serve --port 4800", "give another port: glasno serve --port 4800" }
    WATCH = "system.watch", Warning {
        "система не сообщает об изменениях файлов ({why}); предпросмотр проверяет папки сам, дважды в секунду", "the system does not report file changes ({why}); the preview looks for itself, twice a second";
        "", "" }
    NOT_OPENED = "system.open", Warning {
        "не удалось открыть {what}: {why}", "cannot open {what}: {why}";
        "откройте вручную", "open it by hand" }
}

/// The preview is there.
pub fn ready(address: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Предпросмотр: {address}  (остановить — Ctrl+C)"),
        Lang::En => format!("Preview: {address}  (Ctrl+C stops it)"),
    }
}

/// Where sources are changed.
pub fn desk(address: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Рабочий стол: {address}"),
        Lang::En => format!("Desk: {address}"),
    }
}

/// Title and text of the page that answers until the sources have been read for the first time.
pub fn reading(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ru => (
            "Читаю исходные файлы…",
            "Страница появится здесь сама: обновлять её не нужно.",
        ),
        Lang::En => (
            "Reading the sources…",
            "The page will appear here by itself; there is no need to reload it.",
        ),
    }
}

/// The sources have been read for the first time.
pub fn read(files: usize, milliseconds: u128, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Готово: {files|файл|файла|файлов}, {ms} мс",
        Lang::En => "Ready: {files|file|files}, {ms} ms",
    };
    let args = [
        ("files", files.to_string()),
        ("ms", milliseconds.to_string()),
    ];
    fill(template, &args)
}

pub fn stopped(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "Предпросмотр остановлен.",
        Lang::En => "The preview has ended.",
    }
}

/// One line for one rebuild.
pub struct Rebuilt<'a> {
    /// The file that changed, or the first of several.
    pub first: &'a str,
    pub files: usize,
    pub pages: usize,
    pub milliseconds: u128,
    pub errors: usize,
    pub warnings: usize,
}

pub fn rebuilt(r: &Rebuilt<'_>, lang: Lang) -> String {
    let template = match (lang, r.files, r.errors, r.warnings) {
        (Lang::Ru, 0 | 1, 0, 0) => "{first}: {pages|страница|страницы|страниц}, {ms} мс",
        (Lang::Ru, 0 | 1, 0, _) => {
            "{first}: {pages|страница|страницы|страниц}, {ms} мс, {warnings|предупреждение|предупреждения|предупреждений}"
        }
        (Lang::Ru, 0 | 1, ..) => {
            "{first}: {errors|ошибка|ошибки|ошибок}, показана последняя исправная версия ({ms} мс)"
        }
        (Lang::Ru, _, 0, 0) => {
            "{files|файл|файла|файлов} ({first}, …): {pages|страница|страницы|страниц}, {ms} мс"
        }
        (Lang::Ru, _, 0, _) => {
            "{files|файл|файла|файлов} ({first}, …): {pages|страница|страницы|страниц}, {ms} мс, {warnings|предупреждение|предупреждения|предупреждений}"
        }
        (Lang::Ru, ..) => {
            "{files|файл|файла|файлов} ({first}, …): {errors|ошибка|ошибки|ошибок}, показана последняя исправная версия ({ms} мс)"
        }
        (Lang::En, 0 | 1, 0, 0) => "{first}: {pages|page|pages}, {ms} ms",
        (Lang::En, 0 | 1, 0, _) => {
            "{first}: {pages|page|pages}, {ms} ms, {warnings|warning|warnings}"
        }
        (Lang::En, 0 | 1, ..) => {
            "{first}: {errors|error|errors}, the last good version is shown ({ms} ms)"
        }
        (Lang::En, _, 0, 0) => "{files|file|files} ({first}, …): {pages|page|pages}, {ms} ms",
        (Lang::En, _, 0, _) => {
            "{files|file|files} ({first}, …): {pages|page|pages}, {ms} ms, {warnings|warning|warnings}"
        }
        (Lang::En, ..) => {
            "{files|file|files} ({first}, …): {errors|error|errors}, the last good version is shown ({ms} ms)"
        }
    };
    let args = [
        ("first", r.first.to_owned()),
        ("files", r.files.to_string()),
        ("pages", r.pages.to_string()),
        ("ms", r.milliseconds.to_string()),
        ("errors", r.errors.to_string()),
        ("warnings", r.warnings.to_string()),
    ];
    fill(template, &args)
}

/// Title and text of the page that stands in for one that cannot be shown.
pub fn no_page(refused: bool, lang: Lang) -> (&'static str, &'static str) {
    match (lang, refused) {
        (Lang::Ru, true) => (
            "Страница не показана",
            "Она не прошла проверку, поэтому и не опубликуется. Почему — сказано ниже.",
        ),
        (Lang::Ru, false) => (
            "Сайт ещё не собран",
            "Страницы появятся здесь сами, как только исходные файлы будут исправны.",
        ),
        (Lang::En, true) => (
            "This page is not shown",
            "It did not pass the audit and would not be published. The reason is below.",
        ),
        (Lang::En, false) => (
            "The site is not built yet",
            "Pages will appear here by themselves as soon as the sources are sound.",
        ),
    }
}

/// The words of the bar and the overlay, by key, for the script in the page.
pub fn labels(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Ru => &[
            ("errors", "Ошибки в исходных файлах"),
            (
                "lastGood",
                "Показана последняя исправная версия. Исправьте файл — окно закроется само.",
            ),
            ("fold", "Свернуть"),
            ("source", "Исходный файл"),
            ("blocks", "Показать строки"),
            ("wrong", "Ошибки"),
            ("warnings", "Предупреждения"),
            ("replaced", "Заменено защитой"),
            ("drafts", "Черновики раздела"),
            ("sample", "образец"),
            ("publishable", "будет опубликована"),
            ("unpublishable", "не будет опубликована"),
            ("made", "Страница собрана программой"),
            ("copied", "Скопировано"),
            ("opened", "Открыто в редакторе"),
            ("failed", "Не удалось открыть редактор"),
            ("lost", "Нет связи с glasno serve"),
            ("line", "строка"),
            ("edit", "Править"),
            ("today", "Сегодня"),
        ],
        Lang::En => &[
            ("errors", "Errors in the sources"),
            (
                "lastGood",
                "The last good version is shown. Mend the file and this closes by itself.",
            ),
            ("fold", "Fold"),
            ("source", "Source"),
            ("blocks", "Show lines"),
            ("wrong", "Errors"),
            ("warnings", "Warnings"),
            ("replaced", "Replaced by the guard"),
            ("drafts", "Drafts of the section"),
            ("sample", "sample"),
            ("publishable", "would be published"),
            ("unpublishable", "would not be published"),
            ("made", "Made by the program"),
            ("copied", "Copied"),
            ("opened", "Opened in the editor"),
            ("failed", "The editor could not be opened"),
            ("lost", "glasno serve does not answer"),
            ("line", "line"),
            ("edit", "Edit"),
            ("today", "Today"),
        ],
    }
}
