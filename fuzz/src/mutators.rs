//! How inputs are changed. Containers are opened, changed inside and closed again: no fuzzer finds a checksum or the
//! end of a packed stream by chance, and without them it would test the outermost reader alone.
//!
//! Every other change is libFuzzer's own, on the bytes as they are, so that broken containers are tried as well.

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::fuzzer_mutate;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Plain,
    Zip,
    Gzip,
    Tar,
    Pdf,
}

/// What is unpacked of one container, at most.
const MOST: u64 = 256 << 10;

/// Changes `data[..size]` in place; gives the new size.
pub fn mutate(shape: Shape, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    // A piece many times over: what takes quadratic time shows in no other way.
    if dice.one_in(48) {
        return repeat(data, size, max_size, &mut dice);
    }
    let inside = if dice.one_in(2) {
        let input = &data[..size];
        match shape {
            Shape::Plain => None,
            Shape::Zip => zip(input, &mut dice),
            Shape::Gzip => gzip(input, &mut dice),
            Shape::Tar => tar(input, max_size, &mut dice),
            Shape::Pdf => pdf(input, &mut dice),
        }
    } else {
        None
    };
    match inside.filter(|new| new.len() <= max_size) {
        Some(new) => {
            data[..new.len()].copy_from_slice(&new);
            new.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
}

/// Random numbers that depend on the seed alone, as libFuzzer asks.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// libFuzzer's own change of a piece, which may grow a little.
fn changed(mut piece: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    let size = piece.len();
    let room = size + 1 + dice.below(256);
    piece.resize(room, 0);
    let size = fuzzer_mutate(&mut piece, size, room);
    piece.truncate(size);
    piece
}

fn repeat(data: &mut [u8], size: usize, max_size: usize, dice: &mut Dice) -> usize {
    let from = dice.below(size);
    let piece = data[from..size.min(from + 1 + dice.below(48))].to_vec();
    if piece.is_empty() || max_size <= from {
        return size.min(max_size);
    }
    let end = from + dice.below(max_size - from) + 1;
    for (to, byte) in data[from..end].iter_mut().zip(piece.iter().cycle()) {
        *to = *byte;
    }
    end
}

/// One entry changed, dropped, doubled or renamed.
fn zip(input: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(input)).ok()?;
    let mut entries = Vec::new();
    let mut left = MOST;
    for index in 0..archive.len().min(64) {
        let file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let method = file.compression();
        let mut content = Vec::new();
        file.take(left).read_to_end(&mut content).ok()?;
        left = left.saturating_sub(content.len() as u64);
        entries.push((name, method, content));
    }
    let which = dice.below(entries.len());
    match (dice.below(12), entries.get_mut(which)) {
        (_, None) => return None,
        (0, Some(_)) => {
            entries.remove(which);
        }
        (1, Some((name, ..))) => {
            let new = changed(std::mem::take(name).into_bytes(), dice);
            *name = String::from_utf8_lossy(&new).into_owned();
        }
        (2, Some(entry)) => {
            let mut copy = entry.clone();
            copy.0.insert(0, 'a');
            entries.push(copy);
        }
        (_, Some((.., content))) => *content = changed(std::mem::take(content), dice),
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, method, content) in entries {
        let method = match method {
            zip::CompressionMethod::Stored => method,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((method != zip::CompressionMethod::Stored).then_some(1));
        writer.start_file(name, options).ok()?;
        writer.write_all(&content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn gzip(input: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let decoder = flate2::bufread::GzDecoder::new(input);
    let header = decoder.header().cloned();
    decoder.take(MOST).read_to_end(&mut content).ok()?;
    let content = changed(content, dice);
    let mut builder = flate2::GzBuilder::new();
    if let Some(name) = header.as_ref().and_then(|h| h.filename()) {
        builder = builder.filename(name);
    }
    let mut writer = builder.write(Vec::new(), flate2::Compression::fast());
    writer.write_all(&content).ok()?;
    writer.finish().ok()
}

/// Any change, after which the checksum of every header is right again.
fn tar(input: &[u8], max_size: usize, dice: &mut Dice) -> Option<Vec<u8>> {
    let mut new = changed(input.to_vec(), dice);
    new.truncate(max_size);
    for block in new.chunks_exact_mut(512) {
        let header = block.get(257..262) == Some(b"ustar");
        if !header {
            continue;
        }
        block[148..156].fill(b' ');
        let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
        let digits = format!("{sum:06o}\0 ");
        block[148..156].copy_from_slice(digits.as_bytes());
    }
    Some(new)
}

/// One stream unpacked and changed, or one literal of a dictionary; all offsets are written anew.
fn pdf(input: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut document = lopdf::Document::load_mem(input).ok()?;
    let ids: Vec<lopdf::ObjectId> = document.objects.keys().copied().collect();
    let streams: Vec<_> = ids
        .iter()
        .filter(|id| {
            document
                .get_object(**id)
                .is_ok_and(|o| o.as_stream().is_ok())
        })
        .copied()
        .collect();
    let id = streams.get(dice.below(streams.len())).copied()?;
    let stream = document.get_object_mut(id).ok()?.as_stream_mut().ok()?;
    let content = stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone());
    if content.len() as u64 > MOST {
        return None;
    }
    stream.dict.remove(b"Filter");
    stream.dict.remove(b"DecodeParms");
    stream.set_plain_content(changed(content, dice));
    if dice.one_in(2) {
        let _ = stream.compress();
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Some(out)
}
