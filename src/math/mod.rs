//! Formulas: LaTeX as the orders print it becomes MathML that every browser draws without a script.
//!
//! Takes one formula without `$`; gives a `<math>` element, or what is wrong and where. Steps: `refuse` what
//! could carry markup, `source` puts Russian words into `\text{}`, math-core converts, `output` lets
//! only known elements and attributes of MathML through. Must not trust the converter: it copies some arguments raw.

mod output;
mod source;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// Why a formula is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MathErrorKind {
    Empty,
    /// Longer, or nested deeper, than any formula that people read.
    TooLarge,
    /// `<`, `>` or `&`: written `\lt`, `\gt`; an ampersand has no place in a formula.
    Forbidden(char),
    /// LaTeX does not allow it; `message` says why.
    Syntax,
    /// The converter made something that is no plain MathML (a link, a label).
    Unsafe,
}

/// What is wrong with a formula. `message` is the converter's own English sentence, where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathError {
    pub kind: MathErrorKind,
    pub message: String,
    /// In characters of the given formula.
    pub at: Range<usize>,
}

/// Longest formula in characters.
const LENGTH: usize = 2_000;
/// Brackets that may stand inside each other.
const DEPTH: usize = 40;
/// Commands of one formula. Each may be the argument of the one before, and the converter calls itself for it:
/// a tower of some two hundred overflows the stack of a worker thread.
const COMMANDS: usize = 80;

static CONVERTER: LazyLock<Option<LatexToMathML>> =
    LazyLock::new(|| LatexToMathML::new(MathCoreConfig::default()).ok());

/// Converts one formula; `display` for one on a line of its own.
pub fn mathml(latex: &str, display: bool) -> Result<String, MathError> {
    let whole = 0..latex.chars().count();
    refuse(latex, &whole)?;
    let prepared = source::prepare(latex);
    let style = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let failure = |kind, message: String, at| MathError { kind, message, at };
    let converter = CONVERTER
        .as_ref()
        .ok_or_else(|| failure(MathErrorKind::Unsafe, String::new(), whole.clone()))?;
    // The converter has asserts of its own that odd input reaches (`\\_` in a table): a fault of the formula like any
    // other, and it shares no state that could be left half changed. Its panic texts are constants.
    let made = catch_unwind(AssertUnwindSafe(|| {
        converter.convert_with_local_state(&prepared.text, style)
    }));
    let made = match made {
        Ok(Ok(made)) => made,
        Ok(Err(error)) => {
            let at = prepared.original(&error.0);
            return Err(failure(MathErrorKind::Syntax, error.error_message(), at));
        }
        Err(_) => return Err(failure(MathErrorKind::Syntax, String::new(), whole)),
    };
    if output::is_plain(&made.mathml) {
        Ok(made.mathml)
    } else {
        Err(failure(MathErrorKind::Unsafe, String::new(), whole))
    }
}

