//! How the site gets into its place: the same bytes each time, whole or not at all, nothing foreign touched.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::place::{Place, assert_same, run, tree};

const NEWS: &str = "content/primer-2025/news/start.md";
const ORDER: &str = "content/primer-2025/orders/12-od.yaml";

#[test]
fn two_builds_are_the_same_to_the_byte() {
    let place = Place::new();
    let (first, second) = (Place::empty(), Place::empty());
    let out = |to: &Place| to.root().to_string_lossy().into_owned();
    place.must_build(&["--out", &out(&first)]);
    // Neither the times of files nor the number of threads reach the output.
    let old = SystemTime::now() - Duration::from_secs(400 * 24 * 3600);
    for name in tree(&place.path("content")).keys() {
        let file = fs::File::options()
            .write(true)
            .open(place.path("content").join(name))
            .expect("a file opened");
        file.set_modified(old).expect("a time set");
    }
    let mut command = place.command("build", &["--out", &out(&second)]);
    let single = run(command.env("RAYON_NUM_THREADS", "1"));
    assert_eq!(single.status, Some(0), "{}", single.said());
    assert_same(&tree(&first.path("site")), &tree(&second.path("site")));
    assert_same(&tree(&first.path("report")), &tree(&second.path("report")));
}

#[test]
fn building_again_changes_nothing() {
    let place = Place::new();
    place.must_build(&[]);
    let site = place.site();
    let run = place.must_build(&["--format", "json"]);
    assert_same(&site, &place.site());
    let all: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    for field in ["added", "changed", "removed"] {
        assert_eq!(all["summary"][field], 0, "{field}");
    }
}

#[cfg(unix)]
#[test]
fn files_that_did_not_change_are_taken_over_and_not_written_again() {
    use std::os::unix::fs::MetadataExt;
    let place = Place::new();
    let inode = |below: &str| fs::metadata(place.path(below)).expect("a file").ino();
    let (kept, changed) = (
        "output/site/assets/style.css",
        "output/site/primer-2025/news/start/index.html",
    );
    place.must_build(&[]);
    let before = (inode(kept), inode(changed));
    place.edit(NEWS, "Проект начался", "Проект продолжается");
    place.must_build(&[]);
    assert_eq!(inode(kept), before.0);
    assert!(place.read(changed).contains("Проект продолжается"));
    // A file that somebody spoilt is not taken over, though the record still has its right hash.
    let good = place.read(kept);
    place.write(kept, "спорчено");
    place.must_build(&[]);
    assert_eq!(place.read(kept), good);
}

#[test]
fn failed_build_leaves_the_site_as_it_was() {
    let place = Place::new();
    place.must_build(&[]);
    let site = place.site();
    place.edit(NEWS, "Проект начался", "Проект продолжается");
    place.edit(ORDER, "subject:", "subjekt:");
    let run = place.build(&[]);
    assert_eq!(run.status, Some(1));
    assert_same(&site, &place.site());
    place.edit(ORDER, "subjekt:", "subject:");
    place.must_build(&[]);
    assert_ne!(site, place.site());
}

#[test]
fn failed_first_build_leaves_no_site() {
    let place = Place::new();
    place.edit(ORDER, "subject:", "subjekt:");
    assert_eq!(place.build(&[]).status, Some(1));
    assert!(!place.path("output/site").exists());
}

#[test]
fn page_goes_with_its_source() {
    let place = Place::new();
    place.must_build(&[]);
    assert!(
        place
            .site()
            .contains_key("primer-2025/news/start/index.html")
    );
    place.remove(NEWS);
    place.must_build(&[]);
    let site = place.site();
    assert!(
        !site
            .keys()
            .any(|path| path.starts_with("primer-2025/news/start"))
    );
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("news/start/"), "{path}");
    }
    assert!(!place.path("output/site/primer-2025/news/start").exists());
}

#[test]
fn foreign_file_in_the_output_is_not_touched() {
    for name in ["site/otchet.docx", "site/primer-2025/svoe.html"] {
        let place = Place::new();
        place.must_build(&[]);
        place.write(&format!("output/{name}"), "важное");
        let before = tree(&place.path("output"));
        place.edit(NEWS, "Проект начался", "Проект продолжается");
        let run = place.build(&[]);
        assert_eq!(run.status, Some(2), "{}", run.said());
        assert_same(&before, &tree(&place.path("output")));
    }
}

