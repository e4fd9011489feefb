//! Programmes of seminars and meetings: takes a table of hours, gives points with what is said and by whom, parted by days
//! and sessions. Must not lose a cell.

use super::columns::{Role, is_time};
use super::plan::append;
use super::table::{Head, Row, Table, is_column_numbers};
use super::words::{fold, one_line};
use crate::carrier::blocks::At;

#[derive(Debug, Clone, Default)]
pub(super) struct Programme {
    pub points: Vec<Point>,
}

/// One point, or the heading of a day.
#[derive(Debug, Clone, Default)]
pub(super) struct Point {
    pub day: Option<String>,
    pub time: Option<String>,
    pub title: Option<String>,
    pub place: Option<String>,
    pub speaker: Option<String>,
    pub note: Option<String>,
    pub at: At,
}

/// Whether a table is the programme of one meeting.
pub(super) fn is_programme(head: &Head, title: &str) -> bool {
    let folded = fold(title);
    let named = [
        "программа",
        "семинар",
        "совещани",
        "повестк",
        "регламент",
        "вебинар",
        "конференц",
        "форум",
        "круглый стол",
        "круглого стола",
    ]
    .iter()
    .any(|w| folded.contains(w));
    let timed = head.has(Role::Time);
    let said = [Role::Theme, Role::Measure, Role::Speaker, Role::Other]
        .iter()
        .any(|r| head.has(*r));
    named && timed && said && !head.has(Role::School)
}

pub(super) fn programme(table: &Table, head: &Head) -> Programme {
    let column = |roles: &[Role]| roles.iter().find_map(|r| head.column(*r));
    let time = head.column(Role::Time);
    let title = column(&[Role::Theme, Role::Measure, Role::Form, Role::Other]);
    let speaker =
        column(&[Role::Speaker, Role::Responsible, Role::Person]).filter(|c| Some(*c) != title);
    let place = head.column(Role::Place);
    let used = [time, title, speaker, place, head.column(Role::No)];
    let mut out = Programme::default();
    for row in table.rows.iter().skip(head.to) {
        let filled = row.filled();
        if filled.is_empty() || is_column_numbers(row) {
            continue;
        }
        if let [only] = filled.as_slice()
            && Some(*only) != title
            && !is_time(row.own(*only))
        {
            let text = one_line(row.own(*only));
            out.points.push(heading(text, row));
            continue;
        }
        let read = |c: Option<usize>| c.map(|c| row.own(c).to_owned()).filter(|t| !t.is_empty());
        if let [only] = filled.as_slice()
            && Some(*only) == title
            && row.fresh
            && let Some(last) = out.points.last_mut()
        {
            append(last.title.get_or_insert_default(), row.own(*only));
            continue;
        }
        let more: Vec<String> = filled
            .iter()
            .filter(|c| !used.contains(&Some(**c)))
            .map(|c| {
                let head = head.texts.get(*c).map_or("", String::as_str);
                format!("{head}: {}", one_line(row.own(*c)))
                    .trim_start_matches(": ")
                    .to_owned()
            })
            .collect();
        out.points.push(Point {
            time: read(time).map(|t| one_line(&t)),
            title: read(title),
            place: read(place).map(|t| one_line(&t)),
            speaker: read(speaker).map(|t| one_line(&t)),
            note: (!more.is_empty()).then(|| more.join("; ")),
            at: row.at,
            ..Point::default()
        });
    }
    // «9.30 – Регистрация» without words has nothing to say.
    out.points.retain(|p| p.day.is_some() || p.title.is_some());
    out
}

/// One cell across the table: a day, or a session.
fn heading(text: String, row: &Row) -> Point {
    let folded = fold(&text);
    // «16 апреля (четверг)» names no year.
    let dated = text.chars().any(|c| c.is_ascii_digit())
        && text.chars().count() < 60
        && text
            .split(|c: char| !c.is_alphabetic())
            .any(|w| super::words::month_number(w).is_some());
    let day = folded.contains("день") || dated || !super::words::days(&text).is_empty();
    let (day, title) = match day {
        true => (Some(text), None),
        false => (None, Some(text)),
    };
    Point {
        day,
        title,
        at: row.at,
        ..Point::default()
    }
}
