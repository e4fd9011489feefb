//! Tables as people read them: takes grids, gives rows in which each column has a cell, with the text of merged cells
//! where it also holds; finds the head, joins what pages part. Must not know what kind of table it is.

use super::columns::{Role, by_cells, by_head, head_score, is_period};
use super::line::Line;
use super::words::{fold, is_number_cell, letters, one_line, person};
use crate::carrier::blocks::{At, Grid};

/// How much of a merged cell's text is repeated in the rows it covers.
const CARRIED: usize = 4000;

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cover {
    #[default]
    Own,
    /// A cell further left covers it.
    Left,
    /// A cell further up covers it: its text holds here too.
    Above,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// Paragraphs one a line.
    pub text: String,
    pub cover: Cover,
    /// How many columns the cell covers that stands or reaches here.
    pub columns: u32,
    pub bold: bool,
    pub at: At,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    pub head: bool,
    /// A page, or a piece of the table, begins with it.
    pub fresh: bool,
    pub at: At,
}

impl Row {
    /// The text of a column's own cell.
    pub(super) fn own(&self, column: usize) -> &str {
        self.cells
            .get(column)
            .filter(|c| c.cover == Cover::Own)
            .map_or("", |c| &c.text)
    }

    /// What a column says in this row, by its own cell or by one that reaches down to it.
    pub(super) fn read(&self, column: usize) -> &str {
        self.cells
            .get(column)
            .filter(|c| c.cover != Cover::Left)
            .map_or("", |c| &c.text)
    }

    /// Columns whose own cell says something.
    pub(super) fn filled(&self) -> Vec<usize> {
        (0..self.cells.len())
            .filter(|c| !self.own(*c).is_empty())
            .collect()
    }

    /// Whether a cell from above covers the column here.
    pub(super) fn covered(&self, column: usize) -> bool {
        self.cells
            .get(column)
            .is_some_and(|c| c.cover == Cover::Above)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    pub name: Option<String>,
    pub rows: Vec<Row>,
    pub width: usize,
    /// The format tells which cells are merged.
    pub spans: bool,
    pub at: At,
}

/// A table's head: which rows it is, and what each column says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Head {
    /// Rows before it: titles.
    pub from: usize,
    /// The first row below it.
    pub to: usize,
    /// The printed head of each column; parts of a two-storey head joined.
    pub texts: Vec<String>,
    pub roles: Vec<Role>,
}

impl Head {
    /// The first column of a role.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|r| *r == role)
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }
}

