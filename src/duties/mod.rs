//! What is due, late, done or without a record, and who acts.
//!
//! Takes the book (orders, roadmaps, `duties:` of sections) and what schools' tabs lack; gives [`Duties`]: items with
//! stable ids, sorted by the day on which they are due. States come from [`crate::progress`], so that a duty, a page and
//! a calendar agree. An archived section asks for nothing. Texts are public ones: no protected name can stand in them.
//! Must not read a file.
//!
//! Who shows a screen takes [`first`]: of 300,000 duties the texts of those that stand on it.
//!
//! Rooms: `gather` takes assignments and measures, `publication` what `duties:` asks, `print` and `page`
//! show them.

mod gather;
mod page;
pub mod print;
mod publication;

use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::progress::{Standing, Status};
use crate::site::book::{Book, Part};
use crate::text::dates;

/// What is due «soon»: so many days ahead.
const SOON: u64 = 30;

/// What sort of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    Assignment,
    Measure,
    News,
    Part,
    Update,
    Tab,
}

impl ItemKind {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Assignment => "assignment",
            ItemKind::Measure => "measure",
            ItemKind::News => "news",
            ItemKind::Part => "part",
            ItemKind::Update => "update",
            ItemKind::Tab => "tab",
        }
    }
}

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Late,
    Due,
    NoRecord,
    Upcoming,
    Done,
}

impl State {
    pub const ALL: [State; 5] = [
        State::Late,
        State::Due,
        State::NoRecord,
        State::Upcoming,
        State::Done,
    ];

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Late => "late",
            State::Due => "due",
            State::NoRecord => "no-record",
            State::Upcoming => "upcoming",
            State::Done => "done",
        }
    }

    /// What stands at the day of the last call, without a record.
    fn open(due: Option<NaiveDate>, today: NaiveDate) -> Self {
        let soon = today
            .checked_add_days(Days::new(SOON))
            .unwrap_or(NaiveDate::MAX);
        match due {
            Some(due) if due <= soon => State::Due,
            _ => State::Upcoming,
        }
    }

    /// Of a measure or an assignment.
    fn of(status: Status, due: Option<NaiveDate>, today: NaiveDate) -> Self {
        match status {
            Status::Done => State::Done,
            Status::Overdue => State::Late,
            Status::NoRecord => State::NoRecord,
            Status::DueSoon | Status::UnderWay | Status::Upcoming => State::open(due, today),
        }
    }

    /// Of a publication duty: nobody has to record it, it can be seen.
    fn seen(done: bool, due: Option<NaiveDate>, today: NaiveDate) -> Self {
        match due {
            _ if done => State::Done,
            Some(due) if due < today => State::Late,
            None => State::Due,
            due => State::open(due, today),
        }
    }
}

/// What proves that something is done, or might.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub text: String,
    pub link: Option<String>,
    pub date: Option<NaiveDate>,
}

/// Who acts: as printed, and the body of the directory that it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    pub printed: String,
    /// Id and full name in the section's directory.
    pub body: Option<(String, String)>,
}

/// One duty.
#[derive(Debug, Clone)]
pub struct Item {
    /// The same whatever else comes and goes.
    pub id: String,
    pub kind: ItemKind,
    /// Folder of its section, and how that is called.
    pub section: Arc<str>,
    pub section_title: String,
    pub what: String,
    pub who: Vec<Who>,
    pub from: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub state: State,
    pub proof: Vec<Proof>,
    /// It is recorded, and nothing proves it.
    pub unproved: bool,
    /// Documents of the section that might prove it.
    pub proposed: Vec<Proof>,
    pub basis: String,
    pub path: Arc<str>,
    pub line: u32,
    /// What the operator should know of how it was counted.
    pub note: Option<String>,
}

impl Item {
    /// Whether a record or its proof is waited for though something speaks for it.
    pub fn awaits_proof(&self) -> bool {
        self.unproved || (self.state != State::Done && !self.proposed.is_empty())
    }
}

/// What a school's tab lacks.
#[derive(Debug, Clone)]
pub struct TabLacks {
    pub school: String,
    /// Folder of its section.
    pub section: Option<String>,
    pub lacks: Vec<String>,
    pub path: Arc<str>,
}

/// Which duties are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of this section alone; then of an archived one too.
    pub section: Option<String>,
    pub until: Option<NaiveDate>,
}

/// All of them, sorted by the day on which they are due, then by id; what has no day stands last.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    pub today: NaiveDate,
    pub items: Vec<Item>,
}

impl Duties {
    pub fn count(&self, state: State) -> usize {
        self.items.iter().filter(|i| i.state == state).count()
    }

    /// By the bodies that act, those without one by their printed words.
    pub fn by_body(&self) -> BTreeMap<(Arc<str>, String), Vec<&Item>> {
        let mut all: BTreeMap<_, Vec<&Item>> = BTreeMap::new();
        for item in &self.items {
            for who in &item.who {
                let name = who.body.as_ref().map_or(&who.printed, |(_, name)| name);
                let own = all.entry((item.section.clone(), name.clone())).or_default();
                if own.last().is_none_or(|last| last.id != item.id) {
                    own.push(item);
                }
            }
        }
        all
    }
}

