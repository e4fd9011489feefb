//! Feeds any bytes to the reader of carriers under the name `a.txt`.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::read("a.txt", data));
