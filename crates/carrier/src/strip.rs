//! Takes an image, gives it without what describes it: place, camera, author, comments. What is kept is on a
//! list, so that what nobody thought of is dropped. Pixels are not touched; the way up is kept.

use crate::segments::{color_table, exif_orientation, scan_end, sub_blocks};

/// Why an image was left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripError {
    /// Not JPEG, PNG, WebP or GIF.
    Unknown,
    /// Damaged: dropping parts of it might change what it shows.
    Malformed,
}

impl std::fmt::Display for StripError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            StripError::Unknown => "unknown",
            StripError::Malformed => "malformed",
        })
    }
}

impl std::error::Error for StripError {}

type Stripped = Result<Vec<u8>, StripError>;

/// The image without metadata: EXIF, GPS, XMP, IPTC, comments, text chunks and whatever follows its end.
pub fn strip_image_metadata(bytes: &[u8]) -> Result<Vec<u8>, StripError> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png(bytes),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => webp(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif(bytes),
        _ => Err(StripError::Unknown),
    }
}

/// A TIFF block that says nothing but which way is up.
fn orientation_block(orientation: u16) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    block.extend_from_slice(&orientation.to_be_bytes());
    block.extend_from_slice(&[0; 6]);
    block
}

fn jpeg(bytes: &[u8]) -> Stripped {
    let bad = StripError::Malformed;
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    let mut oriented = false;
    loop {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(&marker)) = (bytes.get(at), bytes.get(at + 1)) else {
            return Err(bad);
        };
        if marker == 0xd9 {
            out.extend_from_slice(&[0xff, 0xd9]);
            return Ok(out);
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            at += 2;
            continue;
        }
        let len = bytes
            .get(at + 2..at + 4)
            .and_then(|l| l.first_chunk())
            .map(|l| usize::from(u16::from_be_bytes(*l)))
            .ok_or(bad)?;
        let segment = bytes.get(at..at + 2 + len).ok_or(bad)?;
        let body = segment.get(4..).ok_or(bad)?;
        at += 2 + len;
        match marker {
            0xe0 if body.starts_with(b"JFIF\0") && body.len() >= 12 => {
                // Without the thumbnail.
                out.extend_from_slice(&[0xff, 0xe0, 0, 16]);
                out.extend_from_slice(body.get(..12).ok_or(bad)?);
                out.extend_from_slice(&[0, 0]);
            }
            0xe1 if !oriented && body.starts_with(b"Exif\0\0") => {
                let orientation = exif_orientation(body.get(6..).unwrap_or_default());
                if let Some(o) = orientation.filter(|o| (2..=8).contains(o)) {
                    oriented = true;
                    let block = orientation_block(o);
                    out.extend_from_slice(&[
                        0xff,
                        0xe1,
                        0,
                        u8::try_from(block.len() + 8).unwrap_or(0),
                    ]);
                    out.extend_from_slice(b"Exif\0\0");
                    out.extend_from_slice(&block);
                }
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => out.extend_from_slice(segment),
            0xee if body.starts_with(b"Adobe") => {
                out.extend_from_slice(&[0xff, 0xee, 0, 14]);
                out.extend_from_slice(body.get(..12).ok_or(bad)?);
            }
            0xc0..=0xcf | 0xdb..=0xdf => out.extend_from_slice(segment),
            0xda => {
                out.extend_from_slice(segment);
                let rest = bytes.get(at..).ok_or(bad)?;
                let end = scan_end(rest);
                out.extend_from_slice(rest.get(..end).ok_or(bad)?);
                at += end;
            }
            _ => {}
        }
    }
}

const PNG_KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP", b"mDCV", b"cLLI",
];

fn png(bytes: &[u8]) -> Stripped {
    let bad = StripError::Malformed;
    let mut out = bytes.get(..8).ok_or(bad)?.to_vec();
    let mut at = 8usize;
    loop {
        let len = bytes
            .get(at..at + 4)
            .and_then(|l| l.first_chunk())
            .map(|l| u32::from_be_bytes(*l))
            .and_then(|l| usize::try_from(l).ok())
            .ok_or(bad)?;
        let end = at
            .checked_add(12)
            .and_then(|e| e.checked_add(len))
            .ok_or(bad)?;
        let chunk = bytes.get(at..end).ok_or(bad)?;
        let kind = chunk.get(4..8).ok_or(bad)?;
        if PNG_KEPT.iter().any(|k| kind == k.as_slice()) {
            out.extend_from_slice(chunk);
        } else if kind == b"eXIf" {
            let orientation = exif_orientation(chunk.get(8..8 + len).unwrap_or_default());
            if let Some(o) = orientation.filter(|o| (2..=8).contains(o)) {
                let block = orientation_block(o);
                let mut body = b"eXIf".to_vec();
                body.extend_from_slice(&block);
                out.extend_from_slice(&u32::try_from(block.len()).unwrap_or(0).to_be_bytes());
                let mut crc = flate2::Crc::new();
                crc.update(&body);
                out.extend_from_slice(&body);
                out.extend_from_slice(&crc.sum().to_be_bytes());
            }
        }
        if kind == b"IEND" {
            return Ok(out);
        }
        at = end;
    }
}

