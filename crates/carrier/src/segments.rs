//! Where the pieces of a picture begin and end, and the fields of TIFF: what reading its metadata and taking it away
//! share. Takes bytes, gives places in them; must not read past what is there.

/// Where the entropy-coded data of a scan ends: at a marker that is no restart and no stuffed byte.
pub(crate) fn scan_end(data: &[u8]) -> usize {
    let mut from = 0;
    while let Some(i) = memchr::memchr(0xff, data.get(from..).unwrap_or_default()) {
        match data.get(from + i + 1) {
            Some(0 | 0xd0..=0xd7) => from += i + 2,
            Some(0xff) => from += i + 1,
            Some(_) => return from + i,
            None => break,
        }
    }
    data.len()
}

pub(crate) fn color_table(flags: u8) -> usize {
    if flags & 0x80 != 0 {
        3 << ((flags & 7) + 1)
    } else {
        0
    }
}

/// Where a chain of sub-blocks that begins at `at` ends.
pub(crate) fn sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let len = usize::from(*bytes.get(at)?);
        at += 1 + len;
        if len == 0 {
            return Some(at);
        }
    }
}

/// Byte order and the offset of the first directory.
pub(crate) fn tiff_head(tiff: &[u8]) -> Option<(bool, usize)> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    Some((big, number(tiff, 4, 4, big)?))
}

pub(crate) fn number(tiff: &[u8], at: usize, len: usize, big: bool) -> Option<usize> {
    let bytes = tiff.get(at..at.checked_add(len)?)?;
    let fold = |v: usize, b: &u8| (v << 8) | usize::from(*b);
    Some(if big {
        bytes.iter().fold(0, fold)
    } else {
        bytes.iter().rev().fold(0, fold)
    })
}

pub(crate) struct Field<'a> {
    pub(crate) tag: usize,
    pub(crate) kind: usize,
    pub(crate) value: &'a [u8],
}

/// The fields of one directory, and the offset of the next.
pub(crate) fn fields(tiff: &[u8], at: usize, big: bool) -> Option<(Vec<Field<'_>>, usize)> {
    let count = number(tiff, at, 2, big)?;
    let mut all = Vec::new();
    for i in 0..count {
        let entry = at + 2 + 12 * i;
        let (tag, kind) = (
            number(tiff, entry, 2, big)?,
            number(tiff, entry + 2, 2, big)?,
        );
        let unit = match kind {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let len = number(tiff, entry + 4, 4, big)?.saturating_mul(unit);
        let from = if len <= 4 {
            entry + 8
        } else {
            number(tiff, entry + 8, 4, big)?
        };
        let value = tiff.get(from..from.saturating_add(len)).unwrap_or_default();
        all.push(Field { tag, kind, value });
    }
    Some((all, number(tiff, at + 2 + 12 * count, 4, big).unwrap_or(0)))
}

/// Which way is up, as EXIF has it.
pub(crate) fn exif_orientation(tiff: &[u8]) -> Option<u16> {
    let (big, at) = tiff_head(tiff)?;
    let (all, _) = fields(tiff, at, big)?;
    let field = all.iter().find(|f| f.tag == 0x0112)?;
    u16::try_from(number(field.value, 0, 2, big)?).ok()
}
