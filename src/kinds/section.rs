//! A section's project: `section.yaml`.

use chrono::NaiveDate;

use super::blank::Blank;
use super::common::{Person, Responsible};
use super::fields::{choice, fields};
use super::shape::Shaped;
use super::stage::Source;
use super::term::Bounds;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "section",
    about: "О проекте (первая страница раздела)",
    file: "content/ПАПКА-РАЗДЕЛА/section.yaml",
    head: &[("title", "Поддержка школ района")],
    shape: Section::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "",
};

fields! {
    /// `section.yaml`.
    pub struct Section<S> {
        short_title: opt S::Text => "короткое название для меню и карточки", live "Район, 2025";
        territory: req S::Text => "территория", live "Примерный район";
        level: or {Level::Municipality} Level => "чей это проект", live "municipality";
        summary: req S::Text => "что это за проект, в одном-двух предложениях", live "Школы района год работают над результатами вместе с методистами.";
        about: opt S::Markup => "подробнее, можно несколько абзацев", live "|\n  Подробнее: для кого, кто ведёт, чего ждут. Можно несколько абзацев.";
        period: opt (NaiveDate, NaiveDate), by Bounds => "первый и последний день проекта", live "{from: 2025-01-01, to: 2025-12-31}";
        owner: opt Responsible<S> => "кто ведёт проект", live "Управление образования";
        operator: opt Responsible<S> => "оператор", eg "Управление образования";
        coordinator: opt Person<S> => "координатор", eg r#"{post: "заместитель начальника", name: "Фамилия И. О."}"#;
        contacts: opt Contacts<S> => "контакты; чего в документах нет, того не пишите", eg r#"{body: "Управление образования", phone: "+7 (000) 000-00-00", email: "obr@example.ru"}"#;
    }
}

choice! {
    /// Whose project it is.
    pub enum Level {
        Region = "region" "регион",
        Municipality = "municipality" "муниципалитет",
    }
}

fields! {
    /// Where to turn.
    pub struct Contacts<S> {
        body: opt Responsible<S> => "куда обращаться", live "Управление образования";
        note: opt S::Text => "пояснение", live "вопросы о проекте принимает координатор";
        phone: opt S::Text => "телефон", live "+7 (000) 000-00-00";
        email: opt S::Text => "почта", live "obr@example.ru";
        site: opt S::Text => "сайт", live "https://example.ru/";
        address: opt S::Text => "почтовый адрес", live "Примерный район, с. Примерное";
    }
}
