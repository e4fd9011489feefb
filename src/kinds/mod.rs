//! The kinds of documents: each is described here, once.
//!
//! Takes nothing; gives [`Kind`], what can be said of each in data ([`Description`]), and the table `each_kind`, from
//! which everything is made that must know all kinds: the types of bodies, reading, disclosure, references, pages. So a
//! kind is added by its line and its description here, and the compiler asks for the rest. Must not know pages: the
//! table's paths mean something only where it is used.

pub mod blank;
mod blanks;
pub mod bodies;
pub mod body;
pub mod columns;
pub mod common;
pub mod description;
#[cfg(test)]
mod docs;
pub mod fields;
pub mod group;
pub mod head;
pub mod ids;
pub mod indicators;
pub mod order;
pub mod protocol;
pub mod refs;
pub mod registry;
pub mod roadmap;
pub mod sample;
pub mod schedule;
pub mod schema;
pub mod section;
pub mod seminar;
pub mod shape;
pub mod site;
pub mod stage;
pub mod template;
pub mod term;
pub mod text;
pub mod visit;

pub use body::{Body, Document};
pub use description::{Description, Grouping, Menu, PageAt, Places, Stream, Words};
pub use head::Head;
pub use ids::is_slug;
pub use refs::{DocIndex, Target};
pub use stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};

use crate::document::decode::{Cx, Decode, choice};
use crate::document::yaml::Node;
use description::PLAIN;
use shape::words;

/// Calls a macro with all kinds. `yaml` lists the kinds that have fields of their own: name, word in `kind:` (also the
/// name of the template and of the module in `site::kinds`), description, type of the body, its reader. `markdown` lists
/// those whose body is a text. What is given besides the macro's name comes before the lists.
macro_rules! each_kind {
    ($then:ident $(, $more:tt)*) => {
        $then! {
            $($more)*
            yaml {
                Section section SECTION, section::Section;
                Bodies bodies BODIES, bodies::Bodies;
                Order order ORDER, order::Order;
                Roadmap roadmap ROADMAP, roadmap::Roadmap;
                Schedule schedule SCHEDULE, schedule::Schedule;
                Seminar seminar SEMINAR, seminar::Seminar;
                Indicators indicators INDICATORS, indicators::Indicators;
                Group group GROUP, group::Group;
                Protocol protocol PROTOCOL, protocol::Protocol;
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
    index: Some(Grouping::Own),
    events: true,
    cards: Some(20),
    ..PLAIN
};

static SCHEDULE: Description = Description {
    words: Words {
        one: "График",
        list: "Графики",
        intro: "Посещения школ, стажировочные площадки, консультации. Школы не называются.",
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

static PROTOCOL: Description = Description {
    words: Words {
        one: "Протокол",
        list: "Протоколы",
        intro: "Что обсудили и решили на заседаниях.",
        parts: Some(["решение", "решения", "решений"]),
        needed: ("нужен протокол", "minutes of a meeting"),
    },
    folder: "protocols",
    titled: false,
    menu: Some(Menu {
        place: 110,
        one: "Протоколы",
        many: "Протоколы",
        straight: false,
    }),
    index: Some(Grouping::One),
    newest_first: true,
    events: true,
    more: true,
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
        yaml { $($yaml:ident $yaml_word:ident $yaml_about:ident, $($body:ident)::+;)* }
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

words! {
    Kind => shape::Words::Kind;
}

impl Decode for Kind {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        choice(node, field, Kind::ALL, cx)
    }
}
