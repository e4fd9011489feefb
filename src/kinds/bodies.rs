//! A section's directory of bodies: `bodies.yaml`. Bodies are found by any of their spellings.

use super::blank::Blank;
use super::fields::fields;
use super::ids::Id;
use super::shape::Shaped;
use super::stage::Source;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "bodies",
    about: "Справочник ответственных раздела",
    file: "content/ПАПКА-РАЗДЕЛА/bodies.yaml",
    head: &[],
    shape: Bodies::<Source>::shape,
    own: None,
    published: None,
    text: None,
    notes: "",
};

fields! {
    /// `bodies.yaml`.
    pub struct Bodies<S> {
        bodies: list Body<S> => "кто отвечает в документах раздела",
            live r#"{id: uo, name: "Управление образования администрации района", short: "Управление образования", aliases: ["УО"]}"#
            | r#"{id: shkoly, name: "Школы-участницы", collective: true}"#;
    }
}

fields! {
    /// One body, or a kind of bodies.
    pub struct Body<S> with at {
        id: req Id => "латиницей: войдёт в адрес", live "uo";
        name: req S::Text => "полное название", live "Управление образования администрации района";
        short: opt S::Text => "сокращение", live "Управление образования";
        aliases: list S::Text => "все другие написания из документов раздела", live "УО" | "Управление";
        role: opt S::Text => "роль в проекте", live "муниципальный оператор";
        collective: def bool => "не одна организация, а многие: муниципалитеты, школы-участницы", live "true";
    }
}