impl Table {
    pub(super) fn new(grid: Grid, spell: &mut dyn FnMut(&str) -> String) -> Table {
        let stated = usize::try_from(grid.columns).unwrap_or(0);
        let needed = grid
            .rows
            .iter()
            .flat_map(|r| &r.cells)
            .map(|c| usize::try_from(c.column.saturating_add(c.columns)).unwrap_or(0))
            .max()
            .unwrap_or(0);
        let width = stated.max(needed).min(500);
        let mut table = Table {
            name: grid.name,
            width,
            at: grid.at,
            ..Table::default()
        };
        // Rows left of a covering cell, and the cell.
        let mut above: Vec<Option<(u32, Cell)>> = vec![None; width];
        for row in grid.rows {
            let mut cells: Vec<Cell> = vec![
                Cell {
                    columns: 1,
                    at: row.at,
                    ..Cell::default()
                };
                width
            ];
            for (column, carried) in above.iter_mut().enumerate() {
                if let Some((left, cell)) = carried {
                    if let Some(slot) = cells.get_mut(column) {
                        *slot = cell.clone();
                    }
                    *left -= 1;
                    if *left == 0 {
                        *carried = None;
                    }
                }
            }
            for cell in row.cells {
                let from = usize::try_from(cell.column).unwrap_or(usize::MAX);
                let span = usize::try_from(cell.columns.max(1)).unwrap_or(1);
                table.spans |= span > 1 || cell.rows > 1;
                let mut text = String::new();
                for paragraph in &cell.paragraphs {
                    let said = spell(&paragraph.text);
                    let number = paragraph
                        .number
                        .as_deref()
                        .map(str::trim)
                        .unwrap_or_default();
                    let piece = format!("{number} {said}");
                    if !piece.trim().is_empty() && !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(piece.trim());
                }
                let bold = !cell.paragraphs.is_empty() && cell.paragraphs.iter().all(|p| p.bold);
                let whole = Cell {
                    text,
                    cover: Cover::Own,
                    columns: cell.columns.max(1),
                    bold,
                    at: cell.at,
                };
                for column in from..from.saturating_add(span).min(width) {
                    let first = column == from;
                    let here = if first {
                        whole.clone()
                    } else {
                        Cell {
                            text: String::new(),
                            cover: Cover::Left,
                            ..whole.clone()
                        }
                    };
                    if cell.rows > 1
                        && let Some(slot) = above.get_mut(column)
                    {
                        let cover = if first { Cover::Above } else { Cover::Left };
                        let mut carried = Cell {
                            cover,
                            ..here.clone()
                        };
                        carried
                            .text
                            .truncate(carried.text.floor_char_boundary(CARRIED));
                        *slot = Some((cell.rows - 1, carried));
                    }
                    if let Some(slot) = cells.get_mut(column) {
                        *slot = here;
                    }
                }
            }
            table.rows.push(Row {
                cells,
                head: row.head,
                fresh: row.new_page,
                at: row.at,
            });
        }
        table
            .rows
            .retain(|r| r.cells.iter().any(|c| !c.text.is_empty()));
        // A column without a word in it is none.
        let empty: Vec<bool> = (0..table.width)
            .map(|c| {
                table.rows.iter().all(|r| {
                    r.own(c).is_empty()
                        && r.cells.get(c).is_none_or(|cell| cell.cover != Cover::Left)
                })
            })
            .collect();
        if empty.iter().any(|e| *e) && table.spans {
            for row in &mut table.rows {
                let mut index = 0;
                row.cells.retain(|_| {
                    index += 1;
                    !empty.get(index - 1).copied().unwrap_or(false)
                });
            }
            table.width -= empty.iter().filter(|e| **e).count();
        }
        table
    }

