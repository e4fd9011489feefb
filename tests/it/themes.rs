//! `theme:` names a folder under `themes/`, and nothing of a theme lies elsewhere.

use crate::place::{Place, finding};

finding!(theme_that_is_a_path, p, {
    p.write("content/primer-2025/files/evil/assets/own.js", "/*x*/\n");
    p.append(
        "content/site.yaml",
        "theme: \"../content/primer-2025/files/evil\"\n",
    );
});

/// Every way to say another place than a folder of `themes/`; each is told where it is written.
#[test]
fn nothing_but_a_folders_name_is_a_theme() {
    for value in [
        "../evil",
        "..",
        ".",
        "a/b",
        "a\\\\b",
        "/etc",
        "C:",
        "C:evil",
        "\\\\\\\\server\\\\share",
        "тема",
        "Svoya",
        "a b",
        "a.b",
        ".svoya",
        "con",
        "nul",
        "com1",
        "a\\u0000b",
    ] {
        let place = Place::new();
        place.append("content/site.yaml", &format!("theme: \"{value}\"\n"));
        let run = place.check(&["--format", "json"]);
        assert_eq!(run.status, Some(1), "{value}: {}", run.out);
        let found = &run.findings()[0];
        let at = (&found["code"], &found["path"], &found["line"]);
        let good = found["code"] == "theme.name" || value.contains("u0000");
        assert!(
            good && found["path"] == "content/site.yaml",
            "{value}: {at:?}"
        );
        assert!(found["line"].is_u64(), "{value}: {at:?}");
    }
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    fn codes(place: &Place) -> Vec<String> {
        place.append("content/site.yaml", "theme: svoya\n");
        let run = place.build(&["--format", "json"]);
        let mut codes = run.codes();
        codes.dedup();
        codes
    }

    #[test]
    fn a_theme_that_is_a_link_elsewhere_is_refused() {
        let place = Place::new();
        place.write("chuzhoe/assets/own.js", "/*x*/\n");
        fs::create_dir_all(place.path("themes")).expect("a folder");
        symlink("../chuzhoe", place.path("themes/svoya")).expect("a link");
        assert_eq!(codes(&place), ["theme.link-out"]);
        assert!(place.site().is_empty());
    }

    #[test]
    fn a_link_out_of_a_theme_is_refused() {
        for (target, code) in [
            ("../../../content/private/registry.yaml", "theme.link-out"),
            ("/etc/hostname", "theme.link-out"),
            ("../templates", "source.unreadable"),
            ("net.js", "source.unreadable"),
        ] {
            let place = Place::new();
            place.write("themes/svoya/assets/own.css", "p { margin: 0 }\n");
            place.write("themes/svoya/templates/partials/zametki.txt", "а\n");
            symlink(target, place.path("themes/svoya/assets/ssylka.txt")).expect("a link");
            assert_eq!(codes(&place), [code], "{target}");
        }
    }

    #[test]
    fn a_folder_linked_into_a_theme_is_refused() {
        let place = Place::new();
        place.write("chuzhoe/own.js", "/*x*/\n");
        fs::create_dir_all(place.path("themes/svoya")).expect("a folder");
        symlink("../../chuzhoe", place.path("themes/svoya/assets")).expect("a link");
        assert_eq!(codes(&place), ["theme.link-out"]);
    }

    #[test]
    fn a_link_inside_a_theme_is_the_file_it_leads_to() {
        let place = Place::new();
        place.write("themes/svoya/assets/own.css", "p { margin: 0 }\n");
        symlink("own.css", place.path("themes/svoya/assets/copy.css")).expect("a link");
        assert!(codes(&place).is_empty());
        let site = place.site();
        assert_eq!(site["assets/copy.css"], site["assets/own.css"]);
    }
}
