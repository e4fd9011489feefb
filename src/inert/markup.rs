//! What runs in HTML, SVG and XML.
//!
//! Takes bytes; gives the first thing that a browser would run or load from elsewhere. No parser stands between: two
//! parsers never agree on broken markup, and an attacker writes what this one skips and a browser runs. So the text is
//! searched wherever it stands, in comments and quotes as well; what that refuses wrongly is rare, and saved anew.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::Found;

/// Unpacked SVG beyond this is no drawing.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Elements that run, or bring in what runs.
const ELEMENTS: &[&str] = &[
    "script",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "portal",
    "fencedframe",
    "foreignobject",
    "handler",
    "listener",
    "import",
    "bgsound",
    "isindex",
];
/// Attributes whose address is loaded, or sent to, without a reader choosing it.
const LOADING: &[&str] = &[
    "src",
    "srcset",
    "poster",
    "background",
    "data",
    "action",
    "formaction",
    "manifest",
    "ping",
    "dynsrc",
    "lowsrc",
    "code",
    "codebase",
    "archive",
    "classid",
    "href",
    "imagesrcset",
];
/// Words that begin like a handler and are none.
const INNOCENT: &[&str] = &["one", "ones", "only", "once", "onto", "online", "ongoing"];
/// Encodings in which the letters of markup are those of ASCII.
const ENCODINGS: &[&str] = &[
    "utf-8",
    "utf8",
    "windows-1251",
    "cp1251",
    "windows-1252",
    "koi8-r",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "iso-8859-5",
    "utf-16",
];
/// What a `meta` may say of itself to a browser.
const META: &[&str] = &[
    "content-type",
    "content-language",
    "content-style-type",
    "content-script-type",
    "x-ua-compatible",
    "imagetoolbar",
];

/// The first thing that would run, and the text its place counts in.
pub(super) fn find(bytes: &[u8]) -> Option<(Found, Option<String>)> {
    let unpacked;
    let mut bytes = bytes;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut whole = Vec::new();
        let mut stream = flate2::read::MultiGzDecoder::new(bytes).take(LARGEST + 1);
        if stream.read_to_end(&mut whole).is_err() || whole.len() as u64 > LARGEST {
            return Some((found("@active-packed", None), None));
        }
        unpacked = whole;
        bytes = &unpacked;
    }
    let Some(text) = decode(bytes) else {
        return Some((found("@active-encoding", None), None));
    };
    let lower = text.to_ascii_lowercase();
    let checks = [odd, encodings, elements, handlers, schemes, loads, styles];
    let first = checks.iter().find_map(|check| check(&lower))?;
    Some((first, Some(text)))
}

/// Whether a browser that was told no type would take it for markup.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return false;
    }
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let first = head
        .iter()
        .find(|b| !b.is_ascii_whitespace() && !matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff));
    first == Some(&b'<')
}

fn found(what: &'static str, at: Option<usize>) -> Found {
    Found { what, at }
}

fn decode(bytes: &[u8]) -> Option<String> {
    let encoding: &'static Encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        // Old Windows keeps the letters of markup where they are.
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1251,
    };
    let known = [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1251].contains(&encoding);
    let (text, _, _) = encoding.decode(bytes);
    known.then(|| text.into_owned())
}

/// What hides text from whoever looks: characters that switch encodings, entities that are defined in the file.
fn odd(text: &str) -> Option<Found> {
    if let Some(at) = text.find(['\0', '\u{1b}', '\u{e}', '\u{f}']) {
        return Some(found("@active-encoding", Some(at)));
    }
    if let Some(at) = text.find("<!entity") {
        return Some(found("@active-entity", Some(at)));
    }
    text.find("<?xml-stylesheet")
        .or_else(|| text.find("<?import"))
        .map(|at| found("@active-load", Some(at)))
}

/// A browser that is told another encoding reads other text than was searched.
fn encodings(text: &str) -> Option<Found> {
    let mut said = attributes(text, "charset").chain(attributes(text, "encoding"));
    said.find(|(_, value)| {
        let end = value.find(|c: char| c.is_whitespace() || "\"';?>".contains(c));
        !ENCODINGS.contains(&value.get(..end.unwrap_or(value.len())).unwrap_or(""))
    })
    .map(|(at, _)| found("@active-encoding", Some(at)))
}

