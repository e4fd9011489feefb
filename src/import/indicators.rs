//! Indicators: takes a table of them, gives groups with names, formulas, variables, sources, targets and values by year.
//! A formula that cannot be read stays in words, and a doubt says so. Must not repair a formula.

use super::columns::Role;
use super::doubt::Doubts;
use super::indicator::{Goal, Group, Indicator, Value, finish, has_formula, how};
use super::table::{Head, Row, Table};
use super::words::{fold, one_line};

/// Whether a table holds indicators.
pub(super) fn is_indicators(head: &Head) -> bool {
    let values = head.roles.iter().any(|r| matches!(r, Role::Value(_)));
    let timed = [
        Role::Period,
        Role::Start,
        Role::Finish,
        Role::Measure,
        Role::Time,
    ]
    .iter()
    .any(|r| head.has(*r));
    let named = head.has(Role::Indicator) || head.has(Role::Group);
    named
        && (head.has(Role::Formula)
            || head.has(Role::Unit)
            || values
            || head.has(Role::Target)
            || head.has(Role::Source))
        && (!timed || head.has(Role::Formula) || head.has(Role::Unit))
}

/// Reads a table of indicators.
pub(super) fn indicators(
    table: &Table,
    head: &Head,
    file: usize,
    doubts: &mut Doubts,
) -> Vec<Group> {
    let group = head.column(Role::Group);
    let all: Vec<usize> = (0..table.width)
        .filter(|c| head.roles.get(*c) == Some(&Role::Indicator))
        .collect();
    let name = all
        .first()
        .copied()
        .or_else(|| head.column(Role::Measure))
        .unwrap_or(group.map_or(0, |g| g + 1));
    // «Показатель | … | Индикатор»: the second says what is to be reached.
    let target = head
        .column(Role::Target)
        .or_else(|| all.get(1).copied())
        .or_else(|| head.column(Role::Result));
    let how = head.column(Role::Formula);
    let mut reader = Reader {
        out: Vec::new(),
        name,
        target,
        how,
        head,
        table,
    };
    for row in table.rows.iter().skip(head.to) {
        reader.row(row, group);
    }
    let mut groups = reader.out;
    for indicator in groups
        .iter_mut()
        .flat_map(|g| &mut g.goals)
        .flat_map(|g| &mut g.indicators)
    {
        finish(indicator, how.is_some(), file, doubts);
    }
    groups.retain(|g| g.goals.iter().any(|g| !g.indicators.is_empty()));
    groups
}

