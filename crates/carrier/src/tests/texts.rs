//! Plain text, CSV, JSON, calendars, mail, RTF.

use super::*;

const NAME: &str = "Приречная средняя школа";

#[test]
fn encodings_of_text() {
    let text = format!("В этом году {NAME} примет гостей.");
    for encoding in [
        encoding_rs::WINDOWS_1251,
        encoding_rs::KOI8_R,
        encoding_rs::IBM866,
        encoding_rs::X_MAC_CYRILLIC,
    ] {
        finds("a.txt", &encoding.encode(&text).0, NAME);
        finds("a.txt", &encoding.encode(NAME).0, NAME);
    }
    finds("a.txt", &build::utf16le(&text), NAME);
    finds("a.txt", &build::utf16be(&text), NAME);
    for (mark, bytes) in [
        (&[0xff, 0xfe][..], build::utf16le(NAME)),
        (&[0xfe, 0xff], build::utf16be(NAME)),
    ] {
        finds("a.txt", &[mark, &bytes].concat(), NAME);
    }
    let mut mixed = "Первая строка\n".as_bytes().to_vec();
    mixed.extend_from_slice(&encoding_rs::WINDOWS_1251.encode(&text).0);
    finds("a.txt", &mixed, NAME);
    finds("a.txt", &mixed, "Первая строка");
    finds("a.txt", "При\0речная".as_bytes(), "Приречная");
}

#[test]
fn encodings_inside_text() {
    finds(
        "a.txt",
        "см. https://a.ru/%D0%9F%D1%80%D0%B8речная/".as_bytes(),
        "Приречная",
    );
    finds(
        "a.yaml",
        "name: \"\\u041fриречная\"".as_bytes(),
        "Приречная",
    );
    finds("a.txt", "&#1055;риречная".as_bytes(), "Приречная");
}

#[test]
fn paths() {
    finds(
        "docs/%D0%9F%D1%80%D0%B8речная.txt",
        b"x",
        "docs/Приречная.txt",
    );
    finds("docs/prirechnaya.txt", b"x", "docs/prirechnaya.txt");
}

#[test]
fn csv() {
    let source = "район;школа\nЛуговой;\"Школа; № 5\"\n";
    assert_eq!(cells("a.csv", source.as_bytes(), "Школа; № 5"), [(1, 1)]);
    assert_eq!(
        cells("a.csv", "a\tb\nЛуговой\tШкола 5\n".as_bytes(), "Школа 5"),
        [(1, 1)]
    );
    finds(
        "a.csv",
        &encoding_rs::WINDOWS_1251
            .encode(&format!("a;b\n1;{NAME}\n"))
            .0,
        NAME,
    );
}

