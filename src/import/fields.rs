//! Which columns of a table fill which field of a plan. Columns that the model does not know go to what is free, under
//! their printed head; a doubt says so.

use super::columns::{Part, Role};
use super::doubt::Doubts;
use super::line::Origin;
use super::table::{Head, Table};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

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

pub(super) fn fields(table: &Table, head: &Head, file: usize, doubts: &mut Doubts) -> Fields {
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
    let mut indicator = free(Role::Indicator, &taken);
    taken.extend(&indicator);
    let mut result = free(Role::Result, &taken);
    taken.extend(&result);
    // Columns that the model does not know stand in what is free, under their printed head.
    for column in (0..table.width).filter(|c| !taken.contains(c)) {
        let said = table
            .rows
            .iter()
            .skip(head.to)
            .any(|r| !r.own(column).is_empty());
        let text = head.texts.get(column).map_or("", String::as_str);
        if !said && text.is_empty() {
            continue;
        }
        let place = if result.is_empty() || !indicator.is_empty() {
            &mut result
        } else {
            &mut indicator
        };
        place.push(column);
        if said {
            let at = table.rows.get(head.from).map_or(table.at, |r| r.at);
            let at = At {
                cell: u32::try_from(column + 1).unwrap_or(0),
                ..at
            };
            doubts.add(&say::EXTRA_COLUMN, Origin { file, at }, &[("value", text)]);
        }
    }
    indicator.sort_unstable();
    result.sort_unstable();
    Fields {
        no,
        measure,
        period,
        indicator,
        result,
        responsible,
        stage,
    }
}
