//! Sentences of the command line itself.

use clap::error::ErrorKind;

use crate::diag::Lang;
use crate::diag::message::fill;

/// The sentence in the reader's language.
pub(super) fn say(lang: Lang, ru: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What is wrong with the arguments, and what to do.
pub(super) fn usage(kind: ErrorKind, what: &str, value: &str, command: &str, lang: Lang) -> String {
    let (ru, en) = match kind {
        ErrorKind::UnknownArgument => ("здесь не бывает «{what}»", "unknown argument {what}"),
        ErrorKind::InvalidSubcommand => {
            ("нет команды «{command}»", "there is no command {command}")
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => (
            "какую команду выполнить? Собрать сайт: glasno build. Без команды программа показывает проект, \
             но ни здесь, ни рядом с ней нет папки content",
            "which command? To build the site: glasno build. Without one the program shows a project, but there is \
             no folder content here or beside it",
        ),
        ErrorKind::MissingRequiredArgument => ("не хватает: {what}", "missing: {what}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals
            if value.is_empty() =>
        {
            (
                "после {what} ничего не указано",
                "nothing is given for {what}",
            )
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => (
            "«{value}» не подходит для {what}",
            "{value} does not fit {what}",
        ),
        ErrorKind::ArgumentConflict => (
            "{what} указано дважды или вместе с тем, что его исключает",
            "{what} is given twice or with what excludes it",
        ),
        _ => (
            "аргументы не поняты ({what})",
            "the arguments cannot be understood ({what})",
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

/// What to write instead; `nearest` and `known` may be empty.
pub(super) fn advice(nearest: &str, known: &str, lang: Lang) -> String {
    let mut text = String::new();
    if !nearest.is_empty() {
        text.push_str(&match lang {
            Lang::Ru => format!("Может быть, {nearest}? "),
            Lang::En => format!("Did you mean {nearest}? "),
        });
    }
    if !known.is_empty() {
        text.push_str(&match lang {
            Lang::Ru => format!("Бывает: {known}. "),
            Lang::En => format!("Allowed: {known}. "),
        });
    }
    text.push_str(match lang {
        Lang::Ru => "Подробнее: glasno --help",
        Lang::En => "See glasno --help",
    });
    text
}

/// How many schools no page may name.
pub(super) fn guarded(schools: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Под защитой: {n|школа|школы|школ}.",
        Lang::En => "Guarded: {n|school|schools}.",
    };
    fill(template, &[("n", schools.to_string())])
}

/// What a build did.
pub(super) fn built(
    pages: usize,
    added: usize,
    changed: usize,
    removed: usize,
    lang: Lang,
) -> String {
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

pub(super) fn again(times: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Исходные файлы менялись во время сборки: собрано заново, {n|раз|раза|раз}.",
        Lang::En => "Sources changed during the build: built anew, {n|time|times}.",
    };
    fill(template, &[("n", times.to_string())])
}

/// Said where a window would close before anything in it can be read.
pub(super) fn press_enter(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "Нажмите Enter, чтобы закрыть окно.",
        Lang::En => "Press Enter to close the window.",
    }
}

pub(super) fn open(index: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Откройте в браузере: {index}"),
        Lang::En => format!("Open in a browser: {index}"),
    }
}

pub(super) fn checked(pages: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => {
            "Проверено: {pages|страница|страницы|страниц}. Можно публиковать: glasno build."
        }
        Lang::En => "Checked: {pages|page|pages}. Ready to publish: glasno build.",
    };
    fill(template, &[("pages", pages.to_string())])
}

pub(super) fn stopped(publish: bool, lang: Lang) -> &'static str {
    match (lang, publish) {
        (Lang::Ru, true) => {
            "Сайт не опубликован; то, что было опубликовано раньше, осталось как было."
        }
        (Lang::Ru, false) => "В таком виде сайт не опубликуется.",
        (Lang::En, true) => "Nothing was published; what was published before is untouched.",
        (Lang::En, false) => "The site would not be published like this.",
    }
}

pub(super) fn created(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Создан файл {path}. Заполните его и проверьте: glasno check"),
        Lang::En => format!("Created {path}. Fill it in and run glasno check"),
    }
}

pub(super) fn schemas(files: usize, folder: &str, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Записано схем: {files} — в {folder}",
        Lang::En => "Schemas written: {files}, to {folder}",
    };
    let args = [("files", files.to_string()), ("folder", folder.to_owned())];
    fill(template, &args)
}

pub(super) fn settings_written(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => {
            format!("Настройки VS Code: {path}. Нужно расширение YAML (redhat.vscode-yaml)")
        }
        Lang::En => format!(
            "Settings of VS Code: {path}. The extension YAML (redhat.vscode-yaml) reads them"
        ),
    }
}

pub(super) fn settings_there(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("В {path} всё уже есть"),
        Lang::En => format!("{path} has it all already"),
    }
}

pub(super) fn settings_by_hand(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{path} уже есть и не изменён; добавьте в него сами:"),
        Lang::En => format!("{path} exists and is left as it is; add this to it by hand:"),
    }
}

pub(super) fn unknown_kind(kind: &str, known: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("вида «{kind}» нет; бывает: {known}"),
        Lang::En => format!("there is no kind {kind}; there are: {known}"),
    }
}

pub(super) fn not_created(path: &str, error: &std::io::Error, lang: Lang) -> String {
    let exists = error.kind() == std::io::ErrorKind::AlreadyExists;
    match (lang, exists) {
        (Lang::Ru, true) => format!("файл {path} уже есть; укажите другое имя"),
        (Lang::Ru, false) => format!("не удалось создать {path}: {error}"),
        (Lang::En, true) => format!("{path} exists already; give another name"),
        (Lang::En, false) => format!("cannot create {path}: {error}"),
    }
}

pub(super) fn audited(files: usize, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => "Проверено: {n|файл|файла|файлов}. Защищаемых названий не найдено.",
        Lang::En => "Checked: {n|file|files}. No protected name was found.",
    };
    fill(template, &[("n", files.to_string())])
}

/// What was done to the registry.
pub(super) fn registry_done(what: &str, path: &str, schools: usize, lang: Lang) -> String {
    let template = match (what, lang) {
        ("check", _) => return guarded(schools, lang),
        ("encrypt", Lang::Ru) => {
            "Реестр зашифрован: {path}. Пароль храните отдельно: без него реестр не открыть."
        }
        ("encrypt", Lang::En) => {
            "Encrypted: {path}. Keep the passphrase elsewhere: nothing opens the registry without it."
        }
        (_, Lang::Ru) => "Реестр расшифрован: {path}.",
        (_, Lang::En) => "Decrypted: {path}.",
    };
    fill(
        template,
        &[("n", schools.to_string()), ("path", path.to_owned())],
    )
}