fn refuse(latex: &str, whole: &Range<usize>) -> Result<(), MathError> {
    let fault = |kind, at| {
        Err(MathError {
            kind,
            message: String::new(),
            at,
        })
    };
    if latex.trim().is_empty() {
        return fault(MathErrorKind::Empty, whole.clone());
    }
    if whole.end > LENGTH {
        return fault(MathErrorKind::TooLarge, whole.clone());
    }
    let (mut depth, mut commands, mut nested) = (0usize, 0usize, false);
    for (index, c) in latex.chars().enumerate() {
        match c {
            '<' | '>' | '&' => return fault(MathErrorKind::Forbidden(c), index..index + 1),
            c if c.is_control() && !c.is_whitespace() => {
                return fault(MathErrorKind::Forbidden(c), index..index + 1);
            }
            c if nested => {
                nested = false;
                commands += usize::from(c.is_alphabetic());
            }
            // A backslash before a sign or blank (`\\ `, `\\%`) takes no argument.
            '\\' => nested = true,
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH || commands > COMMANDS {
            return fault(MathErrorKind::TooLarge, index..index + 1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_formulas_of_1028_are_drawn() {
        for latex in [
            r"D = \frac{Ч_{баз}}{Ч_{нач\ 1-4}} * 100",
            r"D = \frac{Ч_{баз}}{Ч_{нач 1-4}} \cdot 100",
            r"DD = D_{2022} - D_{2021}",
            "DD = D₂₀₂₂ – D₂₀₂₁",
            r"D = \frac{Ч_{вып\ 9}}{Ч_a} * 100, где:",
            r"D = \frac{Ч_{Мп-7}}{Ч_7} * 100",
            r"D = \frac{\text{Шпд}}{\text{П}} * 100",
            "D = Чфинг / Ч * 100",
            r"D = \frac{Q_{80-100}}{Q} * 100, \text{ где:}",
            r"D \geq 80\%",
            "D = 100%",
        ] {
            let out = mathml(latex, true).unwrap_or_else(|e| panic!("{latex}: {e:?}"));
            assert!(out.starts_with("<math"), "{out}");
            assert!(!out.contains("&nbsp;") && !out.contains("merror"), "{out}");
        }
    }

    #[test]
    fn russian_words_stand_upright_and_whole() {
        let out = mathml(r"\frac{Ч_{баз}}{Ч_{нач\ 1-4}}", false).expect("a formula");
        assert!(out.contains("<mtext>баз</mtext>"), "{out}");
        assert!(out.contains("нач\u{a0}1–4</mtext>"), "{out}");
    }

    #[test]
    fn markup_cannot_get_through() {
        for latex in [
            r"\operatorname{<script>}",
            r"\text{<script>alert(1)</script>}",
            r"\text{&lt;script&gt;}",
            "x < y",
        ] {
            let error = mathml(latex, true).expect_err(latex);
            assert!(
                matches!(error.kind, MathErrorKind::Forbidden(_)),
                "{error:?}"
            );
        }
        for latex in [
            r"\label{a}\ref{a}",
            r"\tag{x} y \label{l} \eqref{l}",
            r"\href{javascript:x}{y}",
            r"\style{x}{y}",
            r"\class{x}{y}",
        ] {
            if let Ok(out) = mathml(latex, true) {
                assert!(
                    !out.contains("href") && !out.contains("id=") && !out.contains("javascript"),
                    "{out}"
                );
            }
        }
    }

    #[test]
    fn a_fault_points_at_the_formula_as_written() {
        let latex = r"Доля = \frac{Ч}{П} + \неизвестно";
        let error = mathml(latex, true).expect_err("no such command");
        assert_eq!(error.kind, MathErrorKind::Syntax);
        assert!(
            error.at.start >= 17 && error.at.end <= latex.chars().count(),
            "{error:?}"
        );
        assert_eq!(
            mathml(" ", true).expect_err("empty").kind,
            MathErrorKind::Empty
        );
        assert_eq!(mathml("x < 5", true).expect_err("a sign").at, 2..3);
    }

    #[test]
    fn an_assert_of_the_converter_is_a_fault() {
        let latex = r"\begin{cases}\\_[\end{cases}";
        // Release builds of the converter leave the assert out.
        if let Err(error) = mathml(latex, true) {
            assert_eq!(error.kind, MathErrorKind::Syntax);
        }
    }

    #[test]
    fn towers_do_not_fall() {
        for part in [
            r"\sqrt",
            r"\frac",
            "{",
            "(",
            r"\left(",
            "x^",
            "x_",
            r"\text{",
            r"\begin{matrix}",
            "^{",
            r"\sqrt[",
            "'",
            r"\not",
            r"\hat",
        ] {
            let _ = mathml(&part.repeat(1_900 / part.len()), true);
            let _ = mathml(&part.repeat(39), true);
            let _ = mathml(&part.repeat(79), true);
        }
    }

    fn near_latex() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            r"\frac",
            r"\text{",
            r"\operatorname{",
            r"\sqrt",
            r"\left",
            r"\right",
            r"\begin{cases}",
            r"\end{cases}",
            "{",
            "}",
            "_",
            "^",
            "[",
            "]",
            "(",
            ")",
            "|",
            "Ч",
            "нач",
            "₂₀",
            "1-4",
            r"\ ",
            " ",
            "%",
            "*",
            "'",
            "\\",
            r"\\",
            "№",
            "«",
            "x",
            "D",
            "script",
            "#",
            "~",
            r"\cdot",
            r"\sum",
            r"\color{red}",
            r"\mathrm{",
            r"\label{",
            r"\tag{",
            r"\hline",
            r"\limits",
            "\"",
            "\u{301}",
            r"\not",
            r"\binom",
            r"\middle",
            r"\char",
            r"\newcommand",
            "style",
            "=",
            ",",
            ".",
            "!",
            r"\big",
            r"\overset",
        ]);
        prop::collection::vec(word, 0..14).prop_map(|w| w.concat())
    }

    fn safe(latex: &str) -> Result<(), TestCaseError> {
        for display in [true, false] {
            match mathml(latex, display) {
                Ok(out) => {
                    prop_assert!(!out.to_lowercase().contains("<script"));
                    prop_assert!(output::is_plain(&out));
                }
                Err(error) => {
                    let length = latex.chars().count();
                    prop_assert!(
                        error.at.start <= error.at.end && error.at.end <= length,
                        "{:?} of {}",
                        error.at,
                        length
                    );
                }
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_text_is_survived(latex in any::<String>()) { safe(&latex)?; }

        #[test]
        fn near_misses_are_survived(latex in near_latex()) { safe(&latex)?; }
    }
}
