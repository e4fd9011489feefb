//! Indicators: takes a table of them, gives groups with names, formulas, variables, sources, targets and values by year.
//! A formula that cannot be read stays in words, and a doubt says so. Must not repair a formula.

use super::columns::Role;
use super::doubt::Doubts;
use super::line::Origin;
use super::table::{Head, Row, Table};
use super::words::{fold, one_line};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub title: String,
    pub goals: Vec<Goal>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Goal {
    pub title: Option<String>,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Indicator {
    pub name: String,
    pub source: Vec<String>,
    pub frequency: Option<String>,
    pub formula: Option<String>,
    pub dynamics: Option<String>,
    pub variables: Vec<(String, String)>,
    pub target: Option<String>,
    pub unit: Option<String>,
    pub responsible: Option<String>,
    pub values: Vec<(i32, String)>,
    /// Formulas that cannot be this indicator's, and others that are not whole.
    pub damaged: Vec<String>,
    pub at: At,
}

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
                Role::Value(year) => indicator.values.push((*year, one_line(text))),
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

fn has_formula(text: &str) -> bool {
    text.contains("\\frac") || text.contains("где:") && text.contains('=')
}

/// Reads the cell that says how an indicator is counted: source, formula, what its letters mean, how often.
fn how(text: &str, indicator: &mut Indicator) {
    let text = one_line(text);
    // A recogniser takes «где:» into the formula before it.
    let text = text
        .replace(", \\text{ где:}$", "$, где:")
        .replace("\\text{, где:}$", "$, где:")
        .replace(" \\text{ где:}$", "$, где:")
        .replace("\\text{где:}$", "$, где:");
    let mut rest = text.as_str();
    // How often it is counted stands in a sentence of its own.
    let mut owned;
    if let Some(at) = rest.find("Мониторинг показателя осуществляется")
    {
        let tail = rest.get(at..).unwrap_or_default();
        let end = tail.find('.').map_or(tail.len(), |e| e + 1);
        let sentence = tail.get(..end).unwrap_or_default();
        let words = sentence
            .trim_start_matches("Мониторинг показателя осуществляется")
            .trim()
            .trim_end_matches('.');
        if let Some(often) = [
            "один раз в",
            "ежегодно",
            "ежеквартально",
            "ежемесячно",
            "раз в",
            "два раза",
        ]
        .iter()
        .find_map(|w| words.find(w))
        {
            let who = words.get(..often).unwrap_or_default().trim();
            if indicator.frequency.is_none() {
                indicator.frequency = words.get(often..).map(|f| f.trim().to_owned());
            }
            if !who.is_empty() && indicator.responsible.is_none() {
                indicator.responsible = Some(who.to_owned());
            }
        } else if indicator.frequency.is_none() {
            indicator.frequency = Some(words.to_owned());
        }
        owned = format!(
            "{}{}",
            rest.get(..at).unwrap_or_default(),
            tail.get(end..).unwrap_or_default()
        );
        owned = owned.trim().to_owned();
        rest = &owned;
    }
    let rest_owned = rest.to_owned();
    let rest = rest_owned.as_str();
    let equals = rest.find("где:").or_else(|| rest.find("где "));
    let begin = formula_begin(rest);
    let (Some(begin), Some(end)) = (begin, equals.or(begin.map(|_| rest.len()))) else {
        if !rest.is_empty() {
            if let Some(at) = equals {
                // Letters are explained, but the formula itself is gone.
                let source = rest.get(..at).unwrap_or_default().trim();
                if !source.is_empty() {
                    indicator.source.push(source.to_owned());
                }
                variables(rest.get(at..).unwrap_or_default(), indicator);
            } else if indicator.formula.is_some() && rest.contains(" - количество")
                || rest.contains(" – количество")
            {
                variables(rest, indicator);
            } else {
                indicator.source.push(rest.to_owned());
            }
        }
        return;
    };
    let source = rest
        .get(..begin)
        .unwrap_or_default()
        .trim()
        .trim_end_matches(['$', '.', ',', ' ']);
    if !source.is_empty() {
        indicator.source.push(source.to_owned());
    }
    let formulas = rest.get(begin..end.max(begin)).unwrap_or_default();
    for formula in formulas.split('$').flat_map(|f| {
        if f.contains("\\frac") {
            vec![f.to_owned()]
        } else {
            parted(f)
        }
    }) {
        let formula = formula.trim().trim_end_matches([',', ';']).trim();
        if !formula.contains('=') {
            continue;
        }
        if formula.starts_with("DD") || fold(formula).starts_with("dd") {
            indicator.dynamics = Some(latex(formula));
        } else if indicator
            .formula
            .as_ref()
            .is_some_and(|f| *f != latex(formula))
        {
            // A second one belongs to an indicator whose name was lost.
            indicator.damaged.push(formula.to_owned());
        } else {
            indicator.formula = Some(latex(formula));
        }
    }
    variables(rest.get(end..).unwrap_or_default(), indicator);
}

/// Where the first formula of a cell begins.
fn formula_begin(text: &str) -> Option<usize> {
    let mut found = [
        text.find('$'),
        text.find("DD ="),
        text.find("DD="),
        text.find("D ="),
        text.find("D="),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    if let Some(at) = text.find(" = ") {
        let before = text.get(..at).unwrap_or_default();
        let from = before.rfind([' ', '.', '\n']).map_or(0, |b| b + 1);
        found.push(from);
    }
    found.into_iter().min()
}

/// `DD = D₂ – D₁ D = a / b * 100` are two formulas.
fn parted(text: &str) -> Vec<String> {
    let mut cuts: Vec<usize> = text
        .match_indices(" D")
        .map(|(i, _)| i)
        .filter(|i| {
            text.get(i + 2..)
                .is_some_and(|r| r.trim_start().starts_with('='))
        })
        .collect();
    cuts.push(text.len());
    let mut from = 0;
    let mut out = Vec::new();
    for cut in cuts {
        out.push(text.get(from..cut).unwrap_or_default().to_owned());
        from = cut;
    }
    out
}

/// A formula as LaTeX: signs and lowered figures in its way of writing; letters as they are.
fn latex(text: &str) -> String {
    const LOW: [(char, char); 11] = [
        ('₀', '0'),
        ('₁', '1'),
        ('₂', '2'),
        ('₃', '3'),
        ('₄', '4'),
        ('₅', '5'),
        ('₆', '6'),
        ('₇', '7'),
        ('₈', '8'),
        ('₉', '9'),
        ('₋', '-'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut low = false;
    for c in text.chars() {
        let lowered = LOW.iter().find(|(l, _)| *l == c).map(|(_, d)| *d);
        match lowered {
            Some(digit) => {
                if !low {
                    out.push_str("_{");
                }
                out.push(digit);
                low = true;
                continue;
            }
            None if low => {
                out.push('}');
                low = false;
            }
            None => {}
        }
        match c {
            '–' | '—' | '−' => out.push('-'),
            '*' | '·' | '×' | '∙' => out.push_str("\\cdot"),
            '%' => out.push_str("\\%"),
            c => out.push(c),
        }
    }
    if low {
        out.push('}');
    }
    out.trim().trim_end_matches(['.', ',']).to_owned()
}

/// «где: Ч – количество…, человек; Ш – …»
fn variables(text: &str, indicator: &mut Indicator) {
    let text = text
        .trim_start_matches("где")
        .trim_start_matches(':')
        .trim();
    for part in text.split(';') {
        let part = part.trim().trim_end_matches('.').trim();
        let cut = [" – ", " - ", " — ", "- ", "– "]
            .iter()
            .filter_map(|d| part.find(d).map(|at| (at, d.len())))
            .min();
        let Some((at, length)) = cut.filter(|(at, _)| *at > 0 && *at < 60) else {
            if !part.is_empty() {
                match indicator.variables.last_mut() {
                    Some(last) => {
                        last.1.push_str("; ");
                        last.1.push_str(part);
                    }
                    None => indicator.source.push(part.to_owned()),
                }
            }
            continue;
        };
        let symbol = part
            .get(..at)
            .unwrap_or_default()
            .trim()
            .trim_matches('$')
            .trim();
        let meaning = part.get(at + length..).unwrap_or_default().trim();
        if !indicator.variables.iter().any(|(s, _)| s == symbol) {
            indicator
                .variables
                .push((symbol.to_owned(), meaning.to_owned()));
        }
    }
}

/// Checks what was read, and says what is missing.
fn finish(indicator: &mut Indicator, expected: bool, file: usize, doubts: &mut Doubts) {
    let origin = Origin {
        file,
        at: indicator.at,
    };
    for slot in [&mut indicator.formula, &mut indicator.dynamics] {
        if let Some(text) = slot.take() {
            let good = crate::math::mathml(&text, true).is_ok() && !text.contains('$');
            if good {
                *slot = Some(text);
            } else {
                doubts.add(&say::FORMULA, origin, &[("value", &text)]);
                indicator.source.push(text);
            }
        }
    }
    for text in std::mem::take(&mut indicator.damaged) {
        doubts.add(&say::FORMULA, origin, &[("value", &text)]);
        indicator.source.push(text);
    }
    let mut kept = Vec::new();
    for (symbol, meaning) in std::mem::take(&mut indicator.variables) {
        let tex = latex(&symbol);
        if !meaning.is_empty() && crate::math::mathml(&tex, true).is_ok() {
            kept.push((tex, meaning));
        } else {
            doubts.add(&say::FORMULA, origin, &[("value", &symbol)]);
            indicator.source.push(format!("{symbol} – {meaning}"));
        }
    }
    indicator.variables = kept;
    // Letters that the formula does not hold, or a formula none of whose letters is explained, are damage.
    if let Some(formula) = &indicator.formula {
        let bare = |t: &str| -> String {
            t.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
                .to_lowercase()
        };
        let whole = bare(formula);
        let foreign = indicator.variables.iter().any(|(s, _)| {
            let s = bare(s);
            !s.is_empty() && !whole.contains(&s)
        });
        let same = formula.matches("\\frac").count() == 1 && {
            let inner = formula.split("\\frac").nth(1).unwrap_or_default();
            let parts: Vec<&str> = inner.split("}{").collect();
            parts.len() == 2
                && bare(parts.first().copied().unwrap_or_default())
                    == bare(
                        parts
                            .get(1)
                            .and_then(|p| p.split('}').next())
                            .unwrap_or_default(),
                    )
        };
        if foreign || same {
            doubts.add(&say::FORMULA, origin, &[("value", formula)]);
        }
    } else if expected
        && (!indicator.variables.is_empty()
            || indicator.source.is_empty()
            || fold(&indicator.name).starts_with("доля"))
    {
        doubts.add(&say::FORMULA, origin, &[("value", "—")]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_that_says_how_it_is_counted() {
        let mut i = Indicator::default();
        how(
            "Документальный анализ, ФСН ОО-1. DD= D₂₀₂₂ – D₂₀₂₁ $D = \\frac{Ч_{баз}}{Ч} * 100$, где: Ч_{баз} – количество одних, человек; Ч – количество всех, человек. Мониторинг показателя осуществляется отделом один раз в год.",
            &mut i,
        );
        assert_eq!(
            i.formula.as_deref(),
            Some("D = \\frac{Ч_{баз}}{Ч} \\cdot 100")
        );
        assert_eq!(i.dynamics.as_deref(), Some("DD= D_{2022} - D_{2021}"));
        assert_eq!(i.source, ["Документальный анализ, ФСН ОО-1"]);
        assert_eq!(i.frequency.as_deref(), Some("один раз в год"));
        assert_eq!(i.variables.len(), 2);
        assert_eq!(
            i.variables[1],
            ("Ч".to_owned(), "количество всех, человек".to_owned())
        );
    }
}
