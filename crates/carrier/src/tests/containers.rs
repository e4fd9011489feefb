//! Archives.

use super::build::{gzip, zip};
use super::*;

#[test]
fn nested_archives() {
    let inner = zip(&[("записка.txt", "Приречная".as_bytes())]);
    let outer = zip(&[("внутри.zip", &inner)]);
    finds("a.zip", &outer, "Приречная");
    finds("a.zip", &outer, "записка.txt");
    clear("a.zip", &outer);
    let packed = gzip("Лесная.txt", "Приречная".as_bytes());
    finds("a.gz", &packed, "Приречная");
    finds("a.gz", &packed, "Лесная.txt");
    finds(
        "a.svgz",
        &gzip(
            "",
            "<svg><text>При<tspan>речная</tspan></text></svg>".as_bytes(),
        ),
        "Приречная",
    );
    let mut parts = Vec::new();
    read("a.zip", &outer, &Limits::default(), &mut |f| {
        parts.push(f.at.part)
    });
    assert!(
        parts.iter().any(|p| p == "внутри.zip/записка.txt"),
        "{parts:?}"
    );
}

#[test]
fn tar() {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_ustar();
    let text = "Приречная".as_bytes();
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    builder
        .append_data(&mut header, "папка/Дальняя.txt", text)
        .unwrap();
    let file = builder.into_inner().unwrap();
    finds("a.tar", &file, "Приречная");
    finds("a.tar", &file, "папка/Дальняя.txt");
    clear("a.tar", &file);
    finds("a.tgz", &gzip("", &file), "Приречная");
    let hidden = [&file[..], "Лесная".as_bytes()].concat();
    refused("a.tar", &hidden, Reason::Stowaway);
}

#[test]
fn bytes_between_entries_are_refused() {
    let file = zip(&[("a.txt", b"a")]);
    refused(
        "a.zip",
        &["Приречная средняя школа".as_bytes(), &file].concat(),
        Reason::Unknown,
    );
    refused(
        "a.zip",
        &[&file[..], "Приречная средняя школа".as_bytes()].concat(),
        Reason::Stowaway,
    );
}

#[test]
fn names_in_old_encodings() {
    // The name is replaced in place by one in CP866 of the same length.
    let name = encoding_rs::IBM866.encode("Приречная.txt").0.into_owned();
    let filler = "x".repeat(name.len());
    let mut file = zip(&[(&filler, b"a")]);
    for at in 0..file.len() - filler.len() {
        if file[at..].starts_with(filler.as_bytes()) {
            file[at..at + name.len()].copy_from_slice(&name);
        }
    }
    finds("a.zip", &file, "Приречная.txt");
}
