//! Indicators for programs, as the page has them. Texts stand as in the original.

use serde::Serialize;

use crate::disclosure::{Public, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::indicators::{Indicator, Indicators};
use crate::site::book::Book;
use crate::site::measured::{Shown, shown};
use crate::site::paged::{OpenColumn, OpenTable};

use super::WITHHELD;

/// Name of the file beside the page.
pub(super) const JSON: &str = "data.json";

#[derive(Serialize)]
struct Data<'a> {
    title: String,
    order: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sample: bool,
    indicators: Vec<IndicatorData<'a>>,
}

#[derive(Serialize)]
struct IndicatorData<'a> {
    group: &'a str,
    goal: Option<&'a str>,
    name: &'a str,
    unit: Option<&'a str>,
    target: Option<&'a str>,
    formula: Option<&'a str>,
    dynamics: Option<&'a str>,
    responsible: Option<&'a str>,
    values: Vec<ValueData<'a>>,
}

#[derive(Serialize)]
struct ValueData<'a> {
    period: String,
    planned: Option<&'a str>,
    value: Option<f64>,
    /// As printed, where that is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// It is not published.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withheld: bool,
    /// From the year before.
    difference: Option<f64>,
    /// Whether the target is met.
    met: Option<bool>,
}

fn value(own: Shown<'_>) -> ValueData<'_> {
    let text = own.value.filter(|_| own.number.is_none());
    ValueData {
        period: own.period.replace('\u{a0}', " "),
        planned: own.planned.map(|v| v.value.raw()),
        value: own.number,
        text,
        withheld: own.withheld,
        difference: own.difference,
        met: own.met,
    }
}

type Placed<'a> = (usize, &'a str, Option<&'a str>, &'a Indicator<Public>);

/// Every indicator with its place, group and goal.
fn all(indicators: &Indicators<Public>) -> impl Iterator<Item = Placed<'_>> {
    let groups = indicators.groups.iter().flat_map(|group| {
        let goals = group.goals.iter().flat_map(|goal| {
            let title = goal.title.as_ref().map(PublicText::raw);
            goal.indicators.iter().map(move |x| (title, x))
        });
        goals.map(|(goal, x)| (group.title.raw(), goal, x))
    });
    groups
        .enumerate()
        .map(|(n, (group, goal, x))| (n, group, goal, x))
}

/// The indicators as open data: a row for each value, and one for an indicator without any.
pub(super) fn open(indicators: &Indicators<Public>, book: &Book, i: DocIndex) -> OpenTable {
    let columns = vec![
        OpenColumn::text("group", "group of indicators", "Группа"),
        OpenColumn::text("goal", "goal of the group", "Цель группы"),
        OpenColumn::text("indicator", "indicator", "Показатель"),
        OpenColumn::text("unit", "unit of measurement", "Единица измерения"),
        OpenColumn::text("target", "target", "Целевое значение"),
        OpenColumn::text("period", "period", "Период"),
        OpenColumn::text("planned", "planned value", "План"),
        OpenColumn::text("value", "value", "Значение"),
        OpenColumn::text("source", "source of data", "Источник данных"),
        OpenColumn::text("responsible", "responsible body", "Отвечает"),
    ];
    let mut rows = Vec::new();
    for (n, group, goal, x) in all(indicators) {
        let raw = |t: &Option<PublicText>| t.as_ref().map_or("", PublicText::raw).to_owned();
        let row = |period: String, planned: String, value: String| {
            let mut cells = vec![group.to_owned(), goal.unwrap_or("").to_owned()];
            cells.extend([x.name.raw().to_owned(), raw(&x.unit), raw(&x.target)]);
            cells.extend([period, planned, value, raw(&x.source), raw(&x.responsible)]);
            cells
        };
        let values = shown(x, book.measured.of(i, n), book.today);
        if values.is_empty() {
            rows.push(row(String::new(), String::new(), String::new()));
        }
        for own in values.into_iter().map(value) {
            let number = own.value.map(|v| v.to_string());
            let said = match own.withheld {
                true => WITHHELD.to_owned(),
                false => number.or(own.text).unwrap_or_default(),
            };
            let planned = own.planned.unwrap_or("").to_owned();
            rows.push(row(own.period, planned, said));
        }
    }
    OpenTable { columns, rows }
}

/// `data.json`
pub(super) fn json(indicators: &Indicators<Public>, book: &Book, i: DocIndex) -> Option<Vec<u8>> {
    let head = &book.documents.get(i)?.head;
    let raw = |t: &'_ Option<PublicText>| t.as_ref().map(|t| t.raw().to_owned());
    let order = head.order.as_ref().and_then(|r| r.target);
    let data = Data {
        title: raw(&head.title).unwrap_or_default(),
        order: order.map(|o| book.title(o).replace('\u{a0}', " ")),
        sample: head.sample,
        indicators: all(indicators)
            .map(|(n, group, goal, x)| IndicatorData {
                group,
                goal,
                name: x.name.raw(),
                unit: x.unit.as_ref().map(PublicText::raw),
                target: x.target.as_ref().map(PublicText::raw),
                formula: x.formula.as_ref().map(PublicText::raw),
                dynamics: x.dynamics.as_ref().map(PublicText::raw),
                responsible: x.responsible.as_ref().map(PublicText::raw),
                values: shown(x, book.measured.of(i, n), book.today)
                    .into_iter()
                    .map(value)
                    .collect(),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&data).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}
