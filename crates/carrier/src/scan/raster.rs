//! The pictures of a PDF as files of their own: takes a stream, gives bytes that a recogniser can open. Scanners keep pages
//! as JPEG, as fax (CCITT) or as bare samples; what is kept in another way is told. Must not decode a picture.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};

use super::Blind;
use crate::pdf::{Budget, MAX_STREAM};

/// A larger side is no page.
const MAX_SIDE: u64 = 30_000;
/// A picture with a smaller side is an ornament, a logo or a stamp.
pub(crate) const MIN_SIDE: u64 = 120;

/// What a dictionary says of its picture.
struct Facts<'a> {
    document: &'a Document,
    dict: &'a Dictionary,
}

impl Facts<'_> {
    fn get(&self, key: &[u8]) -> Option<&Object> {
        self.dict.get_deref(key, self.document).ok()
    }

    fn number(&self, key: &[u8]) -> u64 {
        let number = self.get(key).and_then(|n| n.as_i64().ok());
        number.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
    }

    fn filters(&self) -> Vec<Vec<u8>> {
        let name = |o: &Object| o.as_name().ok().map(<[u8]>::to_vec);
        match self.get(b"Filter") {
            Some(Object::Array(all)) => all.iter().filter_map(name).collect(),
            Some(one) => name(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The parameters of the last filter.
    fn parameters(&self) -> Option<&Dictionary> {
        match self.get(b"DecodeParms")? {
            Object::Array(all) => self
                .document
                .dereference(all.last()?)
                .ok()?
                .1
                .as_dict()
                .ok(),
            one => one.as_dict().ok(),
        }
    }

    /// Whether 0 stands for the lightest.
    fn inverted(&self) -> bool {
        let decode = self.get(b"Decode").and_then(|d| d.as_array().ok());
        let first = decode.and_then(|d| d.first()?.as_float().ok());
        first.is_some_and(|n| n > 0.5)
    }
}

/// How wide and high a picture is.
pub(crate) fn sides(document: &Document, stream: &Stream) -> (u64, u64) {
    let facts = Facts {
        document,
        dict: &stream.dict,
    };
    (facts.number(b"Width"), facts.number(b"Height"))
}

/// The picture of a stream as a file.
///
/// # Errors
/// Nothing here unpacks it, or it is larger than allowed.
pub(crate) fn file(
    document: &Document,
    stream: &Stream,
    budget: &mut dyn Budget,
) -> Result<Vec<u8>, Blind> {
    let facts = Facts {
        document,
        dict: &stream.dict,
    };
    let (width, height) = sides(document, stream);
    if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
        return Err(Blind::Unfit);
    }
    let filters = facts.filters();
    let filters: Vec<&[u8]> = filters.iter().map(Vec::as_slice).collect();
    match filters.as_slice() {
        // Files of their own.
        [b"DCTDecode" | b"DCT" | b"JPXDecode"] => Ok(stream.content.clone()),
        [b"FlateDecode" | b"Fl", b"DCTDecode" | b"DCT"] => {
            let allowed = budget.allowance(stream.content.len()).min(MAX_STREAM);
            let mut out = Vec::new();
            ZlibDecoder::new(stream.content.as_slice())
                .take(allowed)
                .read_to_end(&mut out)
                .map_err(|_| Blind::Unfit)?;
            budget.spend(out.len());
            Ok(out)
        }
        [b"CCITTFaxDecode" | b"CCF"] => fax(&facts, width, height, &stream.content),
        _ if filters.iter().any(|f| {
            matches!(
                *f,
                b"DCTDecode" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode"
            )
        }) =>
        {
            Err(Blind::Unfit)
        }
        _ => samples(&facts, stream, width, height, budget),
    }
}

/// A fax in the smallest TIFF.
fn fax(facts: &Facts<'_>, width: u64, height: u64, data: &[u8]) -> Result<Vec<u8>, Blind> {
    let parameters = facts.parameters();
    let integer = |key: &[u8]| parameters.and_then(|p| p.get(key).ok()?.as_i64().ok());
    let flag = |key: &[u8]| parameters.and_then(|p| p.get(key).ok()?.as_bool().ok());
    let k = integer(b"K").unwrap_or(0);
    let columns = integer(b"Columns")
        .and_then(|n| u64::try_from(n).ok())
        .unwrap_or(1728);
    let width = if columns > 0 { columns } else { width };
    let black_is_one = flag(b"BlackIs1").unwrap_or(false);
    let photometric = u32::from(black_is_one != facts.inverted());
    let small = |n: u64| u32::try_from(n).map_err(|_| Blind::Unfit);
    let length = u32::try_from(data.len()).map_err(|_| Blind::Unfit)?;
    // Tag, type (3 for two bytes, 4 for four), value.
    let mut entries: Vec<(u16, u16, u32)> = vec![
        (256, 4, small(width)?),
        (257, 4, small(height)?),
        (258, 3, 1),
        (259, 3, if k < 0 { 4 } else { 3 }),
        (262, 3, photometric),
        (273, 4, 0),
        (277, 3, 1),
        (278, 4, small(height)?),
        (279, 4, length),
    ];
    if k >= 0 {
        let aligned = flag(b"EncodedByteAlign").unwrap_or(false);
        entries.push((292, 4, u32::from(k > 0) | if aligned { 4 } else { 0 }));
    }
    let count = u16::try_from(entries.len()).unwrap_or(0);
    let begin = 8 + 2 + 12 * u32::from(count) + 4;
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(count.to_le_bytes());
    for (tag, kind, value) in entries {
        let value = if tag == 273 { begin } else { value };
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(1u32.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend(0u32.to_le_bytes());
    out.extend(data);
    Ok(out)
}

/// What the samples of a picture are.
enum Colours {
    Grey,
    Full,
    Ink,
    /// Three bytes for each number.
    Table(Vec<u8>),
}

fn colours(facts: &Facts<'_>, budget: &mut dyn Budget) -> Option<Colours> {
    let mask = facts.get(b"ImageMask").and_then(|m| m.as_bool().ok());
    if mask == Some(true) {
        return Some(Colours::Grey);
    }
    space(facts.document, facts.get(b"ColorSpace")?, budget, 0)
}

fn space(
    document: &Document,
    object: &Object,
    budget: &mut dyn Budget,
    depth: u32,
) -> Option<Colours> {
    let object = document.dereference(object).ok()?.1;
    if let Ok(name) = object.as_name() {
        return match name {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Colours::Grey),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Colours::Full),
            b"DeviceCMYK" | b"CMYK" => Some(Colours::Ink),
            _ => None,
        };
    }
    let parts = object.as_array().ok()?;
    let part = |n: usize| Some(document.dereference(parts.get(n)?).ok()?.1);
    match part(0)?.as_name().ok()? {
        b"CalGray" => Some(Colours::Grey),
        b"CalRGB" => Some(Colours::Full),
        b"ICCBased" => match part(1)?
            .as_stream()
            .ok()?
            .dict
            .get(b"N")
            .ok()?
            .as_i64()
            .ok()?
        {
            1 => Some(Colours::Grey),
            3 => Some(Colours::Full),
            4 => Some(Colours::Ink),
            _ => None,
        },
        b"Indexed" | b"I" if depth == 0 => {
            let bytes = match part(3)? {
                Object::String(bytes, _) => bytes.clone(),
                Object::Stream(stream) => stream.get_plain_content_with_limit(4096).ok()?,
                _ => return None,
            };
            budget.spend(bytes.len());
            match space(document, part(1)?, budget, depth + 1)? {
                Colours::Full => Some(Colours::Table(bytes)),
                Colours::Grey => Some(Colours::Table(
                    bytes.iter().flat_map(|b| [*b, *b, *b]).collect(),
                )),
                Colours::Ink => Some(Colours::Table(
                    bytes.chunks_exact(4).flat_map(paper).collect(),
                )),
                Colours::Table(_) => None,
            }
        }
        _ => None,
    }
}

/// Red, green and blue of four inks.
fn paper(inks: &[u8]) -> [u8; 3] {
    let ink = |n: usize| u16::from(inks.get(n).copied().unwrap_or(0));
    [0, 1, 2].map(|n| {
        let dark = (ink(n) + ink(3)).min(255);
        u8::try_from(255 - dark).unwrap_or(0)
    })
}

/// Bare samples as a portable map.
fn samples(
    facts: &Facts<'_>,
    stream: &Stream,
    width: u64,
    height: u64,
    budget: &mut dyn Budget,
) -> Result<Vec<u8>, Blind> {
    let allowed = budget.allowance(stream.content.len()).min(MAX_STREAM);
    let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
    let data = stream
        .get_plain_content_with_limit(allowed)
        .map_err(|_| Blind::Unfit)?;
    budget.spend(data.len());
    let colours = colours(facts, budget).ok_or(Blind::Unfit)?;
    let mask = facts
        .get(b"ImageMask")
        .is_some_and(|m| m.as_bool().unwrap_or(false));
    let bits = match facts.number(b"BitsPerComponent") {
        0 if mask => 1,
        bits => bits,
    };
    let inverted = facts.inverted();
    let side = |n: u64| usize::try_from(n).map_err(|_| Blind::Unfit);
    let (columns, rows) = (side(width)?, side(height)?);
    let parts = match colours {
        Colours::Grey | Colours::Table(_) => 1,
        Colours::Full => 3,
        Colours::Ink => 4,
    };
    let depth = side(bits)?;
    if !matches!(depth, 1 | 2 | 4 | 8 | 16) {
        return Err(Blind::Unfit);
    }
    let stride = (columns * parts * depth).div_ceil(8);
    if data.len() < stride.saturating_mul(rows) {
        return Err(Blind::Unfit);
    }
    let head = |kind: &str, rest: &str| format!("{kind}\n{columns} {rows}\n{rest}").into_bytes();
    if let (Colours::Grey, 1) = (&colours, depth) {
        // There 1 is black.
        let mut out = head("P4", "");
        let flip = if inverted { 0 } else { 0xff };
        out.extend(data.iter().take(stride * rows).map(|b| b ^ flip));
        return Ok(out);
    }
    let most = (1u32 << depth.min(8)) - 1;
    let scaled = |n: u32| u8::try_from(n * 255 / most.max(1)).unwrap_or(255);
    let sample = |row: &[u8], n: usize| -> u32 {
        let byte = |at: usize| u32::from(row.get(at).copied().unwrap_or(0));
        match depth {
            16 => byte(n * 2),
            8 => byte(n),
            _ => {
                let at = n * depth;
                (byte(at / 8) >> (8 - depth - at % 8)) & most
            }
        }
    };
    let grey = matches!(colours, Colours::Grey);
    let mut out = head(if grey { "P5" } else { "P6" }, "255\n");
    for row in data.chunks_exact(stride.max(1)).take(rows) {
        for column in 0..columns {
            let value = |n: usize| {
                let value = scaled(sample(row, column * parts + n));
                if inverted { 255 - value } else { value }
            };
            match &colours {
                Colours::Grey => out.push(value(0)),
                Colours::Full => out.extend([value(0), value(1), value(2)]),
                Colours::Ink => out.extend(paper(&[value(0), value(1), value(2), value(3)])),
                Colours::Table(table) => {
                    let at = usize::try_from(sample(row, column)).unwrap_or(0) * 3;
                    let colour = table.get(at..at + 3);
                    out.extend(colour.unwrap_or(&[255, 255, 255]));
                }
            }
        }
    }
    Ok(out)
}
