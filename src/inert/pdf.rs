//! What a PDF does by itself: scripts, programs that it starts, forms that it sends.
//!
//! Takes bytes; gives the first thing that would happen without a reader asking for it. A file that cannot be read is
//! told by the audit, which reads it as well.

use lopdf::{Dictionary, Document, Object};

use super::Found;

/// Actions that reach out of the file, whoever starts them.
const ACTIONS: &[&[u8]] = &[
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"Rendition",
];
/// Actions that are for a reader to choose, and may not begin by themselves.
const CHOSEN: &[&[u8]] = &[b"URI", b"GoToR", b"GoToE", b"Thread"];
/// Annotations that bring a player of their own.
const PLAYED: &[&[u8]] = &[b"RichMedia", b"Movie", b"Screen", b"3D"];

pub(super) fn find(bytes: &[u8]) -> Option<Found> {
    let document = Document::load_mem(bytes).ok()?;
    let acts = document
        .objects
        .values()
        .any(|object| acts(&document, object, 0));
    acts.then_some(Found {
        what: "@active-pdf",
        at: None,
    })
}

fn acts(document: &Document, object: &Object, depth: usize) -> bool {
    // Direct objects are nested a little; what is nested deeper is not what a writer made.
    if depth > 64 {
        return true;
    }
    let inside = |dictionary: &Dictionary| {
        is_action(document, dictionary)
            || dictionary
                .iter()
                .any(|(_, value)| acts(document, value, depth + 1))
    };
    match object {
        Object::Dictionary(dictionary) => inside(dictionary),
        Object::Stream(stream) => inside(&stream.dict),
        Object::Array(items) => items.iter().any(|item| acts(document, item, depth + 1)),
        _ => false,
    }
}

fn is_action(document: &Document, dictionary: &Dictionary) -> bool {
    let named = |key: &[u8], names: &[&[u8]]| {
        let value = dictionary.get(key).map(|v| resolved(document, v));
        value.is_ok_and(|v| v.as_name().is_ok_and(|n| names.contains(&n)))
    };
    let begins = [b"OpenAction".as_slice(), b"AA"]
        .iter()
        .filter_map(|key| dictionary.get(key).ok())
        .any(|value| reaches_out(document, value, 0));
    named(b"S", ACTIONS)
        || named(b"Subtype", PLAYED)
        || dictionary.has(b"JS")
        || dictionary.has(b"JavaScript")
        || dictionary.has(b"XFA")
        || begins
}

/// Whether something that begins by itself leads out of the file.
fn reaches_out(document: &Document, value: &Object, depth: usize) -> bool {
    if depth > 8 {
        return true;
    }
    match resolved(document, value) {
        Object::Dictionary(action) => {
            let kind = action.get(b"S").map(|v| resolved(document, v));
            kind.is_ok_and(|v| v.as_name().is_ok_and(|n| CHOSEN.contains(&n)))
                || action.iter().any(|(key, value)| {
                    // The page that is shown first is no action.
                    key.as_slice() != b"D" && reaches_out(document, value, depth + 1)
                })
        }
        Object::Array(items) if depth > 0 => items
            .iter()
            .any(|item| reaches_out(document, item, depth + 1)),
        _ => false,
    }
}

fn resolved<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).map_or(object, |(_, o)| o)
}
