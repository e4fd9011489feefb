//! Which format a file has: takes its name and bytes, gives a [`Format`], by content first and by extension
//! only where the content leaves it open. Must not read further than a few kilobytes, except a zip's directory.

use std::io::Cursor;

use zip::ZipArchive;

use crate::decode::encoding;
use crate::format::Format;

/// Magic numbers at the very beginning.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"\xff\xd8\xff", Format::Jpeg),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"\x1f\x8b", Format::Gzip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Ole),
    (b"{\\rtf", Format::Rtf),
    (b"wOFF", Format::Font),
    (b"wOF2", Format::Font),
    (b"\0\x01\0\0\0", Format::Font),
    (b"OTTO\0", Format::Font),
    (b"true\0", Format::Font),
    (b"ttcf\0", Format::Font),
    (b"SQLite format 3\0", Format::Unsupported),
    (b"PAR1", Format::Unsupported),
    (b"7z\xbc\xaf\x27\x1c", Format::Unsupported),
    (b"Rar!\x1a\x07", Format::Unsupported),
    (b"BZh", Format::Unsupported),
    (b"\xfd7zXZ\0", Format::Unsupported),
    (b"\x28\xb5\x2f\xfd", Format::Unsupported),
    (b"OggS", Format::Unsupported),
    (b"ID3", Format::Unsupported),
    (b"fLaC", Format::Unsupported),
    (b"\x1aE\xdf\xa3", Format::Unsupported),
    (b"\x7fELF", Format::Unsupported),
    (b"%!PS", Format::Unsupported),
    (b"\0asm", Format::Unsupported),
    (b"AT&TFORM", Format::Unsupported),
];

/// Decides the format of `bytes` that go by the name `name`.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some(format) = by_magic(bytes) {
        return format;
    }
    // Lines of these may be folded inside a letter, so they need not look like text.
    let bare = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |mark: &[u8]| {
        bare.get(..mark.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(mark))
    };
    if begins(b"BEGIN:VCALENDAR") || begins(b"BEGIN:VCARD") {
        return Format::Calendar;
    }
    let extension = extension(name);
    if !encoding::looks_like_text(bytes) {
        return Format::Unknown;
    }
    let head = encoding::head(bytes);
    let head = head.trim_start_matches(['\u{feff}', '\0']).trim_start();
    by_text(head, &extension)
}

fn by_magic(bytes: &[u8]) -> Option<Format> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
        return Some(kind(bytes));
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| starts(magic)) {
        return Some(*format);
    }
    if starts(b"BM") && bytes.get(6..10) == Some(&[0, 0, 0, 0]) {
        return Some(Format::Bitmap);
    }
    if starts(b"RIFF") {
        return Some(if bytes.get(8..12) == Some(b"WEBP") {
            Format::Webp
        } else {
            Format::Unsupported
        });
    }
    if bytes.get(4..8) == Some(b"ftyp") || bytes.get(4..8) == Some(b"JXL ") {
        return Some(Format::Unsupported);
    }
    // An icon's directory: reserved 0, type 1 or 2, a small count.
    if starts(&[0, 0, 1, 0]) || starts(&[0, 0, 2, 0]) {
        let count = bytes.get(4..6);
        return Some(if count.is_some_and(|c| c[1] == 0 && c[0] > 0) {
            Format::Bitmap
        } else {
            Format::Unknown
        });
    }
    let early = bytes.get(..1024).unwrap_or(bytes);
    if memchr::memmem::find(early, b"%PDF-").is_some_and(|at| at == 0 || !text_before(early, at)) {
        return Some(Format::Pdf);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    None
}

/// Which kind of document a zip is.
fn kind(bytes: &[u8]) -> Format {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Format::Zip;
    };
    let has = |prefix: &[u8]| {
        archive
            .file_names_raw()
            .take(10_000)
            .any(|n| n.starts_with(prefix))
    };
    if has(b"word/") {
        Format::Docx
    } else if has(b"xl/") {
        Format::Xlsx
    } else if has(b"ppt/") {
        Format::Pptx
    } else if has(b"content.xml") || (has(b"mimetype") && has(b"META-INF/manifest.xml")) {
        Format::Odf
    } else {
        Format::Zip
    }
}

/// Whether a page that merely mentions `%PDF-` stands before it.
fn text_before(early: &[u8], at: usize) -> bool {
    early.get(..at).is_some_and(|b| {
        b.contains(&b'<') || b.iter().filter(|c| c.is_ascii_alphanumeric()).count() > 64
    })
}

fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((_, e)) if e.len() <= 16 => e.to_ascii_lowercase(),
        _ => String::new(),
    }
}

fn by_text(head: &str, extension: &str) -> Format {
    let low: String = head
        .chars()
        .take(600)
        .collect::<String>()
        .to_ascii_lowercase();
    if low.starts_with("%pdf-") {
        return Format::Pdf;
    }
    if low.starts_with("{\\rtf") {
        return Format::Rtf;
    }
    if low.starts_with("begin:vcalendar") || low.starts_with("begin:vcard") {
        return Format::Calendar;
    }
    if let Some(format) = by_markup(&low, extension) {
        return format;
    }
    match extension {
        "html" | "htm" | "xhtml" | "shtml" | "php" | "vue" | "svelte" | "tera" => Format::Html,
        "xml" | "rss" | "atom" | "xsd" | "xsl" | "xslt" | "rdf" | "kml" | "gpx" | "opml"
        | "xmp" | "rels" | "vml" | "plist" | "resx" | "fb2" => Format::Xml,
        "svg" => Format::Svg,
        "json" | "ndjson" | "jsonl" | "geojson" | "map" | "webmanifest" | "topojson" | "har"
        | "ipynb" | "jsonld" => {
            let first = head.chars().next();
            // What is no JSON is text, whose commas and colons part nothing.
            if first.is_none_or(|c| c.is_ascii_digit() || "{[\"-tfn".contains(c)) {
                Format::Json
            } else {
                Format::Script
            }
        }
        "js" | "mjs" | "cjs" | "ts" | "jsx" | "tsx" => Format::Script,
        "css" | "scss" | "less" => Format::Css,
        "csv" | "tsv" | "tab" => Format::Csv,
        "ics" | "ifb" | "vcf" | "vcard" | "vcs" => Format::Calendar,
        "eml" | "mht" | "mhtml" | "mbox" | "mbx" => Format::Mail,
        "md" | "markdown" | "mdown" => Format::Markdown,
        "srt" | "vtt" | "ass" | "po" | "pot" | "properties" | "tex" | "bib" | "sql" => Format::Text,
        "txt" | "text" | "log" | "yaml" | "yml" | "toml" | "ini" | "conf" | "cfg" => {
            if low.starts_with("mime-version:") || low.contains("\ncontent-transfer-encoding:") {
                Format::Mail
            } else {
                Format::Text
            }
        }
        _ => by_shape(head, &low),
    }
}

fn by_markup(low: &str, extension: &str) -> Option<Format> {
    if !low.starts_with('<') {
        return None;
    }
    let page = |low: &str| low.contains("<html") || low.contains("<!doctype html");
    if low.starts_with("<?xml") || low.starts_with("<!doctype svg") || low.starts_with("<svg") {
        return Some(if page(low) {
            Format::Html
        } else if low.contains("<svg") {
            Format::Svg
        } else {
            Format::Xml
        });
    }
    if low.starts_with("<rss") || low.starts_with("<feed") || low.starts_with("<urlset") {
        return Some(Format::Xml);
    }
    // A Markdown file may begin with a line of HTML.
    (page(low) && !matches!(extension, "md" | "markdown")).then_some(Format::Html)
}

/// Whether a text begins with the head of a message, or with the line that parts messages in a mailbox.
fn is_mail(low: &str) -> bool {
    let name = low.split(':').next().unwrap_or_default();
    let header = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    (header || low.starts_with("from "))
        && [
            "\nfrom:",
            "\nto:",
            "\nmessage-id:",
            "\nreceived:",
            "\nmime-version:",
            "\nsubject:",
        ]
        .iter()
        .filter(|h| low.contains(*h))
        .count()
            >= 2
}

/// The last resort for text without a telling name.
fn by_shape(head: &str, low: &str) -> Format {
    if low.starts_with('<') || low.contains("</") {
        return Format::Html;
    }
    let mut inner = head.chars().filter(|c| !c.is_whitespace());
    if let (Some('{' | '['), Some('"' | '{' | '[')) = (inner.next(), inner.next()) {
        return Format::Json;
    }
    if low.starts_with("received:")
        || low.starts_with("mime-version:")
        || low.starts_with("return-path:")
        || is_mail(low)
    {
        return Format::Mail;
    }
    Format::Text
}
