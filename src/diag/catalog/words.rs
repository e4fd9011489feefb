//! The words that stand round findings when they are printed: headings, and the closing count.

use crate::diag::Lang;

/// Fixed words and templates (see [`super::super::message`]) of one language.
#[derive(Debug)]
pub struct Words {
    pub error: &'static str,
    pub warning: &'static str,
    pub what_to_do: &'static str,
    pub errors: &'static str,
    pub warnings: &'static str,
    pub folded: &'static str,
}

const RU: Words = Words {
    error: "ошибка",
    warning: "предупреждение",
    what_to_do: "Что сделать",
    errors: "{n|ошибка|ошибки|ошибок}",
    warnings: "{n|предупреждение|предупреждения|предупреждений}",
    folded: "И ещё {n|замечание|замечания|замечаний} с кодом {code}; все показывает `--format json`.",
};

const EN: Words = Words {
    error: "error",
    warning: "warning",
    what_to_do: "What to do",
    errors: "{n|error|errors}",
    warnings: "{n|warning|warnings}",
    folded: "And {n|finding|findings} more with the code {code}; `--format json` shows them all.",
};

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    }
}