/// Names after `<`, whatever stands around them; a prefix is only a prefix.
fn elements(text: &str) -> Option<Found> {
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or("");
        let rest = rest.trim_start_matches('/');
        let end = rest.find(|c: char| c.is_whitespace() || "/>\"'=<".contains(c));
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let local = name.rsplit(':').next().unwrap_or("");
        if ELEMENTS.contains(&local) {
            return Some(found("@active-element", Some(at)));
        }
    }
    let mut equivalents = attributes(text, "http-equiv");
    if let Some((at, _)) = equivalents.find(|(_, value)| !META.iter().any(|m| value.starts_with(m)))
    {
        return Some(found("@active-element", Some(at)));
    }
    // An animation may change what an attribute says.
    attributes(text, "attributename")
        .find(|(_, value)| {
            let end = value.find(|c: char| c.is_whitespace() || "\"'/>".contains(c));
            let name = value.get(..end.unwrap_or(value.len())).unwrap_or("");
            name.starts_with("on") || name.ends_with("href")
        })
        .map(|(at, _)| found("@active-handler", Some(at)))
}

/// `onload=` and its kind.
fn handlers(text: &str) -> Option<Found> {
    for (at, _) in text.match_indices("on") {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let begins = before.is_none_or(|c| c.is_whitespace() || "/\"'`:;<>".contains(c));
        if !begins {
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, rest) = rest.split_at(end.unwrap_or(rest.len()));
        let assigned = rest.trim_start().starts_with('=');
        if assigned && name.len() > 3 && !INNOCENT.contains(&name) {
            return Some(found("@active-handler", Some(at)));
        }
    }
    None
}

/// Addresses that are code. A browser reads them with entities solved and blanks left out.
fn schemes(text: &str) -> Option<Found> {
    const CODE: &[&str] = &[
        "javascript:",
        "vbscript:",
        "livescript:",
        "mocha:",
        "data:text/html",
        "data:text/xml",
        "data:text/javascript",
        "data:image/svg",
        "data:application/xhtml",
        "data:application/xml",
        "data:application/javascript",
        "data:application/x-javascript",
        "data:application/ecmascript",
        "view-source:",
        "blob:",
        "filesystem:",
        "jar:",
        "mhtml:",
        "ms-its:",
        "file:",
    ];
    let solved = plain(text);
    let code = CODE.iter().find(|scheme| {
        let mut at = solved.match_indices(**scheme);
        at.any(|(at, _)| {
            let before = solved.get(..at).and_then(|t| t.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric() && c != '-')
        })
    })?;
    let word = code.split([':', '/']).next().unwrap_or("");
    Some(found("@active-address", text.find(word)))
}

/// Anything that is loaded from another host, or sent there.
fn loads(text: &str) -> Option<Found> {
    for name in LOADING {
        for (at, value) in attributes(text, name) {
            let end = value.find(['"', '\'', '>', '`']);
            let value = plain(value.get(..end.unwrap_or(value.len())).unwrap_or(""));
            let listed = name.ends_with("srcset") && value.contains("//");
            if !(listed || is_elsewhere(&value)) || (*name == "href" && is_for_a_reader(text, at)) {
                continue;
            }
            return Some(found("@active-load", Some(at)));
        }
    }
    None
}

/// Style sheets load and, in old browsers, run. Escapes spell any of their words.
fn styles(text: &str) -> Option<Found> {
    let solved = unescape_css(text);
    for word in ["@import", "expression(", "-moz-binding", "behavior:"] {
        if solved.contains(word) {
            return Some(found("@active-style", text.find(word)));
        }
    }
    for (at, _) in solved.match_indices("url(") {
        let rest = solved.get(at + 4..).unwrap_or("");
        let end = rest.find(')');
        let address = plain(rest.get(..end.unwrap_or(rest.len())).unwrap_or(""));
        if is_elsewhere(address.trim_matches(['"', '\''])) {
            return Some(found("@active-style", text.find("url(")));
        }
    }
    None
}

