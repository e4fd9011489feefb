//! The attributes of HTML: takes the inside of a start tag, gives each value as what it is, and what the walk must
//! know about the element.

use super::Page;
use super::names::{self, Value};
use crate::ctx::Way;
use crate::decode::bidi;
use crate::decode::entities::{self, NONE};
use crate::decode::markup::Attributes;
use crate::place::{Place, offset_in};
use crate::shape;
use glasno_passage::Role;

/// What the attributes say about their element.
#[derive(Default)]
pub(super) struct Found {
    pub hidden: bool,
    pub rtl: bool,
    /// It stands where its style puts it, and not behind what is written before.
    pub placed: bool,
    /// Letters stand in reverse where they run from right to left.
    pub turned: bool,
    pub columns: u32,
    pub rows: u32,
    pub kind: String,
}

impl Page<'_, '_, '_> {
    pub(super) fn attributes(&mut self, element: &str, raw: &str, at: usize) -> Found {
        let mut found = Found::default();
        let mut fields = Vec::new();
        for (name, raw_value) in Attributes(raw) {
            let mut buffer = [0u8; 16];
            let lower = names::lower(name, &mut buffer);
            let kind = names::attribute(lower);
            if kind == Value::Other && self.unseen(name) {
                let at = self.place(at);
                self.ctx.emit(self.part, Role::Hidden, name, at);
            }
            if raw_value.is_empty() {
                found.hidden |= lower == "hidden";
                continue;
            }
            let value = entities::decoded(raw_value, &NONE);
            let value = value.as_ref();
            match lower {
                "hidden" => found.hidden |= value != "until-found",
                "colspan" => found.columns = value.trim().parse().unwrap_or(1),
                "rowspan" => found.rows = value.trim().parse().unwrap_or(1),
                "dir" | "direction" => found.rtl |= value.trim().eq_ignore_ascii_case("rtl"),
                "unicode-bidi" => found.turned |= bidi::styled(value),
                "type" => found.kind = value.to_ascii_lowercase(),
                "style" => {
                    found.hidden |= names::hides(value);
                    found.placed = names::places(value);
                    found.turned |= bidi::styled(value);
                    found.rtl |= found.turned && value.to_ascii_lowercase().contains("rtl");
                }
                _ => {}
            }
            let size = matches!(
                lower,
                "width"
                    | "height"
                    | "colspan"
                    | "rowspan"
                    | "tabindex"
                    | "size"
                    | "rows"
                    | "cols"
                    | "border"
            ) && value.len() < 8
                && value.starts_with(|c: char| c.is_ascii_digit());
            if size || (matches!(kind, Value::Common | Value::Style) && !self.unseen(value)) {
                continue;
            }
            let there = offset_in(self.source, raw_value);
            let place = match value.len() == raw_value.len() {
                true => self.lines.within(there, value),
                false => self.place(there).into(),
            };
            self.value(element, lower, kind, value, place);
            if kind == Value::Other {
                fields.push((name, entities::decoded(raw_value, &NONE)));
            }
        }
        let place = self.place(at);
        shape::attributes(self.ctx, self.part, &fields, place);
        found
    }

    fn value(&mut self, element: &str, name: &str, kind: Value, value: &str, mut place: Place<'_>) {
        let script = Way::Script(Role::Hidden);
        match kind {
            Value::Page => self.ctx.markup(self.part, value, false, place),
            Value::Addresses => {
                let mut all = place.clone();
                for one in value.split([',', ' ']).filter(|v| v.len() > 3) {
                    let at = place.at(offset_in(value, one));
                    self.ctx.again(Way::Address, self.part, one, at);
                }
                if value.contains("data:") {
                    let at = all.at(0);
                    self.ctx.again(Way::Address, self.part, value.trim(), at);
                }
            }
            Value::Address => self.ctx.again(Way::Address, self.part, value, place),
            Value::Style if value.contains(['"', '\'', '(', '\\', '/']) => {
                self.ctx.again(script, self.part, value, place);
            }
            _ if name.starts_with("on") && name.len() > 2 && value.contains(['(', '=', '\'']) => {
                self.ctx.again(script, self.part, value, place);
            }
            _ => {
                if element == "meta" && name == "content" && value.contains("=") {
                    self.ctx
                        .again(Way::Address, self.part, value, place.clone());
                }
                self.ctx.again(Way::Value, self.part, value, place);
            }
        }
    }

    /// Whether this short value has not been seen on this page yet: class names stand on every line.
    pub(super) fn unseen(&mut self, value: &str) -> bool {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for b in value.bytes() {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
        let Some(slot) = self.seen.get_mut((hash >> 32) as usize % 256) else {
            return true;
        };
        let new = *slot != hash;
        *slot = hash;
        new
    }
}
