//! What documents of several kinds share: texts, people, bodies answerable, evidence, things to read.
//!
//! Takes fields; gives typed values. References in them are resolved in `model::check`.

use chrono::NaiveDate;

use super::fields::{Formed, fields, formed};
use super::refs::{Link, OrderRef};
use super::stage::{Source, SourceText, Stage};
use super::term::Term;
use crate::diag::Span;
use crate::diag::catalog::{document as form, model};
use crate::document::decode::Cx;
use crate::text::clock::{self, Wrong};

fields! {
    /// Who answers, as printed.
    pub struct Responsible<S> or Line in "body" seen by responsible {
        printed = "body": req S::Text => "кто, как напечатано: название, сокращение или написание из bodies.yaml", live "Управление образования";
        note: opt S::Text => "пояснение", live "утверждение";
    } later {
        /// Position in the section's directory of bodies.
        body: Option<usize>,
        /// The others, where several stand together: «А/Б».
        beside: Vec<usize>,
    }
}

fields! {
    /// A record that something is done, with what proves it.
    pub struct Done<S> with at {
        of = "for": opt Term<S> => "за какой срок, если мероприятие повторяется", eg "I квартал 2025";
        date: opt NaiveDate => "когда; до этого дня запись не показывается", live "2025-01-20";
        text: opt S::Text => "чем подтверждается", live "Приказ издан";
        link: opt Link<S> => "ссылка на подтверждение: путь к документу, адрес", live "orders/12-od.yaml";
        file: opt Link<S> => "или файл с подтверждением", eg "files/protokol.pdf";
        sample: def bool => "образец записи: показывается с пометкой и ничего не меняет", eg "true";
    }
}

impl<S: Stage> Done<S> {
    /// Where what proves it lies.
    pub fn proof(&self) -> Option<&Link<S>> {
        self.link.as_ref().or(self.file.as_ref())
    }

    /// Whether anything proves it: words, a document, a file.
    pub fn is_proved(&self) -> bool {
        self.text.is_some() || self.proof().is_some()
    }
}

/// Says what is wrong with printed times of day.
pub fn check_time(time: &Option<SourceText>, cx: &mut Cx<'_>) {
    let Some(time) = time.as_ref().filter(|t| t.sic.is_none()) else {
        return;
    };
    match clock::read(&time.text) {
        Ok(_) => {}
        Err(Wrong::NoSuchTime(words)) => {
            cx.say(&model::NO_SUCH_TIME, time.at, |f| f.arg("value", words));
        }
        Err(Wrong::Backwards) => {
            cx.say(&model::TIME_ORDER, time.at, |f| f.arg("value", &time.text));
        }
    }
}

/// The bodies that stand together in one place: «А/Б», «А; Б».
pub fn parts(printed: &str) -> impl Iterator<Item = &str> {
    printed
        .split(['/', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

impl<S: Stage> Responsible<S> {
    /// All bodies that are named, by their positions in the directory.
    pub fn bodies(&self) -> impl Iterator<Item = usize> + '_ {
        self.body.into_iter().chain(self.beside.iter().copied())
    }
}

fields! {
    /// Words that another act has changed: they stand as they are now, and here is what they were.
    pub struct Amended<S> {
        by: opt OrderRef<S> => "каким актом: id приказа", live "15-od";
        was: opt S::Markup => "как было", live "Утвердить план.";
        note: opt S::Text => "пояснение", live "изменён срок";
    }
}

fields! {
    /// A person with a post.
    pub struct Person<S> or Line in "name" {
        role: opt S::Text => "роль", live "руководитель группы";
        name: req S::Text => "имя", live "Фамилия И. О.";
        post: opt S::Text => "должность", live "начальник управления образования";
        note: opt S::Text => "пояснение", live "по согласованию";
    }
}

fields! {
    /// The signed scan or the file of a document, as it was handed in.
    pub struct Original<S> or Link in "file" {
        file: req Link<S> => "путь к файлу", live "../files/12-od.pdf";
        title: opt S::Text => "подпись, если нужна своя", live "Подписанный приказ (скан)";
    }
}

/// A file or page to read: of a seminar, of a material.
#[derive(Debug, Clone)]
pub struct Attached<S: Stage> {
    pub title: S::Text,
    pub link: Link<S>,
}

fields! {
    /// How something to read is written.
    pub struct AttachedForm any ["file" | "link"] look target(file, link) {
        title: req SourceText => "название", live "Памятка";
        file: opt Link<Source> => "путь к файлу", live "../files/pamyatka.pdf";
        link: opt Link<Source> => "или ссылка: путь к документу, адрес", eg "https://…";
    }
}

impl AttachedForm {
    fn target(file: &Option<Link<Source>>, link: &Option<Link<Source>>, at: Span, cx: &mut Cx<'_>) {
        if file.is_none() && link.is_none() {
            cx.say(&form::MISSING_FIELD, at, |x| x.arg("field", "file"));
        }
    }
}

formed! {
    Attached { title, link } by AttachedForm;
}

impl Formed for Attached<Source> {
    type Form = AttachedForm;

    fn build(form: AttachedForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        Some(Attached {
            title: form.title,
            link: form.file.or(form.link)?,
        })
    }
}
