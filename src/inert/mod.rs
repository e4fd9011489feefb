//! Whether a file that somebody handed in is only there to be read: nothing in it may run where a reader opens it, nor
//! ask another host for anything.
//!
//! Takes path and bytes; gives what would run and where. Markup and PDF are looked into, programs are known by their
//! names. Reads in doubt against the file: an innocent one that looks odd is saved anew by its author. Must not change
//! a file, and must not be asked about the theme, whose scripts are the site's own.

mod markup;
mod pdf;
#[cfg(test)]
mod tests;

use crate::audit::{Auditor, Verdict};
use crate::diag::catalog::inert as messages;
use crate::diag::{Finding, Location, Span};

/// Files that run by being opened, on the reader's machine or on the server that keeps them.
const PROGRAMS: &[&str] = &[
    // in a browser, or with its rights
    "hta",
    "htc",
    "js",
    "mjs",
    "cjs",
    "mht",
    "mhtml",
    "wasm",
    "swf",
    "xap",
    "jar",
    "jnlp",
    "xsl",
    "xslt",
    "xbl",
    "xpi",
    "crx",
    "appcache",
    "webmanifest",
    // under Windows and elsewhere
    "exe",
    "com",
    "scr",
    "pif",
    "bat",
    "cmd",
    "ps1",
    "msi",
    "msix",
    "msp",
    "reg",
    "cpl",
    "dll",
    "vbs",
    "vbe",
    "jse",
    "wsf",
    "wsh",
    "wsc",
    "sct",
    "chm",
    "hlp",
    "lnk",
    "url",
    "website",
    "scf",
    "application",
    "appref-ms",
    "library-ms",
    "search-ms",
    "settingcontent-ms",
    "iso",
    "vhd",
    "vhdx",
    "img",
    "dmg",
    "pkg",
    "app",
    "apk",
    "deb",
    "rpm",
    "sh",
    "desktop",
    "webloc",
    // on the server
    "php",
    "php3",
    "php4",
    "php5",
    "php7",
    "php8",
    "phtml",
    "phar",
    "inc",
    "asp",
    "aspx",
    "ashx",
    "asmx",
    "ascx",
    "cer",
    "jsp",
    "jspx",
    "cgi",
    "fcgi",
    "pl",
    "shtml",
    "shtm",
    "stm",
    "cfm",
];

/// Files that a browser reads as markup.
const MARKUP: &[&str] = &[
    "html", "htm", "xhtml", "xht", "xml", "svg", "svgz", "mathml", "mml", "rdf", "rss", "atom",
    "kml", "gpx", "xsd", "wsdl", "xsp", "xul",
];

/// Files that no browser reads as anything but what their names say.
const PLAIN: &[&str] = &[
    "pdf", "doc", "docx", "docm", "dot", "dotx", "rtf", "odt", "ott", "xls", "xlsx", "xlsm", "ods",
    "csv", "tsv", "ppt", "pptx", "odp", "txt", "md", "json", "ics", "vcf", "yaml", "yml", "png",
    "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "ico", "mp3", "ogg", "wav", "mp4",
    "webm", "zip", "7z", "rar", "gz", "tar", "epub", "djvu", "fb2", "eml", "msg", "sql",
];

/// Something that would run: a word of the catalogue, and the place where one is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    what: &'static str,
    at: Option<usize>,
}

/// What would run in a file; nothing for one that is only read.
pub fn inspect(path: &str, bytes: &[u8]) -> Vec<Finding> {
    let name = path.rsplit('/').next().unwrap_or("").to_lowercase();
    // A server may look at any of several endings: `otchet.php.txt`.
    let mut endings = name.split('.').skip(1);
    if let Some(program) = endings.find(|e| PROGRAMS.contains(e)) {
        let finding = Finding::new(&messages::PROGRAM, Location::file(path));
        return vec![finding.arg("ending", program)];
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let found = match ending {
        _ if bytes.starts_with(b"%PDF") || ending == "pdf" => pdf::find(bytes).map(|f| (f, None)),
        _ if MARKUP.contains(&ending) => markup::find(bytes),
        _ if PLAIN.contains(&ending) => None,
        // Without a type that it knows, a browser looks at the content itself.
        _ if markup::looks_like(bytes) => markup::find(bytes),
        _ => None,
    };
    let Some((found, text)) = found else {
        return Vec::new();
    };
    let span = found.at.zip(text).map(|(at, text)| place(&text, at));
    let at = Location {
        path: path.into(),
        span,
    };
    vec![Finding::new(&messages::ACTIVE, at).arg("what", found.what)]
}

/// An auditor that also asks whether a file is inert.
pub struct Still<'a>(pub &'a dyn Auditor);

impl Auditor for Still<'_> {
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        self.verdict(path, bytes).findings
    }

    fn verdict(&self, path: &str, bytes: &[u8]) -> Verdict {
        let mut verdict = self.0.verdict(path, bytes);
        verdict.findings.extend(inspect(path, bytes));
        verdict
    }

    fn basis(&self) -> Option<blake3::Hash> {
        self.0.basis()
    }
}

fn place(text: &str, at: usize) -> Span {
    let before = text.get(..at).unwrap_or("");
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Span::new(narrow(line), narrow(column), 1)
}
