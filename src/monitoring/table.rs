//! Tables of schools' numbers: one line for a school on a day, one column for each thing that is counted.
//!
//! Takes bytes as Excel and LibreOffice save CSV (semicolons, commas or tabs; UTF-8 or Windows-1251), or a list of maps in
//! YAML; gives lines with places, and what is wrong with them. Must not quote a cell: somebody may have typed a school's
//! name there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use glasno_tally::Number;

use crate::diag::catalog::monitoring as messages;
use crate::diag::{Entry, Finding, Location, Span};
use crate::document::yaml::{self, Key, Node, Origin, Value};

/// The line of all schools that are not in the registry, together: what it has everybody may know.
const OTHERS: [&str; 2] = ["прочие", "others"];

/// Whose line it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    School(Arc<str>),
    Others,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    Number(Number),
    /// There is nothing to count.
    Nothing,
    /// Nobody has filled it in.
    Missing,
    /// No number; it was told when it was read.
    Wrong,
}

/// A year, calendar or of school, by which values are told apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub year: u32,
    pub words: Box<str>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    pub whose: Whose,
    pub period: Period,
    /// Of several in a period the latest counts.
    pub day: Option<NaiveDate>,
    /// By the table's columns.
    pub cells: Vec<(Entered, Span)>,
}

/// One table.
#[derive(Debug, Clone)]
pub struct Table {
    pub path: Arc<str>,
    /// The section that it belongs to; all of them where `None`.
    pub section: Option<Box<str>>,
    pub columns: Vec<(Box<str>, Span)>,
    pub lines: Vec<Line>,
}

impl Table {
    pub fn location(&self, at: Span) -> Location {
        Location::at(self.path.clone(), at)
    }

    /// Leaves out the lines of days and years that are still to come; the first of them is told.
    pub fn wait(&mut self, today: NaiveDate, findings: &mut Vec<Finding>) {
        let year = u32::try_from(today.year()).unwrap_or(0);
        let ahead = |line: &Line| line.period.year > year || line.day.is_some_and(|d| d > today);
        let first = self.lines.iter().find(|line| ahead(line));
        if let Some((_, at)) = first.and_then(|line| line.cells.first()) {
            findings.push(Finding::new(&messages::AHEAD, self.location(*at)));
        }
        self.lines.retain(|line| !ahead(line));
    }
}

/// A cell as it stands in the file.
struct Cell {
    text: String,
    at: Span,
}

/// Reads one file. `schools` are the ids of the registry.
pub fn read(
    path: &Arc<str>,
    section: Option<&str>,
    bytes: &[u8],
    schools: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Option<Table> {
    let text = decode(bytes);
    let is_yaml = [".yaml", ".yml"]
        .iter()
        .any(|end| path.to_lowercase().ends_with(end));
    let rows = match is_yaml {
        true => listed(path, &text, findings)?,
        false => split(&text),
    };
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let mut say = |entry: &'static Entry, at: Span, value: &str| {
        let finding = Finding::new(entry, Location::at(path.clone(), at));
        findings.push(finding.arg("value", value));
    };
    let named = |words: &[&str]| {
        head.iter().position(|cell| {
            let low = cell.text.trim().to_lowercase();
            words.contains(&low.as_str())
        })
    };
    let first = Span::new(1, 1, 1);
    let school = named(&["школа", "school", "id", "школа (id)"]);
    let date = named(&["дата", "год", "date", "year"]);
    let (Some(school), Some(date)) = (school, date) else {
        let lacks = if school.is_none() {
            "школа"
        } else {
            "дата"
        };
        say(&messages::NO_HEAD, first, lacks);
        return None;
    };
    let mut columns: Vec<(Box<str>, Span)> = Vec::new();
    let mut places = Vec::new();
    for (n, cell) in head.iter().enumerate() {
        let name = cell.text.trim();
        if n == school || n == date || name.is_empty() {
            continue;
        }
        if columns.iter().any(|(known, _)| **known == *name) {
            say(&messages::TWO_HEADS, cell.at, name);
            continue;
        }
        columns.push((name.into(), cell.at));
        places.push(n);
    }
    let mut lines = Vec::new();
    for row in rows {
        if row.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        let begin = row.first().map_or(first, |cell| cell.at);
        let cell = |n: usize| row.get(n);
        let at = |n: usize| cell(n).map_or(begin, |cell| cell.at);
        let words = |n: usize| cell(n).map_or("", |cell| cell.text.trim());
        let whose = match words(school) {
            id if schools.contains(id) => Whose::School(id.into()),
            id if OTHERS.contains(&id.to_lowercase().as_str()) => Whose::Others,
            _ => {
                say(&messages::UNKNOWN_SCHOOL, at(school), "");
                continue;
            }
        };
        let Some((period, day)) = period(words(date)) else {
            say(&messages::BAD_DATE, at(date), "");
            continue;
        };
        let mut cells = Vec::new();
        for ((name, _), n) in columns.iter().zip(&places) {
            let value = entered(words(*n));
            if value.is_none() {
                say(&messages::BAD_VALUE, at(*n), name);
            }
            cells.push((value.unwrap_or(Entered::Wrong), at(*n)));
        }
        lines.push(Line {
            whose,
            period,
            day,
            cells,
        });
    }
    Some(Table {
        path: path.clone(),
        section: section.map(Into::into),
        columns,
        lines,
    })
}

