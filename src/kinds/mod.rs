//! The kinds of documents: each is described here, once.
//!
//! Takes nothing; gives [`Kind`], what can be said of each in data ([`Description`]), and the table [`each_kind`], from
//! which everything is made that must know all kinds: the types of bodies, reading, disclosure, references, pages. So a
//! kind is added by its line and its description here, and the compiler asks for the rest. Must not depend on any other
//! module: the table's paths mean something only where it is used.

pub mod description;

pub use description::{Description, Grouping, Menu, PageAt, Places, Stream, Words};

use description::PLAIN;

/// Calls a macro with all kinds. `yaml` lists the kinds that have fields of their own: name, word in `kind:` (also the
/// name of the template and of the module in `site::kinds`), description, type of the body, its reader. `markdown` lists
/// those whose body is a text. What is given besides the macro's name comes before the lists.
macro_rules! each_kind {
    ($then:ident $(, $more:tt)*) => {
        $then! {
            $($more)*
            yaml {
                Section section SECTION, section::Section, section::section;
                Bodies bodies BODIES, section::Bodies, section::bodies;
                Order order ORDER, order::Order, order::read;
                Roadmap roadmap ROADMAP, roadmap::Roadmap, roadmap::read;
                Schedule schedule SCHEDULE, events::Schedule, events::schedule;
                Seminar seminar SEMINAR, events::Seminar, events::seminar;
                Indicators indicators INDICATORS, indicators::Indicators, indicators::read;
                Group group GROUP, section::Group, section::group;
            }
            markdown {
                News news NEWS;
                Material material MATERIAL;
                Document document DOCUMENT;
                Page page PAGE;
            }
        }
    };
}
pub(crate) use each_kind;

/// Place of the calendar in a section's menu.
pub const CALENDAR: u8 = 50;

static SECTION: Description = Description {
    words: Words {
        one: "Раздел",
        list: "Разделы",
        intro: "",
        parts: None,
        needed: ("нужен раздел", "a section"),
    },
    page: PageAt::Section,
    single: true,
    on_map: false,
    places: Places::Land,
    ..PLAIN
};

static BODIES: Description = Description {
    words: Words {
        one: "Справочник органов",
        list: "Справочники органов",
        intro: "",
        parts: None,
        needed: ("нужен справочник органов", "a directory of bodies"),
    },
    page: PageAt::Nowhere,
    single: true,
    titled: false,
    on_map: false,
    ..PLAIN
};

static ORDER: Description = Description {
    words: Words {
        one: "Приказ",
        list: "Приказы и распоряжения",
        intro: "Документы, на которых держится проект.",
        parts: None,
        needed: ("нужен приказ", "an order"),
    },
    folder: "orders",
    titled: false,
    menu: Some(Menu {
        place: 10,
        one: "Приказы",
        many: "Приказы",
        straight: false,
    }),
    index: Some(Grouping::One),
    newest_first: true,
    cards: Some(10),
    ..PLAIN
};

static ROADMAP: Description = Description {
    words: Words {
        one: "Дорожная карта",
        list: "Дорожные карты",
        intro: "Планы мероприятий с ответственными и сроками.",
        parts: Some(["мероприятие", "мероприятия", "мероприятий"]),
        needed: ("нужна дорожная карта", "a roadmap"),
    },
    folder: "roadmaps",
    main: Some("roadmap"),
    menu: Some(Menu {
        place: 20,
        one: "Дорожная карта",
        many: "Дорожные карты",
        straight: true,
    }),
    events: true,
    cards: Some(20),
    ..PLAIN
};

static SCHEDULE: Description = Description {
    words: Words {
        one: "График",
        list: "Графики",
        intro: "Посещения «Методического десанта», стажировочные площадки, консультации. Школы не называются.",
        parts: Some(["событие", "события", "событий"]),
        needed: ("нужен график", "a schedule"),
    },
    folder: "schedules",
    menu: Some(Menu {
        place: 30,
        one: "Графики",
        many: "Графики",
        straight: false,
    }),
    index: Some(Grouping::Own),
    events: true,
    more: true,
    places: Places::Rows,
    ..PLAIN
};

static SEMINAR: Description = Description {
    words: Words {
        one: "Семинар",
        list: "Семинары",
        intro: "Программы семинаров и встреч, прошедших и предстоящих.",
        parts: None,
        needed: ("нужен семинар", "a seminar"),
    },
    folder: "seminars",
    menu: Some(Menu {
        place: 40,
        one: "Семинары",
        many: "Семинары",
        straight: false,
    }),
    index: Some(Grouping::One),
    newest_first: true,
    events: true,
    more: true,
    ..PLAIN
};

static INDICATORS: Description = Description {
    words: Words {
        one: "Показатели",
        list: "Показатели",
        intro: "Как измеряется результат: формулы, источники, цели.",
        parts: Some(["показатель", "показателя", "показателей"]),
        needed: ("нужны показатели", "indicators"),
    },
    folder: "indicators",
    main: Some("indicators"),
    menu: Some(Menu {
        place: 70,
        one: "Показатели",
        many: "Показатели",
        straight: true,
    }),
    cards: Some(40),
    ..PLAIN
};

static GROUP: Description = Description {
    words: Words {
        one: "Рабочая группа",
        list: "Рабочие группы",
        intro: "Кто отвечает за работу.",
        parts: Some(["участник", "участника", "участников"]),
        needed: ("нужна рабочая группа", "a working group"),
    },
    folder: "groups",
    menu: Some(Menu {
        place: 100,
        one: "Рабочая группа",
        many: "Рабочие группы",
        straight: true,
    }),
    index: Some(Grouping::One),
    cards: Some(50),
    ..PLAIN
};