struct Reader<'a> {
    out: Vec<Group>,
    name: usize,
    target: Option<usize>,
    how: Option<usize>,
    head: &'a Head,
    table: &'a Table,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, group: Option<usize>) {
        let filled = row.filled();
        let wide = |c: usize| {
            row.cells
                .get(c)
                .is_some_and(|c| usize::try_from(c.columns).unwrap_or(0) + 1 >= self.table.width)
        };
        let grouped = group.map_or("", |g| row.own(g));
        let said = row.own(self.name);
        if filled.is_empty() || super::table::is_column_numbers(row) {
            return;
        }
        if let [only] = filled.as_slice()
            && (wide(*only)
                || Some(*only) != group && *only != self.name && self.out.is_empty()
                || self.head.column(Role::No) == Some(*only))
        {
            self.out.push(Group {
                title: one_line(row.own(*only)),
                at: row.at,
                ..Group::default()
            });
            return;
        }
        if self.moved(row, grouped, said) {
            self.deal(row);
            return;
        }
        let cells = [self.how, self.target]
            .into_iter()
            .flatten()
            .any(|c| !row.own(c).is_empty());
        if !grouped.is_empty() {
            let title = one_line(grouped);
            // A page cut the group's name in two.
            let goes_on = row.fresh
                && self.out.last().is_some()
                && title.chars().next().is_some_and(char::is_lowercase);
            if goes_on {
                if let Some(last) = self.out.last_mut() {
                    last.title.push(' ');
                    last.title.push_str(&title);
                }
            } else {
                self.out.push(Group {
                    title,
                    at: row.at,
                    ..Group::default()
                });
            }
        }
        if self.out.is_empty() {
            self.out.push(Group {
                title: "Показатели".to_owned(),
                at: row.at,
                ..Group::default()
            });
        }
        if said.is_empty() || self.goes_on(row, said) {
            self.append(row, said);
            return;
        }
        if !cells && filled.len() <= 1 + usize::from(!grouped.is_empty()) {
            let goal = Goal {
                title: Some(one_line(said)),
                indicators: Vec::new(),
            };
            if let Some(last) = self.out.last_mut() {
                last.goals.push(goal);
            }
            return;
        }
        let mut indicator = Indicator {
            at: row.at,
            ..Indicator::default()
        };
        self.fill(row, &mut indicator);
        // «Достижение … уровня. Доля обучающихся…»: the goal stands in the same cell before its first indicator.
        let lines: Vec<&str> = said.split('\n').collect();
        let (goal, own) = match lines.as_slice() {
            [first, rest @ ..]
                if !rest.is_empty()
                    && !is_name(first)
                    && rest.first().is_some_and(|r| is_name(r)) =>
            {
                (Some(*first), rest.join(" "))
            }
            _ => {
                let line = one_line(said);
                match line.find(" Доля ").filter(|_| !is_name(&line)) {
                    Some(at) => (
                        None,
                        line.get(at + 1..)
                            .map(|own| {
                                (
                                    line.get(..at).unwrap_or_default().to_owned(),
                                    own.to_owned(),
                                )
                            })
                            .map_or(line.clone(), |(goal, own)| {
                                self.goal(&goal);
                                own
                            }),
                    ),
                    None => (None, line),
                }
            }
        };
        if let Some(goal) = goal {
            self.goal(&one_line(goal));
        }
        indicator.name = own;
        self.push(indicator);
    }

    /// Whether a page or a recogniser moved the cells of a row away from the columns of the head.
    fn moved(&self, row: &Row, grouped: &str, said: &str) -> bool {
        let Some(how) = self.how else { return false };
        is_name(grouped) || is_how(said) || said.is_empty() && row.own(how).split('\n').any(is_name)
    }

    /// Deals the lines of such a row by what they say.
    fn deal(&mut self, row: &Row) {
        let mut open: Option<(Indicator, String)> = None;
        let mut early = String::new();
        let mut made: Vec<(Indicator, String)> = Vec::new();
        for column in 0..self.table.width {
            for line in row.own(column).split('\n').filter(|l| !l.is_empty()) {
                let small = line.chars().next().is_some_and(char::is_lowercase);
                if is_name(line) && Some(column) != self.target {
                    made.extend(open.take());
                    let indicator = Indicator {
                        name: line.to_owned(),
                        at: row.at,
                        ..Indicator::default()
                    };
                    open = Some((indicator, std::mem::take(&mut early)));
                } else if is_how(line) {
                    // How often the last one is counted stood on the page before its name was cut off.
                    let last = line.starts_with("Мониторинг показателя") && open.is_none();
                    match (last, &mut open) {
                        (true, _) => self.with_last(|i| how(line, i)),
                        (false, Some((_, text))) => super::plan::append(text, line),
                        (false, None) => super::plan::append(&mut early, line),
                    }
                } else if Some(column) == self.target || is_target(line) {
                    let take = |i: &mut Indicator| {
                        super::plan::append(i.target.get_or_insert_default(), line);
                    };
                    match &mut open {
                        Some((indicator, _)) => take(indicator),
                        None => self.with_last(take),
                    }
                } else if let Some((indicator, _)) = &mut open {
                    super::plan::append(&mut indicator.name, line);
                } else if small {
                    self.with_last(|i| super::plan::append(&mut i.name, line));
                } else if self.head.column(Role::Group) == Some(column) {
                    self.out.push(Group {
                        title: line.to_owned(),
                        at: row.at,
                        ..Group::default()
                    });
                } else {
                    super::plan::append(&mut early, line);
                }
            }
        }
        made.extend(open);
        if made.is_empty() && !early.is_empty() {
            self.with_last(|i| how(&early, i));
        }
        for (mut indicator, text) in made {
            how(&text, &mut indicator);
            self.push(indicator);
        }
    }

    /// Does something to the last indicator of all.
    fn with_last(&mut self, act: impl FnOnce(&mut Indicator)) {
        let last = self.out.iter_mut().rev().find_map(|g| {
            g.goals
                .iter_mut()
                .rev()
                .find_map(|goal| goal.indicators.last_mut())
        });
        if let Some(last) = last {
            act(last);
        }
    }

    fn push(&mut self, indicator: Indicator) {
        if self.out.is_empty() {
            self.out.push(Group {
                title: "Показатели".to_owned(),
                at: indicator.at,
                ..Group::default()
            });
        }
        if let Some(last) = self.out.last_mut() {
            if last.goals.is_empty() {
                last.goals.push(Goal::default());
            }
            if let Some(goal) = last.goals.last_mut() {
                goal.indicators.push(indicator);
            }
        }
    }

    fn goal(&mut self, title: &str) {
        if let Some(last) = self.out.last_mut() {
            last.goals.push(Goal {
                title: Some(title.to_owned()),
                indicators: Vec::new(),
            });
        }
    }

    /// Whether a row only goes on with the one before it: a page cut it, or its words begin small.
    fn goes_on(&self, row: &Row, said: &str) -> bool {
        let small = said.chars().next().is_some_and(char::is_lowercase);
        let open = self
            .last()
            .is_some_and(|i| i.name.trim_end().ends_with([',', '-']));
        row.fresh && (small || open)
    }

    fn last(&self) -> Option<&Indicator> {
        self.out.last()?.goals.last()?.indicators.last()
    }

    fn append(&mut self, row: &Row, said: &str) {
        let mut more = Indicator::default();
        self.with_last(|last| std::mem::swap(&mut more, last));
        if !said.is_empty() {
            super::plan::append(&mut more.name, &one_line(said));
        }
        self.fill(row, &mut more);
        self.with_last(|last| std::mem::swap(&mut more, last));
    }

    /// Puts a row's cells into an indicator.
    fn fill(&self, row: &Row, indicator: &mut Indicator) {
        for (column, role) in self.head.roles.iter().enumerate() {
            let text = row.own(column);
            if text.is_empty() || column == self.name {
                continue;
            }
            if Some(column) == self.target {
                // A formula may stand in the column of what is to be reached.
                if has_formula(text) {
                    how(text, indicator);
                } else {
                    let slot = indicator.target.get_or_insert_default();
                    super::plan::append(slot, text);
                }
                continue;
            }
            match role {
                Role::Formula => how(text, indicator),
                Role::Source => indicator.source.push(one_line(text)),
                Role::Frequency | Role::Period => indicator.frequency = Some(one_line(text)),
                Role::Unit => indicator.unit = Some(one_line(text)),
                Role::Responsible => indicator.responsible = Some(one_line(text)),
                Role::Base => indicator.base = Some(figure(text)),
                Role::Value(year) => indicator.values.push(Value {
                    head: self.head.texts.get(column).cloned().unwrap_or_default(),
                    year: *year,
                    text: figure(text),
                }),
                Role::No | Role::Group => {}
                _ => {
                    let head = self.head.texts.get(column).map_or("", String::as_str);
                    indicator.source.push(if head.is_empty() {
                        one_line(text)
                    } else {
                        format!("{head}: {}", one_line(text))
                    });
                }
            }
        }
    }
}

