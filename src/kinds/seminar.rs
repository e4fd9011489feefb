//! Seminars and meetings with a programme.

use super::blank::Blank;
use super::common::{Attached, Person, Responsible, check_time};
use super::fields::fields;
use super::refs::Link;
use super::shape::Shaped;
use super::stage::{Prose, Source, SourceMarkup, SourceText};
use super::term::Term;
use crate::diag::Span;
use crate::diag::catalog::document as forms;
use crate::document::decode::Cx;

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
    notes: "Двухдневная программа: `- {day: \"Первый день, 21 марта\"}` начинает день, дальше его пункты; заседание с выступлениями — \
            `- {time: \"10:30–12:00\", title: \"Заседание 1\", lead: \"Фамилия И. О.\", talks: [{speaker: \"Фамилия И. О.\", title: \"Итоги диагностики\"}]}`.",
};

fields! {
    /// A seminar.
    pub struct Seminar<S> {
        date: req Term<S> => "когда", live "20.02.2025";
        time: opt S::Text, then timed => "время", live "10:00–13:00";
        place: opt S::Text => "место", live "Актовый зал управления образования";
        link: opt Link<S> => "ссылка на трансляцию или встречу", eg "https://example.ru/seminar";
        audience: opt S::Text => "для кого", live "Руководители школ";
        organizers: list Responsible<S> => "кто проводит", eg "Управление образования";
        about: opt S::Markup, by Prose => "о чём семинар", eg "Что обсудят и с чем уйдут участники.";
        agenda: list AgendaItem<S> => "программа",
            live r#"{time: "10:00–10:20", title: "Открытие", speaker: "Фамилия И. О."}"#
            | r#"{time: "10:20–12:00", title: "План работы на год"}"#;
        speakers: list Person<S> => "выступающие", eg r#"{name: "Фамилия И. О.", post: "методист"}"#;
        materials: list Attached<S> => "материалы: file или link", eg r#"{title: "Программа", file: "../files/programma.pdf"}"#;
    }
}

impl Seminar<Source> {
    fn timed(time: &Option<SourceText>, cx: &mut Cx<'_>) {
        check_time(time, cx);
    }
}

fields! {
    /// One point of the programme, or the heading of a day.
    pub struct AgendaItem<S> or Markdown in "title" any ["title" | "day"] look something(title, day) {
        day: opt S::Text => "с этой строки — другой день программы: как он назван", docs;
        time: opt S::Text => "время", live "10:00–10:20";
        title: opt S::Markup => "что", live "Открытие";
        place: opt S::Text => "где, если место своё", docs;
        lead: opt S::Text => "кто ведёт заседание", docs;
        speaker: opt S::Text => "кто выступает", live "Фамилия И. О.";
        talks: list Talk<S> => "выступления по порядку", docs;
        note: opt S::Text => "пояснение", live "в записи";
    }
}

impl AgendaItem<Source> {
    fn something(
        title: &Option<SourceMarkup>,
        day: &Option<SourceText>,
        at: Span,
        cx: &mut Cx<'_>,
    ) {
        if title.is_none() && day.is_none() {
            cx.say(&forms::MISSING_FIELD, at, |x| x.arg("field", "title"));
        }
    }
}

fields! {
    /// A talk of a session.
    pub struct Talk<S> or Markdown in "title" {
        no: opt S::Number => "номер, как напечатан", live "1.";
        time: opt S::Text => "время", live "10:30";
        speaker: opt S::Text => "кто выступает", live "Фамилия И. О.";
        title: opt S::Markup => "о чём", live "Итоги диагностики";
        note: opt S::Text => "пояснение", live "в записи";
    }
}
