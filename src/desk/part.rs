//! Changes of a part of a source: its fields, a new part, one that goes, one that moves.
//!
//! Takes the request of a form; gives what was done, or what is to be said before. Must not save what has an error that
//! was not there before: an office would lose the preview of everything else.

use serde_json::{Value, json};

use super::change::{self, Values};
use super::look::{self, Note};
use super::sheet::{Edit, Sheet, place, words as place_words};
use super::wrong::Wrong;
use super::{Desk, Ground, text};
use crate::diag::catalog::desk as words;
use crate::diag::message::fill;
use crate::edit::{Change, Step, Tree};

/// What a form asks for.
struct Asked {
    base: Sheet,
    now: Sheet,
    /// In the newest version.
    at: Vec<Step>,
    values: Values,
    new: bool,
}

impl Desk {
    fn asked(&self, said: &Value) -> Result<Asked, Wrong> {
        let path = text(said, "path");
        let base = self.seen(path, text(said, "hash"))?;
        let now = Sheet::open(&self.root, path)?;
        let at = place(text(said, "at"));
        let values = match said.get("values") {
            Some(Value::Object(values)) => values.clone(),
            _ => Values::new(),
        };
        let new = said.get("new").and_then(Value::as_bool).unwrap_or(false);
        let at = match new || base.hash == now.hash {
            // A new part comes behind all others, whatever they are.
            true if new => self.list_of(&base, &now, &at)?,
            true => at,
            false => change::merged(&base, &now, &at, &values)?,
        };
        Ok(Asked {
            base,
            now,
            at,
            values,
            new,
        })
    }

    /// Where the list is to which something is added: the part around it may have moved.
    fn list_of(&self, base: &Sheet, now: &Sheet, at: &[Step]) -> Result<Vec<Step>, Wrong> {
        let Some((last, above)) = at.split_last() else {
            return Err(Wrong::Asked);
        };
        if base.hash == now.hash || above.is_empty() {
            return Ok(at.to_vec());
        }
        let mut moved = change::merged(base, now, above, &Values::new())?;
        moved.push(last.clone());
        Ok(moved)
    }

    fn edited(&self, asked: &Asked) -> Result<(Sheet, Vec<Step>), Wrong> {
        let edits = match asked.new {
            true => change::new_part(&asked.now, &asked.at, &asked.values)?,
            false => change::edits(&asked.now, &asked.at, &asked.values)?,
        };
        let after = Sheet::of(&asked.now.path, asked.now.with(&edits)?)?;
        let mut at = asked.at.clone();
        if asked.new
            && let Some(Tree::List(items)) = after.at(&at)
        {
            at.push(Step::Item(items.len().saturating_sub(1)));
        }
        Ok((after, at))
    }

    /// What the program says of what was entered; nothing is written.
    pub(super) fn look(&self, said: &Value, ground: &Ground<'_>) -> Result<Value, Wrong> {
        if said.get("kind").is_some() {
            return self.look_at_new(said, ground);
        }
        let asked = self.asked(said)?;
        let (after, at) = self.edited(&asked)?;
        let notes = look::notes(
            Some(&asked.now),
            &after,
            &at,
            &asked.values,
            ground,
            self.lang,
        );
        Ok(json!({"notes": told(&notes)}))
    }

    pub(super) fn save(&self, said: &Value, ground: &Ground<'_>) -> Result<Value, Wrong> {
        let asked = self.asked(said)?;
        let (after, at) = self.edited(&asked)?;
        stop_on_errors(Some(&asked.now), &after, &at, &asked.values, ground, self)?;
        if after.text != asked.now.text {
            let what = match asked.new {
                true => words::DID_ADD,
                false => words::DID_CHANGE,
            };
            self.put(what, &asked.now, after.text.clone())?;
        }
        Ok(json!({
            "saved": true,
            "merged": asked.base.hash != asked.now.hash,
            "hash": after.hash,
            "at": place_words(&at),
        }))
    }

    pub(super) fn put(&self, what: words::Said, now: &Sheet, new: String) -> Result<(), Wrong> {
        let what = fill(what.of(self.lang), &[("path", now.path.clone())]);
        let bytes = Some(new.into_bytes());
        self.write(
            what,
            vec![(now.path.clone(), Some(now.hash.clone()), bytes)],
        )
    }

    /// Takes away a part, or the whole file.
    pub(super) fn remove(&self, said: &Value) -> Result<Value, Wrong> {
        let asked = self.asked(said)?;
        let what = words::DID_REMOVE;
        if asked.at.is_empty() {
            if asked.now.kind().is_none_or(|k| k.about().single) {
                return Err(Wrong::Form);
            }
            let path = asked.now.path.clone();
            let what = fill(what.of(self.lang), &[("path", path.clone())]);
            self.write(what, vec![(path, Some(asked.now.hash), None)])?;
            return Ok(json!({"saved": true}));
        }
        // The last of a list takes the list along: an empty one says nothing.
        let mut at = asked.at.clone();
        if let Some((Step::Item(_), list)) = asked.at.split_last()
            && let Some(Tree::List(items)) = asked.now.at(list)
            && items.len() == 1
        {
            at = list.to_vec();
        }
        let text = asked.now.with(&[Edit::Field(Change::Remove { at })])?;
        self.put(what, &asked.now, text)?;
        Ok(json!({"saved": true}))
    }

    /// Moves an item up or down.
    pub(super) fn shift(&self, said: &Value) -> Result<Value, Wrong> {
        let asked = self.asked(said)?;
        let Some((Step::Item(from), list)) = asked.at.split_last() else {
            return Err(Wrong::Asked);
        };
        let down = text(said, "to") == "down";
        let to = match down {
            true => from + 1,
            false => from.saturating_sub(1),
        };
        let change = Change::Move {
            at: list.to_vec(),
            from: *from,
            to,
        };
        let text = asked.now.with(&[Edit::Field(change)])?;
        if text != asked.now.text {
            self.put(words::DID_MOVE, &asked.now, text)?;
        }
        Ok(json!({"saved": true}))
    }
}

/// Refuses what has errors that were not there.
pub(super) fn stop_on_errors(
    before: Option<&Sheet>,
    after: &Sheet,
    at: &[Step],
    values: &Values,
    ground: &Ground<'_>,
    desk: &Desk,
) -> Result<(), Wrong> {
    let notes = look::notes(before, after, at, values, ground, desk.lang);
    let errors: Vec<(String, String)> = notes
        .into_iter()
        .filter(|n| n.sort == "error")
        .map(|n| (n.field, n.text))
        .collect();
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Wrong::Findings(errors)),
    }
}

pub(super) fn told(notes: &[Note]) -> Vec<Value> {
    notes
        .iter()
        .map(|n| json!({"field": n.field, "sort": n.sort, "text": n.text}))
        .collect()
}
