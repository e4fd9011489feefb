//! Feeds any bytes to the reader of office documents as parts of `a.xlsx`: packed here, since no fuzzer finds a
//! zip's checksums by chance.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    common::read(
        "a.xlsx",
        &common::pack(&[
            ("xl/sharedStrings.xml", data),
            ("xl/worksheets/sheet1.xml", data),
            ("xl/comments1.xml", data),
        ]),
    );
});
