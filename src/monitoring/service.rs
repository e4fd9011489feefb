//! What the operator alone reads of the numbers: school by school, by id.
//!
//! Takes what was worked out; gives a table for `output/report/`. Must not be asked by anything that makes a page.

use glasno_tally::{Decision, Number};

use super::Monitoring;
use super::gather::Counted;
use super::table::Whose;
use crate::text::format_decimal;

/// One line of the service report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub section: String,
    pub indicator: String,
    pub period: String,
    /// An id of the registry, «прочие» or «всего».
    pub school: String,
    /// «графа = число», by the formula's letters.
    pub numbers: String,
    pub value: String,
    /// Of the line of all: whether it is published, and why not.
    pub state: String,
}

/// Every school of every indicator and period; the line of all first.
pub fn lines(monitoring: &Monitoring) -> Vec<Line> {
    let mut lines = Vec::new();
    for own in &monitoring.counted {
        let line = |school: String, numbers: &[Number], state: &str| Line {
            section: own.section.to_string(),
            indicator: own.name.clone(),
            period: own.period.words.to_string(),
            school,
            numbers: words(own, numbers),
            value: own
                .of(numbers)
                .map_or_else(|| "—".to_owned(), |v| format_decimal(v.near())),
            state: state.to_owned(),
        };
        lines.push(line("всего".to_owned(), &own.totals, state(own)));
        for (whose, numbers) in &own.schools {
            let school = match whose {
                Whose::School(id) => id.to_string(),
                Whose::Others => "прочие".to_owned(),
            };
            // A school that owes a number has none to be worked out with.
            let whole = numbers.len() == own.columns.len();
            let note = if whole {
                ""
            } else {
                "не все графы заполнены"
            };
            let numbers = if whole { &numbers[..] } else { &[] };
            lines.push(line(school, numbers, note));
        }
    }
    lines
}

fn words(own: &Counted, numbers: &[Number]) -> String {
    let pairs = own.columns.iter().zip(numbers);
    let pairs: Vec<String> = pairs
        .map(|(column, number)| format!("{column} = {}", format_decimal(number.near())))
        .collect();
    pairs.join("; ")
}

fn state(own: &Counted) -> &'static str {
    match &own.decision {
        None => "не посчитан",
        Some(Decision::Published) => "опубликован",
        Some(Decision::Few) => "не публикуется: мало школ",
        Some(Decision::Tells(_)) => "не публикуется: разность выдаёт школы",
        Some(Decision::Large) => "не публикуется: почти всё — одна школа",
    }
}

/// `monitoring.csv` of the reports; `None` where nothing was worked out.
pub fn csv(monitoring: &Monitoring) -> Option<String> {
    let lines = lines(monitoring);
    if lines.is_empty() {
        return None;
    }
    let header = [
        "раздел",
        "показатель",
        "период",
        "школа (id)",
        "графы",
        "значение",
        "что с ним",
    ];
    let rows: Vec<Vec<String>> = lines
        .into_iter()
        .map(|l| {
            vec![
                l.section,
                l.indicator,
                l.period,
                l.school,
                l.numbers,
                l.value,
                l.state,
            ]
        })
        .collect();
    Some(crate::feed::csv(&header, &rows))
}
