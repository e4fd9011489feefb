//! All blanks: one for each kind, for the settings and for the registry. Takes nothing; gives them by their words.

use super::blank::Blank;
use super::{Kind, each_kind, registry, site, text};

impl Blank {
    /// The blank of a word.
    pub fn of(word: &str) -> Option<&'static Blank> {
        Blank::each().find(|blank| blank.word == word)
    }

    /// All blanks: of the settings, the registry, and the kinds in their order.
    pub fn each() -> impl Iterator<Item = &'static Blank> {
        [&site::BLANK, &registry::BLANK]
            .into_iter()
            .chain(Kind::each().map(Kind::blank))
    }
}

macro_rules! blanks {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        impl Kind {
            pub fn blank(self) -> &'static Blank {
                match self {
                    $(Kind::$kind => &super::$word::BLANK,)*
                    $(Kind::$text => &text::$text_about,)*
                }
            }
        }
    };
}
each_kind!(blanks);
