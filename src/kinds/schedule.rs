//! Schedules of visits, internships, consultations and whatever else offices put dates to, with the columns that they
//! print. A school in a row is a reference into the registry and nothing
//! else; the public stage cannot hold it.

use super::blank::Blank;
use super::columns::{Cell, announce, cells, printed};
use super::common::check_time;
use super::fields::{Formed, choice, fields, formed};
use super::shape::Shaped;
use super::stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};
use super::term::Term;
use super::visit::{Visit, Visitor, nothing_to_see};
use crate::diag::Span;
use crate::diag::catalog::{document as forms, model as messages};
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

/// A column of the printed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleColumn {
    Date,
    Time,
    /// The territory, and the word for a school.
    Municipality,
    Place,
    Theme,
    Specialists,
    Format,
    /// By its position among the further columns.
    Further(usize),
}

nothing_to_see!(ScheduleColumn);

#[derive(Debug, Clone)]
pub struct Schedule<S: Stage> {
    pub schedule_type: ScheduleType,
    /// What it is a schedule of, where none of the types says it.
    pub word: Option<S::Text>,
    pub plan: Option<Plan>,
    /// In the printed order, with the printed headings; empty where it has the usual ones.
    pub columns: Vec<(ScheduleColumn, S::Text)>,
    pub rows: Vec<ScheduleRow<S>>,
    /// What is printed under the table.
    pub note: Option<S::Markup>,
}

/// One day of a schedule.
#[derive(Debug, Clone)]
pub struct ScheduleRow<S: Stage> {
    pub at: Span,
    pub date: Term<S>,
    pub time: Option<S::Text>,
    pub municipality: Option<S::Text>,
    pub school: Option<S::School>,
    pub place: Option<S::Text>,
    /// Empty where columns of the table's own say what is done.
    pub theme: S::Markup,
    pub specialists: Vec<S::Text>,
    pub format: Option<S::Text>,
    pub cells: Vec<Cell<S>>,
}

formed! {
    Schedule { schedule_type, word, plan, columns, rows, note } by ScheduleForm;
    ScheduleRow { at, date, time, municipality, school, place, theme, specialists, format, cells } by ScheduleRowForm;
}

impl Visit for (ScheduleColumn, SourceText) {
    fn visit(&mut self, v: &mut dyn Visitor) {
        self.1.visit(v);
    }
}

fields! {
    /// How a schedule is written.
    pub struct ScheduleForm {
        schedule_type = "type": req ScheduleType => "чего это график", live "visits";
        word: opt SourceText => "название вида, если он свой: встаёт на место обычного", eg "График собеседований";
        plan: opt Plan, then within => "первый и последний день: по ним читаются сроки без года", eg "{from: 2025-01-01, to: 2025-12-31}";
        columns: opt HeadsForm, then further => "заголовки граф, если они не обычные: как напечатаны и в том же порядке; графа, которой здесь нет, — под любым своим именем", docs;
        rows: list ScheduleRow<Source> => "события по порядку";
        note: opt SourceMarkup => "примечание под таблицей", docs;
    }
}

fields! {
    /// How the headings of a schedule's columns are written.
    pub struct HeadsForm {
        date: opt SourceText => "когда", live "Дата";
        time: opt SourceText => "время", live "Время";
        municipality: opt SourceText => "где", live "Территория";
        place: opt SourceText => "площадка", live "Место";
        theme: opt SourceText => "тема", live "Тема";
        specialists: opt SourceText => "кто проводит", live "Специалисты";
        format: opt SourceText => "форма", live "Форма";
    }
    rest further: SourceText, any
}

fields! {
    /// How one day of a schedule is written.
    pub struct ScheduleRowForm with at {
        date: req Term<Source> => "когда", live "14.02.2025";
        time: opt SourceText, then timed => "время", live "10:00–13:00";
        municipality: opt SourceText => "район или город; где школ мало, сайт покажет место крупнее", live "Примерный район";
        school: opt SchoolRef => "школа: только id из реестра; на сайте названия не будет", eg "r-01";
        place: opt SourceText => "площадка, которую можно называть (public в реестре)", eg "МАОУ СОШ № 100";
        theme: opt SourceMarkup => "тема", live "Посещение уроков";
        specialists: list SourceText => "кто проводит", live "методист по русскому языку";
        format: opt SourceText => "форма", live "очно";
    }
    rest cells: SourceMarkup, further
}

