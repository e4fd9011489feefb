//! Duties as a text for the terminal, JSON for programs, calendars and letters to the bodies that act.
//!
//! Takes [`Duties`]; gives whole files. Only the operator reads them. Must not decide anything. The page is `page`'s.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub use super::page::page;
use super::{Duties, Item, Proof, State, day, names};
use crate::feed::{IcsEvent, ics};
use crate::site::format::iso;
use crate::text::slug;

/// What passed so many days ago without a record is only counted in the text.
const RECENT: u64 = 92;

/// Files for the operator: names below `output/report/` and bytes.
pub fn files(duties: &Duties, host: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("duties.html".to_owned(), page(duties).into_bytes()),
        (
            "duties.ics".to_owned(),
            calendar(duties.items.iter(), "Обязанности", duties.today, host).into_bytes(),
        ),
    ];
    for ((section, name), items) in duties.by_body() {
        let open = |i: &&Item| i.state != State::Done;
        if !items.iter().any(open) {
            continue;
        }
        let file = file_name(&section, &name, &items);
        let title = format!("Сроки: {name}");
        let events = calendar(items.iter().copied(), &title, duties.today, host);
        files.push((format!("duties/{file}.ics"), events.into_bytes()));
        let text = letter(&name, &items, duties.today);
        files.push((format!("duties/{file}.txt"), text.into_bytes()));
    }
    files
}

/// `tula-2024-metodicheskij-tsentr`: by the body's id where it has one.
fn file_name(section: &str, name: &str, items: &[&Item]) -> String {
    let body = items.iter().flat_map(|i| &i.who).find_map(|w| {
        let (id, known) = w.body.as_ref()?;
        (known == name).then(|| id.clone())
    });
    // Words may be cut to the same beginning.
    let id = body.unwrap_or_else(|| {
        let words: String = slug(name).chars().take(40).collect();
        format!("{}-{}", words.trim_end_matches('-'), super::sign(name))
    });
    format!("{section}-{id}")
}

#[derive(Serialize)]
struct ProofData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    link: &'a Option<String>,
    text: &'a str,
}

fn proofs(list: &[Proof]) -> Vec<ProofData<'_>> {
    let each = list.iter().map(|p| ProofData {
        text: &p.text,
        link: &p.link,
        date: p.date.map(iso),
    });
    each.collect()
}

#[derive(Serialize)]
struct Source<'a> {
    line: u32,
    path: &'a str,
}

/// An item in the form of the contract, its names in the order of the alphabet.
#[derive(Serialize)]
struct ItemData<'a> {
    basis: &'a str,
    due: Option<String>,
    from: Option<String>,
    id: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: &'a Option<String>,
    proof: Vec<ProofData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proposed: Vec<ProofData<'a>>,
    section: &'a str,
    source: Source<'a>,
    state: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unproved: bool,
    what: &'a str,
    who: Vec<&'a str>,
}

impl<'a> ItemData<'a> {
    fn of(i: &'a Item) -> Self {
        ItemData {
            basis: &i.basis,
            due: i.due.map(iso),
            from: i.from.map(iso),
            id: &i.id,
            kind: i.kind.as_str(),
            note: &i.note,
            proof: proofs(&i.proof),
            proposed: proofs(&i.proposed),
            section: &i.section,
            source: Source {
                line: i.line,
                path: &i.path,
            },
            state: i.state.as_str(),
            unproved: i.unproved,
            what: &i.what,
            who: i.who.iter().map(|w| w.printed.as_str()).collect(),
        }
    }
}

/// All items, each made when it is written: there may be hundreds of thousands.
struct Items<'a>(&'a [Item]);

impl Serialize for Items<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(ItemData::of))
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    items: Items<'a>,
    summary: Map<String, Value>,
}

/// One object: the form of the contract.
pub fn to_json(duties: &Duties) -> String {
    let mut summary: Map<String, Value> = State::ALL
        .iter()
        .map(|state| (state.as_str().to_owned(), json!(duties.count(*state))))
        .collect();
    summary.insert("total".into(), json!(duties.items.len()));
    let awaits = duties.items.iter().filter(|i| i.awaits_proof()).count();
    summary.insert("awaits-proof".into(), json!(awaits));
    summary.insert("today".into(), json!(iso(duties.today)));
    let items = Items(&duties.items);
    serde_json::to_string_pretty(&Whole { items, summary }).unwrap_or_default() + "\n"
}

