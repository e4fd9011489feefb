//! What the parts of a file turned out to be: takes parts, gives each annex as plans, groups, indicators, lists of schools
//! and texts. Must not make a source, and must not put a name of a list into a doubt.

use std::collections::BTreeMap;

use super::clauses;
use super::doubt::Doubts;
use super::line::{Line, Origin};
use super::list::{self, Purpose, School};
use super::order::{Clause, Order};
use super::parts::{Parts, Piece, Segment, Stamp};
use super::plan::{Measure, Plan};
use super::programme::{self, Programme};
use super::schedule::{self, Schedule};
use super::table::{Head, Table};
use super::words::{self, fold, is_capitals};
use super::{group, indicator, indicators, reader};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

/// What a piece of a file turned out to be.
pub(super) enum Found {
    Plan {
        title: Title,
        plan: Plan,
    },
    Schedule {
        title: Title,
        schedule: Schedule,
    },
    Programme {
        title: Title,
        programme: Programme,
    },
    Group {
        title: Title,
        group: group::Group,
    },
    Indicators {
        title: Title,
        groups: Vec<indicator::Group>,
    },
    Protected {
        title: Title,
        schools: Vec<School>,
    },
    Public {
        title: Title,
        schools: Vec<School>,
        table: Option<Table>,
    },
    /// Words, and tables of no known kind among them.
    Text {
        paragraphs: Vec<(Paragraph, At)>,
    },
}

/// A piece of a long text.
pub(super) enum Paragraph {
    Heading(String),
    Words(String),
    Table(Table),
    /// A document of its own stands here: its place among the found.
    Elsewhere(usize),
}

/// What stands above a piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Title {
    pub text: String,
    /// Sentences between title and table.
    pub about: String,
    /// «Дата проведения: 23 октября», «Место: …» between title and table.
    pub facts: Vec<Fact>,
    pub at: At,
}

/// A line of a label and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub kind: FactKind,
    /// The line as printed.
    pub text: String,
    /// What stands behind the label.
    pub value: String,
}

/// What the label of a line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FactKind {
    Date,
    Time,
    Place,
    Audience,
    Organizers,
    Other,
}

impl Fact {
    /// The fact that a line states: by its label, or a day or hours alone.
    fn of(text: &str) -> Option<Fact> {
        const LABELS: [(FactKind, &str); 7] = [
            (FactKind::Time, "время|начало|часы"),
            (FactKind::Date, "дата|даты|срок|сроки|когда|день"),
            (FactKind::Place, "место|адрес|где"),
            (
                FactKind::Audience,
                "участник|категори|целевая|аудитория|для кого|приглаша|слушател",
            ),
            (FactKind::Organizers, "организатор|проводит"),
            (
                FactKind::Other,
                "форма|формат|цель|цели|задач|ведущ|модератор|ссылка|тема|количество|объем|докладчик|спикер|ответственн",
            ),
            (FactKind::Other, "контакт|регистрация|подключени"),
        ];
        if let Some((label, value)) = text.split_once(':')
            && !value.trim().is_empty()
            && label.chars().count() <= 45
        {
            let folded = fold(label);
            let kind = match folded.starts_with("дата") {
                true => Some(FactKind::Date),
                false => LABELS
                    .iter()
                    .find(|(_, words)| words.split('|').any(|w| folded.starts_with(w)))
                    .map(|(kind, _)| *kind),
            }?;
            return Some(Fact {
                kind,
                text: text.to_owned(),
                value: value.trim().trim_end_matches([';', '.']).to_owned(),
            });
        }
        let alone = |kind| Fact {
            kind,
            text: text.to_owned(),
            value: text.to_owned(),
        };
        if super::columns::is_time(text) {
            return Some(alone(FactKind::Time));
        }
        if super::head::is_town(text) {
            return Some(alone(FactKind::Place));
        }
        // «16–17 апреля 2026 года», and no month of a plan's title.
        let number = text.chars().take_while(char::is_ascii_digit).count();
        let days = (1..=2).contains(&number)
            && text.chars().count() < 60
            && crate::period::parse(text, None)
                .is_ok_and(|p| p.from.is_some() && p.to.is_some() && !p.kind.is_open());
        (days || super::head::is_dated(text)).then(|| alone(FactKind::Date))
    }
}

impl Title {
    /// What the facts say, as sentences of their own.
    fn settled(mut self) -> Title {
        for fact in std::mem::take(&mut self.facts) {
            if !self.about.is_empty() {
                self.about.push('\n');
            }
            self.about.push_str(&fact.text);
        }
        self
    }
}

