//! Schedules of visits, internships and consultations. A school in a row is a reference into the registry and nothing
//! else; the public stage cannot hold it.

use super::blank::Blank;
use super::fields::{choice, fields};
use super::shape::Shaped;
use super::stage::Source;
use super::term::Term;
use crate::document::decode::Cx;
use crate::period::Plan;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "schedule",
    about: "График посещений, стажировок, консультаций",
    file: "content/ПАПКА-РАЗДЕЛА/schedules/poseshcheniya.yaml",
    head: &[("title", "График посещений на 2025 год"), ("row", "")],
    shape: Schedule::<Source>::shape,
    own: None,
    published: Some("2025-01-20"),
    text: None,
    notes: "",
};

fields! {
    /// A schedule.
    pub struct Schedule<S> {
        schedule_type = "type": req ScheduleType => "чего это график", live "visits";
        plan: opt Plan, then within => "первый и последний день: по ним читаются сроки без года", eg "{from: 2025-01-01, to: 2025-12-31}";
        rows: list ScheduleRow<S> => "события по порядку";
    }
}

impl Schedule<Source> {
    fn within(plan: &Option<Plan>, cx: &mut Cx<'_>) {
        cx.plan = *plan;
    }
}

fields! {
    /// One day of a schedule.
    pub struct ScheduleRow<S> with at {
        date: req Term<S> => "когда", live "14.02.2025";
        time: opt S::Text => "время", live "10:00–13:00";
        municipality: opt S::Text => "район или город; где школ мало, сайт покажет место крупнее", live "Примерный район";
        school: opt S::School => "школа: только id из реестра; на сайте названия не будет", eg "r-01";
        place: opt S::Text => "площадка, которую можно называть (public в реестре)", eg "МАОУ СОШ № 100";
        theme: req S::Markup => "тема", live "Посещение уроков";
        specialists: list S::Text => "кто проводит", live "методист по русскому языку";
        format: opt S::Text => "форма", live "очно";
    }
}

choice! {
    /// What a schedule is of.
    pub enum ScheduleType {
        /// Specialists come to a school; documents call it in words of their own.
        Visits = "visits" "посещения школ",
        /// Internship sites.
        Internships = "internships" "стажировочные площадки",
        Consultations = "consultations" "консультации",
    }
}

impl ScheduleType {
    /// The schedule's name on its page.
    pub fn word(self) -> &'static str {
        match self {
            ScheduleType::Visits => "График посещений",
            ScheduleType::Internships => "График стажировочных площадок",
            ScheduleType::Consultations => "График консультаций",
        }
    }

    /// One row of it, in the calendar.
    pub fn event(self) -> &'static str {
        match self {
            ScheduleType::Visits => "Посещение",
            ScheduleType::Internships => "Стажировка",
            ScheduleType::Consultations => "Консультация",
        }
    }
}
