//! The package around the parts of an office file: a ZIP whose bytes depend on its parts alone.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::tree::{Document, Error};
use crate::xml::escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Parts in the order in which they are written.
pub(crate) struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    pub(crate) fn new() -> Self {
        Package(ZipWriter::new(Cursor::new(Vec::new())))
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
pub(crate) fn core(document: &Document) -> String {
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
