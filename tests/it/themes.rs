//! `theme:` names a folder under `themes/`, and nothing of a theme lies elsewhere; what is wrong in its templates and assets is
//! told in them; pages name the versions of its files.

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

const NEWS: &str = "themes/default/templates/news.html";

finding!(template_syntax, p, {
    p.write(
        NEWS,
        "{% extends \"base.html\" %}\n{% block main %}\n  {{ page.title }\n{% endblock %}\n",
    );
});
finding!(template_unknown_field, p, {
    p.write(
        NEWS,
        "{% extends \"base.html\" %}\n{% block main %}\n  <p>{{ page.nichego }}</p>\n{% endblock %}\n",
    );
});
finding!(template_unknown_filter, p, {
    p.write(NEWS, "<p>{{ page.title | krasivo }}</p>\n");
});
finding!(template_parent_missing, p, {
    p.write(NEWS, "{% extends \"osnova.html\" %}\n");
});
finding!(template_part_missing, p, {
    p.write(NEWS, "{% include \"partials/net.html\" %}\n");
});
finding!(template_not_utf_8, p, {
    p.write(NEWS, b"<p>\xcd\xee\xe2\xee\xf1\xf2\xfc</p>\n".as_slice());
});
finding!(theme_missing, p, {
    p.append("content/site.yaml", "theme: krasivaya\n");
});

/// A file of the site's own theme takes the place of the built-in one, and only of that.
#[test]
fn one_file_is_overridden() {
    let place = Place::new();
    place.write(
        "themes/svoya/templates/partials/footer.html",
        "<footer class=\"site-footer\"><p>Свой подвал</p></footer>\n",
    );
    place.write("themes/svoya/assets/svoj.css", "p { margin: 0 }\n");
    place.append("content/site.yaml", "theme: svoya\n");
    place.must_build(&[]);
    let site = place.site();
    let home = String::from_utf8_lossy(&site["index.html"]).into_owned();
    assert!(home.contains("Свой подвал"));
    assert!(site.contains_key("assets/svoj.css") && site.contains_key("assets/style.css"));
}

/// Styles and scripts are known to pages by names with a version, so that an old copy is never taken for a new one.
#[test]
fn pages_name_the_version_of_their_style() {
    let place = Place::new();
    let style = |place: &Place| {
        place.must_build(&[]);
        let page = place.read("output/site/primer-2025/news/start/index.html");
        let (_, rest) = page
            .split_once("<link rel=\"stylesheet\" href=\"../../../")
            .expect("a style");
        rest.split('"').next().expect("an address").to_owned()
    };
    let before = style(&place);
    assert!(
        before.starts_with("assets/style.") && before.len() == "assets/style.12345678.css".len()
    );
    let site = place.site();
    assert!(site[&before] == site["assets/style.css"]);
    assert_eq!(style(&place), before);
    place.write("themes/default/assets/style.css", "p { margin: 0 }\n");
    let after = style(&place);
    assert_ne!(after, before);
    let site = place.site();
    assert_eq!(site[&after], b"p { margin: 0 }\n");
    assert!(!site.contains_key(&before));
}

/// A link that somebody shares comes with a picture, which is the theme's.
#[test]
fn shared_links_have_a_picture() {
    let place = Place::new();
    place.must_build(&[]);
    let page = place.read("output/site/index.html");
    assert!(page.contains(
        "<meta property=\"og:image\" content=\"https://obrazec.example/assets/share.png\">"
    ));
    assert!(place.site()["assets/share.png"].starts_with(b"\x89PNG"));
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
