//! Indicators as printed: groups of goals of indicators; and the cell that says how one is counted: takes its words, gives
//! source, formula, what its letters mean, how often. A formula that cannot be read stays in words, and a doubt says so.
//! Must not repair a formula.

use super::doubt::Doubts;
use super::line::Origin;
use super::words::{fold, one_line};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub title: String,
    pub goals: Vec<Goal>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Goal {
    pub title: Option<String>,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Indicator {
    pub name: String,
    pub source: Vec<String>,
    pub frequency: Option<String>,
    pub formula: Option<String>,
    pub dynamics: Option<String>,
    pub variables: Vec<(String, String)>,
    pub target: Option<String>,
    pub unit: Option<String>,
    pub responsible: Option<String>,
    pub base: Option<String>,
    pub values: Vec<Value>,
    /// Formulas that cannot be this indicator's, and others that are not whole.
    pub damaged: Vec<String>,
    pub at: At,
}

/// A value in a column for a year.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub head: String,
    pub year: i32,
    pub text: String,
}

pub(super) fn has_formula(text: &str) -> bool {
    text.contains("\\frac") || text.contains("где:") && text.contains('=')
}

/// Reads the cell that says how an indicator is counted: source, formula, what its letters mean, how often.
pub(super) fn how(text: &str, indicator: &mut Indicator) {
    let text = one_line(text);
    // A recogniser takes «где:» into the formula before it.
    let text = text
        .replace(", \\text{ где:}$", "$, где:")
        .replace("\\text{, где:}$", "$, где:")
        .replace(" \\text{ где:}$", "$, где:")
        .replace("\\text{где:}$", "$, где:");
    let mut rest = text.as_str();
    // How often it is counted stands in a sentence of its own.
    let mut owned;
    if let Some(at) = rest.find("Мониторинг показателя осуществляется")
    {
        let tail = rest.get(at..).unwrap_or_default();
        let end = tail.find('.').map_or(tail.len(), |e| e + 1);
        let sentence = tail.get(..end).unwrap_or_default();
        let words = sentence
            .trim_start_matches("Мониторинг показателя осуществляется")
            .trim()
            .trim_end_matches('.');
        if let Some(often) = [
            "один раз в",
            "ежегодно",
            "ежеквартально",
            "ежемесячно",
            "раз в",
            "два раза",
        ]
        .iter()
        .find_map(|w| words.find(w))
        {
            let who = words.get(..often).unwrap_or_default().trim();
            if indicator.frequency.is_none() {
                indicator.frequency = words.get(often..).map(|f| f.trim().to_owned());
            }
            if !who.is_empty() && indicator.responsible.is_none() {
                indicator.responsible = Some(who.to_owned());
            }
        } else if indicator.frequency.is_none() {
            indicator.frequency = Some(words.to_owned());
        }
        owned = format!(
            "{}{}",
            rest.get(..at).unwrap_or_default(),
            tail.get(end..).unwrap_or_default()
        );
        owned = owned.trim().to_owned();
        rest = &owned;
    }
    let rest_owned = rest.to_owned();
    let rest = rest_owned.as_str();
    let equals = rest.find("где:").or_else(|| rest.find("где "));
    let begin = formula_begin(rest);
    // «Кс / К × 100 %, где Кс – …»: a calculation without a letter for what comes out.
    if begin.is_none()
        && let Some(at) = equals
        && indicator.formula.is_none()
    {
        let bare = rest
            .get(..at)
            .unwrap_or_default()
            .trim()
            .trim_end_matches([',', ' ']);
        if is_calculation(bare) {
            indicator.formula = Some(latex(bare));
            variables(rest.get(at..).unwrap_or_default(), indicator);
            return;
        }
    }
    let (Some(begin), Some(end)) = (begin, equals.or(begin.map(|_| rest.len()))) else {
        if !rest.is_empty() {
            if let Some(at) = equals {
                // Letters are explained, but the formula itself is gone.
                let source = rest.get(..at).unwrap_or_default().trim();
                if !source.is_empty() {
                    indicator.source.push(source.to_owned());
                }
                variables(rest.get(at..).unwrap_or_default(), indicator);
            } else if indicator.formula.is_some() && rest.contains(" - количество")
                || rest.contains(" – количество")
            {
                variables(rest, indicator);
            } else {
                indicator.source.push(rest.to_owned());
            }
        }
        return;
    };
    let source = rest
        .get(..begin)
        .unwrap_or_default()
        .trim()
        .trim_end_matches(['$', '.', ',', ' ']);
    if !source.is_empty() {
        indicator.source.push(source.to_owned());
    }
    let formulas = rest.get(begin..end.max(begin)).unwrap_or_default();
    for formula in formulas.split('$').flat_map(|f| {
        if f.contains("\\frac") {
            vec![f.to_owned()]
        } else {
            parted(f)
        }
    }) {
        let formula = formula.trim().trim_end_matches([',', ';']).trim();
        if !formula.contains('=') {
            continue;
        }
        if formula.starts_with("DD") || fold(formula).starts_with("dd") {
            indicator.dynamics = Some(latex(formula));
        } else if indicator
            .formula
            .as_ref()
            .is_some_and(|f| *f != latex(formula))
        {
            // A second one belongs to an indicator whose name was lost.
            indicator.damaged.push(formula.to_owned());
        } else {
            indicator.formula = Some(latex(formula));
        }
    }
    variables(rest.get(end..).unwrap_or_default(), indicator);
}

