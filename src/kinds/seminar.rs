//! Seminars and meetings with a programme.

use super::blank::Blank;
use super::common::{Attached, Person, Responsible};
use super::fields::fields;
use super::refs::Link;
use super::shape::Shaped;
use super::stage::Source;
use super::term::Term;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "seminar",
    about: "Программа семинара",
    file: "content/ПАПКА-РАЗДЕЛА/seminars/ustanovochnyj.yaml",
    head: &[("title", "Установочный семинар"), ("row", "")],
    shape: Seminar::<Source>::shape,
    own: None,
    published: Some("2025-02-01"),
    text: None,
    notes: "",
};

fields! {
    /// A seminar.
    pub struct Seminar<S> {
        date: req Term<S> => "когда", live "20.02.2025";
        time: opt S::Text => "время", live "10:00–13:00";
        place: opt S::Text => "место", live "Актовый зал управления образования";
        link: opt Link<S> => "ссылка на трансляцию или встречу", eg "https://example.ru/seminar";
        audience: opt S::Text => "для кого", live "Руководители школ";
        organizers: list Responsible<S> => "кто проводит", eg "Управление образования";
        about: opt S::Markup => "о чём семинар", eg "Что обсудят и с чем уйдут участники.";
        agenda: list AgendaItem<S> => "программа",
            live r#"{time: "10:00–10:20", title: "Открытие", speaker: "Фамилия И. О."}"#
            | r#"{time: "10:20–12:00", title: "План работы на год"}"#;
        speakers: list Person<S> => "выступающие", eg r#"{name: "Фамилия И. О.", post: "методист"}"#;
        materials: list Attached<S> => "материалы: file или link", eg r#"{title: "Программа", file: "../files/programma.pdf"}"#;
    }
}

fields! {
    /// One point of the programme.
    pub struct AgendaItem<S> or Markdown in "title" {
        time: opt S::Text => "время", live "10:00–10:20";
        title: req S::Markup => "что", live "Открытие";
        speaker: opt S::Text => "кто выступает", live "Фамилия И. О.";
        note: opt S::Text => "пояснение", live "в записи";
    }
}
