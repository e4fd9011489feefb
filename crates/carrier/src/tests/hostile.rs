//! Bombs, truncated and mutated files: nothing here may panic, hang, or pass as read.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::build::{docx, gzip, jpeg, paragraph, pdf, png, tiff, zip};
use super::*;

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut tar = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_ustar();
    header.set_size(4);
    tar.append_data(&mut header, "a.txt", &b"abcd"[..]).unwrap();
    vec![
        ("a.html", "<!doctype html><table><tr><td rowspan=2>Луговой<td a='б&amp;'>Школа</table><script>'\\u0430'+\"б\"</script><!-- x -->".into()),
        ("a.md", "# Имя\n\n| а | б |\n|---|---|\n| в | г |\n\n[x](y) `z`".into()),
        ("a.xml", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"в\">]><a b='&b;'>&b;<![CDATA[г]]></a>".into()),
        ("a.json", "[{\"а\":\"\\u0431\",\"в\":[1,{}]},\"г\"]".into()),
        ("a.csv", "а;б\n\"в;г\";д\n".into()),
        ("a.ics", "BEGIN:VCALENDAR\r\nSUMMARY;X=\"y:z\":При\r\n речная\r\n".into()),
        ("a.eml", "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n\r\nтекст\r\n--z--".into()),
        ("a.rtf", br"{\rtf1\ansi\ansicpg1251{\pict 0102030405060708}\u1088?\'cf\par}".to_vec()),
        ("a.docx", docx(&paragraph(&["При", "речная"]), &[("docProps/core.xml", b"<a><dc:title>x</dc:title></a>")])),
        ("a.zip", zip(&[("b.txt", b"text"), ("c.gz", &gzip("d", b"text"))])),
        ("a.tar", tar.into_inner().unwrap()),
        ("a.png", png(b"tEXt", b"Comment\0text")),
        ("a.jpg", jpeg(&[(0xe1, &[b"Exif\0\0", &tiff(&[(0x010e, 2, b"text text\0"), (0x8769, 4, &[8, 0, 0, 0])])[..]].concat())])),
        ("a.gif", b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe\x05Prire\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b".to_vec()),
        ("a.pdf", pdf(&[&["При", "речная"]], true)),
        ("a.txt", b"\xff\xfea\0b\0".to_vec()),
        (
            "a.xlsx",
            zip(&[
                ("xl/sharedStrings.xml", b"<sst><si><t>x</t></si></sst>"),
                ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"),
            ]),
        ),
        (
            "a.odt",
            zip(&[("content.xml", b"<a><text:p>x<text:s/></text:p><table:table><table:table-row><table:table-cell table:number-columns-repeated=\"9\"><text:p>y</text:p></table:table-cell></table:table-row></table:table></a>")]),
        ),
    ]
}

#[test]
fn truncated_anywhere() {
    for (name, bytes) in samples() {
        for end in 0..bytes.len() {
            let part = &bytes[..end];
            lift(name, part);
            lift("unknown", part);
            let _ = strip_image_metadata(part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_anywhere(which in 0usize..18, edits in prop::collection::vec((prop::num::usize::ANY, prop::num::u8::ANY, 0u8..3), 1..12)) {
        let all = samples();
        let (name, mut bytes) = all[which % all.len()].clone();
        for (at, value, kind) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at % bytes.len();
            match kind {
                0 => bytes[at] = value,
                1 => bytes.insert(at, value),
                _ => { bytes.remove(at); }
            }
        }
        lift(name, &bytes);
        let _ = strip_image_metadata(&bytes);
    }

    #[test]
    fn any_text(text in "[<>&;/a-cПр\"'=!\\[\\]{}:,\\\\u0-9 \n%-]{0,80}") {
        for name in ["a.html", "a.md", "a.xml", "a.json", "a.js", "a.csv", "a.ics", "a.eml", "a.txt", "a.rtf"] {
            lift(name, text.as_bytes());
        }
    }
}

#[track_caller]
fn quick(name: &str, bytes: &[u8]) -> Outcome {
    let start = Instant::now();
    let outcome = read(name, bytes, &Limits::default(), &mut |_| {});
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{name}: {:?}",
        start.elapsed()
    );
    outcome
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 4 << 20];
    refused("a.zip", &zip(&[("a.txt", &zeros)]), Reason::Bomb);
    refused("a.gz", &gzip("a.txt", &zeros), Reason::Bomb);
    let mut deep = b"text".to_vec();
    for _ in 0..20 {
        deep = zip(&[("a.zip", &deep)]);
    }
    refused("a.zip", &deep, Reason::TooDeep);
    let mut data = String::from("x");
    for _ in 0..12 {
        data = format!(
            "<iframe srcdoc='{}'>",
            data.replace('&', "&amp;")
                .replace('\'', "&#39;")
                .replace('<', "&lt;")
        );
    }
    refused(
        "a.html",
        format!("<!doctype html>{data}").as_bytes(),
        Reason::TooDeep,
    );
}

