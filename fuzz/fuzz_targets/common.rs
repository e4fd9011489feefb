//! What all targets share: small limits, and a check that nothing is handed on beyond them.

use glasno::carrier::{Limits, read as lift};

/// Bounds that keep one run short.
pub fn limits() -> Limits {
    Limits {
        max_bytes: 1 << 20,
        max_inflated: 8 << 20,
        max_entries: 500,
        max_fragments: 100_000,
        ..Limits::default()
    }
}

/// Reads `data` under the name `path`; the fuzzer watches for panics, time and memory.
pub fn read(path: &str, data: &[u8]) {
    let limits = limits();
    let mut count = 0u64;
    lift(path, data, &limits, &mut |fragment| {
        assert!(!fragment.text.is_empty());
        count += 1;
    });
    assert!(count <= limits.max_fragments);
    let _ = glasno::carrier::strip_image_metadata(data);
}

/// A zip of the given entries.
#[allow(dead_code)]
pub fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in entries {
        let options = zip::write::SimpleFileOptions::default();
        writer
            .start_file(*name, options)
            .and_then(|()| Ok(writer.write_all(data)?))
            .expect("written to memory");
    }
    writer.finish().expect("written to memory").into_inner()
}