/// One annex or unstamped part, read.
pub(super) struct Read {
    pub stamp: Option<Stamp>,
    pub found: Vec<Found>,
}

/// A whole file, read.
pub(super) struct File {
    pub name: String,
    pub index: usize,
    pub order: Option<Order>,
    pub segments: Vec<Read>,
}

/// Reads the parts of a file.
pub(super) fn read(
    parts: Parts,
    notes: &BTreeMap<String, String>,
    name: &str,
    index: usize,
    doubts: &mut Doubts,
) -> File {
    let mut elsewhere: Vec<String> = parts.order.iter().map(|l| l.text.clone()).collect();
    for segment in &parts.segments {
        elsewhere.extend(segment.stamp.iter().map(|s| s.text.clone()));
        for piece in &segment.pieces {
            if let Piece::Table { table, .. } = piece {
                elsewhere.extend(
                    table
                        .rows
                        .iter()
                        .flat_map(|r| &r.cells)
                        .map(|c| c.text.clone())
                        .take(2000),
                );
            }
        }
    }
    let elsewhere: Vec<&str> = elsewhere.iter().map(String::as_str).collect();
    let order =
        (!parts.order.is_empty()).then(|| clauses::order(&parts.order, &elsewhere, index, doubts));
    for line in &parts.rest {
        doubts.left(
            Origin {
                file: index,
                at: line.at,
            },
            &line.text,
        );
    }
    let segments = parts
        .segments
        .into_iter()
        .map(|s| segment(s, order.is_some(), index, doubts))
        .collect();
    let mut file = File {
        name: name.to_owned(),
        index,
        order,
        segments,
    };
    footnotes(&mut file, notes, doubts);
    file
}

fn segment(segment: Segment, ordered: bool, file: usize, doubts: &mut Doubts) -> Read {
    let mut found: Vec<Found> = Vec::new();
    let mut text: Vec<(Paragraph, At)> = Vec::new();
    // Of an order that does not stand in the file nothing else tells.
    if let Some(stamp) = segment.stamp.as_ref().filter(|_| !ordered) {
        doubts.left(Origin { file, at: stamp.at }, &stamp.text);
    }
    for piece in segment.pieces {
        match piece {
            Piece::People { title, lines } => {
                let title = self::title(&title, None).settled();
                let group = group::Group {
                    members: group::members(&lines, &title.text),
                    columns: Vec::new(),
                };
                text.push((Paragraph::Elsewhere(found.len()), title.at));
                found.push(Found::Group { title, group });
            }
            Piece::Text { lines } if list::is_lines(&lines) => {
                let heading: Vec<Line> = lines
                    .iter()
                    .take_while(|l| words::marked(&l.text).is_none())
                    .cloned()
                    .collect();
                let title = self::title(&heading, None).settled();
                let schools = list::of_lines(&lines);
                text.push((Paragraph::Elsewhere(found.len()), title.at));
                found.push(match list::purpose(&title.text) {
                    Purpose::Protected => Found::Protected { title, schools },
                    Purpose::Public => Found::Public {
                        title,
                        schools,
                        table: None,
                    },
                });
            }
            Piece::Text { mut lines } => {
                // «* …», «Примечание: …» right below a plan belong to it.
                if let (Some(Found::Plan { plan, .. }), Some((Paragraph::Elsewhere(_), _))) =
                    (found.last_mut(), text.last())
                {
                    let count = lines.iter().take_while(|l| is_note(&l.text)).count();
                    for line in lines.drain(..count) {
                        doubts.add(&say::TABLE_NOTE, Origin { file, at: line.at }, &[]);
                        plan.notes.push(line.text);
                    }
                }
                text.extend(lines.into_iter().map(paragraph));
            }
            Piece::Table {
                title: lines,
                table,
            } => {
                let at = lines.first().map_or(table.at, |l| l.at);
                match of_table(&lines, table, file, doubts) {
                    Ok(one) => {
                        text.push((Paragraph::Elsewhere(found.len()), at));
                        found.push(one);
                    }
                    Err(table) => {
                        text.extend(lines.into_iter().map(paragraph));
                        doubts.add(&say::NOT_TYPED, Origin { file, at: table.at }, &[]);
                        text.push((Paragraph::Table(*table), at));
                    }
                }
            }
        }
    }
    let size: usize = text
        .iter()
        .map(|(p, _)| match p {
            Paragraph::Heading(t) | Paragraph::Words(t) => t.chars().count(),
            Paragraph::Table(_) => 400,
            Paragraph::Elsewhere(_) => 0,
        })
        .sum();
    // A plan that is no table is a text, however short.
    let titled = text.len() > 2
        && text.iter().any(|(p, _)| match p {
            Paragraph::Heading(t) | Paragraph::Words(t) => super::line::is_title(t),
            _ => false,
        });
    if size > 300 || titled && found.is_empty() {
        found.push(Found::Text { paragraphs: text });
    } else {
        for (paragraph, at) in text {
            if let Paragraph::Heading(t) | Paragraph::Words(t) = paragraph {
                doubts.left(Origin { file, at }, &t);
            }
        }
    }
    Read {
        stamp: segment.stamp,
        found,
    }
}

