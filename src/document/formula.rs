//! What is wrong with a formula, in the reader's words.
//!
//! Takes the error of [`crate::math`]; gives a finding. The converter's own English sentences are kept for messages in
//! English; Russian ones say what people most often get wrong and point at the place.

use crate::diag::catalog::document as messages;
use crate::diag::{Entry, Span};
use crate::document::decode::Cx;
use crate::math::{MathError, MathErrorKind};

/// Notes the finding at `at`.
pub fn say(error: &MathError, at: Span, cx: &mut Cx<'_>) {
    let quoted = || error.message.split('"').nth(1).unwrap_or("").to_owned();
    let (entry, value): (&'static Entry, String) = match error.kind {
        MathErrorKind::Empty => (&messages::FORMULA_EMPTY, String::new()),
        MathErrorKind::TooLarge => (&messages::FORMULA_TOO_LARGE, String::new()),
        MathErrorKind::Forbidden(sign) => (&messages::FORMULA_SIGN, sign.to_string()),
        MathErrorKind::Unsafe => (&messages::FORMULA_UNSAFE, String::new()),
        MathErrorKind::Syntax if error.message.starts_with("Unknown command") => {
            (&messages::FORMULA_COMMAND, quoted())
        }
        MathErrorKind::Syntax
            if error.message.starts_with("Expected closing")
                || error.message.starts_with("Unmatched closing") =>
        {
            (&messages::FORMULA_BRACKET, String::new())
        }
        MathErrorKind::Syntax => (&messages::MD_FORMULA, error.message.clone()),
    };
    cx.say(entry, at, |f| f.arg("value", value));
}