/// Places where an attribute of this name stands, with the text from its value on.
fn attributes<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        // `xlink:href` is one, `data-src` is none.
        let begins = before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_');
        let rest = text.get(at + name.len()..)?.trim_start();
        let value = rest.strip_prefix('=')?.trim_start();
        begins.then(|| (at, value.trim_start_matches(['"', '\'', '`'])))
    })
}

/// Whether this `href` belongs to a link that a reader chooses: `<a …>`, with no other tag begun in between.
fn is_for_a_reader(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let Some(open) = before.rfind('<') else {
        return false;
    };
    let since = before.get(..open).unwrap_or("");
    // A `<` inside of another tag's quotes begins none.
    let apart = match (since.rfind('<'), since.rfind('>')) {
        (Some(other), Some(closed)) => closed > other,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let name = before.get(open + 1..).unwrap_or("");
    let end = name.find(|c: char| c.is_whitespace() || c == '/');
    let name = name.get(..end.unwrap_or(name.len())).unwrap_or("");
    let local = name.rsplit(':').next().unwrap_or("");
    apart && matches!(local, "a" | "area")
}

/// Whether an address leads to another host, or to another program.
fn is_elsewhere(address: &str) -> bool {
    let address = address.trim();
    let slashes = address.starts_with(['/', '\\']) && address[1..].starts_with(['/', '\\']);
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        let plain = scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        plain && !scheme.is_empty() && !matches!(scheme, "data" | "mailto" | "tel" | "cid")
    });
    slashes || scheme
}

/// Entities solved, blanks and marks that browsers leave out of an address gone.
fn plain(text: &str) -> String {
    let solved = solve(text);
    let shown = |c: &char| *c > ' ' && !matches!(*c, '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{feff}');
    let solved: String = solved.chars().filter(shown).collect();
    solved.to_ascii_lowercase()
}

/// Character references solved: by number, and the few by name that stand for marks of an address. Letters have no
/// names. The final semicolon may be missing.
fn solve(text: &str) -> String {
    const NAMED: &[(&str, char)] = &[
        ("colon", ':'),
        ("tab", '\t'),
        ("newline", '\n'),
        ("sol", '/'),
        ("bsol", '\\'),
        ("lpar", '('),
        ("comma", ','),
        ("semi", ';'),
        ("period", '.'),
        ("nbsp", ' '),
        ("shy", '\u{ad}'),
        ("quot", '"'),
        ("apos", '\''),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("zerowidthspace", ' '),
        ("plus", '+'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("percnt", '%'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        out.push_str(before);
        let number = reference.strip_prefix('#').and_then(|number| {
            let (digits, base) = match number.strip_prefix(['x', 'X']) {
                Some(hex) => (hex, 16),
                None => (number, 10),
            };
            let end = digits.find(|c: char| !c.is_digit(base));
            let (digits, after) = digits.split_at(end.unwrap_or(digits.len()));
            let c = char::from_u32(u32::from_str_radix(digits, base).ok()?)?;
            Some((c, after))
        });
        let named = || {
            let mut fits = NAMED
                .iter()
                .filter_map(|(name, c)| Some((*c, reference.strip_prefix(name)?)));
            fits.next()
        };
        rest = match number.or_else(named) {
            Some((c, after)) => {
                out.push(c);
                after.strip_prefix(';').unwrap_or(after)
            }
            None => {
                out.push('&');
                reference
            }
        };
    }
    out.push_str(rest);
    out
}

/// `\69mport` is `import`, `u\rl` is `url`.
fn unescape_css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let digits = escape
            .chars()
            .take(6)
            .take_while(char::is_ascii_hexdigit)
            .count();
        let (code, after) = escape.split_at(digits);
        let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        rest = match code {
            Some(c) => {
                out.push(c.to_ascii_lowercase());
                after.strip_prefix([' ', '\n', '\t']).unwrap_or(after)
            }
            None => after,
        };
    }
    out.push_str(rest);
    // Comments stand anywhere in a style sheet.
    let mut clean = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some((before, comment)) = rest.split_once("/*") {
        clean.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    clean.push_str(rest);
    clean
}
