//! What a registry's own wording makes of words that mean something else elsewhere.

use super::ids;
use crate::Recognizer;
use crate::registry::{ProtectedSchool as P, Registry};

/// «Мореходный» makes a school none, unless the registry has it in the name of one.
#[test]
fn a_word_of_the_name_is_no_other_kind() {
    let registry = Registry::of([
        P::new(
            "sea",
            "МОУ «Мореходный кадетский корпус имени адмирала Н. С. Тропинина»",
        )
        .municipality("город Златополь"),
        P::new("k", "МБОУ «Кувшинская СОШ»").municipality("Яблонский район"),
    ]);
    let r = Recognizer::new(&registry);
    for text in [
        "Мореходный кадетский корпус, г. Златополь",
        "в Мореходном корпусе Златополя",
        "кадетский корпус имени адмирала Н. С. Тропинина",
        "morehodnyj-kadetskij-korpus-480.webp",
    ] {
        assert_eq!(ids(&r.scan_text(text)), ["sea"], "{text}");
    }
    for text in [
        "мореходная школа Златополя",
        "Кувшинская музыкальная школа",
        "спортивный корпус Златополя",
    ] {
        assert!(ids(&r.scan_text(text)).is_empty(), "{text}");
    }
}

/// The place of a school is read by its first letters, and its adjective is not that of another.
#[test]
fn a_name_of_two_words_is_cut_short() {
    let registry = Registry::of([
        P::new("red", "МОУ «Красномаякская основная школа»")
            .municipality("Яблонский район")
            .settlement("посёлок Красный Маяк"),
        P::new("n8", "МБОУ СОШ № 8").municipality("город Верхний Ключ"),
    ])
    .municipality("город Верхний Ключ", 20);
    let r = Recognizer::new(&registry);
    for (text, id) in [
        ("ОШ п. Кр. Маяк", "red"),
        ("в основной школе пос. Кр.Маяк", "red"),
        ("В.Ключ, шк. 8", "n8"),
        ("СОШ № 8 г. В. Ключ", "n8"),
    ] {
        assert_eq!(ids(&r.scan_text(text)), [id], "{text}");
    }
    for text in ["ОШ п. Бел. Маяк", "библиотека п. Кр. Маяк"] {
        assert!(ids(&r.scan_text(text)).is_empty(), "{text}");
    }
}

/// What nothing in the words clears is doubtful: a small number of a boarding school, a number before «СОШ», a list of
/// schools «of the town».
#[test]
fn numbers_that_nothing_clears_are_doubtful() {
    let registry = Registry::of([
        P::new(
            "int",
            "ГКОУ «Златопольская коррекционная школа-интернат № 2»",
        )
        .municipality("город Златополь"),
        P::new("n", "МАОУ «СОШ № 47»").municipality("город Златополь"),
        P::new("c", "МБОУ «Центр образования № 31»").municipality("город Златополь"),
    ]);
    let r = Recognizer::new(&registry);
    for (text, id) in [
        ("вторая школа-интернат", "int"),
        ("Вторая коррекционная школа провела урок.", "int"),
        ("школа-интернат № 2 города Златополя", "int"),
        ("В 47 СОШ г. Златополя прошёл семинар.", "n"),
        ("47 СОШ", "n"),
        ("31 ЦО города Златополя", "c"),
        ("школы города: № 12, № 47", "n"),
        ("школы города № 12 и № 47", "n"),
    ] {
        assert_eq!(ids(&r.scan_text(text)), [id], "{text}");
    }
    for text in [
        "вторая школа района открылась в 1905 году",
        "Школы Южнограда № 12, № 47",
        "В районе 47 СОШ и 12 гимназий.",
        "школа № 12, приказ № 47",
    ] {
        assert!(ids(&r.scan_text(text)).is_empty(), "{text}");
    }
}
