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
