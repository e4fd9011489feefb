//! What everybody needs who reads a PDF: takes bytes, gives its objects, its fonts, and where something is drawn. Must
//! not decide what is text.

pub(crate) mod font;

use lopdf::{Dictionary, Document, LoadOptions, Object};

/// The largest stream that is unpacked while the file is opened.
const MAX_OBJECT_STREAM: usize = 32 << 20;
/// The largest stream that is unpacked later: its operations take several times its size.
pub(crate) const MAX_STREAM: u64 = 64 << 20;

/// Who says how much may still be unpacked.
pub(crate) trait Budget {
    /// How large something may become that is `packed` bytes long.
    fn allowance(&self, packed: usize) -> u64;

    /// Counts bytes that were unpacked.
    fn spend(&mut self, bytes: usize);
}

pub(crate) type Matrix = [f32; 6];
pub(crate) const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

pub(crate) fn multiply(a: &Matrix, b: &Matrix) -> Matrix {
    let [a0, a1, a2, a3, a4, a5] = *a;
    let [b0, b1, b2, b3, b4, b5] = *b;
    [
        a0 * b0 + a1 * b2,
        a0 * b1 + a1 * b3,
        a2 * b0 + a3 * b2,
        a2 * b1 + a3 * b3,
        a4 * b0 + a5 * b2 + b4,
        a4 * b1 + a5 * b3 + b5,
    ]
}

/// Opens a file.
pub(crate) fn load(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        ..LoadOptions::default()
    };
    // The parser is not ours: should it give up in its own way, the file is merely unreadable.
    std::panic::catch_unwind(|| Document::load_mem_with_options(bytes, options).ok())
        .ok()
        .flatten()
}

/// A resource by kind and name, in the nearest dictionary that has it.
pub(crate) fn lookup<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    resources.iter().find_map(|r| {
        r.get_deref(kind, document)
            .and_then(Object::as_dict)
            .ok()?
            .get(name)
            .ok()
    })
}