#[test]
fn json() {
    let source = r#"{"rows":[{"place":"Луговой","school":"\u041f\u0440иречная"},{"place":"Лесной","school":"Дальняя"}]}"#;
    assert_eq!(cells("a.json", source.as_bytes(), "Приречная"), [(1, 1)]);
    assert_eq!(cells("a.json", source.as_bytes(), "Лесной"), [(2, 0)]);
    let source = r#"[{"slug":"prirechnaya-school-five","place":"Лесной"}]"#;
    assert_eq!(cells("a.json", source.as_bytes(), "prirechnaya"), [(1, 0)]);
    finds("a.json", r#"{"Приречная":1}"#.as_bytes(), "Приречная");
    finds(
        "a.json",
        r#"{"html":"<p>При<b>речная</b>"}"#.as_bytes(),
        "Приречная",
    );
    finds(
        "a.json",
        r#"{"x":"0J/RgNC40YDQtdGH0L3QsNGP"}"#.as_bytes(),
        "Приречная",
    );
    finds("a.json", r#"{"x":"Приречная"#.as_bytes(), "Приречная");
    assert_eq!(
        cells(
            "a.ndjson",
            "{\"a\":\"раз\"}\n{\"a\":\"два\"}\n".as_bytes(),
            "два"
        ),
        [(2, 0)]
    );
    finds("a", br#"{"x":"\u041f\u0440"}"#, "Пр");
}

#[test]
fn calendars() {
    finds(
        "a.ics",
        "BEGIN:VCALENDAR\r\nSUMMARY:Прирech\r\nDESCRIPTION:При\r\n речная\\, школа\r\n".as_bytes(),
        "Приречная, школа",
    );
    let bytes = "BEGIN:VCALENDAR\r\nSUMMARY:Приречная".as_bytes();
    // A fold in the middle of a letter.
    let cut = bytes.len() - 3;
    finds(
        "a.ics",
        &[&bytes[..cut], b"\r\n ", &bytes[cut..]].concat(),
        "Приречная",
    );
    finds(
        "a.vcf",
        b"BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=9F=D1=80=\r\n=D0=B8\r\n",
        "При",
    );
}

#[test]
fn events_are_rows() {
    let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Школа 5\nLOCATION:Луговой\nEND:VEVENT\nBEGIN:VEVENT\nLOCATION:Лесной\nSUMMARY:Школа 6\nEND:VEVENT\n";
    assert_eq!(cells("a.ics", file.as_bytes(), "Луговой"), [(0, 1)]);
    assert_eq!(cells("a.ics", file.as_bytes(), "Школа 6"), [(1, 0)]);
}

#[test]
fn mail() {
    let source = "MIME-Version: 1.0\r\nSubject: =?utf-8?B?0J/RgNC4?=\r\n =?utf-8?Q?=D1=80=D0=B5=D1=87=D0=BD=D0=B0=D1=8F?=\r\n\
        Content-Type: multipart/mixed; boundary=\"zz\"\r\n\r\n--zz\r\nContent-Type: text/plain; charset=windows-1251\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n=CF=F0=E8=F0=E5=F7=\r\n=ED=E0=FF\r\n--zz\r\n\
        Content-Type: application/octet-stream; name=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n0JTQsNC70Yw=\r\n--zz--\r\n";
    let all = texts("a.eml", source.as_bytes());
    assert_eq!(
        all.iter().filter(|t| t.contains("Приречная")).count(),
        2,
        "{all:#?}"
    );
    assert!(all.iter().any(|t| t == "Даль"), "{all:#?}");
}

#[test]
fn mail_names_in_pieces() {
    let source = "MIME-Version: 1.0\r\nContent-Disposition: attachment; filename*0*=utf-8''%D0%9F%D1%80%D0%B8;\r\n filename*1*=%D1%80%D0%B5%D1%87; filename*2=\"naya\"\r\n\r\n";
    finds("a.eml", source.as_bytes(), "Приречnaya");
}

#[test]
fn rtf() {
    finds(
        "a.rtf",
        br"{\rtf1\ansi\ansicpg1251 {\b \'cf\'f0}{\i \'e8}\u1088?\u1077?\'f7\'ed\'e0\'ff\par}",
        "Приречная",
    );
    finds(
        "a.rtf",
        br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cf\'f0\'e8}",
        "При",
    );
}

#[test]
fn what_is_no_text_is_refused() {
    refused(
        "a.bin",
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 201, 14, 15, 16, 17, 18],
        Reason::Unknown,
    );
    refused("a.mp3", b"ID3\x03\0\0\0\0\0\0", Reason::Unsupported);
    refused("a.txt", b"7z\xbc\xaf\x27\x1c\0\0", Reason::Unsupported);
    clear("a.txt", b"");
}

#[test]
fn eastern_encodings_have_cyrillic_letters() {
    for encoding in [
        encoding_rs::GBK,
        encoding_rs::SHIFT_JIS,
        encoding_rs::EUC_KR,
        encoding_rs::ISO_2022_JP,
    ] {
        // With enough of a page round it to be taken for text.
        let page = format!(
            "<!doctype html><html lang=ru><head><meta charset={}><title>A page of plain words</title><p>Приречная",
            encoding.name()
        );
        finds("a.html", &encoding.encode(&page).0, "Приречная");
    }
}
