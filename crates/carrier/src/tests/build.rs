//! Builders of small files.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip of the given entries.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, data) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ];
    entries.extend_from_slice(more);
    zip(&entries)
}

/// A paragraph of runs.
pub(super) fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs
        .iter()
        .map(|r| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{r}</w:t></w:r>"))
        .collect();
    format!("<w:p>{runs}</w:p>")
}

pub(super) fn gzip(name: &str, data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::GzBuilder::new()
        .filename(name)
        .write(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A PNG of one pixel with one more chunk in it.
pub(super) fn png(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], body: &[u8]| {
        out.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(body);
        out.extend_from_slice(kind);
        out.extend_from_slice(body);
        out.extend_from_slice(&crc.sum().to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    chunk(kind, body);
    chunk(b"IDAT", &deflate(&[0, 0]));
    chunk(b"IEND", &[]);
    out
}

/// A JPEG (of no real pixels) with the given segments.
pub(super) fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    for (marker, body) in segments {
        out.extend_from_slice(&[0xff, *marker]);
        out.extend_from_slice(&u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        out.extend_from_slice(body);
    }
    out.extend_from_slice(&[0xff, 0xda, 0, 4, 1, 2, 0x11, 0xff, 0x00, 0x22, 0xff, 0xd9]);
    out
}

/// EXIF with fields of the first directory; values longer than four bytes stand behind it.
pub(super) fn tiff(fields: &[(u16, u16, &[u8])]) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend_from_slice(&u16::try_from(fields.len()).unwrap().to_le_bytes());
    let mut tail = Vec::new();
    let base = 8 + 2 + 12 * fields.len() + 4;
    for (tag, kind, value) in fields {
        let unit = if *kind == 3 {
            2
        } else if *kind == 4 {
            4
        } else {
            1
        };
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&u32::try_from(value.len() / unit).unwrap().to_le_bytes());
        if value.len() <= 4 {
            let mut four = value.to_vec();
            four.resize(4, 0);
            out.extend_from_slice(&four);
        } else {
            out.extend_from_slice(&u32::try_from(base + tail.len()).unwrap().to_le_bytes());
            tail.extend_from_slice(value);
        }
    }
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&tail);
    out
}

pub(super) fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub(super) fn utf16be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// A PDF whose page shows `lines` with a CID font; each line is a list of pieces placed one behind the other.
pub(super) fn pdf(lines: &[&[&str]], mapped: bool) -> Vec<u8> {
    let mut letters: Vec<char> = lines
        .iter()
        .flat_map(|l| l.iter())
        .flat_map(|p| p.chars())
        .collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |c: char| letters.iter().position(|l| *l == c).unwrap() + 1;
    let mut content = String::from("BT /F1 10 Tf 50 700 Td ");
    for line in lines {
        content.push('[');
        for piece in *line {
            let hex: String = piece.chars().map(|c| format!("{:04x}", code(c))).collect();
            content.push_str(&format!("<{hex}> 20 "));
        }
        content.push_str("] TJ 0 -14 Td ");
    }
    content.push_str("ET");
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ",
    );
    map.push_str(&format!("{} beginbfchar ", letters.len()));
    for c in &letters {
        map.push_str(&format!("<{:04x}> <{:04x}> ", code(*c), u32::from(*c)));
    }
    map.push_str("endbfchar endcmap end");
    let to_unicode = if mapped { "/ToUnicode 7 0 R" } else { "" };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /Body /Encoding /Identity-H /DescendantFonts [6 0 R] {to_unicode} >>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Body /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
    ];
    assemble(&objects, "")
}

/// A PDF of the given objects, the catalogue first.
pub(super) fn assemble(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", i + 1).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes(),
    );
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .as_bytes(),
    );
    out
}
