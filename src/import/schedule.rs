//! Schedules: takes a table of days, gives what is on each of them, where and by whom. A school of a row is a name here and
//! never leaves but as an entry of the registry. Must not lose a cell.

use super::columns::{Role, is_time};
use super::fields::short;
use super::plan::append;
use super::table::{Head, Row, Table, is_column_numbers};
use super::words::{fold, is_number_cell, one_line};
use super::yaml::Key;
use crate::carrier::blocks::At;
use crate::kinds::schedule::tells_place;

#[derive(Debug, Clone, Default)]
pub(super) struct Schedule {
    /// Names of columns with the printed heads, in the printed order.
    pub columns: Vec<(Key, String)>,
    pub days: Vec<Day>,
    pub notes: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(super) struct Day {
    pub date: String,
    pub time: Option<String>,
    pub municipality: Option<String>,
    pub school: Option<String>,
    pub place: Option<String>,
    pub theme: Option<String>,
    pub specialists: Option<String>,
    pub format: Option<String>,
    /// Columns that the model does not describe, by their names.
    pub cells: Vec<(Key, String)>,
    pub at: At,
}

/// Whether a table says what is when and where, rather than what is to be done and by whom.
pub(super) fn is_schedule(head: &Head, title: &str) -> bool {
    let folded = fold(title);
    let dated = head.has(Role::Period) || head.has(Role::Start);
    let placed = [
        Role::School,
        Role::Municipality,
        Role::Place,
        Role::Time,
        Role::Audience,
        Role::Speaker,
        Role::Theme,
        Role::Form,
    ]
    .iter()
    .any(|r| head.has(*r));
    let named = ["график", "расписание"].iter().any(|w| folded.contains(w))
        && !folded.contains("план-график")
        && !folded.contains("план график");
    let planned = head.has(Role::Measure) && head.has(Role::Responsible);
    dated && placed && (named || !planned && !head.has(Role::Measure))
}

/// Reads a schedule.
pub(super) fn schedule(table: &Table, head: &Head) -> Schedule {
    let column = |roles: &[Role]| roles.iter().find_map(|r| head.column(*r));
    let date = column(&[Role::Period, Role::Start]);
    let finish = head.column(Role::Finish);
    let known: Vec<(Key, Option<usize>)> = vec![
        ("date".into(), date),
        ("time".into(), head.column(Role::Time)),
        ("municipality".into(), head.column(Role::Municipality)),
        ("place".into(), head.column(Role::Place)),
        ("theme".into(), column(&[Role::Theme, Role::Measure])),
        (
            "specialists".into(),
            column(&[Role::Speaker, Role::Responsible, Role::Person]),
        ),
        ("format".into(), head.column(Role::Form)),
    ];
    let school = head.column(Role::School);
    let at = |name: &str| known.iter().find(|(n, _)| n == name).and_then(|(_, c)| *c);
    let mut further: Vec<(usize, Key)> = Vec::new();
    let tells = |column: usize| head.texts.get(column).is_some_and(|t| tells_place(t));
    for column in 0..table.width {
        let taken = known.iter().any(|(_, c)| *c == Some(column))
            || Some(column) == school
            || Some(column) == finish;
        let said = table
            .rows
            .iter()
            .skip(head.to)
            .any(|r| !r.own(column).is_empty());
        if taken || !said {
            continue;
        }
        let text = head.texts.get(column).map_or("", String::as_str);
        let mut name = match head.roles.get(column) {
            Some(Role::No) => "no".to_owned(),
            _ => format!("dop-{}", short(&crate::text::slug(text))),
        };
        name.truncate(name.trim_end_matches('-').len());
        while further.iter().any(|(_, n)| *n == name) {
            name.push_str("-2");
        }
        further.push((column, name.into()));
    }
    // A further column is published as it is: what tells a place stands where places are told with care.
    let place = at("place").or_else(|| {
        let found = further.iter().position(|(c, _)| tells(*c))?;
        Some(further.remove(found).0)
    });
    further.retain(|(c, _)| !tells(*c));
    let mut columns: Vec<(usize, Key)> = known
        .iter()
        .filter_map(|(name, c)| Some(((*c)?, name.clone())))
        .chain(further.iter().cloned())
        .collect();
    // Where a school stands the territory is told.
    if let (Some(school), None) = (school, at("municipality")) {
        columns.push((school, "municipality".into()));
    }
    if let (Some(place), None) = (place, at("place")) {
        columns.push((place, "place".into()));
    }
    columns.sort();
    let mut out = Schedule {
        columns: columns
            .into_iter()
            .map(|(c, name)| {
                let printed = |c: usize| head.texts.get(c).cloned().unwrap_or_default();
                // One column stands for two: «начало – окончание».
                let text = match finish.filter(|f| name == "date" && *f != c) {
                    Some(f) => {
                        let end = printed(f);
                        let end = end.rsplit(": ").next().unwrap_or_default();
                        format!("{} – {end}", printed(c))
                    }
                    None => printed(c),
                };
                (name, text)
            })
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        ..Schedule::default()
    };
    let mut above: Option<String> = None;
    for row in table.rows.iter().skip(head.to) {
        let filled = row.filled();
        if filled.is_empty() || is_column_numbers(row) || repeats(row, head) {
            continue;
        }
        if let [only] = filled.as_slice()
            && !is_number_cell(row.own(*only))
        {
            let text = one_line(row.own(*only));
            let folded = fold(&text);
            match ["район", "округ", "город "]
                .iter()
                .any(|w| folded.contains(w))
            {
                // «Луговой район» across the table heads what follows.
                true => above = Some(text),
                false if Some(*only) == at("theme") || Some(*only) == at("specialists") => {
                    goes_on(row, &mut out, at("theme"), at("specialists"));
                }
                false => out.notes.push(text),
            }
            continue;
        }
        let said = one_line(filled.first().map_or("", |c| row.own(*c)));
        if ["итого", "всего"]
            .iter()
            .any(|w| fold(&said).starts_with(w))
        {
            let sums = filled.iter().skip(1).map(|c| {
                let head = head.texts.get(*c).map_or("", String::as_str);
                format!("{head} – {}", one_line(row.own(*c)))
            });
            out.notes.push(summed(&said, sums.collect()));
            continue;
        }
        let read = |c: Option<usize>| c.map(|c| one_line(row.read(c))).filter(|t| !t.is_empty());
        let text = |c: Option<usize>| c.map(|c| row.read(c).to_owned()).filter(|t| !t.is_empty());
        let (mut day, mut time) = (read(date).unwrap_or_default(), read(at("time")));
        if let Some(end) = read(finish) {
            day = format!("{day} – {end}")
                .trim_start_matches(" – ")
                .to_owned();
        }
        if day.is_empty() {
            if row.fresh {
                goes_on(row, &mut out, at("theme"), at("specialists"));
                continue;
            }
            day = out.days.last().map_or(String::new(), |d| d.date.clone());
        }
        // «14.02.2025 10:00»
        if time.is_none()
            && let Some((first, last)) = day.rsplit_once([' ', ','])
            && is_time(last)
        {
            time = Some(last.to_owned());
            day = first
                .trim_end_matches([',', ' '])
                .trim_end_matches(" в")
                .to_owned();
        }
        out.days.push(Day {
            date: day,
            time,
            municipality: read(at("municipality")).or_else(|| above.clone()),
            school: read(school),
            place: read(place),
            theme: text(at("theme")),
            specialists: text(at("specialists")),
            format: read(at("format")),
            cells: further
                .iter()
                .filter_map(|(c, name)| Some((name.clone(), text(Some(*c))?)))
                .collect(),
            at: row.at,
        });
    }
    out.days.retain(|d| !d.date.is_empty());
    out
}

/// A row of sums as a note: «Итого: Часов – 60; Человек – 55».
pub(super) fn summed(said: &str, sums: Vec<String>) -> String {
    match sums.is_empty() {
        true => said.to_owned(),
        false => format!("{}: {}", said.trim_end_matches(':'), sums.join("; ")),
    }
}

/// Puts the rest of a row that a page cut behind the last one.
fn goes_on(row: &Row, out: &mut Schedule, theme: Option<usize>, who: Option<usize>) {
    if let Some(last) = out.days.last_mut() {
        for (slot, column) in [(&mut last.theme, theme), (&mut last.specialists, who)] {
            if let Some(text) = column.map(|c| row.own(c)).filter(|t| !t.is_empty()) {
                append(slot.get_or_insert_default(), text);
            }
        }
    }
}

fn repeats(row: &Row, head: &Head) -> bool {
    let filled = row.filled();
    filled.len() > 1
        && filled.iter().all(|c| {
            head.texts
                .get(*c)
                .is_some_and(|h| fold(h) == fold(row.own(*c)))
        })
}
