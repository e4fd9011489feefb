//! Only ordinary files are read: whatever else lies in a file's place is told at once, and `private` stays private.

use crate::place::{Place, finding};

finding!(folder_named_private_in_a_section, p, {
    p.write("content/primer-2025/private/spisok.csv", "а;б\n");
    p.append(
        "content/primer-2025/news/start.md",
        "\n[Список](../private/spisok.csv)\n",
    );
});

/// What lies in a folder of that name is neither published nor checked, however its name is written.
#[test]
fn nothing_in_a_folder_named_private_is_read() {
    let place = Place::new();
    for folder in ["private", "Private", "files/private"] {
        let below = format!("content/primer-2025/{folder}/zametki.yaml");
        place.write(&below, "не: [читается\n");
    }
    let run = place.must_build(&[]);
    assert!(run.err.is_empty(), "{}", run.err);
}

finding!(folder_in_the_place_of_a_source, p, {
    p.write("content/primer-2025/pages/vopros.md/zametki.txt", "а\n");
});
finding!(folder_in_the_place_of_the_exceptions, p, {
    p.write("content/private/exceptions.yaml/zametki.txt", "а\n");
});
finding!(folder_in_the_place_of_the_registry, p, {
    p.remove("content/private/registry.yaml");
    p.write("content/private/registry.yaml/zametki.txt", "а\n");
});

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::process::Command;
    use std::time::Duration;

    use super::*;
    use crate::place::{program, within};

    /// Long for a slow machine, short for a wait that never ends.
    const AT_ONCE: Duration = Duration::from_secs(30);

    fn pipe(path: &Path) {
        if path.exists() {
            fs::remove_file(path).expect("removed");
        }
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.is_ok_and(|s| s.success()), "no mkfifo");
    }

    /// Every place from which a build reads, with a pipe in it that nobody ever writes into.
    #[test]
    fn a_pipe_is_told_wherever_a_build_reads() {
        for (below, code) in [
            ("content/site.yaml", "source.unreadable"),
            ("content/primer-2025/section.yaml", "source.unreadable"),
            (
                "content/primer-2025/files/pamyatka.csv",
                "source.unreadable",
            ),
            ("content/private/registry.yaml", "registry.unreadable"),
            ("content/private/registry.yaml.age", "registry.both"),
            ("content/private/exceptions.yaml", "source.unreadable"),
            ("content/private/reviews.yaml", "source.unreadable"),
            ("content/private/cache.key", "cache.unreadable"),
            ("output/.glasno/cleared", "cache.unreadable"),
            ("themes/default/templates/news.html", "source.unreadable"),
            ("themes/default/assets/style.css", "source.unreadable"),
            ("themes/default/tab/tab.css", "source.unreadable"),
        ] {
            let place = Place::new();
            place.must_build(&[]);
            pipe(&place.path(below));
            let run = place.run_within(AT_ONCE, "build", &["--format", "json"]);
            assert!(
                run.codes().contains(&code.to_owned()),
                "{below}: {}",
                run.out
            );
            let at = run.findings();
            let told = at.iter().filter(|f| f["code"] == code);
            let paths: Vec<_> = told.map(|f| f["path"].as_str().unwrap_or("")).collect();
            let own = below.trim_end_matches(".age");
            assert!(paths.iter().any(|p| p.ends_with(own)), "{below}: {paths:?}");
        }
    }

    #[test]
    fn a_pipe_is_told_when_files_are_audited() {
        let place = Place::new();
        place.write("site/a.txt", "текст\n");
        pipe(&place.path("site/b.txt"));
        pipe(&place.path("reestr.yaml"));
        for (registry, what, code) in [
            ("content/private/registry.yaml", "site", "system.unreadable"),
            (
                "content/private/registry.yaml",
                "site/b.txt",
                "system.unreadable",
            ),
            ("reestr.yaml", "site", "registry.unreadable"),
        ] {
            let mut command = program();
            command.args(["audit", "--format", "json", "--registry"]);
            command.arg(place.path(registry)).arg(place.path(what));
            let run = within(AT_ONCE, &mut command);
            assert_eq!(run.codes(), [code], "{}", run.out);
        }
    }

    #[test]
    fn a_device_and_a_socket_are_told() {
        let place = Place::new();
        place.remove("content/private/registry.yaml");
        symlink("/dev/zero", place.path("content/private/registry.yaml")).expect("a link");
        let run = place.run_within(AT_ONCE, "check", &[]);
        assert!(run.err.contains("канал или устройство"), "{}", run.err);
        let place = Place::new();
        let socket = place.path("content/private/exceptions.yaml");
        let _open = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        let run = place.run_within(AT_ONCE, "check", &[]);
        assert!(run.err.contains("канал или устройство"), "{}", run.err);
    }

    #[test]
    fn a_pipe_in_a_schools_folder_is_told() {
        let place = Place::new();
        let school = "content/private/tabs/r-01";
        for (name, code) in [
            ("school.yaml", "source.unreadable"),
            ("roadmap.yaml", "source.unreadable"),
            ("news/novost.md", "source.unreadable"),
            ("../shared.yaml", "source.unreadable"),
        ] {
            place.write(
                &format!("{school}/school.yaml"),
                "name: \"МБОУ СОШ № 00\"\n",
            );
            let at = place.path(school).join(name);
            pipe(&at);
            let words = ["--all", "--format", "json"];
            let mut command = program();
            command.args(["tab", "build"]).args(words).arg(place.root());
            let run = within(AT_ONCE, &mut command);
            assert!(
                run.codes().contains(&code.to_owned()),
                "{name}: {}",
                run.said()
            );
            fs::remove_file(at).expect("removed");
        }
    }

    /// A link of the file system that leads into a folder named private, of the portal or of a section.
    #[test]
    fn a_link_into_any_private_folder_is_refused() {
        let place = Place::new();
        place.write("content/sosed-2024/private/a.csv", "а;б\n");
        let link = place.path("content/primer-2025/files/ssylka.csv");
        symlink("../../sosed-2024/private/a.csv", link).expect("a link");
        let run = place.check(&["--format", "json"]);
        assert_eq!(run.codes(), ["source.link-private"], "{}", run.out);
    }

    /// A school's folder gives out nothing of another's.
    #[test]
    fn a_link_out_of_a_schools_folder_is_refused() {
        let place = Place::new();
        let tabs = "content/private/tabs";
        place.write(
            &format!("{tabs}/r-02/news/chuzhaya.md"),
            "---\nkind: news\ntitle: \"Чужое\"\ndate: 2025-02-01\n---\nЧужое.\n",
        );
        place.write(
            &format!("{tabs}/r-01/school.yaml"),
            "name: \"МБОУ СОШ № 00\"\n",
        );
        place.write(&format!("{tabs}/r-01/news/.keep"), "");
        let link = place.path(&format!("{tabs}/r-01/news/svoya.md"));
        symlink("../../r-02/news/chuzhaya.md", link).expect("a link");
        let mut command = program();
        command.args(["tab", "build", "--school", "r-01", "--format", "json"]);
        let run = within(AT_ONCE, command.arg(place.root()));
        assert!(
            run.codes().contains(&"tab.file-outside".to_owned()),
            "{}",
            run.said()
        );
    }

    /// The secret with which the record is sealed is nobody else's business on a shared machine.
    #[test]
    fn the_secret_beside_the_registry_is_private() {
        let place = Place::new();
        place.must_build(&[]);
        let key = place.path("content/private/cache.key");
        let mode = fs::metadata(&key).expect("a key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{mode:o}");
        // A key that an earlier version left readable.
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("rights");
        place.must_build(&[]);
        let mode = fs::metadata(&key).expect("a key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{mode:o}");
    }
}