fn webp(bytes: &[u8]) -> Stripped {
    let bad = StripError::Malformed;
    let mut out = bytes.get(..12).ok_or(bad)?.to_vec();
    let mut at = 12usize;
    let size = bytes
        .get(4..8)
        .and_then(|l| l.first_chunk())
        .map(|l| u32::from_le_bytes(*l))
        .and_then(|l| usize::try_from(l).ok())
        .ok_or(bad)?;
    let end = size
        .checked_add(8)
        .filter(|e| *e <= bytes.len())
        .ok_or(bad)?;
    let mut header = None;
    // Whether a block that says which way is up has been kept.
    let mut turned = false;
    while at < end {
        let len = bytes
            .get(at + 4..at + 8)
            .and_then(|l| l.first_chunk())
            .map(|l| u32::from_le_bytes(*l))
            .and_then(|l| usize::try_from(l).ok())
            .ok_or(bad)?;
        let next = at
            .checked_add(8)
            .and_then(|n| n.checked_add(len))
            .and_then(|n| n.checked_add(len & 1))
            .ok_or(bad)?;
        let chunk = bytes.get(at..next.min(end)).ok_or(bad)?;
        if chunk.len() < 8 + len {
            return Err(bad);
        }
        match chunk.get(..4) {
            Some(b"VP8X") => {
                // Its flags would be another chunk's bytes.
                if len < 10 {
                    return Err(bad);
                }
                header = Some(out.len() + 8);
                out.extend_from_slice(chunk);
            }
            Some(b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP") => {
                out.extend_from_slice(chunk)
            }
            Some(b"EXIF") => {
                let body = chunk.get(8..8 + len).unwrap_or_default();
                let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                if let Some(o) = exif_orientation(body).filter(|o| (2..=8).contains(o)) {
                    let block = orientation_block(o);
                    out.extend_from_slice(b"EXIF");
                    out.extend_from_slice(&u32::try_from(block.len()).unwrap_or(0).to_le_bytes());
                    out.extend_from_slice(&block);
                    turned = true;
                }
            }
            _ => {}
        }
        at = next;
    }
    if let Some(flags) = header.and_then(|h| out.get_mut(h)) {
        let exif = if turned { 0x08 } else { 0 };
        *flags = (*flags & !0x8c) | exif;
    }
    let size = u32::try_from(out.len() - 8).map_err(|_| bad)?.to_le_bytes();
    if let Some(place) = out.get_mut(4..8) {
        place.copy_from_slice(&size);
    }
    Ok(out)
}

fn gif(bytes: &[u8]) -> Stripped {
    let bad = StripError::Malformed;
    let flags = *bytes.get(10).ok_or(bad)?;
    let mut at = 13 + color_table(flags);
    let mut out = bytes.get(..at).ok_or(bad)?.to_vec();
    loop {
        match bytes.get(at) {
            Some(0x3b) => {
                out.push(0x3b);
                return Ok(out);
            }
            Some(0x2c) => {
                let flags = *bytes.get(at + 9).ok_or(bad)?;
                let data = at + 11 + color_table(flags);
                let end = sub_blocks(bytes, data).ok_or(bad)?;
                out.extend_from_slice(bytes.get(at..end).ok_or(bad)?);
                at = end;
            }
            Some(0x21) => {
                let end = sub_blocks(bytes, at + 2).ok_or(bad)?;
                let block = bytes.get(at..end).ok_or(bad)?;
                let looped = matches!(block.get(3..14), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0"));
                if block.get(1) == Some(&0xf9) || (block.get(1) == Some(&0xff) && looped) {
                    out.extend_from_slice(block);
                }
                at = end;
            }
            _ => return Err(bad),
        }
    }
}
