//! The table of targets: what each one runs, how its bytes are changed, and where its seeds and words come from.

use crate::mutators::Shape;
use crate::{carriers, guard, sources};

/// One target.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    pub shape: Shape,
    /// The longest input that is tried.
    pub max_len: usize,
    /// Endings of the labelled cases that are its seeds.
    pub endings: &'static [&'static str],
    /// Files of the source whose literals are its dictionary, besides `fuzz/dictionaries/NAME.dict`.
    pub words: &'static [&'static str],
}

const TEXT: usize = 16 << 10;
const BINARY: usize = 64 << 10;

macro_rules! carrier {
    ($name:literal, $file:literal, $shape:expr, $max:expr, $endings:expr, $words:expr) => {
        Target {
            name: $name,
            run: |data| carriers::read($file, data),
            shape: $shape,
            max_len: $max,
            endings: $endings,
            words: $words,
        }
    };
}

/// Containers first: their readers do the most with what a length or an offset claims.
pub const TABLE: &[Target] = &[
    carrier!(
        "zip",
        "a.zip",
        Shape::Zip,
        BINARY,
        &["zip"],
        &["carrier/archive.rs"]
    ),
    carrier!(
        "docx",
        "a.docx",
        Shape::Zip,
        BINARY,
        &["docx"],
        &["carrier/office"]
    ),
    carrier!(
        "xlsx",
        "a.xlsx",
        Shape::Zip,
        BINARY,
        &["xlsx"],
        &["carrier/office"]
    ),
    carrier!(
        "pptx",
        "a.pptx",
        Shape::Zip,
        BINARY,
        &["pptx"],
        &["carrier/office"]
    ),
    carrier!(
        "odf",
        "a.odt",
        Shape::Zip,
        BINARY,
        &["odt", "ods", "odp"],
        &["carrier/office"]
    ),
    carrier!(
        "gzip",
        "a.gz",
        Shape::Gzip,
        BINARY,
        &["gz", "svgz"],
        &["carrier/archive.rs"]
    ),
    carrier!(
        "tar",
        "a.tar",
        Shape::Tar,
        BINARY,
        &["tar"],
        &["carrier/archive.rs"]
    ),
    carrier!(
        "ole",
        "a.doc",
        Shape::Plain,
        BINARY,
        &["doc", "xls"],
        &["carrier/ole.rs"]
    ),
    carrier!(
        "pdf",
        "a.pdf",
        Shape::Pdf,
        BINARY,
        &["pdf"],
        &["carrier/pdf"]
    ),
    Target {
        name: "image",
        run: carriers::image,
        shape: Shape::Plain,
        max_len: BINARY,
        endings: &["jpg", "png", "gif", "webp"],
        words: &["carrier/image.rs", "carrier/strip.rs"],
    },
    carrier!(
        "mail",
        "a.eml",
        Shape::Plain,
        BINARY,
        &["eml"],
        &["carrier/mail.rs"]
    ),
    carrier!(
        "font",
        "a.ttf",
        Shape::Plain,
        TEXT,
        &["ttf", "woff"],
        &["carrier/font.rs"]
    ),
    carrier!(
        "rtf",
        "a.rtf",
        Shape::Plain,
        TEXT,
        &["rtf"],
        &["carrier/rtf.rs"]
    ),
    carrier!(
        "html",
        "a.html",
        Shape::Plain,
        TEXT,
        &["html"],
        &["carrier/html"]
    ),
    carrier!(
        "xml",
        "a.xml",
        Shape::Plain,
        TEXT,
        &["xml", "svg", "rss"],
        &["carrier/xml.rs"]
    ),
    carrier!(
        "json",
        "a.json",
        Shape::Plain,
        TEXT,
        &["json", "ndjson"],
        &["carrier/json.rs"]
    ),
    carrier!(
        "script",
        "a.js",
        Shape::Plain,
        TEXT,
        &["js"],
        &["carrier/script.rs", "carrier/lexer.rs"]
    ),
    carrier!(
        "csv",
        "a.csv",
        Shape::Plain,
        TEXT,
        &["csv", "tsv"],
        &["carrier/table.rs"]
    ),
    carrier!(
        "calendar",
        "a.ics",
        Shape::Plain,
        TEXT,
        &["ics", "vcf"],
        &["carrier/mail.rs"]
    ),
    carrier!(
        "markdown",
        "a.md",
        Shape::Plain,
        TEXT,
        &["md"],
        &["carrier/markdown.rs"]
    ),
    carrier!(
        "text",
        "a.txt",
        Shape::Plain,
        TEXT,
        &["txt", "sql", "yaml"],
        &[
            "carrier/text.rs",
            "carrier/encoding.rs",
            "carrier/sql.rs",
            "carrier/pairs.rs"
        ]
    ),
    carrier!(
        "any",
        "a",
        Shape::Plain,
        BINARY,
        &["bin", "gz", "zip", "jpg", "ics", "json"],
        &["carrier/sniff.rs"]
    ),
    Target {
        name: "guard",
        run: guard::fixed,
        shape: Shape::Plain,
        max_len: 4 << 10,
        endings: &["txt", "md", "csv"],
        words: &[],
    },
    Target {
        name: "guard_own",
        run: guard::own,
        shape: Shape::Plain,
        max_len: 4 << 10,
        endings: &["txt"],
        words: &[],
    },
    Target {
        name: "registry",
        run: sources::registry,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["yaml"],
        words: &["registry/read.rs"],
    },
    Target {
        name: "yaml",
        run: sources::yaml,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["yaml", "yml"],
        words: &["audit/exceptions.rs", "audit/review.rs", "document/yaml.rs"],
    },
    Target {
        name: "markdown_html",
        run: sources::markdown_html,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["md"],
        words: &["document/markdown.rs", "math/source.rs"],
    },
    Target {
        name: "period",
        run: sources::period,
        shape: Shape::Plain,
        max_len: 1 << 10,
        endings: &[],
        words: &["period/words.rs", "period/tests.rs"],
    },
    Target {
        name: "formula",
        run: sources::formula,
        shape: Shape::Plain,
        max_len: 4 << 10,
        endings: &[],
        words: &["math/mod.rs", "math/source.rs"],
    },
    Target {
        name: "typography",
        run: sources::typography,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["txt"],
        words: &["text/typography.rs"],
    },
    Target {
        name: "page",
        run: sources::page,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["html"],
        words: &["tab/page.rs"],
    },
];
