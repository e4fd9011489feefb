//! Field by field from `Source` to `Public`, for every document.
//!
//! The macro names every field of a type: a field added to a kind does not compile until it is named here, so nothing
//! can slip past. Texts, numbers and schools are converted in [`super::text`], references keep their targets and lose
//! the words by which they were written; all other values are the same in both stages.

use chrono::NaiveDate;

use super::{Disclose, Guarded, Place, Public};
use crate::kinds::Head;
use crate::kinds::Kind;
use crate::kinds::bodies::{Bodies, Body as Directory};
use crate::kinds::columns::Cell;
use crate::kinds::common::{Amended, Attached, Done, Original, Person, Responsible};
use crate::kinds::each_kind;
use crate::kinds::group::{Group, Member, MemberColumn};
use crate::kinds::ids::{Address, Folder, Id, SourcePath};
use crate::kinds::indicators::{
    Indicator, IndicatorGoal, IndicatorGroup, Indicators, Value, Variable,
};
use crate::kinds::order::{
    Annex, AnnexState, Assignment, Clause, Control, Order, OrderState, OrderStatus, OrderType,
    Signature,
};
use crate::kinds::protocol::{Decision, Point, Protocol, Speech};
use crate::kinds::refs::RefTo;
use crate::kinds::refs::{DocRef, Link, RowRef};
use crate::kinds::roadmap::{Column, More, Roadmap, RoadmapSection, Row};
use crate::kinds::schedule::{Schedule, ScheduleColumn, ScheduleRow, ScheduleType};
use crate::kinds::section::{Contacts, Duty, Keeping, Level, Part, Section, Within, Zone};
use crate::kinds::seminar::{AgendaItem, Seminar, Talk};
use crate::kinds::term::Term;
use crate::kinds::text::TextDocument;
use crate::kinds::{Body, Document, Source};
use crate::period::{PeriodKind, Plan};

