//! Which columns of a table fill which field of a plan. Columns that the model does not describe stay columns, under
//! their printed head.

use super::columns::{Part, Role};
use super::table::{Head, Table};
use super::words::years;

/// Which column of the table fills which field.
pub(super) struct Fields {
    pub no: Option<usize>,
    pub measure: usize,
    /// Columns that together are the period, and how.
    pub period: Periods,
    pub indicator: Vec<usize>,
    pub result: Vec<usize>,
    pub responsible: Vec<usize>,
    pub stage: Option<usize>,
    /// Columns that the model does not describe.
    pub further: Vec<Further>,
}

/// A column of the document's own.
pub(super) struct Further {
    pub column: usize,
    /// Its name in the source.
    pub name: String,
    pub head: String,
}

pub(super) enum Periods {
    None,
    One(usize),
    FromTo(Option<usize>, Option<usize>),
    Marks(Vec<(usize, Part)>),
}

impl Fields {
    /// The columns that together are the period.
    pub(super) fn period_columns(&self) -> Vec<usize> {
        match &self.period {
            Periods::None => Vec::new(),
            Periods::One(c) => vec![*c],
            Periods::FromTo(a, b) => a.iter().chain(b).copied().collect(),
            Periods::Marks(marks) => marks.iter().map(|(c, _)| *c).collect(),
        }
    }
}

/// Whether a table is a plan: it says what is done and by when or by whom.
pub(super) fn is_plan(head: &Head) -> bool {
    let timed = head
        .roles
        .iter()
        .any(|r| matches!(r, Role::Period | Role::Start | Role::Finish | Role::Part(_)));
    let who = head.has(Role::Responsible);
    head.has(Role::Measure) && (timed || who)
        || (head.has(Role::Theme) || head.has(Role::Form)) && timed && who
        || timed && who
}

pub(super) fn fields(table: &Table, head: &Head) -> Fields {
    let all = |role: Role| -> Vec<usize> {
        (0..table.width)
            .filter(|c| head.roles.get(*c) == Some(&role))
            .collect()
    };
    let mut taken: Vec<usize> = Vec::new();
    let no = head.column(Role::No);
    taken.extend(no);
    let measure = [
        Role::Measure,
        Role::Theme,
        Role::Form,
        Role::Other,
        Role::Indicator,
        Role::Stage,
        Role::Result,
    ]
    .into_iter()
    .find_map(|role| head.column(role))
    .or_else(|| (0..table.width).find(|c| Some(*c) != no))
    .unwrap_or(0);
    taken.push(measure);
    let marks: Vec<(usize, Part)> = (0..table.width)
        .filter_map(|c| match head.roles.get(c) {
            Some(Role::Part(part)) => Some((c, *part)),
            _ => None,
        })
        .collect();
    let period = if let Some(column) = head.column(Role::Period) {
        Periods::One(column)
    } else if head.has(Role::Start) || head.has(Role::Finish) {
        Periods::FromTo(head.column(Role::Start), head.column(Role::Finish))
    } else if !marks.is_empty() {
        Periods::Marks(marks)
    } else {
        Periods::None
    };
    match &period {
        Periods::None => {}
        Periods::One(c) => taken.push(*c),
        Periods::FromTo(a, b) => taken.extend(a.iter().chain(b)),
        Periods::Marks(marks) => taken.extend(marks.iter().map(|(c, _)| *c)),
    }
    let free = |role: Role, taken: &[usize]| -> Vec<usize> {
        all(role)
            .into_iter()
            .filter(|c| !taken.contains(c))
            .collect()
    };
    let mut responsible = free(Role::Responsible, &taken);
    if responsible.is_empty() {
        // Who acts may stand under «Координатор» or «ФИО».
        responsible = free(Role::Person, &taken).into_iter().take(1).collect();
    }
    taken.extend(&responsible);
    let stage = free(Role::Stage, &taken)
        .first()
        .copied()
        .filter(|c| *c < measure);
    taken.extend(stage);
    let indicator = free(Role::Indicator, &taken);
    taken.extend(&indicator);
    let result = free(Role::Result, &taken);
    // One column is the field; others of its kind, and what the model does not describe, are columns of their own.
    let indicator: Vec<usize> = indicator.into_iter().take(1).collect();
    let result: Vec<usize> = result.into_iter().take(1).collect();
    let responsible: Vec<usize> = responsible.into_iter().take(1).collect();
    let used = |c: usize| {
        Some(c) == no
            || c == measure
            || Some(c) == stage
            || matches!(&period, Periods::One(p) if *p == c)
            || matches!(&period, Periods::FromTo(a, b) if *a == Some(c) || *b == Some(c))
            || indicator.contains(&c)
            || result.contains(&c)
            || responsible.contains(&c)
    };
    let mut further: Vec<Further> = Vec::new();
    let uppers: std::collections::BTreeSet<&str> = (0..table.width)
        .filter(|c| matches!(head.roles.get(*c), Some(Role::Part(_))))
        .filter_map(|c| head.texts.get(c)?.rsplit_once(": ").map(|(upper, _)| upper))
        .collect();
    let several = uppers.len() > 1;
    for column in (0..table.width).filter(|c| !used(*c)) {
        let head_text = head.texts.get(column).map_or("", String::as_str);
        let part = match head.roles.get(column) {
            Some(Role::Part(part)) if matches!(period, Periods::Marks(_)) => Some(*part),
            _ => None,
        };
        let said = table
            .rows
            .iter()
            .skip(head.to)
            .any(|r| !r.own(column).is_empty());
        if !said && head_text.is_empty() {
            continue;
        }
        let wanted = match part {
            Some(Part::Quarter(n)) => format!("q{n}"),
            Some(Part::Month(n)) => format!("m{n}"),
            Some(Part::Half(n)) => format!("h{n}"),
            Some(Part::Year(n)) => format!("y{n}"),
            // No name of a described column is as long, so that none is taken for another's.
            None => format!("dop-{}", short(&crate::text::slug(head_text))),
        };
        let mut name = wanted.trim_end_matches('-').to_owned();
        while further.iter().any(|f| f.name == name) {
            name.push_str("-2");
        }
        let text = match (part, head_text.rsplit_once(": ")) {
            // Of two storeys the lower one is the part of the year; the upper one says which, where there are several.
            (Some(_), Some((upper, lower))) if several && !years(upper).is_empty() => {
                format!("{lower} {upper}")
            }
            (Some(_), Some((_, lower))) => lower.to_owned(),
            _ if head_text.is_empty() => "—".to_owned(),
            _ => head_text.to_owned(),
        };
        further.push(Further {
            column,
            name,
            head: text,
        });
    }
    Fields {
        no,
        measure,
        period,
        indicator,
        result,
        responsible,
        stage,
        further,
    }
}

/// A name's first words.
pub(super) fn short(slug: &str) -> String {
    let mut out = String::new();
    for part in slug.split('-').filter(|p| !p.is_empty()) {
        if out.len() + part.len() > 24 && !out.is_empty() {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(part.get(..part.len().min(24)).unwrap_or(part));
    }
    out
}
