//! Words that pages of a kind share: names of kinds, titles, lists' introductions.

use crate::disclosure::Public;
use crate::model::order::Order;
use crate::model::{Body, Document, Kind};
use crate::text::typograph;

/// «Приказ от 25.12.2024 № 1207/02»
pub fn order_title(order: &Order<Public>) -> String {
    typograph(&format!(
        "{} от {} № {}",
        order.order_type.word(),
        order.date.format("%d.%m.%Y"),
        order.number.raw()
    ))
    .into_owned()
}

/// One document's kind, on cards.
pub fn kind_word(document: &Document<Public>) -> &'static str {
    match (&document.body, document.head.kind) {
        (Body::Order(order), _) => order.order_type.word(),
        (Body::Schedule(schedule), _) => schedule.schedule_type.event(),
        (_, Kind::Roadmap) => "Дорожная карта",
        (_, Kind::Seminar) => "Семинар",
        (_, Kind::Indicators) => "Показатели",
        (_, Kind::Group) => "Рабочая группа",
        (_, Kind::News) => "Новость",
        (_, Kind::Material) => "Материал",
        (_, Kind::Document) => "Документ",
        _ => "Страница",
    }
}

/// The name of a kind's index, in menus and headings.
pub fn list_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Order => "Приказы и распоряжения",
        Kind::Roadmap => "Дорожные карты",
        Kind::Schedule => "Графики",
        Kind::Seminar => "Семинары",
        Kind::Indicators => "Показатели",
        Kind::Group => "Рабочие группы",
        Kind::News => "Новости",
        Kind::Material => "Материалы",
        Kind::Document => "Документы",
        _ => "Страницы",
    }
}

/// Short name for the section's menu.
pub fn menu_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Order => "Приказы",
        Kind::Roadmap => "Дорожная карта",
        Kind::Group => "Рабочая группа",
        other => list_title(other),
    }
}

/// What an index is for, in a sentence.
pub fn list_intro(kind: Kind) -> &'static str {
    match kind {
        Kind::Order => "Документы, на которых держится проект.",
        Kind::Roadmap => "Планы мероприятий с ответственными и сроками.",
        Kind::Schedule => {
            "Посещения «Методического десанта», стажировочные площадки, консультации. Школы не называются."
        }
        Kind::Seminar => "Программы семинаров и встреч, прошедших и предстоящих.",
        Kind::Indicators => "Как измеряется результат: формулы, источники, цели.",
        Kind::Group => "Кто отвечает за работу.",
        Kind::News => "Что происходит в проекте.",
        Kind::Material => "Рекомендации и материалы для школ.",
        Kind::Document => "Модели, программы и другие длинные документы.",
        _ => "",
    }
}