/// Groups in the order in which they ask for attention; what is done or far ahead is counted.
pub fn text(duties: &Duties, lang_en: bool) -> String {
    let mut out = String::new();
    let title = |state| match (state, lang_en) {
        (State::Late, false) => "Просрочено",
        (State::Late, true) => "Late",
        (State::Due, false) => "В ближайшие 30 дней и без срока",
        (State::Due, true) => "Within 30 days, or without a day",
        (State::NoRecord, false) => "Срок прошёл, записи нет",
        (State::NoRecord, true) => "Past due, no record",
        (State::Upcoming, false) => "Дальше",
        (State::Upcoming, true) => "Later",
        (State::Done, false) => "Выполнено",
        (State::Done, true) => "Done",
    };
    for state in [State::Late, State::Due, State::NoRecord] {
        let items: Vec<&Item> = duties.items.iter().filter(|i| i.state == state).collect();
        if items.is_empty() {
            continue;
        }
        out.push_str(&format!("{}: {}\n", title(state), items.len()));
        // Nobody reads through what was due years ago; JSON has all of it.
        let recent = duties.today.checked_sub_days(Days::new(RECENT));
        let old = |i: &Item| state == State::NoRecord && i.due < recent;
        let earlier = items.iter().filter(|i| old(i)).count();
        for item in items.into_iter().filter(|i| !old(i)) {
            let who = names(item);
            let who = if who.is_empty() {
                String::new()
            } else {
                format!(" — {who}")
            };
            let what = crate::text::excerpt(&item.what, 110);
            out.push_str(&format!("  {:<10}  {what}{who}\n", day(item.due)));
            let mut more = vec![format!("[{}] {}", item.section, item.basis)];
            more.extend(item.note.clone());
            if let Some(proposed) = item.proposed.first() {
                let words = if lang_en {
                    "may prove it"
                } else {
                    "может подтвердить"
                };
                more.push(format!("{words}: {}", proposed.text));
            }
            out.push_str(&format!("              {}\n", more.join("; ")));
        }
        if earlier > 0 {
            let words = if lang_en { "earlier" } else { "раньше" };
            out.push_str(&format!("  {words}: {earlier}\n"));
        }
        out.push('\n');
    }
    let rest = [State::Upcoming, State::Done].map(|s| format!("{}: {}", title(s), duties.count(s)));
    out.push_str(&format!("{}\n", rest.join(" · ")));
    out
}

/// The open ones that have a day.
pub fn calendar<'i>(
    items: impl Iterator<Item = &'i Item>,
    name: &str,
    today: NaiveDate,
    host: &str,
) -> String {
    let open = items.filter(|i| i.state != State::Done);
    let events: Vec<IcsEvent> = open
        .filter_map(|i| {
            let what = crate::text::excerpt(&i.what, 160);
            let basis = if i.basis.is_empty() {
                String::new()
            } else {
                format!(" ({})", i.basis)
            };
            Some(IcsEvent {
                uid: format!("{}@{host}", i.id.replace('/', "-")),
                date: i.due?,
                end: None,
                time: None,
                zone: None,
                title: format!("Срок: {what}{basis}"),
                place: None,
                url: None,
                // The format wants a stamp; the only clock is the day of the run.
                stamp: today,
            })
        })
        .collect();
    ics(name, &events)
}

/// The text of a letter, to be sent as it is or mended.
pub fn letter(body: &str, items: &[&Item], today: NaiveDate) -> String {
    let month = today
        .checked_add_days(Days::new(62))
        .unwrap_or(NaiveDate::MAX);
    let mut out = format!("Кому: {body}\n");
    if let Some(first) = items.first() {
        out.push_str(&format!("О чём: сроки. {}\n", first.section_title));
    }
    out.push_str("\nУважаемые коллеги!\n");
    let mut group = |title: &str, wanted: &dyn Fn(&Item) -> bool| {
        let own: Vec<&&Item> = items.iter().filter(|i| wanted(i)).collect();
        if own.is_empty() {
            return;
        }
        out.push_str(&format!("\n{title}\n"));
        for (n, item) in own.iter().enumerate() {
            let basis = if item.basis.is_empty() {
                String::new()
            } else {
                format!(" Основание: {}.", item.basis.trim_end_matches('.'))
            };
            let what = item.what.trim_end_matches('.');
            out.push_str(&format!("{}. {} — {what}.{basis}\n", n + 1, day(item.due)));
        }
    };
    group(
        "Срок прошёл, просим исполнить и сообщить:",
        &|i| i.state == State::Late,
    );
    group("Ближайшие сроки:", &|i| i.state == State::Due);
    group("Сроки следующего месяца:", &|i| {
        i.state == State::Upcoming && i.due.is_some_and(|due| due <= month)
    });
    group(
        "Срок прошёл, а сведений о выполнении у нас нет. Если работа сделана, просим сообщить, чем это подтверждается:",
        &|i| i.state == State::NoRecord,
    );
    out.push_str(&format!("\nСведения на {}.\n", day(Some(today))));
    out
}
