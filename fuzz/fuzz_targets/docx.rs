//! Feeds any bytes to the reader of office documents as parts of `a.docx`: packed here, since no fuzzer finds a
//! zip's checksums by chance.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    common::read(
        "a.docx",
        &common::pack(&[("word/document.xml", data), ("docProps/core.xml", data)]),
    );
});