/// The same in both stages: these types have no room for free text. No text type may stand here.
macro_rules! same {
    ($($ty:ty),* $(,)?) => {
        $(impl Disclose for $ty {
            type Out = $ty;
            fn disclose(&self, _: &mut Guarded<'_>) -> $ty { self.clone() }
        })*
    };
}

same!(
    NaiveDate,
    bool,
    u8,
    u32,
    usize,
    f64,
    Kind,
    Id,
    Folder,
    Address,
    SourcePath,
    Plan,
    PeriodKind,
    Column,
    OrderType,
    OrderState,
    ScheduleType,
    Level,
    Keeping,
    Zone,
    Part,
    Within,
    crate::diag::Span,
    (usize, usize),
    (Option<NaiveDate>, Option<NaiveDate>),
    (NaiveDate, NaiveDate),
    ScheduleColumn,
    MemberColumn,
);

/// How a reference was written is the editor's business: what is public of it is where it leads.
impl Disclose for Box<str> {
    type Out = ();
    fn disclose(&self, _: &mut Guarded<'_>) {}
}

impl<T: Disclose> Disclose for Option<T> {
    type Out = Option<T::Out>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out {
        self.as_ref().map(|t| t.disclose(g))
    }
}

impl<T: Disclose> Disclose for Box<T> {
    type Out = Box<T::Out>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out {
        Box::new((**self).disclose(g))
    }
}

impl<T: Disclose> Disclose for Box<[T]> {
    type Out = Box<[T::Out]>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out {
        self.iter().map(|t| t.disclose(g)).collect()
    }
}

impl<T: Disclose> Disclose for Vec<T> {
    type Out = Vec<T::Out>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out {
        self.iter().map(|t| t.disclose(g)).collect()
    }
}

/// A column with its heading.
macro_rules! headed {
    ($($column:ty),*) => {
        $(impl<T: Disclose> Disclose for ($column, T) {
            type Out = ($column, T::Out);
            fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out {
                (self.0, self.1.disclose(g))
            }
        })*
    };
}

headed!(Column, ScheduleColumn, MemberColumn);

macro_rules! fields {
    ($($ty:ident { $($field:ident),* $(,)? })*) => {
        $(impl Disclose for $ty<Source> {
            type Out = $ty<Public>;
            fn disclose(&self, g: &mut Guarded<'_>) -> $ty<Public> {
                let $ty { $($field),* } = self;
                $ty { $($field: $field.disclose(g)),* }
            }
        })*
    };
}

/// What stands for itself: its fields tell of each other, and not of its neighbours.
macro_rules! records {
    ($($ty:ident { $($field:ident),* $(,)? })*) => {
        $(impl Disclose for $ty<Source> {
            type Out = $ty<Public>;
            fn disclose(&self, g: &mut Guarded<'_>) -> $ty<Public> {
                let $ty { $($field),* } = self;
                g.heard.begin();
                let public = $ty { $($field: $field.disclose(g)),* };
                g.heard.end();
                public
            }
        })*
    };
}

fields! {
    DocRef { text, at, target }
    RowRef { no, section, at, target }
    Head { path, section, id, kind, at, title, description, published, updated, order, annex, row, file, sample, draft, address }
    Responsible { printed, note, body, beside }
    Term { printed, kind, from, to, parts }
    Amended { by, was, note }
    Original { file, title }
    Assignment { at, who, what, by, row, done }
    OrderStatus { state, by, by_text, date }
    Roadmap { plan, columns, sections, note }
    RoadmapSection { no, title, depth, period, rows, note }
    More { start, finish, cells }
    Cell { column, text }
    Seminar { date, time, place, link, audience, organizers, about, agenda, speakers, materials }
    Indicators { groups }
    IndicatorGroup { title, goals }
    Value { period, value, number, year }
    Variable { symbol, meaning, unit, data }
    Section { short_title, territory, level, summary, about, period, timezone, progress, archived, follows, owner, operator, coordinator, duties, contacts }
    Contacts { body, note, phone, email, site, address }
    Bodies { bodies }
    Group { columns, members, total, note }
    Protocol { number, date, time, place, body, group, chair, secretary, present, attended, agenda, decided, materials }
    TextDocument { body, date, category, attachments }
}

records! {
    Done { at, of, date, text, link, file, sample }
    Person { name, post, role, note }
    Attached { title, link }
    Clause { at, no, text, amended, assignments, clauses }
    Control { text, who, kept }
    Signature { post, name }
    Annex { no, title, state, file, cites }
    Row { no, at, depth, measure, period, indicator, target, result, responsible, done, amended, more }
    AgendaItem { day, time, title, place, lead, speaker, talks, note }
    Talk { no, time, speaker, title, note }
    IndicatorGoal { title, indicators }
    Indicator { at, name, source, frequency, formula, dynamics, variables, target, responsible, unit, base, planned, values }
    Duty { at, news_per_month, parts, update_within, basis, who, by }
    Directory { id, at, name, short, aliases, role, collective }
    Member { role, name, post, phone, note, collective, cells }
    Point { at, no, title, heard, spoke, decided, votes }
    Speech { who, text }
    Decision { at, no, what, who, by, done }
}

/// Its target may hold words: a web address, a file's name, a place on a page. One that names a school leads nowhere.
impl Disclose for Link<Source> {
    type Out = Link<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Link<Public> {
        let Link { text, at, target } = self;
        text.disclose(g);
        let target = target.as_ref().filter(|t| g.reached(t, *at).is_some());
        Link {
            text: (),
            at: *at,
            target: target.cloned(),
        }
    }
}

impl<K> Disclose for RefTo<Source, K> {
    type Out = RefTo<Public, K>;
    fn disclose(&self, g: &mut Guarded<'_>) -> RefTo<Public, K> {
        RefTo::from(self.document.disclose(g))
    }
}

impl Disclose for AnnexState<Source> {
    type Out = AnnexState<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> AnnexState<Public> {
        match self {
            AnnexState::Published(document) => AnnexState::Published(document.disclose(g)),
            AnnexState::File => AnnexState::File,
            AnnexState::Withheld { basis } => AnnexState::Withheld {
                basis: basis.disclose(g),
            },
        }
    }
}

/// Where it takes place is decided row by row, so the municipality as written is not heard.
impl Disclose for ScheduleRow<Source> {
    type Out = ScheduleRow<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> ScheduleRow<Public> {
        let ScheduleRow {
            at,
            date,
            time,
            municipality,
            school,
            place,
            theme,
            specialists,
            format,
            cells,
        } = self;
        g.heard.begin();
        g.heard.deaf(true);
        let municipality = municipality.disclose(g);
        g.heard.deaf(false);
        let row = ScheduleRow {
            at: *at,
            date: date.disclose(g),
            time: time.disclose(g),
            municipality,
            school: school.disclose(g),
            place: place.disclose(g),
            theme: theme.disclose(g),
            specialists: specialists.disclose(g),
            format: format.disclose(g),
            cells: cells.disclose(g),
        };
        g.heard.end();
        row
    }
}

/// Whose act it is and where it was signed stands on a letterhead: it tells nothing of who takes part.
impl Disclose for Order<Source> {
    type Out = Order<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Order<Public> {
        let Order {
            order_type,
            issuer,
            letterhead,
            date,
            number,
            place,
            subject,
            basis,
            clauses,
            control,
            original,
            signed,
            status,
            amends,
            repeals,
            annexes,
        } = self;
        g.heard.begin();
        let (issuer, letterhead) = (issuer.disclose(g), letterhead.disclose(g));
        let place = place.disclose(g);
        g.heard.end();
        Order {
            order_type: order_type.disclose(g),
            issuer,
            letterhead,
            date: date.disclose(g),
            number: number.disclose(g),
            place,
            subject: subject.disclose(g),
            basis: basis.disclose(g),
            clauses: clauses.disclose(g),
            control: control.disclose(g),
            original: original.disclose(g),
            signed: signed.disclose(g),
            status: status.disclose(g),
            amends: amends.disclose(g),
            repeals: repeals.disclose(g),
            annexes: annexes.disclose(g),
        }
    }
}

/// Rows carry their municipality as context for the guard, and give it away only as far as was decided.
impl Disclose for Schedule<Source> {
    type Out = Schedule<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Schedule<Public> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (i, row) in self.rows.iter().enumerate() {
            g.around = row
                .municipality
                .iter()
                .map(|m| m.text.to_string())
                .collect();
            let mut public = row.disclose(g);
            g.around.clear();
            match g.places.get(&(g.document, i)) {
                None | Some(Place::AsWritten) => {}
                Some(Place::Hidden) => public.municipality = None,
                Some(Place::Coarser(words)) => {
                    let text = crate::kinds::SourceText {
                        text: words.clone(),
                        at: row.at,
                        sic: None,
                    };
                    public.municipality = Some(text.disclose(g));
                }
            }
            rows.push(public);
        }
        Schedule {
            schedule_type: self.schedule_type,
            word: self.word.disclose(g),
            plan: self.plan,
            columns: self.columns.disclose(g),
            rows,
            note: self.note.disclose(g),
        }
    }
}

macro_rules! body {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        impl Disclose for Body<Source> {
            type Out = Body<Public>;
            fn disclose(&self, g: &mut Guarded<'_>) -> Body<Public> {
                match self {
                    $(Body::$kind(x) => Body::$kind(x.disclose(g)),)*
                    Body::Text(x) => Body::Text(x.disclose(g)),
                }
            }
        }
    };
}
each_kind!(body);

impl Disclose for Document<Source> {
    type Out = Document<Public>;
    fn disclose(&self, g: &mut Guarded<'_>) -> Document<Public> {
        g.heard.title(true);
        let head = self.head.disclose(g);
        g.heard.title(false);
        Document {
            head,
            body: self.body.disclose(g),
        }
    }
}
