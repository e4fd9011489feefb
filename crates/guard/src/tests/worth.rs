//! «No word answers to the registry ⇒ no rule, and not the second wall, finds anything»: every text is read by all rules,
//! and once more after the quick look, and both must say the same.

use proptest::prelude::*;

use super::{clean, leak, part, recognizer, registry, tables};
use crate::Recognizer;
use crate::registry::{ProtectedSchool, Registry};
use glasno_passage::{Fragment, Role};

fn thorough(registry: &Registry) -> Recognizer {
    let mut r = Recognizer::new(registry);
    r.thorough = true;
    r
}

/// What both readings of a text find, as words to compare. What was read and cleared is not compared: nobody has to weigh
/// what the registry does not answer to.
fn both(quick: &Recognizer, thorough: &Recognizer, fragments: &[Fragment<'_>]) -> [String; 2] {
    [quick, thorough].map(|r| format!("{:?}", r.scan(fragments)))
}

fn texts() -> Vec<String> {
    let leaks = leak::LEAKS.iter().flat_map(|(_, texts)| texts.iter());
    let lines = leaks.chain(clean::CLEAN).map(|t| (*t).to_owned());
    let rows = tables::rows(tables::LEAK).chain(tables::rows(tables::CLEAN));
    lines.chain(rows.map(|(_, text)| text)).collect()
}

#[test]
fn tables_say_the_same() {
    let (quick, slow) = (recognizer(), thorough(&registry()));
    for text in texts() {
        for role in [Role::Text, Role::Path, Role::Attribute] {
            let [a, b] = both(&quick, &slow, &[part(role, &text)]);
            assert_eq!(a, b, "{text}");
        }
    }
    for (_, text) in tables::rows(tables::CONTEXT) {
        let [a, b] = both(&quick, &slow, &tables::fragments(&text));
        assert_eq!(a, b, "{text}");
    }
}

/// Each word of a table goes, one by one: what is left may name a school by what no word says alone.
#[test]
fn texts_that_lost_a_word_say_the_same() {
    let (quick, slow) = (recognizer(), thorough(&registry()));
    for text in texts() {
        let words: Vec<&str> = text.split(' ').collect();
        for lost in 0..words.len() {
            let mut left = words.clone();
            left.remove(lost);
            let left = left.join(" ");
            let [a, b] = both(&quick, &slow, &[part(Role::Text, &left)]);
            assert_eq!(a, b, "{left}");
        }
    }
}

/// Names, cut where they can be, and what stands beside them.
const PIECES: &[&str] = &[
    "Кув",
    "шинская",
    "кувшин",
    "ская",
    "Кувшинксая",
    "Кувш.",
    "Заозёр",
    "нен",
    "Северо",
    "Долин",
    "долинская",
    "Вагр",
    "анская",
    "Златоп",
    "ополь",
    "Златаполь",
    "Камен",
    "ный",
    "Яр",
    "Каменный",
    "Гори",
    "зонт",
    "Гаризонт",
    "Тропи",
    "нин",
    "Трапинина",
    "имени",
    "им.",
    "Ряб",
    "ова",
    "Рабова",
    "А. П.",
    "Анна",
    "Петровна",
    "Петровны",
    "О. И.",
    "К. Ш.",
    "В",
    "С",
    "и",
    "в",
    "школа",
    "школы",
    "школ",
    "СОШ",
    "КСОШ",
    "ВСОШ",
    "гимназия",
    "лицей",
    "интернат",
    "ЦО",
    "МБОУ",
    "города",
    "г.",
    "село",
    "с.",
    "района",
    "область",
    "директор",
    "единственная",
    "№",
    "N",
    "14",
    "3",
    "13",
    "15",
    "5-я",
    "36",
    "ХIV",
    "XIV",
    "четырнадцатая",
    "с",
    "по",
    "2-14-35",
    "+7 (34567)",
    "34567",
    "2",
    "27-81",
    "90",
    "77070",
    "83893",
    "1027700",
    "132195",
    "kuvshin",
    "sosh",
    "mail",
    "test",
    "@",
    "co36",
    "zlat",
    "Kuv",
    "shinskaya",
    "prirech",
    "Rd",
    "edibycrfz",
    "ул.",
    "Мира",
    "7а",
    "д.",
    "12",
    "(",
    ")",
    "«",
    "»",
    "\"",
    "-",
    "- ",
    " - ",
    "—",
    "/",
    "_",
    ".",
    ",",
    ";",
    "\n",
    "\u{a0}",
    "\u{ad}",
    " ",
    " ",
    " ",
    " ",
    " ",
    "[1]",
    "¹",
    "|",
    "&#1050;",
    "%D0%9A",
    "ё",
    "К",
    "у",
    "ш",
];

fn registries() -> Vec<Registry> {
    vec![
        registry(),
        Registry::of([ProtectedSchool::new("a", "МБОУ «Кувшинская СОШ»")
            .municipality("Яблонский район")
            .person("Рябова Анна Петровна")]),
        Registry::of([
            ProtectedSchool::new("b", "МБОУ «СОШ села Каменный Яр»").municipality("Каменный район"),
            ProtectedSchool::new("c", "Лицей «Горизонт»").municipality("город Златополь"),
        ])
        .municipality("город Златополь", 1),
        Registry::of([ProtectedSchool::new("d", "МОУ СОШ имени И. И. Тропинина")]),
        Registry::of(
            [ProtectedSchool::new("e", "Северо-Долинская школа-интернат")
                .settlement("село Северо-Долинское")],
        ),
    ]
}

thread_local! {
    static BOTH: Vec<[Recognizer; 2]> = registries().iter().map(|r| [Recognizer::new(r), thorough(r)]).collect();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_in_pieces_say_the_same(
        parts in prop::collection::vec((0usize..4, prop::collection::vec(0..PIECES.len(), 1..10)), 1..4),
    ) {
        let texts: Vec<(usize, String)> = parts
            .iter()
            .map(|(role, picks)| (*role, picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect()))
            .collect();
        let fragments: Vec<Fragment<'_>> = texts
            .iter()
            .zip(0..)
            .map(|((role, text), column)| {
                let cell = Role::Cell { table: 0, row: 1, column, head: false };
                part([Role::Text, cell, Role::Address, Role::Heading(2)][*role], text)
            })
            .collect();
        BOTH.with(|both_of| {
            for [quick, slow] in both_of {
                let [a, b] = both(quick, slow, &fragments);
                prop_assert_eq!(a, b, "{:?}", texts);
            }
            Ok(())
        })?;
    }
}
