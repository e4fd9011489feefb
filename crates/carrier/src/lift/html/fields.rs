//! Definition lists and forms: takes terms, labels and values as the walk meets them, gives each pair as a cell below
//! its head, beside the text itself. Must not judge what a field says.

use crate::ctx::Ctx;
use crate::decode::entities::{self, NONE};
use crate::decode::markup::Attributes;
use crate::place::{At, Stand};
use crate::shape::Records;

const MAX_HEAD: usize = 80;
const MAX_VALUE: usize = 300;

/// What is being read, if anything.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Open {
    #[default]
    None,
    Term,
    Definition,
    /// The chosen option of a list.
    Chosen,
}

/// The fields of one page.
#[derive(Default)]
pub(super) struct Fields {
    records: Option<Records>,
    open: Open,
    head: String,
    /// The head of the list of options that is open.
    list: String,
}

impl Fields {
    /// An element begins; `line` is the text that stands before it on its line.
    pub(super) fn start(
        &mut self,
        ctx: &mut Ctx<'_>,
        part: &str,
        element: &str,
        attributes: &str,
        line: &str,
        at: At,
    ) {
        match element {
            "dl" => self.records = Some(Records::new(ctx)),
            "dt" => {
                self.head.clear();
                self.open = Open::Term;
            }
            "dd" => self.open = Open::Definition,
            "select" => self.list = head(line, attributes),
            "option" => {
                let chosen =
                    Attributes(attributes).any(|(n, _)| n.eq_ignore_ascii_case("selected"));
                self.open = if chosen { Open::Chosen } else { Open::None };
            }
            "input" => {
                let value = value(attributes, "value");
                let key = head(line, attributes);
                if !value.is_empty() && !key.is_empty() {
                    self.pair(ctx, part, &key, &value, at.into());
                }
            }
            _ => {}
        }
    }

    /// A line of text ends.
    pub(super) fn text(&mut self, ctx: &mut Ctx<'_>, part: &str, text: &str, stand: Stand<'_>) {
        match self.open {
            Open::None => {}
            Open::Term if self.head.len() + text.len() <= MAX_HEAD => self.head.push_str(text),
            Open::Term => {}
            Open::Definition => {
                let key = self.head.clone();
                self.pair(ctx, part, &key, text, stand);
            }
            Open::Chosen => {
                let key = self.list.clone();
                self.pair(ctx, part, &key, text, stand);
                self.open = Open::None;
            }
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, element: &str) {
        if matches!(element, "dt" | "dd" | "option" | "select") {
            self.open = Open::None;
        }
    }

    fn pair(&mut self, ctx: &mut Ctx<'_>, part: &str, key: &str, value: &str, stand: Stand<'_>) {
        if key.trim().is_empty() || value.len() > MAX_VALUE {
            return;
        }
        let records = self.records.get_or_insert_with(|| Records::new(ctx));
        records.pair(ctx, part, key.trim(), value.trim(), stand);
    }
}

/// The label before a field, else its name.
fn head(line: &str, attributes: &str) -> String {
    let label = line.trim().trim_end_matches(':');
    let label = label.rsplit('\n').next().unwrap_or(label);
    if label.is_empty() || label.len() > MAX_HEAD {
        return value(attributes, "name");
    }
    label.to_owned()
}

fn value(attributes: &str, wanted: &str) -> String {
    Attributes(attributes)
        .find(|(n, _)| n.eq_ignore_ascii_case(wanted))
        .map(|(_, v)| entities::decoded(v, &NONE).trim().to_owned())
        .unwrap_or_default()
}