static NEWS: Description = Description {
    words: Words {
        one: "Новость",
        list: "Новости",
        intro: "Что происходит в проекте.",
        parts: None,
        needed: ("нужна новость", "a piece of news"),
    },
    folder: "news",
    menu: Some(Menu {
        place: 60,
        one: "Новости",
        many: "Новости",
        straight: false,
    }),
    index: Some(Grouping::Year),
    newest_first: true,
    stream: Some(Stream {
        schema: "NewsArticle",
    }),
    ..PLAIN
};

static MATERIAL: Description = Description {
    words: Words {
        one: "Материал",
        list: "Материалы",
        intro: "Рекомендации и материалы для школ.",
        parts: None,
        needed: ("нужен материал", "a material"),
    },
    folder: "materials",
    menu: Some(Menu {
        place: 80,
        one: "Материалы",
        many: "Материалы",
        straight: false,
    }),
    index: Some(Grouping::Own),
    more: true,
    ..PLAIN
};

static DOCUMENT: Description = Description {
    words: Words {
        one: "Документ",
        list: "Документы",
        intro: "Модели, программы и другие длинные документы.",
        parts: None,
        needed: ("нужен документ", "a document"),
    },
    folder: "documents",
    menu: Some(Menu {
        place: 90,
        one: "Документы",
        many: "Документы",
        straight: false,
    }),
    index: Some(Grouping::One),
    cards: Some(30),
    more: true,
    ..PLAIN
};

static PAGE: Description = Description {
    words: Words {
        one: "Страница",
        list: "Страницы",
        intro: "",
        parts: None,
        needed: ("нужна страница", "a page"),
    },
    more: true,
    ..PLAIN
};

macro_rules! kind {
    (
        yaml { $($yaml:ident $yaml_word:ident $yaml_about:ident, $($body:ident)::+, $($read:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        /// The kinds of documents, in the order in which the site map shows them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($yaml,)*
            $($text,)*
        }

        impl Kind {
            /// Each kind with its word.
            pub const ALL: &'static [(&'static str, Kind)] = &[
                $((stringify!($yaml_word), Kind::$yaml),)*
                $((stringify!($text_word), Kind::$text),)*
            ];

            /// The word in `kind:`, which is also the name of its template.
            pub fn word(self) -> &'static str {
                match self {
                    $(Kind::$yaml => stringify!($yaml_word),)*
                    $(Kind::$text => stringify!($text_word),)*
                }
            }

            /// All that is said of it.
            pub fn about(self) -> &'static Description {
                match self {
                    $(Kind::$yaml => &$yaml_about,)*
                    $(Kind::$text => &$text_about,)*
                }
            }

            /// Whether documents of this kind are Markdown files.
            pub fn is_text(self) -> bool {
                match self {
                    $(Kind::$yaml => false,)*
                    $(Kind::$text => true,)*
                }
            }
        }
    };
}
each_kind!(kind);

impl Kind {
    /// All kinds, in order.
    pub fn each() -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().map(|(_, kind)| *kind)
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Kind> {
        let known = Kind::ALL.iter().find(|(w, _)| *w == word)?;
        Some(known.1)
    }

    /// Whether documents of this kind have pages.
    pub fn has_page(self) -> bool {
        self.about().page != PageAt::Nowhere
    }

    /// The main document of this kind among several: the one with the id that is kept for it, else the first.
    pub fn main<'d, T>(self, documents: &'d [T], id: impl Fn(&T) -> &'d str) -> Option<&'d T> {
        let named = |main: &str| documents.iter().find(|d| id(d) == main);
        let found = self.about().main.and_then(named);
        found.or(documents.first())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Asserts that no two kinds have the same value.
    fn distinct<T: Ord + std::fmt::Debug>(of: impl Fn(&'static Description) -> Option<T>) {
        let mut seen = BTreeSet::new();
        for value in Kind::each().filter_map(|kind| of(kind.about())) {
            let again = format!("{value:?} twice");
            assert!(seen.insert(value), "{again}");
        }
    }

    #[test]
    fn no_two_kinds_meet_at_one_place() {
        distinct(|about| Some(about.folder).filter(|folder| !folder.is_empty()));
        distinct(|about| about.main);
        distinct(|about| about.cards);
        distinct(|about| Some(about.menu.as_ref()?.place));
        let calendar = |kind: Kind| {
            kind.about()
                .menu
                .as_ref()
                .is_some_and(|m| m.place == CALENDAR)
        };
        assert!(!Kind::each().any(calendar));
    }

    #[test]
    fn every_kind_is_described_whole() {
        for kind in Kind::each() {
            let (about, word) = (kind.about(), kind.word());
            assert_eq!(Kind::of(word), Some(kind));
            let words = &about.words;
            for said in [words.one, words.list, words.needed.0, words.needed.1] {
                assert!(!said.is_empty(), "{word}");
            }
            let indexed = about.index.is_some();
            // An index lies in a folder, says what it is for, and is reached by the menu.
            assert!(!indexed || !about.folder.is_empty(), "{word}");
            assert!(!indexed || !words.intro.is_empty(), "{word}");
            assert!(!indexed || about.menu.is_some(), "{word}");
            // A feed lies beside an index.
            assert!(indexed || about.stream.is_none(), "{word}");
            assert!(about.single || about.page == PageAt::Folder, "{word}");
        }
    }
}