/// Takes duties as they are found: counts them, and says of which the texts are worth making.
#[derive(Default)]
struct Sieve {
    items: Vec<Item>,
    /// Where not all are kept: so many of each of these states.
    most: Option<(usize, &'static [State])>,
    counts: BTreeMap<State, usize>,
    /// The last of those that are kept, of each state: what stands behind it is only counted.
    kept: BTreeMap<State, BinaryHeap<(NaiveDate, Arc<str>)>>,
    /// Folder of the section that is gone through.
    section: Arc<str>,
}

impl Sieve {
    fn asks(&mut self, state: State, due: Option<NaiveDate>) -> bool {
        *self.counts.entry(state).or_default() += 1;
        let Some((most, states)) = self.most else {
            return true;
        };
        if !states.contains(&state) {
            return false;
        }
        let key = (due.unwrap_or(NaiveDate::MAX), self.section.clone());
        let kept = self.kept.entry(state).or_default();
        if kept.len() < most {
            kept.push(key);
            return true;
        }
        let Some(last) = kept.peek() else {
            return false;
        };
        let asks = key <= *last;
        if key < *last {
            kept.pop();
            kept.push(key);
        }
        asks
    }

    fn part(&mut self, book: &Book, part: &Part, tabs: &[TabLacks]) {
        self.section = part.folder.clone();
        gather::part(book, part, self);
        publication::part(book, part, self);
        gather::tabs(book, part, tabs, self);
    }

    /// As they stand in every list.
    fn sort(&mut self) {
        self.items.sort_by(|a, b| {
            let key = |i: &Item| (i.due.unwrap_or(NaiveDate::MAX), i.section.clone());
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
    }
}

/// The duties of one state: how many, and the first of them.
#[derive(Debug)]
pub struct First {
    pub state: State,
    pub count: usize,
    pub items: Vec<Item>,
}

/// Of every state that is asked for how many duties there are, and the first of them as [`collect`] sorts them.
pub fn first(book: &Book, tabs: &[TabLacks], most: usize, states: &'static [State]) -> Vec<First> {
    let mut sieve = Sieve {
        most: Some((most, states)),
        ..Sieve::default()
    };
    for part in &book.parts {
        if !book.section(part).is_some_and(|s| s.archived) {
            sieve.part(book, part, tabs);
        }
    }
    sieve.sort();
    let mut all: Vec<First> = states
        .iter()
        .map(|state| First {
            state: *state,
            count: sieve.counts.get(state).copied().unwrap_or_default(),
            items: Vec::new(),
        })
        .collect();
    for item in sieve.items {
        if let Some(own) = all.iter_mut().find(|f| f.state == item.state)
            && own.items.len() < most
        {
            own.items.push(item);
        }
    }
    all
}

/// Collects the duties of a book.
pub fn collect(book: &Book, tabs: &[TabLacks], wanted: &Wanted) -> Duties {
    let mut sieve = Sieve::default();
    for part in &book.parts {
        let archived = book.section(part).is_some_and(|s| s.archived);
        let asked = match &wanted.section {
            Some(section) => **section == *part.folder,
            None => !archived,
        };
        if asked {
            sieve.part(book, part, tabs);
        }
    }
    tell_apart(&mut sieve.items);
    sieve.items.retain(|i| match wanted.until {
        Some(until) => i.due.is_some_and(|due| due <= until),
        None => true,
    });
    sieve.sort();
    Duties {
        today: book.today,
        items: sieve.items,
    }
}

/// Rows with one number, records of one day: the first keeps the id, the others are counted.
fn tell_apart(items: &mut [Item]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        let times = seen.entry(item.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            item.id.push_str(&format!("~{times}"));
        }
    }
}

/// What all items of a section share.
fn blank(book: &Book, part: &Part, kind: ItemKind, id: String) -> Item {
    let home = book.documents.get(part.home);
    Item {
        id,
        kind,
        section: part.folder.clone(),
        section_title: crate::site::head::short_title(book, part),
        what: String::new(),
        who: Vec::new(),
        from: None,
        due: None,
        state: State::Upcoming,
        proof: Vec::new(),
        unproved: false,
        proposed: Vec::new(),
        basis: String::new(),
        path: home.map_or_else(|| Arc::from(""), |d| d.head.path.file().clone()),
        line: 1,
        note: None,
    }
}

/// Six signs that stand for a text: for ids of what has no number.
fn sign(text: &str) -> String {
    blake3::hash(text.as_bytes())
        .to_hex()
        .chars()
        .take(6)
        .collect()
}

/// A time of what recurs, or the one stretch of what does not.
struct Time {
    from: Option<NaiveDate>,
    due: Option<NaiveDate>,
    status: Status,
    /// Of what recurs: its last day, and the places of its records.
    own: Option<(NaiveDate, Vec<usize>)>,
}

fn times(standing: &Standing, from: Option<NaiveDate>, due: Option<NaiveDate>) -> Vec<Time> {
    if standing.occurrences.is_empty() {
        let status = standing.status;
        return vec![Time {
            from,
            due,
            status,
            own: None,
        }];
    }
    let each = standing.occurrences.iter();
    each.map(|o| Time {
        from: o.from,
        due: Some(o.due),
        status: o.status,
        own: Some((o.to, o.records.clone())),
    })
    .collect()
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "без срока".to_owned(), dates::short)
}

fn names(item: &Item) -> String {
    let names: Vec<&str> = item.who.iter().map(|w| w.printed.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2025, 3, d)
    }

    #[test]
    fn states_follow_the_contract() {
        let today = day(10).unwrap_or_default();
        assert_eq!(State::of(Status::UnderWay, day(12), today), State::Due);
        assert_eq!(
            State::of(Status::DueSoon, NaiveDate::from_ymd_opt(2025, 4, 10), today),
            State::Upcoming
        );
        assert_eq!(State::of(Status::NoRecord, day(1), today), State::NoRecord);
        assert_eq!(State::of(Status::Overdue, day(1), today), State::Late);
        assert_eq!(State::seen(false, day(9), today), State::Late);
        assert_eq!(State::seen(false, day(10), today), State::Due);
        assert_eq!(State::seen(true, day(9), today), State::Done);
    }
}