/// Whether words are letters with signs of reckoning between them, and nothing else.
fn is_calculation(text: &str) -> bool {
    let signs = [
        '/', '*', '×', '·', ':', '+', '-', '–', '(', ')', '%', ' ', '∙',
    ];
    let reckons = text.contains(['/', '×', '*', '·', '∙', ':']);
    reckons
        && text
            .split(signs)
            .filter(|w| !w.is_empty())
            .all(|w| w.chars().count() <= 5 && w.chars().all(char::is_alphanumeric))
}

/// Where the first formula of a cell begins.
fn formula_begin(text: &str) -> Option<usize> {
    let mut found = [
        text.find('$'),
        text.find("DD ="),
        text.find("DD="),
        text.find("D ="),
        text.find("D="),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    if let Some(at) = text.find(" = ") {
        let before = text.get(..at).unwrap_or_default();
        let from = before.rfind([' ', '.', '\n']).map_or(0, |b| b + 1);
        found.push(from);
    }
    found.into_iter().min()
}

/// `DD = D₂ – D₁ D = a / b * 100` are two formulas.
fn parted(text: &str) -> Vec<String> {
    let mut cuts: Vec<usize> = text
        .match_indices(" D")
        .map(|(i, _)| i)
        .filter(|i| {
            text.get(i + 2..)
                .is_some_and(|r| r.trim_start().starts_with('='))
        })
        .collect();
    cuts.push(text.len());
    let mut from = 0;
    let mut out = Vec::new();
    for cut in cuts {
        out.push(text.get(from..cut).unwrap_or_default().to_owned());
        from = cut;
    }
    out
}

/// A formula as LaTeX: signs and lowered figures in its way of writing; letters as they are.
fn latex(text: &str) -> String {
    const LOW: [(char, char); 11] = [
        ('₀', '0'),
        ('₁', '1'),
        ('₂', '2'),
        ('₃', '3'),
        ('₄', '4'),
        ('₅', '5'),
        ('₆', '6'),
        ('₇', '7'),
        ('₈', '8'),
        ('₉', '9'),
        ('₋', '-'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut low = false;
    for c in text.chars() {
        let lowered = LOW.iter().find(|(l, _)| *l == c).map(|(_, d)| *d);
        match lowered {
            Some(digit) => {
                if !low {
                    out.push_str("_{");
                }
                out.push(digit);
                low = true;
                continue;
            }
            None if low => {
                out.push('}');
                low = false;
            }
            None => {}
        }
        match c {
            '–' | '—' | '−' => out.push('-'),
            '*' | '·' | '×' | '∙' => out.push_str("\\cdot"),
            '%' => out.push_str("\\%"),
            c => out.push(c),
        }
    }
    if low {
        out.push('}');
    }
    out.trim().trim_end_matches(['.', ',']).to_owned()
}

/// «где: Ч – количество…, человек; Ш – …»
fn variables(text: &str, indicator: &mut Indicator) {
    let text = text
        .trim_start_matches("где")
        .trim_start_matches(':')
        .trim();
    for part in letters_apart(text) {
        let part = part.trim().trim_end_matches('.').trim();
        let cut = [" – ", " - ", " — ", "- ", "– "]
            .iter()
            .filter_map(|d| part.find(d).map(|at| (at, d.len())))
            .min();
        let Some((at, length)) = cut.filter(|(at, _)| *at > 0 && *at < 60) else {
            if !part.is_empty() {
                match indicator.variables.last_mut() {
                    Some(last) => {
                        last.1.push_str("; ");
                        last.1.push_str(part);
                    }
                    None => indicator.source.push(part.to_owned()),
                }
            }
            continue;
        };
        let symbol = part
            .get(..at)
            .unwrap_or_default()
            .trim()
            .trim_matches('$')
            .trim();
        let meaning = part.get(at + length..).unwrap_or_default().trim();
        if !indicator.variables.iter().any(|(s, _)| s == symbol) {
            indicator
                .variables
                .push((symbol.to_owned(), meaning.to_owned()));
        }
    }
}

/// The explanations of letters: parted by semicolons, or by commas where a letter with its dash stands behind one.
fn letters_apart(text: &str) -> Vec<&str> {
    if text.contains(';') {
        return text.split(';').collect();
    }
    let mut from = 0;
    let mut out = Vec::new();
    for (at, _) in text.match_indices(", ") {
        let rest = text.get(at + 2..).unwrap_or_default();
        let mut words = rest.split(' ');
        let letter = words.next().is_some_and(|w| {
            (1..=5).contains(&w.chars().count()) && w.chars().next().is_some_and(char::is_uppercase)
        });
        let dash = words.next().is_some_and(|w| matches!(w, "–" | "-" | "—"));
        if letter && dash {
            out.push(text.get(from..at).unwrap_or_default());
            from = at + 2;
        }
    }
    out.push(text.get(from..).unwrap_or_default());
    out
}

/// Checks what was read, and says what is missing.
pub(super) fn finish(indicator: &mut Indicator, expected: bool, file: usize, doubts: &mut Doubts) {
    let origin = Origin {
        file,
        at: indicator.at,
    };
    for slot in [&mut indicator.formula, &mut indicator.dynamics] {
        if let Some(text) = slot.take() {
            let good = crate::math::mathml(&text, true).is_ok() && !text.contains('$');
            if good {
                *slot = Some(text);
            } else {
                doubts.add(&say::FORMULA, origin, &[("value", &text)]);
                indicator.source.push(text);
            }
        }
    }
    for text in std::mem::take(&mut indicator.damaged) {
        doubts.add(&say::FORMULA, origin, &[("value", &text)]);
        indicator.source.push(text);
    }
    let mut kept = Vec::new();
    for (symbol, meaning) in std::mem::take(&mut indicator.variables) {
        let tex = latex(&symbol);
        if !meaning.is_empty() && crate::math::mathml(&tex, true).is_ok() {
            kept.push((tex, meaning));
        } else {
            doubts.add(&say::FORMULA, origin, &[("value", &symbol)]);
            indicator.source.push(format!("{symbol} – {meaning}"));
        }
    }
    indicator.variables = kept;
    // Letters that the formula does not hold, or a formula none of whose letters is explained, are damage.
    if let Some(formula) = &indicator.formula {
        let bare = |t: &str| -> String {
            t.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
                .to_lowercase()
        };
        let whole = bare(formula);
        let foreign = indicator.variables.iter().any(|(s, _)| {
            let s = bare(s);
            !s.is_empty() && !whole.contains(&s)
        });
        let same = formula.matches("\\frac").count() == 1 && {
            let inner = formula.split("\\frac").nth(1).unwrap_or_default();
            let parts: Vec<&str> = inner.split("}{").collect();
            parts.len() == 2
                && bare(parts.first().copied().unwrap_or_default())
                    == bare(
                        parts
                            .get(1)
                            .and_then(|p| p.split('}').next())
                            .unwrap_or_default(),
                    )
        };
        if foreign || same {
            doubts.add(&say::FORMULA, origin, &[("value", formula)]);
        }
    } else if expected
        && (!indicator.variables.is_empty()
            || indicator.source.is_empty()
            || fold(&indicator.name).starts_with("доля"))
    {
        doubts.add(&say::FORMULA, origin, &[("value", "—")]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_that_says_how_it_is_counted() {
        let mut i = Indicator::default();
        how(
            "Документальный анализ, ФСН ОО-1. DD= D₂₀₂₂ – D₂₀₂₁ $D = \\frac{Ч_{баз}}{Ч} * 100$, где: Ч_{баз} – количество одних, человек; Ч – количество всех, человек. Мониторинг показателя осуществляется отделом один раз в год.",
            &mut i,
        );
        assert_eq!(
            i.formula.as_deref(),
            Some("D = \\frac{Ч_{баз}}{Ч} \\cdot 100")
        );
        assert_eq!(i.dynamics.as_deref(), Some("DD= D_{2022} - D_{2021}"));
        assert_eq!(i.source, ["Документальный анализ, ФСН ОО-1"]);
        assert_eq!(i.frequency.as_deref(), Some("один раз в год"));
        assert_eq!(i.variables.len(), 2);
        assert_eq!(
            i.variables[1],
            ("Ч".to_owned(), "количество всех, человек".to_owned())
        );
    }
}
