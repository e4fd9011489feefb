//! Lets plain MathML through and nothing else.
//!
//! Takes what the converter made; says whether it holds only elements and attributes of this list. Must not mend:
//! what is not plain is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const ELEMENTS: [&str; 24] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

const ATTRIBUTES: [&str; 24] = [
    "accent",
    "accentunder",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "style",
    "symmetric",
    "voffset",
    "width",
    "columnspan",
];

/// Whether `text` is one well-formed `<math>` element made of the parts listed here.
pub(super) fn is_plain(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    let mut depth = 0usize;
    let mut roots = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if !plain_element(&start, depth) {
                    return false;
                }
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Ok(Event::Empty(start)) => {
                if depth == 0 || !plain_element(&start, depth) {
                    return false;
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Text(text)) => {
                let blank = text.trim().is_empty();
                if depth == 0 && !blank {
                    return false;
                }
            }
            Ok(Event::GeneralRef(_)) if depth > 0 => {}
            Ok(Event::Eof) => return depth == 0 && roots == 1,
            _ => return false,
        }
    }
}

fn plain_element(start: &BytesStart<'_>, depth: usize) -> bool {
    let name = start.name();
    let name: &str = name.as_ref();
    let known = ELEMENTS.contains(&name);
    known
        && (name == "math") == (depth == 0)
        && start
            .attributes()
            .all(|a| a.is_ok_and(|a| plain_attribute(a.key.as_ref(), &a.value)))
}

fn plain_attribute(key: &str, value: &str) -> bool {
    // Sizes, colours and keywords need no more than this; `url(…)` and anything quoted does.
    let simple = |b: u8| b.is_ascii_alphanumeric() || b" :;.%#,-".contains(&b);
    ATTRIBUTES.contains(&key) && value.bytes().all(simple)
}
