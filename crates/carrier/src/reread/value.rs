//! A value as a whole: an attribute, a property, a string of a script. Takes it, gives it as what it is: markup, JSON,
//! a `data:` address, or text that may be encoded itself.

use crate::ctx::{As, Ctx, Way};
use crate::decode::entities::{self, NONE};
use crate::decode::percent::percent;
use crate::decode::punycode::{has_punycode, punycode_hosts};
use crate::place::{Place, Stand};
use glasno_passage::Role;

/// A free-text value: it may hold markup, JSON, an encoded address or Base64 itself.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, value: &str, mut place: Place<'_>) {
    let bytes = value.as_bytes();
    let first = bytes.trim_ascii_start().first();
    if matches!(first, Some(b'{' | b'[')) && value.contains('"') {
        ctx.deeper(part, |ctx| {
            ctx.spend(value.len());
            ctx.text(As::Json, part, value, place);
        });
        return;
    }
    let data = bytes
        .get(..5)
        .is_some_and(|s| s.eq_ignore_ascii_case(b"data:"));
    if data {
        ctx.again(Way::Address, part, value, place);
        return;
    }
    let special = memchr::memchr3(b'<', b'%', b'&', bytes);
    if special.is_some() && memchr::memchr2(b'>', b'/', bytes).is_some() && value.contains('<') {
        ctx.markup(part, value, false, place);
        return;
    }
    let (at, turns) = place.run(0, value);
    ctx.emit(part, Role::Attribute, value, Stand { at, turns: &turns });
    if special.is_some() {
        let decoded = entities::decoded(value, &NONE);
        if decoded != value {
            ctx.emit(part, Role::Attribute, &decoded, at);
        }
    }
    if special.is_some() || has_punycode(value) {
        let decoded = percent(value);
        let text = decoded.as_deref().unwrap_or(value);
        let resolved = punycode_hosts(text);
        if decoded.is_some() || resolved.is_some() {
            ctx.emit(part, Role::Address, resolved.as_deref().unwrap_or(text), at);
        }
    }
    if value.len() >= 16 {
        ctx.again(Way::Base64, part, value, at);
    }
}