/// Tells of each value that is there twice.
pub fn doubles(tables: &[Table], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<_, (&Arc<str>, Span)> = BTreeMap::new();
    for table in tables {
        for line in &table.lines {
            for ((name, _), (value, at)) in table.columns.iter().zip(&line.cells) {
                if *value == Entered::Missing {
                    continue;
                }
                let key = (&table.section, name, &line.whose, &line.period, line.day);
                match seen.get(&key) {
                    Some((_, first)) => findings.push(
                        Finding::new(&messages::TWICE, table.location(*at))
                            .arg("value", name)
                            .arg("line", first.line),
                    ),
                    None => {
                        seen.insert(key, (&table.path, *at));
                    }
                }
            }
        }
    }
}

/// UTF-8, else what Russian Excel saves.
fn decode(bytes: &[u8]) -> String {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(plain) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1251.decode(plain).0.into_owned(),
    }
}

/// The rows of a YAML file: a list, each item a line of the table, its keys the columns. What an item lacks is an empty cell
/// at the item.
fn listed(path: &Arc<str>, text: &str, findings: &mut Vec<Finding>) -> Option<Vec<Vec<Cell>>> {
    let origin = Origin {
        path,
        text,
        first_line: 0,
    };
    let (root, found) = yaml::parse(origin);
    // A fault of the writing tells of a place; its words may be a cell's.
    let wrong = found.iter().filter_map(|f| f.location.span);
    findings.extend(wrong.map(|at| origin.finding(&messages::YAML, at)));
    let root = root.filter(|_| found.is_empty())?;
    let Value::List(items) = root.value else {
        findings.push(origin.finding(&messages::LIST, root.at));
        return None;
    };
    let mut head: Vec<Cell> = Vec::new();
    let mut lines: Vec<(Span, Vec<(Key, Node)>)> = Vec::new();
    for item in items {
        let Value::Map(entries) = item.value else {
            findings.push(origin.finding(&messages::LIST, item.at));
            continue;
        };
        for (key, _) in &entries {
            if !head.iter().any(|cell| cell.text == *key.name) {
                head.push(Cell {
                    text: key.name.to_string(),
                    at: key.at,
                });
            }
        }
        lines.push((item.at, entries));
    }
    let cell = |name: &str, at: Span, entries: &[(Key, Node)]| {
        let own = entries.iter().find(|(key, _)| *key.name == *name);
        let text = match own.map(|(_, node)| &node.value) {
            None | Some(Value::Null) => String::new(),
            Some(Value::Scalar(scalar)) => scalar.text.to_string(),
            // No number, whatever is in it.
            Some(Value::List(_) | Value::Map(_)) => "?".to_owned(),
        };
        let at = own.map_or(at, |(_, node)| node.at);
        Cell { text, at }
    };
    let rows: Vec<Vec<Cell>> = lines
        .iter()
        .map(|(at, entries)| head.iter().map(|h| cell(&h.text, *at, entries)).collect())
        .collect();
    Some(std::iter::once(head).chain(rows).collect())
}

