//! `glasno review`: a person's look at what no program can read, recorded once a file.

use std::io::Write;
use std::process::Stdio;

use crate::place::{Place, Run, TODAY, program, run};

/// A picture of one dot.
pub(crate) const DOT: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72,
    175, 164, 113, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];
/// Another one.
const LIGHT: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 248, 15, 0, 1, 1, 1, 0, 177,
    56, 246, 20, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// A site whose news leads to one more file.
fn with_file(name: &str, bytes: &[u8]) -> Place {
    let place = Place::new();
    place.write(&format!("content/primer-2025/files/{name}"), bytes);
    place.write(
        "content/primer-2025/news/skan.md",
        format!(
            "---\nkind: news\ntitle: \"Подписан приказ\"\ndate: 2025-02-01\npublished: 2025-02-01\n---\nСкан: [файл](../files/{name}).\n"
        ),
    );
    place
}

fn look(place: &Place, file: &str, words: &[&str], answers: &str) -> Run {
    let mut child = program()
        .arg("review")
        .arg(place.path(file))
        .args(["--no-open", "--today", TODAY])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("its input");
    let _ = input.write_all(answers.as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("its end");
    Run {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
    .without(place.root())
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn a_scan_is_published_once_somebody_has_looked() {
    let file = "content/primer-2025/files/skan.png";
    let place = with_file("skan.png", DOT);
    let refused = place.build(&[]);
    assert_eq!(refused.status, Some(1), "{}", refused.said());
    assert!(refused.err.contains("glasno review"), "{}", refused.said());
    let seen = look(&place, file, &[], "да\nЛугова Н. П.\n");
    assert_eq!(seen.status, Some(0), "{}", seen.said());
    insta::assert_snapshot!(place.read("content/private/reviews.yaml"), @r##"
- hash: "6a9c70f9fe5edf37ed7718db9973982627db7d0ca676b7c0ec9d4c88359bfefd"
  file: "content/primer-2025/files/skan.png"
  who: "Лугова Н. П."
  when: "2025-03-01"
"##);
    place.must_build(&[]);
    let again = look(&place, file, &[], "");
    assert_eq!(again.status, Some(0));
    assert!(again.out.contains("уже записан"), "{}", again.said());
    // Another picture under the old name is another picture.
    place.write(file, LIGHT);
    assert_eq!(place.build(&[]).status, Some(1));
}

#[test]
fn a_file_of_many_pictures_is_one_look() {
    let file = "content/primer-2025/files/skany.zip";
    let parts: [(&str, &[u8]); 2] = [("1.png", DOT), ("2.png", LIGHT)];
    let place = with_file("skany.zip", &archive(&parts));
    let refused = place.build(&["--format", "json"]);
    let pictures: Vec<_> = refused
        .findings()
        .into_iter()
        .filter(|f| f["code"] == "carrier.picture")
        .collect();
    assert_eq!(pictures.len(), 1, "{}", refused.said());
    let seen = look(&place, file, &["--who", "Лугова Н. П.", "--yes"], "");
    assert_eq!(seen.status, Some(0), "{}", seen.said());
    place.must_build(&[]);
}

#[test]
fn no_word_no_record() {
    let file = "content/primer-2025/files/skan.png";
    for (words, answers) in [
        (&[][..], "нет\n"),
        (&[][..], ""),
        (&[][..], "да\n\n"),
        (&["--who", "Лугова Н. П."][..], "не помню\n"),
    ] {
        let place = with_file("skan.png", DOT);
        let seen = look(&place, file, words, answers);
        assert_ne!(seen.status, Some(0), "{}", seen.said());
        assert!(!place.path("content/private/reviews.yaml").exists());
    }
}

#[test]
fn what_is_written_in_a_file_cannot_be_looked_away() {
    let school = "МБОУ «Заречная СОШ»";
    let registry = Place::new().read("content/private/registry.yaml");
    let name = registry
        .lines()
        .find_map(|l| l.trim().strip_prefix("name: "))
        .map_or(school, |n| n.trim_matches('"'))
        .to_owned();
    let parts: [(&str, &[u8]); 2] = [("1.png", DOT), ("o.txt", name.as_bytes())];
    let place = with_file("skany.zip", &archive(&parts));
    let file = "content/primer-2025/files/skany.zip";
    let seen = look(&place, file, &["--who", "Лугова Н. П.", "--yes"], "");
    assert_eq!(seen.status, Some(1), "{}", seen.said());
    assert!(seen.err.contains("disclosure."), "{}", seen.said());
    assert!(!seen.said().contains(&name), "{}", seen.said());
    assert!(!place.path("content/private/reviews.yaml").exists());
}

#[test]
fn only_what_is_published_is_looked_at() {
    let place = with_file("skan.png", DOT);
    place.write("content/private/skan.png", DOT);
    place.write("skan.png", DOT);
    for file in ["content/private/skan.png", "skan.png"] {
        let seen = look(&place, file, &["--who", "Лугова Н. П.", "--yes"], "");
        assert_eq!(seen.status, Some(1), "{}", seen.said());
    }
    let text = look(
        &place,
        "content/primer-2025/section.yaml",
        &["--who", "Лугова Н. П.", "--yes"],
        "",
    );
    assert_eq!(text.status, Some(0), "{}", text.said());
    assert!(!place.path("content/private/reviews.yaml").exists());
    let without = run(program().args(["review", "--yes"]));
    assert_eq!(without.status, Some(2));
}

#[test]
fn records_that_are_there_stay_as_they_are() {
    let place = with_file("skan.png", DOT);
    let old = "# наши просмотры\n- hash: \"0000000000000000000000000000000000000000000000000000000000000000\"\n  file: old.png\n  who: Лугова Н. П.\n  when: 2025-01-10";
    place.write("content/private/reviews.yaml", old);
    // The last reviewer is proposed.
    let seen = look(&place, "content/primer-2025/files/skan.png", &[], "да\n\n");
    assert_eq!(seen.status, Some(0), "{}", seen.said());
    let now = place.read("content/private/reviews.yaml");
    assert!(
        now.starts_with(old) && now.contains("who: \"Лугова Н. П.\""),
        "{now}"
    );
    // A broken file is told, and not added to.
    place.write("content/private/reviews.yaml", "hash: 1\n");
    place.write("content/primer-2025/files/skan.png", LIGHT);
    let words = ["--who", "Лугова Н. П.", "--yes"];
    let seen = look(&place, "content/primer-2025/files/skan.png", &words, "");
    assert_eq!(seen.status, Some(1), "{}", seen.said());
    assert_eq!(place.read("content/private/reviews.yaml"), "hash: 1\n");
}
