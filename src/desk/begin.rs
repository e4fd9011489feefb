//! An empty folder: a few questions, and a section to start from.
//!
//! Takes answers; lays the section as `glasno init` does. Must not lay anything itself.

use serde_json::{Value, json};

use super::html::{attr, esc, notice};
use super::wrong::Wrong;
use super::{Desk, Page, text};
use crate::diag::catalog::desk as words;
use crate::start::{self, Answers, Level, List};

impl Desk {
    /// The questions.
    pub(super) fn begin(&self) -> Page {
        let lang = self.lang;
        let title = words::BEGIN.of(lang).to_owned();
        let ask = |name: &str, said: words::Said, hint: words::Said, must: bool| {
            let must = if must { " required" } else { "" };
            format!(
                "<div class=\"field\"><label for=\"b-{name}\">{}</label><p class=\"hint\" id=\"bh-{name}\">{}</p>\
                 <input type=\"text\" id=\"b-{name}\" name=\"{name}\" aria-describedby=\"bh-{name}\"{must}></div>",
                esc(said.of(lang)),
                esc(hint.of(lang))
            )
        };
        let choose = |name: &str, said: words::Said, options: &[(&str, words::Said)]| {
            let options: String = options
                .iter()
                .map(|(value, said)| {
                    format!(
                        "<label class=\"pick\"><input type=\"radio\" name=\"{name}\" value=\"{}\"> {}</label>",
                        attr(value),
                        esc(said.of(lang))
                    )
                })
                .collect();
            format!(
                "<fieldset><legend>{}</legend>{options}</fieldset>",
                esc(said.of(lang))
            )
        };
        let body = format!(
            "<h1>{}</h1>{}<form data-begin>{}{}{}{}{}{}{}{}{}<p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p>\
             <p class=\"buttons\"><button type=\"submit\">{}</button></p></form>",
            esc(&title),
            notice("", words::BEGIN_HOW.of(lang)),
            ask(
                "territory",
                words::Q_TERRITORY,
                words::Q_TERRITORY_HINT,
                true
            ),
            choose(
                "level",
                words::Q_LEVEL,
                &[
                    ("municipality", words::Q_MUNICIPALITY),
                    ("region", words::Q_REGION)
                ]
            ),
            ask("title", words::Q_TITLE, words::Q_TITLE_HINT, false),
            ask("owner", words::Q_OWNER, words::Q_LATER, false),
            ask("phone", words::Q_PHONE, words::Q_LATER, false),
            ask("email", words::Q_EMAIL, words::Q_LATER, false),
            ask("address", words::Q_ADDRESS, words::Q_ADDRESS_HINT, false),
            ask("years", words::Q_YEARS, words::Q_YEARS_HINT, false),
            choose(
                "list",
                words::Q_LIST,
                &[("yes", words::YES), ("no", words::NO)]
            ),
            esc(words::BEGIN_DO.of(lang)),
        );
        Page {
            status: 200,
            title,
            body,
        }
    }

    /// Lays the section.
    pub(super) fn lay(&self, said: &Value) -> Result<Value, Wrong> {
        let opt = |name: &str| {
            let words = text(said, name).trim();
            (!words.is_empty()).then(|| words.to_owned())
        };
        let territory = opt("territory")
            .ok_or_else(|| Wrong::Said(words::Q_TERRITORY.of(self.lang).to_owned()))?;
        let again = |question: words::Said| {
            let said = format!(
                "{}: {}",
                words::NOT_UNDERSTOOD.of(self.lang),
                question.of(self.lang)
            );
            Wrong::Said(said)
        };
        let address = match opt("address") {
            Some(words) => Some(Answers::address(&words).ok_or_else(|| again(words::Q_ADDRESS))?),
            None => None,
        };
        let span = match opt("years") {
            Some(words) => Some(start::years(&words).ok_or_else(|| again(words::Q_YEARS))?),
            None => None,
        };
        let answers = Answers {
            territory,
            level: match text(said, "level") {
                "region" => Some(Level::Region),
                "municipality" => Some(Level::Municipality),
                _ => None,
            },
            title: opt("title"),
            owner: opt("owner"),
            phone: opt("phone"),
            email: opt("email"),
            address,
            span,
            section: None,
            list: match text(said, "list") {
                "yes" => List::Kept,
                "no" => List::None,
                _ => List::Unknown,
            },
        };
        let laid =
            start::lay(&self.root, &answers).map_err(|f| Wrong::Said(f.message(self.lang)))?;
        Ok(json!({"saved": true, "section": laid.section, "next": "/bring"}))
    }
}
