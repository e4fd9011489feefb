//! Readings of what was lifted already: a fragment becomes further fragments.
//!
//! Takes a text, the way to look at it, and the context; gives fragments to the context. What is found that is not
//! its own (an address in a script, a page in an attribute) goes back to the context: no reading knows another, nor
//! the formats of `lift`.

mod address;
mod columns;
mod encoded;
mod pairs;
mod script;
mod sql;
mod value;

use crate::ctx::{Ctx, Way};
use crate::place::Place;

/// Looks at a text once more.
pub(crate) fn again(ctx: &mut Ctx<'_>, way: Way, part: &str, text: &str, mut place: Place<'_>) {
    match way {
        Way::Path => address::path(ctx, part, text),
        Way::Address => address::emit(ctx, part, text, place.at(0)),
        Way::Value => value::read(ctx, part, text, place),
        Way::Encoded => encoded::read(ctx, part, text, place),
        Way::Base64 => address::maybe_base64(ctx, part, text),
        Way::Script(role) => script::read(ctx, part, text, role, place),
        Way::Drawn => columns::drawn(ctx, part, text, place),
        Way::Pairs => pairs::records(ctx, part, text, place),
        Way::Flows => pairs::flows(ctx, part, text, place),
        Way::Rows => sql::rows(ctx, part, text, place),
    }
}
