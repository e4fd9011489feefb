//! Indicators as a file: each with its formula and values; and all values in one table.

use glasno_editions::{Block, Cell, Column, Inline, Row, Table};

use super::{IndicatorView, IndicatorsView, ValueView};
use crate::site::edition::{Edition, pair, rich};

/// The blocks of the page; `title` is the page's.
pub(super) fn edition(view: &IndicatorsView, title: &str) -> Edition {
    let mut blocks = vec![Block::heading(1, title), Block::text(&*view.count_words)];
    for group in &view.groups {
        if !group.title.is_empty() {
            blocks.push(Block::heading(2, &*group.title));
        }
        for goal in &group.goals {
            let level = match goal.title.is_empty() {
                true => 3,
                false => {
                    blocks.push(Block::heading(3, &*goal.title));
                    4
                }
            };
            for own in &goal.indicators {
                blocks.push(Block::heading(level, &*own.name));
                indicator(own, &mut blocks);
            }
        }
    }
    Edition {
        blocks,
        table: Some(all(view, title)),
    }
}

fn indicator(own: &IndicatorView, blocks: &mut Vec<Block>) {
    for formula in [&own.formula, &own.dynamics].into_iter().flatten() {
        blocks.push(Block::Paragraph(vec![rich::mathml(formula)]));
    }
    if !own.variables.is_empty() {
        blocks.push(Block::text("где"));
        let pairs = own.variables.iter().map(|v| {
            let unit = v.unit.as_ref().map(|u| format!(", {u}"));
            let meaning = format!("{}{}", v.meaning, unit.unwrap_or_default());
            (vec![rich::mathml(&v.symbol)], vec![Block::text(meaning)])
        });
        blocks.push(Block::Pairs(pairs.collect()));
    }
    let facts = [
        pair("Базовое значение", own.base.as_deref()),
        pair("Цель", own.target.as_deref()),
        pair("Как часто", own.frequency.as_deref()),
        pair("Источник данных", own.source.as_deref()),
        pair("Отвечает", own.responsible.as_deref()),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        blocks.push(Block::Pairs(facts));
    }
    if own.values.is_empty() {
        return;
    }
    let caption = match &own.unit {
        Some(unit) => format!("Значения, {unit}"),
        None => "Значения".to_owned(),
    };
    blocks.push(Block::Paragraph(vec![Inline::bold(caption)]));
    let mut heads = vec!["Год"];
    match own.is_planned {
        true => heads.extend(["План", "Факт"]),
        false => heads.push("Значение"),
    }
    if own.is_compared {
        heads.push("К\u{a0}прошлому году");
    }
    if own.is_judged {
        heads.push("Цель");
    }
    let row = |value: &ValueView| {
        let shown = |text: &str| match text {
            "" => "—".to_owned(),
            text => text.to_owned(),
        };
        let mut cells = vec![value.year.clone()];
        if own.is_planned {
            cells.push(shown(value.planned.as_deref().unwrap_or("")));
        }
        cells.push(shown(&value.value));
        if own.is_compared {
            cells.push(shown(value.difference.as_deref().unwrap_or("")));
        }
        if own.is_judged {
            cells.push(shown(value.met.unwrap_or("")));
        }
        Row::of(cells)
    };
    blocks.push(Block::Table(Table {
        summary: own.name.clone(),
        columns: vec![Column::auto(); heads.len()],
        head: vec![Row::head(heads)],
        rows: own.values.iter().map(row).collect(),
        row_heads: 1,
        plain: false,
    }));
}

/// A row for each value, and one for an indicator without any.
fn all(view: &IndicatorsView, title: &str) -> Table {
    let heads = [
        "Группа",
        "Цель группы",
        "Показатель",
        "Единица",
        "Базовое значение",
        "Цель",
        "Год",
        "План",
        "Факт",
        "К прошлому году",
        "Цель достигнута",
        "Как часто",
        "Источник данных",
        "Отвечает",
    ];
    let mut rows = Vec::new();
    for group in &view.groups {
        for goal in &group.goals {
            for own in &goal.indicators {
                let none = ValueView {
                    year: String::new(),
                    planned: None,
                    value: String::new(),
                    difference: None,
                    met: None,
                };
                let values = match own.values.is_empty() {
                    true => std::slice::from_ref(&none),
                    false => &own.values,
                };
                for value in values {
                    let given = |text: &Option<String>| text.clone().unwrap_or_default();
                    rows.push(Row::of([
                        group.title.clone(),
                        goal.title.clone(),
                        own.name.clone(),
                        given(&own.unit),
                        given(&own.base),
                        given(&own.target),
                        value.year.clone(),
                        given(&value.planned),
                        value.value.clone(),
                        given(&value.difference),
                        value.met.unwrap_or_default().to_owned(),
                        given(&own.frequency),
                        given(&own.source),
                        given(&own.responsible),
                    ]));
                }
            }
        }
    }
    // A column that says nothing is left out.
    let said: Vec<bool> = (0..heads.len())
        .map(|n| {
            let mut cells = rows.iter().filter_map(|r: &Row| r.cells.get(n));
            cells.any(|c: &Cell| !c.blocks.is_empty())
        })
        .collect();
    let keep = |row: Row| Row {
        cells: row
            .cells
            .into_iter()
            .zip(&said)
            .filter(|(_, s)| **s)
            .map(|(c, _)| c)
            .collect(),
    };
    Table {
        summary: title.to_owned(),
        columns: vec![Column::auto(); said.iter().filter(|s| **s).count()],
        head: vec![keep(Row::head(heads))],
        rows: rows.into_iter().map(keep).collect(),
        row_heads: 0,
        plain: false,
    }
}
