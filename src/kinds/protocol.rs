//! Minutes of meetings: who was there, what was heard and said, what was decided, who does it by when.

use chrono::NaiveDate;

use super::blank::Blank;
use super::common::{Attached, Done, Person, Responsible};
use super::fields::fields;
use super::refs::{RefTo, to};
use super::shape::Shaped;
use super::stage::Source;
use super::term;
use super::term::Term;
use crate::document::decode::Cx;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "protocol",
    about: "Протокол заседания",
    file: "content/ПАПКА-РАЗДЕЛА/protocols/1.yaml",
    head: &[("row", "")],
    shape: Protocol::<Source>::shape,
    own: None,
    published: Some("2025-02-25"),
    text: None,
    notes: "Без `title` страница называется «Протокол № 1 от 20.02.2025».",
};

fields! {
    /// Minutes of a meeting.
    pub struct Protocol<S> {
        number: opt S::Text => "номер, как напечатан; нет номера — нет поля", live "1";
        date: req NaiveDate, then plan => "день заседания", live "2025-02-20";
        time: opt S::Text => "время", eg "15:00–16:30";
        place: opt S::Text => "место", live "Управление образования";
        body: opt S::Text => "чьё заседание, как напечатано", live "Заседание рабочей группы";
        group: opt RefTo<S, to::Group> => "id рабочей группы этого раздела", eg "rabochaya-gruppa";
        chair: opt Person<S> => "председатель", live r#"{name: "Фамилия И. О.", post: "начальник управления образования"}"#;
        secretary: opt Person<S> => "секретарь", live r#"{name: "Фамилия И. О.", post: "главный специалист"}"#;
        present: list Person<S> => "кто присутствовал, кроме них; роль — если напечатана",
            live r#"{name: "Фамилия И. О.", post: "методист"}"#
            | r#"{role: "приглашённый", name: "Фамилия И. О.", post: "директор методического центра"}"#;
        attended: opt S::Text => "или (и) сколько присутствовало, как напечатано", eg "14 человек";
        agenda: list Point<S> => "повестка: что слушали, кто выступил, что решили",
            live r#"no: "1."
title: "О подготовке школьных программ"
heard: [{who: "Фамилия И. О.", text: "о ходе подготовки"}]
spoke: [{who: "Фамилия И. О.", text: "предложила провести консультацию"}]
decided:
  - {no: "1.1.", what: "Принять к сведению."}
  - {no: "1.2.", what: "Подготовить программы.", who: "Школы-участницы", by: "до 01.03.2025"}
votes: "единогласно""#
            | r#"{no: "2.", title: "Разное"}"#;
        decided: list Decision<S> => "решения, если они напечатаны общим списком, а не под вопросами", eg r#"{no: "1.", what: "Утвердить план."}"#;
        materials: list Attached<S> => "приложения: file или link", eg r#"{title: "Презентация", file: "../files/prezentaciya.pdf"}"#;
    }
}

impl Protocol<Source> {
    fn plan(date: &Option<NaiveDate>, cx: &mut Cx<'_>) {
        term::after(date, cx);
    }
}

fields! {
    /// One point of the agenda.
    pub struct Point<S> with at or Line in "title" {
        no: opt S::Number => "номер, как напечатан", live "1.";
        title: req S::Text => "вопрос", live "О подготовке школьных программ";
        heard: list Speech<S> => "слушали: кто и о чём";
        spoke: list Speech<S> => "выступили: кто и о чём";
        decided: list Decision<S> => "решили: что, кто и к какому сроку";
        votes: opt S::Text => "как голосовали, как напечатано", live "единогласно";
    }
}

fields! {
    /// What somebody said.
    pub struct Speech<S> or Markdown in "text" {
        who: opt S::Text => "кто говорил", live "Фамилия И. О.";
        text: req S::Markup => "о чём, что предложил", live "о ходе подготовки";
    }
}

fields! {
    /// What was decided: perhaps, who does it by when.
    pub struct Decision<S> with at or Markdown in "what" {
        no: opt S::Number => "номер, как напечатан", live "1.1.";
        what: req S::Markup => "что решили", live "Подготовить программы.";
        who: list Responsible<S> => "кто исполняет", live "Школы-участницы";
        by: opt Term<S> => "к какому сроку, как напечатано", live "до 01.03.2025";
        done: some Done<S> => "выполнено, с подтверждением", eg r#"{date: 2025-02-28, text: "Программы приняты"}"#;
    }
}