impl ScheduleRowForm {
    fn timed(time: &Option<SourceText>, cx: &mut Cx<'_>) {
        check_time(time, cx);
    }
}

impl ScheduleForm {
    fn within(plan: &Option<Plan>, cx: &mut Cx<'_>) {
        cx.plan = *plan;
    }

    fn further(columns: &Option<HeadsForm>, cx: &mut Cx<'_>) {
        let Some(columns) = columns else { return };
        let described = [
            ("date", columns.date.is_some()),
            ("time", columns.time.is_some()),
            ("municipality", columns.municipality.is_some()),
            ("place", columns.place.is_some()),
            ("theme", columns.theme.is_some()),
            ("specialists", columns.specialists.is_some()),
            ("format", columns.format.is_some()),
        ];
        announce(&columns.further, &described, cx);
        for (_, at, head) in &columns.further {
            // Places are told as coarsely as was decided, and nothing decides on what is called otherwise.
            if tells_place(&head.text) {
                cx.say(&messages::PLACE_COLUMN, *at, |f| f.arg("value", &head.text));
            }
        }
    }
}

/// Whether a heading is of places or schools.
pub fn tells_place(head: &str) -> bool {
    let head = head.to_lowercase();
    [
        "район",
        "муниципал",
        "территор",
        "округ",
        "школ",
        "учрежден",
        "организац",
        "населённ",
        "населенн",
        "адрес",
    ]
    .iter()
    .any(|stem| head.contains(stem))
        || head
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| matches!(w, "оо" | "оу" | "мо" | "место"))
}

impl Formed for Schedule<Source> {
    type Form = ScheduleForm;

    fn build(form: ScheduleForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        Some(Schedule {
            schedule_type: form.schedule_type,
            word: form.word,
            plan: form.plan,
            columns: form.columns.map_or_else(Vec::new, heads),
            rows: form.rows,
            note: form.note,
        })
    }
}

fn heads(form: HeadsForm) -> Vec<(ScheduleColumn, SourceText)> {
    use ScheduleColumn::{Date, Format, Further, Municipality, Place, Specialists, Theme, Time};
    let all = [
        (Date, form.date),
        (Time, form.time),
        (Municipality, form.municipality),
        (Place, form.place),
        (Theme, form.theme),
        (Specialists, form.specialists),
        (Format, form.format),
    ];
    printed(all, form.further, Further)
}

impl Formed for ScheduleRow<Source> {
    type Form = ScheduleRowForm;

    fn build(form: ScheduleRowForm, at: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let cells = cells(form.cells, cx);
        if form.theme.is_none() && cells.is_empty() {
            cx.say(&forms::MISSING_FIELD, at, |x| x.arg("field", "theme"));
            return None;
        }
        Some(ScheduleRow {
            at,
            date: form.date,
            time: form.time,
            municipality: form.municipality,
            school: form.school,
            place: form.place,
            theme: form.theme.unwrap_or_default(),
            specialists: form.specialists,
            format: form.format,
            cells,
        })
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
        Meetings = "meetings" "совещания, заседания",
        Interviews = "interviews" "собеседования",
        Courses = "courses" "курсы",
        Tests = "tests" "проверочные работы, экзамены",
        Reports = "reports" "представление отчётов",
        Other = "other" "другое: что именно, говорит word",
    }
}

impl ScheduleType {
    /// The schedule's name on its page.
    pub fn word(self) -> &'static str {
        match self {
            ScheduleType::Visits => "График посещений",
            ScheduleType::Internships => "График стажировочных площадок",
            ScheduleType::Consultations => "График консультаций",
            ScheduleType::Meetings => "График совещаний",
            ScheduleType::Interviews => "График собеседований",
            ScheduleType::Courses => "График курсов",
            ScheduleType::Tests => "График проверочных работ",
            ScheduleType::Reports => "График представления отчётов",
            ScheduleType::Other => "График",
        }
    }

    /// One row of it, in the calendar.
    pub fn event(self) -> &'static str {
        match self {
            ScheduleType::Visits => "Посещение",
            ScheduleType::Internships => "Стажировка",
            ScheduleType::Consultations => "Консультация",
            ScheduleType::Meetings => "Совещание",
            ScheduleType::Interviews => "Собеседование",
            ScheduleType::Courses => "Курсы",
            ScheduleType::Tests => "Проверочная работа",
            ScheduleType::Reports => "Срок отчёта",
            ScheduleType::Other => "Событие",
        }
    }
}