#[test]
fn folder_with_foreign_files_is_refused() {
    let place = Place::new();
    place.write("drugoe/site/pismo.txt", "важное");
    let out = place.path("drugoe");
    let run = place.build(&["--out", &out.to_string_lossy()]);
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.said(), @r##"
status 2
── stderr
PLACE/drugoe/site/pismo.txt: ошибка: в папке «PLACE/drugoe/site» лежит то, чего программа не создавала: 1 чужой объект, первый — «PLACE/drugoe/site/pismo.txt»; заменять её нельзя [system.foreign]
  Что сделать: перенесите эти файлы в другое место или укажите другую папку: `--out ПАПКА`

1 ошибка
Под защитой: 2 школы.
Сайт не опубликован; то, что было опубликовано раньше, осталось как было.
"##);
    assert_eq!(tree(&out).len(), 1);
}

#[test]
fn page_edited_by_hand_is_not_lost_in_silence() {
    let place = Place::new();
    place.must_build(&[]);
    let page = place.read("output/site/index.html");
    place.write("output/site/index.html", page + "<!-- моя правка -->");
    let before = place.site();
    let run = place.build(&[]);
    // Either the file is put right again, as the program's own, or the build refuses; it never half does.
    match run.status {
        Some(0) => assert!(!place.read("output/site/index.html").contains("моя правка")),
        status => {
            assert_eq!(status, Some(2), "{}", run.said());
            assert_same(&before, &place.site());
        }
    }
}

#[test]
fn output_inside_the_sources_is_refused() {
    for inside in ["content", "content/primer-2025/out", "themes/out"] {
        let place = Place::new();
        place.write("themes/default/readme.txt", "тема\n");
        let before = tree(place.root());
        let out = place.path(inside);
        let run = place.build(&["--out", &out.to_string_lossy()]);
        assert_eq!(run.status, Some(2), "{}", run.said());
        assert_same(&before, &tree(place.root()));
    }
}

#[test]
fn strict_stops_at_warnings() {
    let place = Place::new();
    place.write("content/primer-2025/files/zabytyj.csv", "а\n");
    assert_eq!(place.check(&[]).status, Some(0));
    assert_eq!(place.check(&["--strict"]).status, Some(1));
    assert_eq!(place.build(&["--strict"]).status, Some(1));
    assert!(!place.path("output/site").exists());
    place.must_build(&[]);
    assert!(place.path("output/site/index.html").exists());
}

#[test]
fn check_does_not_publish() {
    let place = Place::new();
    let before = tree(place.root());
    assert_eq!(place.check(&[]).status, Some(0));
    assert_same(&before, &tree(place.root()));
    assert!(!place.path("output").exists());
}

#[test]
fn statuses_follow_the_day() {
    let place = Place::new();
    let statuses = |day: &str| {
        place.must_build(&["--today", day]);
        let data: serde_json::Value =
            serde_json::from_str(&place.read("output/site/primer-2025/roadmap/data.json"))
                .expect("JSON");
        data["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| format!("{} {}", row["no"], row["status"]))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let days: Vec<String> = ["2025-01-15", "2025-03-01", "2025-04-15", "2026-02-01"]
        .iter()
        .map(|day| format!("{day}\n{}", statuses(day)))
        .collect();
    insta::assert_snapshot!(days.join("\n\n"), @r##"
2025-01-15
"1.1." "due-soon"
"1.2." "under-way"
"2.1." "upcoming"
"2.1.1." "upcoming"

2025-03-01
"1.1." "done"
"1.2." "under-way"
"2.1." "due-soon"
"2.1.1." "upcoming"

2025-04-15
"1.1." "done"
"1.2." "no-record"
"2.1." "no-record"
"2.1.1." "due-soon"

2026-02-01
"1.1." "done"
"1.2." "no-record"
"2.1." "no-record"
"2.1.1." "no-record"
"##);
}

#[test]
fn only_the_site_is_in_the_site() {
    let place = Place::new();
    place.must_build(&[]);
    let folders: Vec<String> = fs::read_dir(place.path("output"))
        .expect("the output")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with('.'))
        .collect();
    for folder in folders {
        assert!(["site", "tabs", "report"].contains(&&*folder), "{folder}");
    }
    assert!(
        place
            .site()
            .keys()
            .all(|path| !path.contains("report") && !path.starts_with('.'))
    );
}

/// What a build says when all is well.
#[test]
fn words_of_a_good_build() {
    let place = Place::new();
    insta::assert_snapshot!(place.must_build(&[]).said(), @r##"
status 0
── stdout
Под защитой: 2 школы.
Опубликовано: 50 страниц. Новых файлов — 114, изменённых — 0, убранных — 0.
Откройте в браузере: PLACE/output/site/index.html
"##);
}