fn paragraph(line: Line) -> (Paragraph, At) {
    let short = line.text.chars().count() < 160 && !line.text.ends_with(['.', ';', ',']);
    let heading = short
        && (line.heading
            || is_capitals(&line.text)
            || line.bold && words::marked(&line.text).is_none());
    let at = line.at;
    (
        if heading {
            Paragraph::Heading(line.text)
        } else {
            Paragraph::Words(line.text)
        },
        at,
    )
}

/// Whether a line is a note to what stands above it.
fn is_note(text: &str) -> bool {
    text.starts_with(['*', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
        || fold(text).starts_with("примечани")
}

/// Foot notes go where their mark stands: below a plan, behind a clause; told where neither has it.
fn footnotes(file: &mut File, notes: &BTreeMap<String, String>, doubts: &mut Doubts) {
    fn clauses(list: &mut [Clause], sign: &str, note: &str) -> bool {
        list.iter_mut().any(|c| {
            if c.text.contains(sign) {
                c.text.push('\n');
                c.text.push_str(note);
                return true;
            }
            clauses(&mut c.clauses, sign, note)
        })
    }
    for (mark, text) in notes {
        let sign = super::flat::superscript(mark);
        let note = format!("{sign} {text}");
        let plans = file
            .segments
            .iter_mut()
            .flat_map(|s| &mut s.found)
            .find_map(|f| match f {
                Found::Plan { plan, .. } => {
                    let says = |r: &&Measure| {
                        [
                            Some(&r.measure),
                            r.period.as_ref(),
                            r.indicator.as_ref(),
                            r.result.as_ref(),
                            r.responsible.as_ref(),
                        ]
                        .into_iter()
                        .flatten()
                        .any(|t| t.contains(&sign))
                    };
                    plan.rows().iter().any(says).then_some(plan)
                }
                _ => None,
            });
        let origin = Origin {
            file: file.index,
            at: At::default(),
        };
        if let Some(plan) = plans {
            plan.notes.push(note);
            doubts.add(&say::TABLE_NOTE, origin, &[]);
        } else if !file
            .order
            .as_mut()
            .is_some_and(|o| clauses(&mut o.clauses, &sign, &note))
        {
            doubts.left(origin, &note);
        }
    }
}

/// What a table is.
fn of_table(
    lines: &[Line],
    mut table: Table,
    file: usize,
    doubts: &mut Doubts,
) -> Result<Found, Box<Table>> {
    let seen = table.head();
    let headed = seen.is_some();
    let head = seen.unwrap_or_else(|| table.headless());
    // Rows above the head are its title too.
    let rows = table.rows.get(..head.from).unwrap_or_default();
    let above = rows.iter().flat_map(|row| {
        row.filled().into_iter().flat_map(|c| {
            row.own(c).split('\n').map(|text| Line {
                text: text.to_owned(),
                at: row.at,
                ..Line::default()
            })
        })
    });
    let mut lines: Vec<Line> = lines.iter().cloned().chain(above).collect();
    // «УТВЕРЖДАЮ», the post, the name, the day: rows of a sheet above its title.
    let mut stamped = 0;
    while let Some(line) = lines.get(stamped) {
        let above = stamped.checked_sub(1).and_then(|i| lines.get(i));
        let goes_on = above.is_some_and(|above| super::parts::stamp_goes_on(line, above));
        if !super::line::stamp_begins(line) && !goes_on {
            break;
        }
        stamped += 1;
    }
    if stamped < lines.len() {
        for line in lines.drain(..stamped) {
            doubts.left(Origin { file, at: line.at }, &line.text);
        }
    }
    // The last line may head the first rows alone: «I. Организационные меры».
    let section = headed
        && head.has(super::columns::Role::Measure)
        && lines.len() > 1
        && !table.is_headed()
        && lines.last().is_some_and(|l| {
            !super::line::is_title(&l.text)
                && words::marked(&l.text).is_some_and(|m| matches!(m.kind, words::Mark::Roman(_)))
        })
        && lines.iter().any(|l| super::line::is_title(&l.text));
    if section && let Some(line) = lines.pop() {
        table.headed(&line);
    }
    let mut told = self::title(&lines, table.name.as_deref());
    if told.at == At::default() {
        told.at = table.at;
    }
    let title = told.clone().settled();
    if list::is_list(&head, &table) {
        let (schools, public) = list::schools(&table, &head, file, doubts);
        let head_text = head.texts.join(" ");
        return Ok(
            match list::purpose(&format!("{} {head_text}", title.text)) {
                Purpose::Public if public.is_empty() => Found::Public {
                    title,
                    schools,
                    table: Some(table),
                },
                _ => Found::Protected { title, schools },
            },
        );
    }
    if indicators::is_indicators(&head) {
        let groups = indicators::indicators(&table, &head, file, doubts);
        if !groups.is_empty() {
            return Ok(Found::Indicators { title, groups });
        }
    }
    if group::is_group(&head, &table, &title.text) {
        let group = group::of_table(&table, &head, &title.text);
        return Ok(Found::Group { title, group });
    }
    if programme::is_programme(&head, &format!("{} {}", title.text, title.about)) {
        let programme = programme::programme(&table, &head);
        if !programme.points.is_empty() {
            return Ok(Found::Programme {
                title: told,
                programme,
            });
        }
    }
    if headed && schedule::is_schedule(&head, &title.text) {
        let schedule = schedule::schedule(&table, &head);
        if !schedule.days.is_empty() {
            return Ok(Found::Schedule { title, schedule });
        }
    }
    if is_plan(&head, &title) {
        let plan = reader::plan(&table, &head, file, doubts);
        if plan.count() > 0 {
            if !headed {
                doubts.add(&say::NO_COLUMNS, Origin { file, at: table.at }, &[]);
            }
            return Ok(Found::Plan { title, plan });
        }
    }
    Err(Box::new(table))
}

fn is_plan(head: &Head, title: &Title) -> bool {
    use super::columns::Role;
    // What a body may and must do is no plan, though it says who and what.
    let timed = head
        .roles
        .iter()
        .any(|r| matches!(r, Role::Period | Role::Start | Role::Finish | Role::Part(_)));
    let folded = fold(&title.text);
    let named = ["план", "дорожн", "график", "мероприят", "комплекс мер"]
        .iter()
        .any(|w| folded.contains(w));
    super::fields::is_plan(head) && (timed || named)
}

/// The title of a piece out of the lines above it.
fn title(lines: &[Line], name: Option<&str>) -> Title {
    let mut title = Title {
        at: lines.first().map(|l| l.at).unwrap_or_default(),
        ..Title::default()
    };
    for line in lines {
        let text = line.text.trim();
        if super::line::stamp_begins(line) && !title.text.is_empty() {
            continue;
        }
        if !title.text.is_empty()
            && let Some(fact) = Fact::of(text)
        {
            title.facts.push(fact);
            continue;
        }
        let sentence = text.ends_with('.') && text.chars().count() > 120 && !title.text.is_empty();
        let slot = if sentence || !title.about.is_empty() {
            &mut title.about
        } else {
            &mut title.text
        };
        if !slot.is_empty() {
            slot.push(' ');
        }
        slot.push_str(text);
    }
    if title.text.chars().count() > 500 {
        // No title is as long as that.
        let rest = std::mem::take(&mut title.text);
        title.about = format!("{rest} {}", title.about).trim().to_owned();
    }
    if title.text.is_empty() {
        let generic =
            name.is_some_and(|n| fold(n).starts_with("лист") || fold(n).starts_with("sheet"));
        title.text = name.filter(|_| !generic).unwrap_or_default().to_owned();
    }
    let bare = title.text.trim_end_matches([':', '.']);
    // «на 2025 г.», «2025–2026 гг.»: the dot belongs to the word.
    let year = bare.strip_suffix('г').map(|b| b.trim_end_matches('г'));
    title.text = match year {
        Some(year)
            if title.text.ends_with('.')
                && (year.trim_end().ends_with(|c: char| c.is_ascii_digit())
                    || year.trim_end().ends_with("уч.")) =>
        {
            format!("{bare}.")
        }
        _ => bare.to_owned(),
    };
    title
}
