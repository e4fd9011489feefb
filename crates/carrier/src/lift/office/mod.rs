//! Office packages (DOCX, XLSX, PPTX, ODF): takes the zip, gives every part of it: text by paragraphs and cells,
//! properties, comments, notes, relations, embedded files and pictures. No part is passed over because it is not
//! known: what is not XML comes back as a file of its own.

mod formula;
mod sheet;
mod walk;

use super::package::Package;
use super::runs;
use crate::ctx::{As, Ctx};
use crate::decode::encoding;
use crate::format::Format;
use crate::outcome::Reason;
use crate::place::{Place, inside};
use crate::sniff;
use glasno_passage::Role;

/// The settings of no printer are so long.
const MAX_SETTINGS: usize = 256 << 10;

/// Reads a package.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], format: Format) {
    let Some(mut package) = Package::open(ctx, part, bytes) else {
        return;
    };
    let mut entries = std::mem::take(&mut package.entries);
    entries.sort_by_key(|e| (rank(&e.name), natural(&e.name)));
    let mut styles = walk::Styles::default();
    let mut book = sheet::Book::default();
    for entry in entries {
        let data = package.unpack(ctx, part, &entry);
        let inner = inside(part, &entry.name);
        let name = entry.name.to_ascii_lowercase();
        let xml = [".xml", ".rels", ".vml", ".rdf"]
            .iter()
            .any(|e| name.ends_with(e));
        if !xml {
            binary(ctx, part, &entry.name, &name, &data);
            continue;
        }
        let text = encoding::decode(&data, encoding::declared(&data, Format::Xml)).text;
        if name == "word/styles.xml" {
            styles = walk::Styles::read(&text);
        }
        if name == "meta-inf/manifest.xml" && text.contains("encryption-data") {
            ctx.unreadable(part, Reason::Encrypted);
        }
        match name.as_str() {
            "xl/sharedstrings.xml" => book.shared(&text),
            "xl/workbook.xml" => book.names(&text),
            "xl/_rels/workbook.xml.rels" => book.targets(&text),
            "xl/styles.xml" => book.formats(&text),
            _ => {}
        }
        if name.starts_with("customxml/") {
            ctx.text(As::Xml, &inner, &text, Place::own(&text));
        } else if format == Format::Xlsx
            && name.starts_with("xl/worksheets/")
            && name.ends_with(".xml")
        {
            let title = book.title(&entry.name);
            sheet::read(
                ctx,
                &inside(part, title.unwrap_or(&entry.name)),
                &text,
                &mut book,
            );
        } else if name != "xl/sharedstrings.xml" {
            walk::read(ctx, &inner, &text, &styles, &name);
        }
    }
    book.unused(ctx, &inside(part, "xl/sharedStrings.xml"));
}

/// Whether XML is a whole office document in one file.
pub(super) fn is_flat(head: &str) -> bool {
    [
        "urn:oasis:names:tc:opendocument",
        "schemas.openxmlformats.org/wordprocessingml",
        "schemas.microsoft.com/office/word/2003/wordml",
        "schemas.microsoft.com/office/2006/xmlPackage",
    ]
    .iter()
    .any(|space| head.contains(space))
}

/// Reads an office document that is one XML file.
pub(super) fn flat(ctx: &mut Ctx<'_>, part: &str, text: &str) {
    walk::read(ctx, part, text, &walk::Styles::read(text), "");
}

/// Parts that are no XML. Those that only a device or a program knows may be of no known format; what is of one is read,
/// whatever it is called.
fn binary(ctx: &mut Ctx<'_>, part: &str, name: &str, lower: &str, data: &[u8]) {
    let device = lower == "layout-cache"
        || lower.contains("/printersettings/printersettings") && lower.ends_with(".bin");
    let vector = [".emf", ".wmf"].iter().any(|e| lower.ends_with(e))
        || lower.starts_with("objectreplacements/");
    if !(device || vector) || sniff::sniff(name, data) != Format::Unknown {
        ctx.nested(part, name, data);
        return;
    }
    let inner = inside(part, name);
    runs::emit(ctx, &inner, Role::Hidden, data);
    if vector || data.len() > MAX_SETTINGS {
        ctx.picture(&inner, data);
    }
}

/// Properties and tables that others need come first, then the main part, then the rest.
fn rank(name: &str) -> u8 {
    match name.to_ascii_lowercase().as_str() {
        n if n.starts_with("docprops/") || n == "meta.xml" => 0,
        "word/styles.xml"
        | "xl/sharedstrings.xml"
        | "xl/workbook.xml"
        | "xl/styles.xml"
        | "xl/_rels/workbook.xml.rels" => 1,
        "word/document.xml" | "content.xml" => 2,
        n if n.starts_with("ppt/slides/") || n.starts_with("xl/worksheets/") => 2,
        _ => 3,
    }
}

/// Sorts `slide2` before `slide10`.
fn natural(name: &str) -> (String, usize, String) {
    let digits = name
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(name.len());
    let (head, tail) = name.split_at(digits);
    let number: String = tail.chars().take_while(char::is_ascii_digit).collect();
    (
        head.to_owned(),
        number.parse().unwrap_or(0),
        name.to_owned(),
    )
}