/// What divides cells: whatever the first line has.
fn divider(text: &str) -> char {
    let first = text.lines().next().unwrap_or("");
    let found = [';', '\t', ','].into_iter().find(|c| first.contains(*c));
    found.unwrap_or(';')
}

/// Cells with their places; a cell in quotes may hold dividers and ends of lines.
fn split(text: &str) -> Vec<Vec<Cell>> {
    let divider = divider(text);
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let (mut line, mut column) = (1u32, 1u32);
    let mut cell = String::new();
    let mut begin = (1u32, 1u32);
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    let close = |cell: &mut String, begin: (u32, u32), row: &mut Vec<Cell>| {
        let width = u32::try_from(cell.chars().count()).unwrap_or(1).max(1);
        let at = Span::new(begin.0, begin.1, width);
        let text = std::mem::take(cell);
        row.push(Cell { text, at });
    };
    while let Some(c) = chars.next() {
        column += 1;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                column += 1;
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            c if c == divider && !quoted => {
                close(&mut cell, begin, &mut row);
                begin = (line, column);
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                line += 1;
                column = 1;
                if quoted {
                    cell.push(' ');
                } else {
                    close(&mut cell, begin, &mut row);
                    rows.push(std::mem::take(&mut row));
                    begin = (line, column);
                }
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        close(&mut cell, begin, &mut row);
        rows.push(row);
    }
    rows
}

fn entered(text: &str) -> Option<Entered> {
    Some(match text.to_lowercase().as_str() {
        "" => Entered::Missing,
        "-" | "–" | "—" | "−" | "х" | "x" => Entered::Nothing,
        "да" | "yes" => Entered::Number(Number::whole(1)),
        "нет" | "no" => Entered::Number(Number::ZERO),
        text => Entered::Number(Number::parse(text)?),
    })
}

/// `31.05.2022`, `2022-05-31`, `2022`, `2021/2022`
fn period(text: &str) -> Option<(Period, Option<NaiveDate>)> {
    let plausible = |y: u32| (1990..=2100).contains(&y).then_some(y);
    let day = NaiveDate::parse_from_str(text, "%d.%m.%Y")
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d"));
    if let Ok(day) = day {
        let year = plausible(u32::try_from(day.year()).ok()?)?;
        let words = year.to_string().into();
        return Some((Period { year, words }, Some(day)));
    }
    let (first, second) = text.split_once(['/', '–', '-']).unwrap_or((text, ""));
    let four = |t: &str| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
    let year = plausible(first.parse().ok().filter(|_| four(first))?)?;
    let words = match second {
        "" if text == first => first.to_owned(),
        next if next.parse() == Ok(year + 1) => format!("{year}/{next}"),
        _ => return None,
    };
    let words = words.into();
    Some((Period { year, words }, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Option<Table>, Vec<String>) {
        let mut findings = Vec::new();
        let schools = ["r-01", "r-02"].map(str::to_owned).into();
        let read = read(
            &"t.csv".into(),
            None,
            text.as_bytes(),
            &schools,
            &mut findings,
        );
        let told = findings.iter().map(|f| {
            let at = f.location.span.unwrap_or_default();
            format!("{}@{}:{}", f.code(), at.line, at.column)
        });
        (read, told.collect())
    }

    #[test]
    fn cells_are_read_with_their_places() {
        let (read, told) = table(
            "\u{feff}школа;дата;баз;\"нач; все\"\r\nr-01;31.05.2022;12,5;да\r\nr-02;2021/2022;–;\r\n\r\nпрочие;2022;1 200;7\r\n",
        );
        assert_eq!(told, [""; 0]);
        let read = read.unwrap();
        assert_eq!(&*read.columns[1].0, "нач; все");
        let values: Vec<Entered> = read
            .lines
            .iter()
            .flat_map(|l| &l.cells)
            .map(|(v, _)| *v)
            .collect();
        assert_eq!(values[0], Entered::Number(Number::parse("12.5").unwrap()));
        assert_eq!(
            values[1..4],
            [
                Entered::Number(Number::whole(1)),
                Entered::Nothing,
                Entered::Missing
            ]
        );
        assert_eq!(&*read.lines[1].period.words, "2021/2022");
        assert_eq!(read.lines[2].whose, Whose::Others);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let (_, told) = table(
            "школа;дата;баз;баз\nr-9;2022;1;\nr-01;вчера;1;\nr-01;2022;12 %;\nr-02;2021/2023;1;\n",
        );
        assert_eq!(
            told,
            [
                "monitoring.same-column@1:16",
                "monitoring.school@2:1",
                "monitoring.date@3:6",
                "monitoring.value@4:11",
                "monitoring.date@5:6"
            ]
        );
        assert_eq!(table("id,баз\n").1, ["monitoring.head@1:1"]);
        assert_eq!(table("").1, ["monitoring.head@1:1"]);
    }

    #[test]
    fn a_list_in_yaml_says_the_same() {
        let read_as = |text: &str| {
            let mut findings = Vec::new();
            let schools = ["r-01", "r-02"].map(str::to_owned).into();
            let path = "t.yaml".into();
            let read = read(&path, None, text.as_bytes(), &schools, &mut findings);
            let told = findings.iter().map(|f| {
                let at = f.location.span.unwrap_or_default();
                format!("{}@{}:{}", f.code(), at.line, at.column)
            });
            (read, told.collect::<Vec<_>>())
        };
        let (read, told) = read_as(
            "- {школа: r-01, дата: 2022-05-31, баз: 12.5, все: да}\n- школа: прочие\n  дата: 2021/2022\n  баз: –\n",
        );
        assert_eq!(told, [""; 0]);
        let read = read.unwrap();
        let values: Vec<Entered> = read
            .lines
            .iter()
            .flat_map(|l| &l.cells)
            .map(|(v, _)| *v)
            .collect();
        assert_eq!(
            values,
            [
                Entered::Number(Number::parse("12.5").unwrap()),
                Entered::Number(Number::whole(1)),
                Entered::Nothing,
                Entered::Missing
            ]
        );
        assert_eq!(read.lines[1].whose, Whose::Others);
        assert_eq!(read.lines[1].cells[1].1.line, 2);
        let (_, told) = read_as(
            "- {школа: r-9, дата: 2022, баз: 1}\n- {школа: r-01, дата: вчера, баз: 1}\n- {школа: r-01, дата: 2022, баз: десять}\n- {школа: r-02, дата: 2022, баз: [1]}\n- просто слова\n- {дата: 2022, баз: 1}\n",
        );
        assert_eq!(
            told,
            [
                "monitoring.list@5:3",
                "monitoring.school@1:11",
                "monitoring.date@2:23",
                "monitoring.value@3:34",
                "monitoring.value@4:34",
                "monitoring.school@6:3"
            ]
        );
        assert_eq!(read_as("школа: r-01\n").1, ["monitoring.list@1:1"]);
        assert_eq!(
            read_as("- {школа: r-01, школа: r-02}\n").1,
            ["monitoring.yaml@1:17"]
        );
        assert_eq!(read_as("- [\n").1.len(), 1);
        assert_eq!(read_as("- {баз: 1}\n").1, ["monitoring.head@1:1"]);
    }

    #[test]
    fn excel_of_the_old_code_page_is_read() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("школа;год;баз\nr-01;2022;3\n");
        let mut findings = Vec::new();
        let schools = BTreeSet::from(["r-01".to_owned()]);
        let read = read(&"t.csv".into(), None, &bytes, &schools, &mut findings);
        assert_eq!(read.map(|t| t.lines.len()), Some(1));
    }
}
