//! Feeds any bytes to the reader of carriers under the name `a.pdf`.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::read("a.pdf", data));
