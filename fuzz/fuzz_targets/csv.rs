//! Feeds any bytes to the reader of carriers under the name `a.csv`.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::read("a.csv", data));
