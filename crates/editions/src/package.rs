//! The package around the parts of an office file: a ZIP whose bytes depend on its parts alone.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::tree::{Document, Error};
use crate::xml::escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Kinds of relations begin so.
pub(crate) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts in the order in which they are written.
pub(crate) struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    fn new() -> Self {
        Package(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// A package of an office: its types of parts, where its main part lies, and what catalogues ask.
    pub(crate) fn begin(types: &str, main: &str, document: &Document) -> Result<Self, Error> {
        let mut package = Self::new();
        package.part("[Content_Types].xml", types)?;
        let core =
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        let parts = [
            (
                "rId1".into(),
                &*format!("{RELATIONS}/officeDocument"),
                main.into(),
                false,
            ),
            ("rId2".into(), core, "docProps/core.xml".into(), false),
        ];
        package.part("_rels/.rels", &relations(&parts))?;
        package.part("docProps/core.xml", &core_of(document))?;
        Ok(package)
    }

    /// Adds a part of XML without its first line.
    pub(crate) fn part(&mut self, path: &str, xml: &str) -> Result<(), Error> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .system(System::Unix)
            .unix_permissions(0o644)
            .last_modified_time(DateTime::default());
        self.0
            .start_file(path, options)
            .map_err(|e| Error::Writer(e.to_string()))?;
        let mut write = |text: &str| {
            let written = self.0.write_all(text.as_bytes());
            written.map_err(|e| Error::Writer(e.to_string()))
        };
        write(HEAD)?;
        write(xml)
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        let written = self.0.finish();
        Ok(written
            .map_err(|e| Error::Writer(e.to_string()))?
            .into_inner())
    }
}

/// `docProps/core.xml`: what catalogues ask of a file. It has no times: nothing here was made at one.
fn core_of(document: &Document) -> String {
    let mut xml = String::from(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
    );
    for (name, value) in [
        ("dc:title", &*document.title),
        ("dc:subject", &document.subject),
        ("dc:creator", &document.publisher),
        ("dc:identifier", &document.address),
        ("dc:language", document.language()),
    ] {
        if !value.is_empty() {
            xml.push_str(&format!("<{name}>{}</{name}>", escaped(value)));
        }
    }
    xml.push_str("</cp:coreProperties>");
    xml
}

/// A file of relations: id, kind and target of each, and whether it leads out of the package.
pub(crate) fn relations(list: &[(String, &str, String, bool)]) -> String {
    let mut xml = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (id, kind, target, outside) in list {
        xml.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"{}/>",
            escaped(target),
            if *outside {
                " TargetMode=\"External\""
            } else {
                ""
            }
        ));
    }
    xml.push_str("</Relationships>");
    xml
}
