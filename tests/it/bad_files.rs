//! Files that are no sources: wrong encodings, sizes, links, names, rights.

use std::fs;

use crate::place::{Place, assert_same, finding};

const ORDER: &str = "content/primer-2025/orders/12-od.yaml";
const NEWS: &str = "content/primer-2025/news/start.md";

/// The text in the encoding of old Windows.
fn windows_1251(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            'А'..='я' => (c as u32 - 'А' as u32 + 0xc0) as u8,
            'ё' => 0xb8,
            '№' => 0xb9,
            '«' => 0xab,
            '»' => 0xbb,
            '–' | '—' => 0x97,
            c if c.is_ascii() => c as u8,
            c => panic!("{c} is not in the table"),
        })
        .collect()
}

finding!(windows_encoding, p, {
    let bytes = windows_1251(&p.read(ORDER));
    p.write(ORDER, bytes);
    let bytes = windows_1251(&p.read(NEWS));
    p.write(NEWS, bytes);
});
finding!(utf_16, p, {
    let text = p.read(ORDER);
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    p.write(ORDER, little);
    let big: Vec<u8> = p
        .read(NEWS)
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    p.write(NEWS, big);
});
finding!(binary, p, {
    p.write(
        ORDER,
        b"PK\x03\x04\x00\x00\x00\x08\x08\x08\x00\x00text, text, text, text, text".as_slice(),
    );
});
finding!(empty_file, p, {
    p.write(NEWS, "");
    p.write(ORDER, " \n\n");
});
finding!(file_of_200_megabytes, p, {
    for name in ["bolshoj.yaml", "bolshoj.md"] {
        let file = fs::File::create(p.path("content/primer-2025").join(name)).expect("created");
        file.set_len(200 * 1024 * 1024).expect("a sparse file");
    }
});
finding!(attachment_of_200_megabytes, p, {
    p.append(NEWS, "\n[Запись](../files/zapis.mp4)\n");
    let file = fs::File::create(p.path("content/primer-2025/files/zapis.mp4")).expect("created");
    file.set_len(200 * 1024 * 1024).expect("a sparse file");
});

/// The mark at the beginning and Windows' line ends change nothing on the site.
#[test]
fn mark_and_line_ends_do_not_show() {
    let plain = Place::new();
    plain.must_build(&[]);
    let marked = Place::new();
    for (name, bytes) in crate::place::tree(&marked.path("content")) {
        if name.ends_with(".yaml") || name.ends_with(".md") {
            let text = String::from_utf8(bytes)
                .expect("text")
                .replace('\n', "\r\n");
            marked.write(&format!("content/{name}"), format!("\u{feff}{text}"));
        }
    }
    let run = marked.must_build(&[]);
    assert!(run.err.is_empty(), "{}", run.err);
    assert_same(&plain.site(), &marked.site());
}

/// A finding stands in the same place with either line end.
#[test]
fn findings_do_not_move_with_line_ends() {
    let said = |ends: &str| {
        let place = Place::new();
        place.edit(ORDER, "subject:", "subjekt:");
        let text = place.read(ORDER).replace('\n', ends);
        place.write(ORDER, text);
        place.check(&[]).said()
    };
    assert_eq!(said("\n"), said("\r\n"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    finding!(link_out_of_the_tree, p, {
        symlink(
            "/etc/hostname",
            p.path("content/primer-2025/files/imya.txt"),
        )
        .expect("a link");
    });
    finding!(link_into_private, p, {
        symlink(
            "../../private/registry.yaml",
            p.path("content/primer-2025/files/shkoly.yaml"),
        )
        .expect("a link");
    });
    finding!(link_to_a_folder, p, {
        symlink("../sosed-2024", p.path("content/primer-2025/sosed")).expect("a link");
    });
    finding!(link_to_nothing, p, {
        symlink("net.csv", p.path("content/primer-2025/files/ssylka.csv")).expect("a link");
    });
    finding!(link_to_itself, p, {
        symlink("ssylka.csv", p.path("content/primer-2025/files/ssylka.csv")).expect("a link");
    });

    /// A link to a file of the tree is that file.
    #[test]
    fn link_inside_the_tree_is_followed() {
        let place = Place::new();
        let target = place.path("content/primer-2025/files/kopiya.csv");
        symlink("pamyatka.csv", target).expect("a link");
        place.append(NEWS, "\n[Копия](../files/kopiya.csv)\n");
        place.must_build(&[]);
        let site = place.site();
        assert_eq!(
            site.get("primer-2025/files/kopiya.csv"),
            site.get("primer-2025/files/pamyatka.csv")
        );
    }

    /// Root reads everything, so there is nothing to see then.
    #[test]
    fn unreadable_file() {
        let place = Place::new();
        let path = place.path(NEWS);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("rights");
        if fs::read(&path).is_ok() {
            println!("skipped: this user may read everything");
            return;
        }
        let said = place.check(&[]).said();
        assert!(
            said.contains("[source.unreadable]") && said.contains(NEWS),
            "{said}"
        );
    }

    #[test]
    fn name_that_is_no_text() {
        use std::os::unix::ffi::OsStrExt;
        let place = Place::new();
        let name = std::ffi::OsStr::from_bytes(b"\xcf\xe0\xec\xff\xf2\xfc.csv");
        if fs::write(place.path("content/primer-2025/files").join(name), "a\n").is_err() {
            println!("skipped: this disk takes only names in Unicode");
            return;
        }
        crate::said::check(
            module_path!(),
            "name_that_is_no_text",
            &place.check(&[]).said(),
        );
    }

    #[test]
    fn pipe_among_the_sources() {
        let place = Place::new();
        let pipe = place.path("content/primer-2025/truba.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|s| s.success()) {
            println!("skipped: no mkfifo");
            return;
        }
        crate::said::check(
            module_path!(),
            "pipe_among_the_sources",
            &place.check(&[]).said(),
        );
    }
}
