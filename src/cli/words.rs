//! Sentences of the command line itself.

use clap::error::ErrorKind;

use crate::diag::Lang;
use crate::diag::message::fill;

/// What is wrong with the arguments, and what to do.
pub fn usage(kind: ErrorKind, what: &str, value: &str, command: &str, lang: Lang) -> String {
    let (ru, en) = match kind {
        ErrorKind::UnknownArgument => (
            "не знаю такого: {what}. Что бывает, покажет glasno --help",
            "unknown argument {what}; see glasno --help",
        ),
        ErrorKind::InvalidSubcommand => (
            "нет команды {command}. Команды покажет glasno --help",
            "there is no command {command}; see glasno --help",
        ),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => (
            "какую команду выполнить? Собрать сайт: glasno build. Все команды: glasno --help",
            "which command? To build the site: glasno build. All commands: glasno --help",
        ),
        ErrorKind::MissingRequiredArgument => (
            "не хватает: {what}. Подробнее: glasno --help",
            "missing: {what}; see glasno --help",
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => (
            "«{value}» не подходит для {what}. Подробнее: glasno --help",
            "{value} does not fit {what}; see glasno --help",
        ),
        ErrorKind::ArgumentConflict => (
            "{what} указано дважды или вместе с тем, что его исключает",
            "{what} is given twice or with what excludes it",
        ),
        _ => (
            "аргументы не поняты ({what}). Подробнее: glasno --help",
            "the arguments cannot be understood ({what}); see glasno --help",
        ),
    };
    let template = match lang {
        Lang::Ru => ru,
        Lang::En => en,
    };
    let args = [
        ("what", what.to_owned()),
        ("value", value.to_owned()),
        ("command", command.to_owned()),
    ];
    fill(template, &args)
}

/// What a build did.
pub fn built(pages: usize, added: usize, changed: usize, removed: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => {
            "Опубликовано: {pages|страница|страницы|страниц}. Новых файлов — {added}, изменённых — {changed}, убранных — {removed}."
        }
        Lang::En => {
            "Published: {pages|page|pages}. New files: {added}, changed: {changed}, removed: {removed}."
        }
    };
    let args = [
        ("pages", pages.to_string()),
        ("added", added.to_string()),
        ("changed", changed.to_string()),
        ("removed", removed.to_string()),
    ];
    fill(template, &args)
}

pub fn open(index: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Откройте в браузере: {index}"),
        Lang::En => format!("Open in a browser: {index}"),
    }
}

pub fn checked(pages: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => {
            "Проверено: {pages|страница|страницы|страниц}. Можно публиковать: glasno build."
        }
        Lang::En => "Checked: {pages|page|pages}. Ready to publish: glasno build.",
    };
    fill(template, &[("pages", pages.to_string())])
}

pub fn stopped(publish: bool, lang: Lang) -> &'static str {
    match (lang, publish) {
        (Lang::Ru, true) => {
            "Сайт не опубликован; то, что было опубликовано раньше, осталось как было."
        }
        (Lang::Ru, false) => "В таком виде сайт не опубликуется.",
        (Lang::En, true) => "Nothing was published; what was published before is untouched.",
        (Lang::En, false) => "The site would not be published like this.",
    }
}

pub fn created(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Создан файл {path}. Заполните его и проверьте: glasno check"),
        Lang::En => format!("Created {path}. Fill it in and run glasno check"),
    }
}

pub fn unknown_kind(kind: &str, known: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("вида «{kind}» нет; бывает: {known}"),
        Lang::En => format!("there is no kind {kind}; there are: {known}"),
    }
}

pub fn not_created(path: &str, error: &std::io::Error, lang: Lang) -> String {
    let exists = error.kind() == std::io::ErrorKind::AlreadyExists;
    match (lang, exists) {
        (Lang::Ru, true) => format!("файл {path} уже есть; укажите другое имя"),
        (Lang::Ru, false) => format!("не удалось создать {path}: {error}"),
        (Lang::En, true) => format!("{path} exists already; give another name"),
        (Lang::En, false) => format!("cannot create {path}: {error}"),
    }
}

pub fn audited(files: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Проверено: {n|файл|файла|файлов}. Защищаемых названий не найдено.",
        Lang::En => "Checked: {n|file|files}. No protected name was found.",
    };
    fill(template, &[("n", files.to_string())])
}
