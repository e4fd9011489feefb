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
    /// Files of the source, from the repository on, whose literals are its dictionary, besides `fuzz/dictionaries/NAME.dict`.
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

/// Finished documents as import takes them over.
macro_rules! finished {
    ($name:literal, $file:literal, $shape:expr, $max:expr, $endings:expr, $words:expr) => {
        Target {
            name: $name,
            run: |data| carriers::blocks($file, data),
            shape: $shape,
            max_len: $max,
            endings: $endings,
            words: &[$words],
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
        &[
            "crates/carrier/src/lift/archive.rs",
            "crates/carrier/src/lift/package.rs"
        ]
    ),
    carrier!(
        "docx",
        "a.docx",
        Shape::Zip,
        BINARY,
        &["docx"],
        &["crates/carrier/src/lift/office"]
    ),
    carrier!(
        "xlsx",
        "a.xlsx",
        Shape::Zip,
        BINARY,
        &["xlsx"],
        &["crates/carrier/src/lift/office"]
    ),
    carrier!(
        "pptx",
        "a.pptx",
        Shape::Zip,
        BINARY,
        &["pptx"],
        &["crates/carrier/src/lift/office"]
    ),
    carrier!(
        "odf",
        "a.odt",
        Shape::Zip,
        BINARY,
        &["odt", "ods", "odp"],
        &["crates/carrier/src/lift/office"]
    ),
    carrier!(
        "gzip",
        "a.gz",
        Shape::Gzip,
        BINARY,
        &["gz", "svgz"],
        &[
            "crates/carrier/src/lift/archive.rs",
            "crates/carrier/src/lift/package.rs"
        ]
    ),
    carrier!(
        "tar",
        "a.tar",
        Shape::Tar,
        BINARY,
        &["tar"],
        &[
            "crates/carrier/src/lift/archive.rs",
            "crates/carrier/src/lift/package.rs"
        ]
    ),
    carrier!(
        "ole",
        "a.doc",
        Shape::Plain,
        BINARY,
        &["doc", "xls"],
        &[
            "crates/carrier/src/lift/ole.rs",
            "crates/carrier/src/lift/biff.rs"
        ]
    ),
    carrier!(
        "pdf",
        "a.pdf",
        Shape::Pdf,
        BINARY,
        &["pdf"],
        &["crates/carrier/src/lift/pdf"]
    ),
    Target {
        name: "image",
        run: carriers::image,
        shape: Shape::Plain,
        max_len: BINARY,
        endings: &["jpg", "png", "gif", "webp"],
        words: &[
            "crates/carrier/src/lift/image.rs",
            "crates/carrier/src/strip.rs",
        ],
    },
    carrier!(
        "mail",
        "a.eml",
        Shape::Plain,
        BINARY,
        &["eml"],
        &["crates/carrier/src/lift/mail.rs"]
    ),
    carrier!(
        "font",
        "a.ttf",
        Shape::Plain,
        TEXT,
        &["ttf", "woff"],
        &["crates/carrier/src/lift/font.rs"]
    ),
    carrier!(
        "rtf",
        "a.rtf",
        Shape::Plain,
        TEXT,
        &["rtf"],
        &["crates/carrier/src/lift/rtf.rs"]
    ),
    carrier!(
        "html",
        "a.html",
        Shape::Plain,
        TEXT,
        &["html"],
        &["crates/carrier/src/lift/html"]
    ),
    carrier!(
        "xml",
        "a.xml",
        Shape::Plain,
        TEXT,
        &["xml", "svg", "rss"],
        &["crates/carrier/src/lift/xml.rs"]
    ),
    carrier!(
        "json",
        "a.json",
        Shape::Plain,
        TEXT,
        &["json", "ndjson"],
        &["crates/carrier/src/lift/json.rs"]
    ),
    carrier!(
        "script",
        "a.js",
        Shape::Plain,
        TEXT,
        &["js"],
        &[
            "crates/carrier/src/reread/script.rs",
            "crates/carrier/src/decode/escapes.rs"
        ]
    ),
    carrier!(
        "csv",
        "a.csv",
        Shape::Plain,
        TEXT,
        &["csv", "tsv"],
        &["crates/carrier/src/lift/table.rs"]
    ),
    carrier!(
        "calendar",
        "a.ics",
        Shape::Plain,
        TEXT,
        &["ics", "vcf"],
        &["crates/carrier/src/lift/calendar.rs"]
    ),
    carrier!(
        "markdown",
        "a.md",
        Shape::Plain,
        TEXT,
        &["md"],
        &["crates/carrier/src/lift/markdown.rs"]
    ),
    carrier!(
        "text",
        "a.txt",
        Shape::Plain,
        TEXT,
        &["txt", "sql", "yaml"],
        &[
            "crates/carrier/src/lift/plain.rs",
            "crates/carrier/src/reread/encoded.rs",
            "crates/carrier/src/reread/sql.rs",
            "crates/carrier/src/reread/pairs.rs"
        ]
    ),
    carrier!(
        "any",
        "a",
        Shape::Plain,
        BINARY,
        &["bin", "gz", "zip", "jpg", "ics", "json"],
        &["crates/carrier/src/sniff.rs"]
    ),
    finished!(
        "blocks_docx",
        "a.docx",
        Shape::Zip,
        BINARY,
        &["docx"],
        "crates/carrier/src/blocks/docx"
    ),
    finished!(
        "blocks_xlsx",
        "a.xlsx",
        Shape::Zip,
        BINARY,
        &["xlsx"],
        "crates/carrier/src/blocks/xlsx"
    ),
    finished!(
        "blocks_odf",
        "a.odt",
        Shape::Zip,
        BINARY,
        &["odt", "ods"],
        "crates/carrier/src/blocks/odf"
    ),
    finished!(
        "blocks_pdf",
        "a.pdf",
        Shape::Pdf,
        BINARY,
        &["pdf"],
        "crates/carrier/src/blocks/pdf"
    ),
    finished!(
        "blocks_html",
        "a.html",
        Shape::Plain,
        TEXT,
        &["html"],
        "crates/carrier/src/blocks/html"
    ),
    finished!(
        "blocks_text",
        "a.txt",
        Shape::Plain,
        TEXT,
        &["txt", "md"],
        "crates/carrier/src/blocks/text.rs"
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
        words: &["src/registry/read.rs"],
    },
    Target {
        name: "yaml",
        run: sources::yaml,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["yaml", "yml"],
        words: &[
            "src/audit/exceptions.rs",
            "src/audit/review.rs",
            "src/document/yaml.rs",
        ],
    },
    Target {
        name: "edit",
        run: sources::edit,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["yaml", "yml"],
        words: &["crates/edit/src/write.rs", "crates/edit/src/tests.rs"],
    },
    Target {
        name: "markdown_html",
        run: sources::markdown_html,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["md"],
        words: &["src/document/markdown.rs", "src/math/source.rs"],
    },
    Target {
        name: "period",
        run: sources::period,
        shape: Shape::Plain,
        max_len: 1 << 10,
        endings: &[],
        words: &["src/period/words.rs", "src/period/tests.rs"],
    },
    Target {
        name: "formula",
        run: sources::formula,
        shape: Shape::Plain,
        max_len: 4 << 10,
        endings: &[],
        words: &["src/math/mod.rs", "src/math/source.rs"],
    },
    Target {
        name: "typography",
        run: sources::typography,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["txt"],
        words: &["src/text/typography.rs"],
    },
    Target {
        name: "page",
        run: sources::page,
        shape: Shape::Plain,
        max_len: TEXT,
        endings: &["html"],
        words: &["src/tab/page.rs"],
    },
];
