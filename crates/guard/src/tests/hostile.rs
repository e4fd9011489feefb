//! Texts that are made to take long: the time must grow with their length, not with its square or cube.

use std::time::{Duration, Instant};

use super::recognizer;

/// A row of one letter took the cube of its length: every cut of every part of it was tried for two words.
#[test]
fn long_rows_take_no_longer_than_their_length() {
    let r = recognizer();
    for piece in [
        "C",
        "c",
        "с",
        "s",
        "sosh",
        "школа",
        "сош",
        "aB",
        "Ab",
        "C ",
        "с ",
        "s.",
        "a1",
        "14 ",
        "№",
        "«",
        "(",
        "-",
        "\u{ad}",
        "im. ",
        "и ",
        "А. ",
        "село ",
        "г. ",
        "1-",
        "%d0",
    ] {
        for before in ["школа ", "aB"] {
            let text = format!("{before}{}", piece.repeat(6_000 / piece.len()));
            let start = Instant::now();
            r.scan_text(&text);
            let took = start.elapsed();
            assert!(
                took < Duration::from_secs(10),
                "{before}{piece}{piece}…: {took:?}"
            );
        }
    }
}