#[test]
fn overlapping_entries_are_refused() {
    let mut file = zip(&[
        ("a.txt", b"one and the same text for both"),
        ("b.txt", b"one and the same text for both"),
    ]);
    // The second entry of the directory is sent to the first one's header.
    let second = memchr::memmem::rfind(&file, b"PK\x01\x02").unwrap();
    file[second + 42..second + 46].copy_from_slice(&[0; 4]);
    refused("a.zip", &file, Reason::Overlap);
}

#[test]
fn limits_hold() {
    let limits = Limits {
        max_bytes: 10,
        ..Limits::default()
    };
    let outcome = read("a.txt", b"more than ten bytes", &limits, &mut |_| {});
    assert_eq!(outcome.unreadable[0].reason, Reason::TooLarge);
    let limits = Limits {
        max_fragments: 3,
        ..Limits::default()
    };
    let mut count = 0;
    let outcome = read("a.txt", b"a\n\nb\n\nc\n\nd\n\ne", &limits, &mut |_| {
        count += 1
    });
    assert_eq!(count, 3);
    assert_eq!(outcome.unreadable[0].reason, Reason::TooManyFragments);
}

#[test]
fn unbalanced_markup_stays_linear() {
    for piece in [
        "<a b=\"",
        "<!--",
        "<a ",
        "</",
        "<![CDATA[",
        "<table>",
        "<td>",
        "<td rowspan=9>",
        "<p hidden>",
        "&",
        "&#",
        "<script>",
        "<script>'",
        "<q>",
        "<bdo dir=rtl>",
        "<i hidden>x",
        "<svg><title>",
    ] {
        let page = format!("<!doctype html>{}", piece.repeat(20_000));
        quick("a.html", page.as_bytes());
        quick(
            "a.xml",
            format!("<?xml version=\"1.0\"?>{}", piece.repeat(20_000)).as_bytes(),
        );
    }
    for piece in ["[", "{\"a\":", "\"", "\\u", "{\"a\":[", "[{},"] {
        quick("a.json", piece.repeat(60_000).as_bytes());
        quick("a.js", piece.repeat(60_000).as_bytes());
    }
    for piece in ["[", "*", "**a ", "`", "> ", "- ", "<a ", "|", "![", "_a"] {
        quick("a.md", piece.repeat(20_000).as_bytes());
    }
    for piece in ["{\\", "{\\*", "\\'", "\\u1?", "{\\pict ff", "\\bin9 "] {
        quick(
            "a.rtf",
            format!("{{\\rtf1{}", piece.repeat(20_000)).as_bytes(),
        );
    }
    for piece in [";", "\"", "a\n", ",\""] {
        quick("a.csv", piece.repeat(40_000).as_bytes());
    }
    quick(
        "a.ics",
        format!("BEGIN:VCALENDAR\r\n{}", "A;B=\"\r\n :".repeat(20_000)).as_bytes(),
    );
    quick(
        "a.ics",
        format!(
            "BEGIN:VCALENDAR\r\nA;ENCODING=QUOTED-PRINTABLE:{}",
            "=\r\n".repeat(20_000)
        )
        .as_bytes(),
    );
    quick(
        "a.eml",
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n{}",
            "--a\r\n".repeat(20_000)
        )
        .as_bytes(),
    );
    quick(
        "a.eml",
        format!(
            "MIME-Version: 1.0\r\nSubject: {}\r\n\r\n",
            "=?a?q?".repeat(20_000)
        )
        .as_bytes(),
    );
    quick("a.js", format!("'{}", "\\'".repeat(40_000)).as_bytes());
    quick("a.css", "url(".repeat(40_000).as_bytes());
    quick("a.js", "fromCharCode(1,".repeat(50_000).as_bytes());
    quick(
        "a.vcf",
        format!(
            "BEGIN:VCARD\r\nA;ENCODING=QUOTED-PRINTABLE:{}",
            "abcdefghijklmnopqrstuvwxyz=\r\n".repeat(30_000)
        )
        .as_bytes(),
    );
    let spans = "<td rowspan=60000 colspan=64>x".repeat(40);
    quick(
        "a.html",
        format!("<!doctype html><table><tr>{spans}{}", "<tr>".repeat(40_000)).as_bytes(),
    );
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"{}\">]><a>{}</a>",
        "x".repeat(4000),
        "&b;".repeat(50_000)
    );
    assert!(
        quick("a.xml", bomb.as_bytes())
            .unreadable
            .iter()
            .any(|u| u.reason == Reason::Bomb)
    );
    quick("a.txt", "xn--".repeat(40_000).as_bytes());
    quick("a.txt", "%25".repeat(40_000).as_bytes());
}