/// A value as it is printed in Russian: a sheet keeps «42.5» where it displays «42,5».
fn figure(text: &str) -> String {
    let text = one_line(text);
    let (bare, sign) = match text.strip_suffix('%') {
        Some(bare) => (bare.trim_end(), " %"),
        None => (text.as_str(), ""),
    };
    let parts: Vec<&str> = bare.split('.').collect();
    let digits = |p: &&str| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit());
    match parts.as_slice() {
        [whole, rest] if parts.iter().all(digits) => format!("{whole},{rest}{sign}"),
        [whole] if !sign.is_empty() && digits(whole) => format!("{whole}{sign}"),
        _ => text,
    }
}

/// Whether a line is the name of an indicator.
fn is_name(text: &str) -> bool {
    const BEGIN: [&str; 9] = [
        "доля",
        "количество",
        "число",
        "отсутствие",
        "наличие",
        "удовлетвор",
        "процент",
        "численность",
        "охват",
    ];
    let folded = fold(text);
    BEGIN.iter().any(|w| folded.starts_with(w))
}

/// Whether a line says what is to be reached.
fn is_target(text: &str) -> bool {
    let folded = fold(text);
    folded.starts_with("положительная динамика") || folded.starts_with("не менее ")
}

/// Whether a line says how an indicator is counted.
fn is_how(text: &str) -> bool {
    const SAY: [&str; 9] = [
        "документальн",
        "мониторинг показателя",
        "где:",
        "\\frac",
        "- количество",
        "– количество",
        "регисо",
        "анкетирование",
        "форма статистического",
    ];
    let low = text.to_lowercase();
    SAY.iter().any(|w| low.contains(w)) || text.starts_with('$')
}
