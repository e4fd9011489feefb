//! Why the desk did not do what was asked, for the person who asked.

use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::diag::message::fill;

/// A refusal: nothing has changed.
#[derive(Debug)]
pub(super) enum Wrong {
    /// The path is none that the desk may touch.
    Place,
    /// The file is not there.
    Gone,
    /// It is no UTF-8.
    Encoding,
    /// The file cannot be edited here: its form, or the place in it.
    Form,
    /// Somebody else has changed the same: what stands there now, by fields.
    Changed(Vec<(String, String)>),
    /// What would be written is wrong: field and sentence.
    Findings(Vec<(String, String)>),
    /// A request that the desk itself never sends.
    Asked,
    /// There is nothing to take back.
    Nothing,
    /// A file of that name is there.
    There,
    /// Words of a finding.
    Said(String),
    System(String),
}

impl Wrong {
    pub(super) fn system(error: &std::io::Error) -> Self {
        Wrong::System(crate::source::why(error))
    }

    pub(super) fn status(&self) -> u16 {
        match self {
            Wrong::Place => 403,
            Wrong::Gone => 404,
            Wrong::Changed(_) | Wrong::There => 409,
            Wrong::Asked => 400,
            Wrong::System(_) => 500,
            _ => 422,
        }
    }

    /// What is told, in a sentence.
    pub(super) fn words(&self, lang: Lang) -> String {
        let said = match self {
            Wrong::Place => words::WRONG_PLACE,
            Wrong::Gone => words::WRONG_GONE,
            Wrong::Encoding => words::WRONG_ENCODING,
            Wrong::Form => words::WRONG_FORM,
            Wrong::Changed(_) => words::WRONG_CHANGED,
            Wrong::Findings(_) => words::WRONG_FINDINGS,
            Wrong::Asked => words::WRONG_ASKED,
            Wrong::Nothing => words::WRONG_NOTHING,
            Wrong::There => words::WRONG_THERE,
            Wrong::Said(said) => return said.clone(),
            Wrong::System(_) => words::WRONG_SYSTEM,
        };
        match self {
            Wrong::System(why) => fill(said.of(lang), &[("why", reason(why, lang))]),
            _ => said.of(lang).to_owned(),
        }
    }

    /// What belongs to single fields.
    pub(super) fn fields(&self) -> &[(String, String)] {
        match self {
            Wrong::Changed(fields) | Wrong::Findings(fields) => fields,
            _ => &[],
        }
    }
}

impl From<crate::edit::Refused> for Wrong {
    fn from(_: crate::edit::Refused) -> Self {
        Wrong::Form
    }
}

/// A word of the catalogue, or the system's own.
fn reason(why: &str, lang: Lang) -> String {
    let at = crate::diag::Location::file(String::new());
    let finding = crate::diag::Finding::new(&crate::diag::catalog::desk::SYSTEM, at);
    finding.arg("why", why).message(lang)
}
