//! Redaction in the right case, twice as once, and clean afterwards.

use super::recognizer;
use crate::redact::Wording;
use crate::registry::SchoolId;
use crate::scan::mask::cover;
use crate::{Certainty, Class, Mention, Number};

#[test]
fn wording_agrees() {
    let r = recognizer();
    let w = Wording::default();
    for (text, want) in [
        (
            "В Кувшинской школе прошёл семинар.",
            "В школе-участнице прошёл семинар.",
        ),
        (
            "Директор Кувшинской СОШ выступил.",
            "Директор школы-участницы выступил.",
        ),
        (
            "МБОУ «Кувшинская СОШ» провела семинар.",
            "Школа-участница провела семинар.",
        ),
        ("из Кувшинской школы", "из школы-участницы"),
        ("с Кувшинской школой", "со школой-участницей"),
        ("ИНН 7707083893.", "ИНН [сведения не публикуются]."),
        (
            "школе № 14 города Златополь",
            "школе-участнице города Златополь",
        ),
        (
            "Опыт представила Рябова А. П.",
            "Опыт представила руководитель школы-участницы.",
        ),
        (
            "Рябова А. П., директор школы, и Иванов С. С. открыли встречу.",
            "Руководитель школы-участницы, директор школы, и Иванов С. С. открыли встречу.",
        ),
    ] {
        let (once, list) = r.redact_text(text, &w);
        assert_eq!(once, want);
        assert_eq!(list.len(), 1);
        assert_eq!(r.redact_text(&once, &w).0, once);
        assert_eq!(r.scan_text(&once), [], "{once}");
    }
}

#[test]
fn masking_shows_ids() {
    let r = recognizer();
    assert_eq!(
        r.mask("файл Кувшинская СОШ.docx не читается"),
        "файл [k].docx не читается"
    );
    assert_eq!(r.mask("нет такого файла"), "нет такого файла");
}

/// Of two mentions that overlap, the end of the second was printed.
#[test]
fn masking_hides_what_overlaps() {
    let mention = |span: std::ops::Range<usize>, id: &str| Mention {
        fragment: 0,
        span,
        schools: vec![SchoolId::new(id)],
        class: Class::Name,
        certainty: Certainty::Certain,
        case: None,
        number: Number::Singular,
        whole: None,
    };
    let found = [mention(2..6, "a"), mention(4..8, "b"), mention(5..7, "c")];
    assert_eq!(cover("0123456789", &found), "01[a]89");
}