    /// The lines of a table that only sets words on the page: stamps, letterheads, signatures.
    pub(super) fn layout(&self) -> Option<Vec<Line>> {
        if self.rows.is_empty() {
            return Some(Vec::new());
        }
        let head = self
            .rows
            .iter()
            .take(3)
            .map(|r| head_score(&r.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>()))
            .max();
        let lone = self.rows.iter().all(|r| r.filled().len() <= 1);
        let text = self
            .rows
            .iter()
            .flat_map(|r| &r.cells)
            .map(|c| c.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let folded = fold(&text);
        let stamp = folded.contains("приложение")
            || [
                "к приказу",
                "к распоряжению",
                "к постановлению",
                "приказом",
                "утвержд",
                "согласован",
            ]
            .iter()
            .any(|w| folded.contains(w))
            || letters(&text).starts_with("приказ")
            || self.rows.iter().any(|r| {
                r.filled()
                    .iter()
                    .any(|c| person(r.own(*c)).is_some_and(|n| n == r.own(*c).len()))
            });
        // «от 12.03.2024 | № 45»
        let dated = self.rows.len() <= 2
            && text.chars().count() < 120
            && text.contains('№')
            && !super::words::days(&text).is_empty();
        let small = self.rows.len() <= 8 && text.chars().count() < 900 && self.width <= 6;
        if self.is_people() && !folded.contains("утвержд") && !folded.contains("приложение")
        {
            return None;
        }
        let letterhead = small && self.width <= 3 && super::line::is_letterhead(&folded);
        if lone && self.width <= 3 && head.unwrap_or(0) < 4
            || small && (stamp || letterhead || dated) && head.unwrap_or(0) < 4
        {
            let mut lines = Vec::new();
            for row in &self.rows {
                let filled = row.filled();
                // One line each: «от 12.03.2024 | № 45» is read across, a column of paragraphs downwards.
                let single = filled.iter().all(|c| !row.own(*c).contains('\n'));
                if single && filled.len() > 1 {
                    let text = filled
                        .iter()
                        .map(|c| row.own(*c))
                        .collect::<Vec<_>>()
                        .join(" ");
                    lines.push(Line {
                        text,
                        at: row.at,
                        ..Line::default()
                    });
                    continue;
                }
                for column in filled {
                    for part in row.own(column).split('\n') {
                        lines.push(Line {
                            text: part.to_owned(),
                            at: row.at,
                            ..Line::default()
                        });
                    }
                }
            }
            return Some(lines);
        }
        None
    }

    /// How many rows hold a name in a column, and nothing besides it.
    pub(super) fn people_in(&self, column: usize) -> usize {
        let name = |r: &&Row| {
            let text = one_line(r.own(column));
            !text.is_empty() && person(&text) == Some(text.len())
        };
        self.rows.iter().filter(name).count()
    }

    /// Whether rows say who is what: a name first, words beside it. A table of signatures has its names last.
    pub(super) fn is_people(&self) -> bool {
        let Some(column) = (0..self.width).find(|c| self.people_in(*c) >= 2) else {
            return false;
        };
        let rows = self.rows.iter().filter(|r| r.filled().len() > 1);
        let said = |r: &&Row| {
            !r.own(column).is_empty()
                && (column + 1..self.width).any(|c| {
                    let text = r.own(c);
                    text.chars().filter(|c| c.is_alphabetic()).count() >= 4
                        && person(text).is_none()
                        && !fold(text).contains("подпись")
                })
        };
        rows.clone().filter(said).count() * 2 >= rows.count().max(1)
    }

    /// Takes in the next piece of the same table.
    pub(super) fn join(&mut self, mut below: Table) -> Result<(), Box<Table>> {
        let Some(head) = self.head() else {
            if below.head().is_none()
                && below.width == self.width
                && !self.rows.is_empty()
                && (below.name.is_none() || below.name == self.name)
            {
                self.take(below, 0);
                return Ok(());
            }
            return Err(Box::new(below));
        };
        if below.name.is_some() && below.name != self.name {
            return Err(Box::new(below));
        }
        if let Some(other) = below.head() {
            let same = |a: &[String], b: &[String]| {
                let fold = |t: &[String]| {
                    t.iter()
                        .map(|t| letters(t))
                        .filter(|t| !t.is_empty())
                        .collect::<Vec<_>>()
                };
                fold(a) == fold(b)
            };
            if other.from == 0 && same(&head.texts, &other.texts) {
                let to = other.to;
                self.take(below, to);
                return Ok(());
            }
            return Err(Box::new(below));
        }
        if below.width > self.width + 1 || below.width < 2 {
            return Err(Box::new(below));
        }
        if below.width > self.width {
            let lost = below.rows.iter().any(|r| !r.own(self.width).is_empty());
            if lost {
                return Err(Box::new(below));
            }
        }
        // A new table about something else has a narrower first column than the numbers above.
        let numbered = head.column(Role::No) == Some(0);
        let fits = below.rows.iter().all(|r| {
            let first = r.own(0);
            !numbered
                || first.is_empty()
                || is_number_cell(first)
                || r.filled().len() == 1
                || r.cells.first().is_some_and(|c| c.columns > 1)
                || super::words::marked(first).is_some()
        });
        if !fits {
            return Err(Box::new(below));
        }
        below.width = self.width;
        self.take(below, 0);
        Ok(())
    }

    /// Whether a piece without a head goes on with this table's numbers.
    pub(super) fn follows(&self, below: &Table) -> bool {
        let Some(head) = self.head() else {
            return false;
        };
        let numbered = head.column(Role::No) == Some(0);
        let first = below.rows.first().map_or("", |r| r.own(0));
        numbered && is_number_cell(first) && below.width <= self.width && below.head().is_none()
    }

    /// Whether another table is a plan with the very same head: the next part of this one.
    pub(super) fn repeats(&self, below: &Table) -> bool {
        let (Some(head), Some(other)) = (self.head(), below.head()) else {
            return false;
        };
        let plain = |h: &Head| h.texts.iter().map(|t| letters(t)).collect::<Vec<_>>();
        head.has(Role::Measure) && other.from == 0 && plain(&head) == plain(&other)
    }

    /// Whether a heading across it stands right below the head.
    pub(super) fn is_headed(&self) -> bool {
        let first = self.head().and_then(|h| self.rows.get(h.to));
        first.is_some_and(|row| {
            let wide = row.cells.first().map_or(1, |c| c.columns);
            row.filled() == [0] && usize::try_from(wide).unwrap_or(1) == self.width
        })
    }

    /// Puts a line right below the head as a row of one cell across the table.
    pub(super) fn headed(&mut self, line: &Line) {
        let to = self.head().map_or(0, |h| h.to).min(self.rows.len());
        self.heading(line);
        if let Some(row) = self.rows.pop() {
            self.rows.insert(to, row);
        }
    }

    /// Puts a line into the table as a row of one cell across it.
    pub(super) fn heading(&mut self, line: &Line) {
        let columns = u32::try_from(self.width).unwrap_or(1);
        let mut cells = vec![
            Cell {
                cover: Cover::Left,
                columns,
                at: line.at,
                ..Cell::default()
            };
            self.width
        ];
        if let Some(first) = cells.first_mut() {
            first.text.clone_from(&line.text);
            first.cover = Cover::Own;
            first.bold = line.bold;
        }
        self.rows.push(Row {
            cells,
            at: line.at,
            ..Row::default()
        });
    }

    fn take(&mut self, below: Table, from: usize) {
        self.spans |= below.spans;
        for (index, mut row) in below.rows.into_iter().skip(from).enumerate() {
            row.cells.resize(
                self.width,
                Cell {
                    columns: 1,
                    at: row.at,
                    ..Cell::default()
                },
            );
            row.fresh |= index == 0;
            self.rows.push(row);
        }
    }

    /// Where the head is, and what columns hold. `None` where no row says so.
    pub(super) fn head(&self) -> Option<Head> {
        let score = |row: &Row| {
            let cells: Vec<&str> = row
                .cells
                .iter()
                .filter(|c| c.cover == Cover::Own)
                .map(|c| c.text.as_str())
                .collect();
            head_score(&cells)
        };
        // The first row that says enough: rows below a head may hold its words too.
        let from = self.rows.iter().take(25).position(|row| {
            let filled = row.filled();
            let best = usize::try_from(score(row)).unwrap_or(0);
            // Half of the cells have to say something known, and two at least; numbers and days are what a head is above.
            let enough =
                best >= 4 && best >= filled.len() || best >= 2 && filled.len() <= 2 && row.head;
            let data = filled.iter().any(|c| {
                let text = row.own(*c);
                is_number_cell(text) || is_period(text) && by_head(text).is_none()
            });
            enough && filled.len() >= 2 && !data
        })?;
        let row = self.rows.get(from)?;
        let mut to = from + 1;
        while let Some(next) = self.rows.get(to) {
            if next.head && to < from + 4
                || self.second_storey(row, next, to == from + 1)
                || is_column_numbers(next)
            {
                to += 1;
            } else {
                break;
            }
        }
        let texts: Vec<String> = (0..self.width)
            .map(|column| self.head_text(from, to, column))
            .collect();
        let mut head = Head {
            from,
            to,
            texts,
            roles: Vec::new(),
        };
        head.roles = self.roles(&head);
        Some(head)
    }

    /// A head of its own making for a table that has none: roles by what the cells look like.
    pub(super) fn headless(&self) -> Head {
        let mut head = Head {
            from: 0,
            to: 0,
            texts: vec![String::new(); self.width],
            roles: Vec::new(),
        };
        head.roles = self.roles(&head);
        head
    }

    /// Whether `next` is the lower storey of the head: some columns are covered from above, or a wide cell above it is
    /// divided.
    fn second_storey(&self, row: &Row, next: &Row, first: bool) -> bool {
        if !first {
            return false;
        }
        let wide = row.cells.iter().any(|c| {
            c.columns > 1
                && c.cover == Cover::Own
                && usize::try_from(c.columns).unwrap_or(0) < self.width
        });
        let covered = next.cells.iter().any(|c| c.cover == Cover::Above);
        let short = next
            .filled()
            .iter()
            .all(|c| next.own(*c).chars().count() <= 60);
        wide && short
            && (covered
                || next.filled().iter().all(|c| {
                    row.cells
                        .get(*c)
                        .is_some_and(|up| up.cover == Cover::Left || up.columns > 1)
                }))
    }

    fn head_text(&self, from: usize, to: usize, column: usize) -> String {
        let mut parts: Vec<String> = Vec::new();
        for row in self.rows.get(from..to).unwrap_or_default() {
            if is_column_numbers(row) {
                continue;
            }
            // What covers several columns heads each of them.
            let mut at = column;
            while at > 0 && row.cells.get(at).is_some_and(|c| c.cover == Cover::Left) {
                at -= 1;
            }
            let cell = row.cells.get(at);
            let text = cell
                .filter(|c| c.cover == Cover::Own)
                .map_or(String::new(), |c| one_line(&c.text));
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        parts.join(": ")
    }

    fn roles(&self, head: &Head) -> Vec<Role> {
        let body: Vec<&Row> = self.rows.iter().skip(head.to).collect();
        let cells = |column: usize| -> Vec<&str> { body.iter().map(|r| r.own(column)).collect() };
        let mut roles: Vec<Role> = (0..self.width)
            .map(|column| {
                let text = head.texts.get(column).map_or("", String::as_str);
                // Of a two-storey head the lower storey tells more.
                let lower = text.rsplit(": ").next().unwrap_or(text);
                let upper = text.rsplit_once(": ").map_or("", |(upper, _)| upper);
                super::columns::part_under(upper, lower)
                    .map(Role::Part)
                    .or_else(|| by_head(lower))
                    .filter(|r| *r != Role::Measure || lower == text)
                    .or_else(|| by_head(text))
                    .or_else(|| {
                        // «Кабинет», «Часов»: figures under a head of their own are no numbers of rows.
                        let figures = column > 0 && !text.is_empty();
                        by_cells(&cells(column)).filter(|r| !figures || *r != Role::No)
                    })
                    .unwrap_or(Role::Other)
            })
            .collect();
        // A value for each year is a mark in a plan and a number among indicators.
        if roles.contains(&Role::Measure) && !roles.contains(&Role::Unit) {
            for role in &mut roles {
                if let Role::Value(year) = role {
                    *role = Role::Part(super::columns::Part::Year(*year));
                }
            }
        }
        only_once(&mut roles, |column| {
            let cells = cells(column);
            cells.iter().map(|c| c.chars().count()).sum()
        });
        // The longest column that nothing is known of says what is done.
        if head.to == 0 && !roles.contains(&Role::Measure) {
            let longest = (0..self.width)
                .filter(|c| {
                    matches!(
                        roles.get(*c),
                        Some(Role::Other | Role::Responsible | Role::School)
                    )
                })
                .max_by_key(|c| cells(*c).iter().map(|t| t.chars().count()).sum::<usize>());
            if let Some(slot) = longest.and_then(|c| roles.get_mut(c)) {
                *slot = Role::Measure;
            }
        }
        roles
    }
}

/// Of two columns that claim a role which only one can have, the fuller keeps it (for numbers: the first).
fn only_once(roles: &mut [Role], weight: impl Fn(usize) -> usize) {
    for role in [
        Role::No,
        Role::Measure,
        Role::Period,
        Role::Start,
        Role::Finish,
        Role::Time,
    ] {
        let all: Vec<usize> = (0..roles.len())
            .filter(|c| roles.get(*c) == Some(&role))
            .collect();
        if all.len() < 2 {
            continue;
        }
        let keep = match role {
            Role::Measure => all.iter().copied().max_by_key(|c| weight(*c)),
            _ => all.first().copied(),
        };
        for column in all.into_iter().filter(|c| Some(*c) != keep) {
            if let Some(slot) = roles.get_mut(column) {
                *slot = Role::Other;
            }
        }
    }
}

/// The row of numbers below a head: 1, 2, 3, 4.
pub(super) fn is_column_numbers(row: &Row) -> bool {
    let filled = row.filled();
    filled.len() >= 3
        && filled
            .iter()
            .zip(1u32..)
            .all(|(c, n)| row.own(*c).trim_end_matches(['.', ')']).parse() == Ok(n))
}
