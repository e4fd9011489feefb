//! Documents out of parts: takes the parts of one file, gives the sources they become, with protected names replaced.
//! Must not write a file, and must not put a name of the registry into anything but the registry.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::bodies::{self, Directory};
use super::doubt::Doubts;
use super::line::{Line, Origin};
use super::list::{self, Purpose, School};
use super::names::Names;
use super::order::{self, Clause, Order};
use super::parts::{Parts, Piece, Segment, Stamp};
use super::plan::{self, Measure, Plan};
use super::table::{Head, Table};
use super::words::{self, fold, is_capitals, one_line};
use super::yaml::{Fields, Node, Text, escaped, markdown, yaml};
use super::{group, indicators, period};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;
use crate::model::period::Plan as Window;
use crate::text::slug;

/// A source that will be written.
#[derive(Debug)]
pub(super) struct Made {
    pub kind: &'static str,
    /// From the root.
    pub path: String,
    pub text: Text,
    pub origin: Origin,
    /// Rows, clauses, members, indicators.
    pub rows: usize,
}

/// What a piece of a file turned out to be.
pub(super) enum Found {
    Plan {
        title: Title,
        plan: Plan,
    },
    Group {
        title: Title,
        members: Vec<group::Member>,
    },
    Indicators {
        title: Title,
        groups: Vec<indicators::Group>,
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
    pub at: At,
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
        (!parts.order.is_empty()).then(|| order::order(&parts.order, &elsewhere, index, doubts));
    for line in &parts.rest {
        doubts.add(
            &say::LEFT_TEXT,
            Origin {
                file: index,
                at: line.at,
            },
            &[("value", &crate::text::excerpt(&line.text, 120))],
        );
    }
    let segments = parts
        .segments
        .into_iter()
        .map(|s| segment(s, index, doubts))
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

fn segment(segment: Segment, file: usize, doubts: &mut Doubts) -> Read {
    let mut found: Vec<Found> = Vec::new();
    let mut text: Vec<(Paragraph, At)> = Vec::new();
    for piece in segment.pieces {
        match piece {
            Piece::People { title, lines } => {
                let title = self::title(&title, None);
                let members = group::members(&lines);
                text.push((Paragraph::Elsewhere(found.len()), title.at));
                found.push(Found::Group { title, members });
            }
            Piece::Text { lines } if list::is_lines(&lines) => {
                let heading: Vec<Line> = lines
                    .iter()
                    .take_while(|l| words::marked(&l.text).is_none())
                    .cloned()
                    .collect();
                let title = self::title(&heading, None);
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
    if size > 300 {
        found.push(Found::Text { paragraphs: text });
    } else {
        for (paragraph, at) in text {
            if let Paragraph::Heading(t) | Paragraph::Words(t) = paragraph {
                doubts.add(
                    &say::LEFT_TEXT,
                    Origin { file, at },
                    &[("value", &crate::text::excerpt(&t, 120))],
                );
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
            doubts.add(
                &say::LEFT_TEXT,
                origin,
                &[("value", &crate::text::excerpt(&note, 120))],
            );
        }
    }
}

/// What a table is.
fn of_table(
    lines: &[Line],
    table: Table,
    file: usize,
    doubts: &mut Doubts,
) -> Result<Found, Box<Table>> {
    let told = table.head();
    let headed = told.is_some();
    let head = told.unwrap_or_else(|| table.headless());
    let mut title = self::title(lines, table.name.as_deref());
    if title.at == At::default() {
        title.at = table.at;
    }
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
    if group::is_group(&head, &table) {
        return Ok(Found::Group {
            title,
            members: group::of_table(&table, &head),
        });
    }
    if is_plan(&head, &title) {
        let plan = plan::plan(&table, &head, file, doubts);
        if plan.count() > 0 {
            if !headed {
                doubts.add(&say::NO_COLUMNS, Origin { file, at: table.at }, &[]);
            }
            if title.text.is_empty() {
                let above: Vec<Line> = plan
                    .titles
                    .iter()
                    .flat_map(|(t, at)| {
                        t.split('\n').map(|t| Line {
                            text: t.to_owned(),
                            at: *at,
                            ..Line::default()
                        })
                    })
                    .collect();
                title = self::title(&above, table.name.as_deref());
                title.at = table.at;
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
    plan::is_plan(head) && (timed || named)
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
    title.text = title.text.trim_end_matches([':', '.']).to_owned();
    title
}

/// Makes sources. One for all files of a run.
pub(super) struct Maker<'a> {
    pub section: &'a str,
    pub names: &'a Names,
    pub directory: Directory,
    pub doubts: &'a mut Doubts,
    pub made: Vec<Made>,
    pub today: NaiveDate,
    ids: BTreeMap<String, usize>,
    hidden: usize,
    /// Bodies that cells of the file in hand name alone.
    known: bodies::Known,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        section: &'a str,
        names: &'a Names,
        directory: Directory,
        today: NaiveDate,
        doubts: &'a mut Doubts,
    ) -> Self {
        Maker {
            section,
            names,
            directory,
            doubts,
            made: Vec::new(),
            today,
            ids: BTreeMap::new(),
            hidden: 0,
            known: bodies::Known::default(),
        }
    }

    /// A text without protected names.
    fn hide(&mut self, text: &str, around: &[&str]) -> String {
        let (text, count) = self.names.hide(text, around);
        self.hidden += count;
        text
    }

    fn id(&mut self, wanted: &str, instead: &str) -> String {
        let mut base: String = String::new();
        for part in wanted.split('-').filter(|p| !p.is_empty()) {
            if base.len() + part.len() > 48 && !base.is_empty() {
                break;
            }
            if !base.is_empty() {
                base.push('-');
            }
            base.push_str(part);
        }
        if !crate::model::is_slug(&base) {
            base = instead.to_owned();
        }
        let count = self.ids.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            base
        } else {
            format!("{base}-{count}")
        }
    }

    fn push(&mut self, kind: &'static str, path: &str, text: Text, origin: Origin, rows: usize) {
        self.made.push(Made {
            kind,
            path: format!("content/{}/{path}", self.section),
            text,
            origin,
            rows,
        });
    }

    /// Makes what a file holds.
    pub(super) fn file(&mut self, file: &File) {
        self.hidden = 0;
        let plans = file
            .segments
            .iter()
            .flat_map(|s| &s.found)
            .filter_map(|f| match f {
                Found::Plan { plan, .. } => Some(plan.rows()),
                _ => None,
            });
        let cells: Vec<&str> = plans
            .flatten()
            .filter_map(|r| r.responsible.as_deref())
            .collect();
        self.known = bodies::Known::of(cells.into_iter());
        let order_id = file.order.as_ref().map(|o| {
            let number = o.number.clone().unwrap_or_default();
            let wanted = slug(&number);
            let dated = o
                .date
                .map(|d| format!("{}-{}", slug(&o.act), d))
                .unwrap_or_else(|| slug(&o.act));
            self.id(&wanted, &dated)
        });
        let window = self.window(file);
        let mut annexes: Vec<Node> = Vec::new();
        let mut numbers = Numbers::new(file);
        for segment in &file.segments {
            let no = segment.stamp.as_ref().and_then(|s| s.no.clone());
            let stamped = segment.stamp.is_some();
            let mut paths: BTreeMap<usize, (String, String)> = BTreeMap::new();
            let whole = segment
                .found
                .iter()
                .rposition(|f| matches!(f, Found::Text { .. }));
            for (index, found) in segment.found.iter().enumerate() {
                let no = no
                    .clone()
                    .or_else(|| if stamped { None } else { numbers.next() });
                let reference = order_id.as_deref().map(|id| (id, no.as_deref()));
                let (id, title) = self.found(found, file, reference, window.as_ref(), &paths);
                if let Some(id) = &id {
                    paths.insert(index, (id.clone(), title.clone()));
                }
                // A long text holds its tables: the annex is the text.
                if whole.is_none_or(|w| w == index) || matches!(found, Found::Protected { .. }) {
                    annexes.extend(self.annex(
                        file,
                        segment.stamp.as_ref(),
                        no.as_deref(),
                        found,
                        id.as_deref(),
                        &title,
                    ));
                }
            }
        }
        if let (Some(order), Some(id)) = (&file.order, &order_id) {
            self.order(order, id, annexes, file);
        }
        if self.hidden > 0 {
            let count = self.hidden.to_string();
            self.doubts.add(
                &say::MASKED,
                Origin {
                    file: file.index,
                    at: At::default(),
                },
                &[("n", &count)],
            );
        }
    }

    /// The years of a file's plans.
    fn window(&self, file: &File) -> Option<(Window, bool)> {
        let clauses: Vec<&str> = file
            .order
            .iter()
            .flat_map(|o| o.all())
            .map(|c| c.text.as_str())
            .collect();
        let mut titles: Vec<&str> = Vec::new();
        let mut periods: Vec<&str> = Vec::new();
        for found in file.segments.iter().flat_map(|s| &s.found) {
            if let Found::Plan { title, plan } = found {
                titles.push(&title.text);
                titles.push(&title.about);
                periods.extend(plan.rows().iter().filter_map(|r| r.period.as_deref()));
            }
        }
        titles.extend(file.order.iter().map(|o| o.subject.as_str()));
        titles.push(&file.name);
        period::window(
            &clauses,
            &titles,
            &periods,
            file.order.as_ref().and_then(|o| o.date),
        )
    }

    fn found(
        &mut self,
        found: &Found,
        file: &File,
        order: Option<(&str, Option<&str>)>,
        window: Option<&(Window, bool)>,
        paths: &BTreeMap<usize, (String, String)>,
    ) -> (Option<String>, String) {
        match found {
            Found::Plan { title, plan } => self.plan(title, plan, file, order, window),
            Found::Group { title, members } => self.group(title, members, file, order),
            Found::Indicators { title, groups } => self.indicators(title, groups, file, order),
            Found::Protected { title, .. } => (None, self.hide(&title.text, &[])),
            Found::Public {
                title,
                schools,
                table,
            } => self.public(title, schools, table.as_ref(), file, order),
            Found::Text { paragraphs } => self.text(paragraphs, file, order, paths),
        }
    }

    fn head(&mut self, kind: &str, title: &str, order: Option<(&str, Option<&str>)>) -> Fields {
        let mut fields = Fields::new(kind);
        fields.text("title", title);
        if let Some((id, annex)) = order {
            fields.text("order", id);
            fields.opt("annex", annex);
        }
        fields
    }

    fn plan(
        &mut self,
        title: &Title,
        plan: &Plan,
        file: &File,
        order: Option<(&str, Option<&str>)>,
        window: Option<&(Window, bool)>,
    ) -> (Option<String>, String) {
        let id = self.id("roadmap", "roadmap");
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "План мероприятий".to_owned();
        }
        let own = period::by_years(&title.text);
        let (bounds, sure) = match (own, window) {
            // What the order itself says of the project's days goes before the years of the title.
            (_, Some((w, true))) if own.is_none_or(|o| o.from <= w.to && w.from <= o.to) => {
                (*w, true)
            }
            (Some(own), _) => (own, true),
            (None, Some((w, sure))) => (*w, *sure),
            (None, None) => {
                use chrono::Datelike;
                let year = self.today.year();
                let day = |m, d| NaiveDate::from_ymd_opt(year, m, d).unwrap_or(self.today);
                (
                    Window {
                        from: day(1, 1),
                        to: day(12, 31),
                    },
                    false,
                )
            }
        };
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        if !sure {
            let value = format!(
                "{} – {}",
                crate::text::dates::short(bounds.from),
                crate::text::dates::short(bounds.to)
            );
            self.doubts
                .add(&say::PLAN_YEARS, origin, &[("value", &value)]);
        }
        let mut fields = self.head("roadmap", &shown, order);
        let mut about = title.about.clone();
        for note in &plan.notes {
            if !about.is_empty() {
                about.push(' ');
            }
            about.push_str(note);
        }
        let about = self.hide(&about, &[]);
        fields.text("description", &about);
        let iso = |d: NaiveDate| Node::Bare(crate::text::dates::iso(d));
        fields.add(
            "plan",
            Node::FlowMap(vec![("from", iso(bounds.from)), ("to", iso(bounds.to))]),
        );
        let columns: Vec<(&'static str, Node)> = plan
            .columns
            .iter()
            .map(|(key, text)| (*key, Node::text(one_line(text))))
            .collect();
        fields.add("columns", Node::Map(columns));
        let bare =
            plan.sections.len() == 1 && plan.sections.first().is_some_and(|s| s.title.is_none());
        if bare {
            let rows = plan
                .sections
                .iter()
                .flat_map(|s| &s.rows)
                .map(|r| self.row(r, &bounds, file.index))
                .collect();
            fields.add("rows", Node::List(rows));
        } else {
            let mut sections = Vec::new();
            for section in &plan.sections {
                let mut s = Fields::default();
                s.opt("no", section.no.as_deref());
                let title = self.hide(
                    &one_line(section.title.as_deref().unwrap_or("Мероприятия")),
                    &[],
                );
                s.text("title", &title);
                let rows = section
                    .rows
                    .iter()
                    .map(|r| self.row(r, &bounds, file.index))
                    .collect();
                s.add("rows", Node::List(rows));
                sections.push(s.map().from(Origin {
                    file: file.index,
                    at: section.at,
                }));
            }
            fields.add("sections", Node::List(sections));
        }
        let path = format!("{id}.yaml");
        self.push("roadmap", &path, yaml(&fields), origin, plan.count());
        (Some(id), shown)
    }

    fn row(&mut self, row: &Measure, bounds: &Window, file: usize) -> Node {
        let origin = Origin { file, at: row.at };
        let around: Vec<String> = [
            Some(&row.measure),
            row.indicator.as_ref(),
            row.result.as_ref(),
            row.responsible.as_ref(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
        let others = |own: &str| -> Vec<&str> {
            around
                .iter()
                .map(String::as_str)
                .filter(|t| *t != own)
                .collect()
        };
        let mut f = Fields::default();
        f.opt("no", row.no.as_deref());
        let measure = self.hide(&row.measure, &others(&row.measure));
        f.add(
            "measure",
            Node::text(escaped(if measure.is_empty() { "—" } else { &measure })),
        );
        if let Some(text) = &row.period {
            let node = period::node(
                text,
                bounds,
                Origin {
                    file,
                    at: row.period_at,
                },
                self.doubts,
            );
            f.add("period", node);
        }
        for (name, text) in [("indicator", &row.indicator), ("result", &row.result)] {
            if let Some(text) = text {
                let hidden = self.hide(text, &others(text));
                f.add(name, Node::text(escaped(&hidden)));
            }
        }
        if let Some(text) = &row.responsible {
            let origin = Origin {
                file,
                at: row.responsible_at,
            };
            let who = self.responsible(text, origin);
            f.add(
                "responsible",
                Node::Flow(who.into_iter().map(Node::text).collect()).from(origin),
            );
        }
        let inner: Vec<Node> = row.rows.iter().map(|r| self.row(r, bounds, file)).collect();
        f.add("rows", Node::List(inner));
        f.map().from(origin)
    }

    /// The bodies of a cell, entered in the directory.
    fn responsible(&mut self, cell: &str, origin: Origin) -> Vec<String> {
        let known = self.names.lined(origin.file).then_some(&self.known);
        let (parts, parted) = bodies::split(cell, known);
        let mut out = Vec::new();
        for part in parts {
            let hidden = self.hide(&part, &[]);
            // A name alone stands in the nominative, whatever its form tells.
            let hidden = match self.names.school_word(&part, &hidden) {
                Some(word) => word.to_owned(),
                None => one_line(&hidden),
            };
            if !hidden.is_empty() && !out.contains(&hidden) {
                match list::is_any_school(&hidden) {
                    true => self.directory.enter_as(
                        "Школы, которые участвуют в мероприятиях",
                        &hidden,
                        origin,
                    ),
                    false => self.directory.enter(&hidden, origin),
                }
                out.push(hidden);
            }
        }
        if parted {
            let value = out.join("; ");
            self.doubts
                .add(&say::BODIES_SPLIT, origin, &[("value", &value)]);
        }
        out
    }

    fn group(
        &mut self,
        title: &Title,
        members: &[group::Member],
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let folded = fold(&title.text);
        let wanted = if folded.contains("рабоч") {
            "rabochaya-gruppa".to_owned()
        } else {
            slug(&title.text)
        };
        let id = self.id(&wanted, "gruppa");
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Состав группы".to_owned();
        }
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("group", &shown, order);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        let mut list = Vec::new();
        for member in members {
            let mut f = Fields::default();
            let hidden = [
                Some(&member.name),
                member.post.as_ref(),
                member.role.as_ref(),
                member.note.as_ref(),
            ]
            .map(|t| t.map(|t| self.hide(t, &[])));
            for (name, text) in ["name", "post", "role", "note"].into_iter().zip(hidden) {
                f.opt(name, text.as_deref());
            }
            list.push(f.map().from(Origin {
                file: file.index,
                at: member.at,
            }));
        }
        fields.add("members", Node::List(list));
        let path = format!("groups/{id}.yaml");
        self.push("group", &path, yaml(&fields), origin, members.len());
        (Some(id), shown)
    }

    fn indicators(
        &mut self,
        title: &Title,
        groups: &[indicators::Group],
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let id = self.id("indicators", "indicators");
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Показатели".to_owned();
        }
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("indicators", &shown, order);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        let mut count = 0;
        let mut list = Vec::new();
        for group in groups {
            let mut g = Fields::default();
            let title = self.hide(&group.title, &[]);
            g.text("title", &title);
            let mut goals = Vec::new();
            let mut loose = Vec::new();
            for goal in &group.goals {
                let nodes: Vec<Node> = goal
                    .indicators
                    .iter()
                    .map(|i| self.indicator(i, file.index))
                    .collect();
                count += nodes.len();
                match &goal.title {
                    Some(title) => {
                        let title = self.hide(title, &[]);
                        goals.push(Node::Map(vec![
                            ("title", Node::text(title)),
                            ("indicators", Node::List(nodes)),
                        ]));
                    }
                    None => loose.extend(nodes),
                }
            }
            g.add("indicators", Node::List(loose));
            g.add("goals", Node::List(goals));
            list.push(g.map().from(Origin {
                file: file.index,
                at: group.at,
            }));
        }
        fields.add("groups", Node::List(list));
        let path = format!("{id}.yaml");
        self.push("indicators", &path, yaml(&fields), origin, count);
        (Some(id), shown)
    }

    fn indicator(&mut self, i: &indicators::Indicator, file: usize) -> Node {
        let mut f = Fields::default();
        let name = self.hide(&i.name, &[]);
        f.text("name", &name);
        let mut source = i.source.join(". ");
        let mut values = Vec::new();
        for (year, value) in &i.values {
            let number = value
                .replace(',', ".")
                .trim_end_matches(['%', ' '])
                .parse::<f64>()
                .ok();
            match number {
                Some(number) => values.push((*year, number, value)),
                None if !value.is_empty() => {
                    source = format!("{source}. {year}: {value}")
                        .trim_start_matches(". ")
                        .to_owned()
                }
                None => {}
            }
        }
        let source = self.hide(&source, &[]);
        f.text("source", &source);
        f.opt("frequency", i.frequency.as_deref());
        f.opt("formula", i.formula.as_deref());
        f.opt("dynamics", i.dynamics.as_deref());
        let mut variables = Vec::new();
        for (symbol, meaning) in &i.variables {
            let meaning = self.hide(meaning, &[]);
            variables.push(Node::Map(vec![
                ("symbol", Node::text(symbol)),
                ("meaning", Node::text(meaning)),
            ]));
        }
        f.add("variables", Node::List(variables));
        let target = i.target.as_deref().map(|t| self.hide(&one_line(t), &[]));
        f.opt("target", target.as_deref());
        let who = i.responsible.as_deref().map(|t| self.hide(t, &[]));
        f.opt("responsible", who.as_deref());
        f.opt("unit", i.unit.as_deref());
        f.map().from(Origin { file, at: i.at })
    }

    /// A list of schools that may be named: a document with its table.
    fn public(
        &mut self,
        title: &Title,
        schools: &[School],
        table: Option<&Table>,
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Школы-партнёры".to_owned();
        }
        let id = self.id("shkoly-partnery", "shkoly-partnery");
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let fields = self.head("document", &shown, order);
        let mut paragraphs = Vec::new();
        if !title.about.is_empty() {
            paragraphs.push((escaped(&self.hide(&title.about, &[])), origin));
        }
        match table {
            Some(table) => paragraphs.push((
                self.table(table),
                Origin {
                    file: file.index,
                    at: table.at,
                },
            )),
            None => {
                for school in schools {
                    let name = self.hide(&school.name, &[]);
                    paragraphs.push((
                        format!("- {}", escaped(&name)),
                        Origin {
                            file: file.index,
                            at: school.at,
                        },
                    ));
                }
            }
        }
        let path = format!("documents/{id}.md");
        self.push(
            "document",
            &path,
            markdown(&fields, &paragraphs),
            origin,
            schools.len(),
        );
        (Some(id), shown)
    }

    /// A long text with its tables.
    fn text(
        &mut self,
        list: &[(Paragraph, At)],
        file: &File,
        order: Option<(&str, Option<&str>)>,
        paths: &BTreeMap<usize, (String, String)>,
    ) -> (Option<String>, String) {
        let mut title = String::new();
        let mut begin = 0;
        for (index, (paragraph, _)) in list.iter().enumerate().take(4) {
            match paragraph {
                Paragraph::Heading(text) if title.chars().count() + text.chars().count() < 300 => {
                    if !title.is_empty() {
                        title.push(' ');
                    }
                    title.push_str(text);
                    begin = index + 1;
                }
                _ => break,
            }
        }
        if title.is_empty() {
            title = file
                .order
                .as_ref()
                .map(|o| o.subject.clone())
                .filter(|s| !s.is_empty())
                .unwrap_or_else(|| "Документ".to_owned());
        }
        let title = self.hide(&super::section::plain(&title), &[]);
        let id = self.id(&slug(&title), "dokument");
        let fields = self.head("document", &title, order);
        let mut paragraphs: Vec<(String, Origin)> = Vec::new();
        for (paragraph, at) in list.get(begin..).unwrap_or_default() {
            let origin = Origin {
                file: file.index,
                at: *at,
            };
            match paragraph {
                Paragraph::Heading(text) => {
                    let text = self.hide(&super::section::plain(text), &[]);
                    paragraphs.push((
                        format!("## {}", escaped(&one_line(&text)).trim_start_matches('\\')),
                        origin,
                    ));
                }
                Paragraph::Words(text) => {
                    let text = escaped(&self.hide(text, &[]));
                    let item = words::marked(&text).is_some();
                    match paragraphs.last_mut() {
                        // Items of a list stand together.
                        Some((above, _))
                            if item
                                && words::marked(above.rsplit('\n').next().unwrap_or_default())
                                    .is_some() =>
                        {
                            above.push('\n');
                            above.push_str(&text);
                        }
                        _ => paragraphs.push((text, origin)),
                    }
                }
                Paragraph::Table(table) => {
                    let text = self.table(table);
                    paragraphs.push((text, origin));
                }
                Paragraph::Elsewhere(index) => {
                    if let Some((id, title)) = paths.get(index) {
                        let path = self
                            .made
                            .iter()
                            .rev()
                            .find(|m| {
                                m.path.ends_with(&format!("/{id}.yaml"))
                                    || m.path.ends_with(&format!("/{id}.md"))
                            })
                            .map(|m| m.path.clone());
                        let prefix = format!("content/{}/", self.section);
                        if let Some(path) = path.as_deref().and_then(|p| p.strip_prefix(&prefix)) {
                            paragraphs.push((
                                format!("[{}]({path})", escaped(title).replace(['[', ']'], "")),
                                origin,
                            ));
                        }
                    }
                }
            }
        }
        let origin = Origin {
            file: file.index,
            at: list.first().map(|l| l.1).unwrap_or_default(),
        };
        let path = format!("documents/{id}.md");
        let count = paragraphs.len();
        self.push(
            "document",
            &path,
            markdown(&fields, &paragraphs),
            origin,
            count,
        );
        (Some(id), title)
    }

    /// A table as Markdown draws it.
    fn table(&mut self, table: &Table) -> String {
        let mut out = String::new();
        let head = table.head();
        let to = head.as_ref().map_or(1, |h| h.to.max(1));
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let rule = format!("|{}\n", " --- |".repeat(table.width.max(1)));
        if let Some(head) = &head {
            let cells = head
                .texts
                .iter()
                .map(|t| cell(&self.hide(t, &[])))
                .collect();
            out.push_str(&line(cells));
        } else if let Some(first) = table.rows.first() {
            let cells = (0..table.width)
                .map(|c| cell(&self.hide(first.own(c), &[])))
                .collect();
            out.push_str(&line(cells));
        }
        out.push_str(&rule);
        for row in table.rows.iter().skip(to) {
            let around: Vec<&str> = (0..table.width).map(|c| row.own(c)).collect();
            let cells = (0..table.width)
                .map(|c| cell(&self.hide(row.own(c), &around)))
                .collect();
            out.push_str(&line(cells));
        }
        out
    }

    fn annex(
        &mut self,
        file: &File,
        stamp: Option<&Stamp>,
        no: Option<&str>,
        found: &Found,
        id: Option<&str>,
        title: &str,
    ) -> Option<Node> {
        let order = file.order.as_ref()?;
        let mut f = Fields::default();
        f.opt("no", no);
        let fallback = if matches!(found, Found::Protected { .. }) {
            "Список образовательных организаций"
        } else {
            "Приложение"
        };
        f.text("title", if title.is_empty() { fallback } else { title });
        match id {
            Some(id) => {
                f.text("document", id);
            }
            None => {
                f.add(
                    "withheld",
                    Node::FlowMap(vec![("basis", Node::text(basis(order)))]),
                );
            }
        }
        if let (Some(stamp), Some(number)) = (stamp, &order.number)
            && let Some(cites) = cites(&stamp.text)
            && !same_number(&cites, number)
        {
            let cites = self.hide(&cites, &[]);
            f.add(
                "cites",
                Node::text(cites).from(Origin {
                    file: file.index,
                    at: stamp.at,
                }),
            );
        }
        let at = stamp.map_or(At::default(), |s| s.at);
        Some(f.map().from(Origin {
            file: file.index,
            at,
        }))
    }

    fn order(&mut self, order: &Order, id: &str, annexes: Vec<Node>, file: &File) {
        let origin = Origin {
            file: file.index,
            at: order.at,
        };
        let mut f = Fields::new("order");
        let known = ["приказ", "распоряжение", "постановление"];
        let act = if known.contains(&order.act.as_str()) {
            order.act.as_str()
        } else {
            "приказ"
        };
        if act != order.act {
            self.doubts.add(
                &say::TYPE_UNKNOWN,
                origin,
                &[("value", &order.act), ("as", act)],
            );
        }
        f.add("type", Node::Bare(act.to_owned()));
        let letterhead = order.letterhead.as_deref().map(|t| self.hide(t, &[]));
        let issuer = letterhead
            .as_deref()
            .map(super::section::plain)
            .unwrap_or_else(|| "Управление образования".to_owned());
        let issuer = one_line(&issuer);
        self.directory.enter(&issuer, origin);
        f.text("issuer", &issuer);
        f.opt("letterhead", letterhead.as_deref());
        let date = order.date.unwrap_or(self.today);
        if order.date.is_none() {
            let shown = crate::text::dates::short(date);
            self.doubts.add(
                &say::DATE_GUESSED,
                origin,
                &[("value", "—"), ("date", &shown)],
            );
        }
        f.add("date", Node::Bare(crate::text::dates::iso(date)));
        if order.number.is_none() {
            self.doubts.add(&say::NUMBER_MISSING, origin, &[]);
        }
        f.text("number", order.number.as_deref().unwrap_or("б/н"));
        f.opt("place", order.place.as_deref());
        let subject = self.hide(&order.subject, &[]);
        f.text(
            "subject",
            if subject.is_empty() {
                "Без названия"
            } else {
                &subject
            },
        );
        if let Some(basis) = &order.basis {
            let basis = self.hide(basis, &[]);
            f.add("basis", Node::text(escaped(&basis)));
        }
        let clauses: Vec<Node> = order
            .clauses
            .iter()
            .map(|c| self.clause(c, file.index))
            .collect();
        f.add("clauses", Node::List(clauses));
        if let Some(control) = &order.control {
            let mut c = Fields::default();
            let text = self.hide(&control.text, &[]);
            c.add("text", Node::text(escaped(&text)));
            let who = control.who.as_deref().map(|w| self.hide(w, &[]));
            c.opt("who", who.as_deref());
            if control.kept {
                c.add("kept", Node::Bare("true".into()));
            }
            f.add("control", c.map());
        }
        if let Some((post, name)) = &order.signed {
            let post = if post.is_empty() {
                "Подпись"
            } else {
                post
            };
            f.add(
                "signed",
                Node::FlowMap(vec![
                    ("post", Node::text(self.hide(post, &[]))),
                    ("name", Node::text(self.hide(name, &[]))),
                ]),
            );
        }
        f.add("annexes", Node::List(annexes));
        let path = format!("orders/{id}.yaml");
        let count = order.all().len();
        self.push("order", &path, yaml(&f), origin, count);
    }

    fn clause(&mut self, clause: &Clause, file: usize) -> Node {
        let origin = Origin {
            file,
            at: clause.at,
        };
        let mut f = Fields::default();
        f.opt("no", clause.no.as_deref());
        let text = self.hide(&clause.text, &[]);
        f.add("text", Node::text(escaped(&text)));
        if let Some(a) = &clause.assignment {
            let who = one_line(&self.hide(&a.who, &[]));
            let what = self.hide(&a.what, &[]);
            let name = order::nominative(&who);
            self.directory.enter_as(&name, &who, origin);
            let mut fields = Fields::default();
            fields.text("who", &who);
            fields.add("what", Node::text(escaped(&what)));
            fields.opt("by", a.by.as_deref());
            f.add("assignments", Node::List(vec![fields.map()]));
        }
        let inner: Vec<Node> = clause
            .clauses
            .iter()
            .map(|c| self.clause(c, file))
            .collect();
        f.add("clauses", Node::List(inner));
        f.map().from(origin)
    }
}

/// A cell of a Markdown table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|").replace('\n', " ")
}

/// Why a list of schools is not shown: the order's own clause where it says so.
fn basis(order: &Order) -> String {
    let general = "сведения о школах с низкими образовательными результатами не публикуются";
    let own = order.all().into_iter().find(|c| {
        let folded = fold(&c.text);
        folded.contains("не публиковать")
            || folded.contains("не подлежит опубликованию")
            || folded.contains("не размещать")
    });
    match own {
        Some(_) => format!("{general}: так сказано в самом документе"),
        None => general.to_owned(),
    }
}

/// «приказом … от 09.08.2021 № 1048» out of a stamp.
fn cites(stamp: &str) -> Option<String> {
    let folded = stamp.to_lowercase();
    let at = [
        "к приказу",
        "приказом",
        "к распоряжению",
        "распоряжением",
        "к постановлению",
        "постановлением",
    ]
    .iter()
    .filter_map(|w| folded.find(w))
    .min()?;
    let text = stamp.get(at..)?.trim();
    let sign = text.rfind(['№', 'N'])?;
    text.get(sign..)?
        .chars()
        .any(|c| c.is_ascii_digit())
        .then(|| text.trim_start_matches("к ").to_owned())
}

fn same_number(cites: &str, number: &str) -> bool {
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let cited = cites.rsplit(['№', 'N']).next().unwrap_or(cites);
    plain(cited).trim_matches(['.', ',', '»', '"']) == plain(number)
}

/// Numbers of annexes that clauses cite, for annexes that carry no stamp.
struct Numbers {
    free: Vec<String>,
}

impl Numbers {
    fn new(file: &File) -> Self {
        let mut cited: Vec<String> = Vec::new();
        for clause in file.order.iter().flat_map(|o| o.all()) {
            let folded = fold(&clause.text);
            for (at, _) in folded.match_indices("приложени") {
                let rest = folded.get(at..).unwrap_or_default();
                let run: String = rest
                    .chars()
                    .skip_while(|c| c.is_alphabetic())
                    .take_while(|c| {
                        matches!(c, ' ' | '№' | 'n' | 'o' | ',' | 'и') || c.is_ascii_digit()
                    })
                    .collect();
                for number in run
                    .split(|c: char| !c.is_ascii_digit())
                    .filter(|d| !d.is_empty() && d.len() < 3)
                {
                    if !cited.iter().any(|c| c == number) {
                        cited.push(number.to_owned());
                    }
                }
            }
        }
        let taken: Vec<&str> = file
            .segments
            .iter()
            .filter_map(|s| s.stamp.as_ref()?.no.as_deref())
            .collect();
        cited.retain(|c| !taken.contains(&c.as_str()));
        cited.reverse();
        Numbers { free: cited }
    }

    fn next(&mut self) -> Option<String> {
        self.free.pop()
    }
}
