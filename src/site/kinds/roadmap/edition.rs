//! A roadmap as a file: its table with all that a page shows of it.

use glasno_editions::{Block, Cell, Column, Inline, Item, Row, Table};

use super::{ColumnView, ResponsibleView, RoadmapSectionView, RoadmapView, RowView};
use crate::site::edition::{Edition, amended, cell, link, period, status};

/// The blocks of the page; `title` is the page's.
pub(super) fn edition(view: &RoadmapView, title: &str) -> Edition {
    let mut blocks = vec![Block::heading(1, title)];
    let lead = match &view.plan {
        Some(plan) => format!("{plan} · {}", view.count_words),
        None => view.count_words.clone(),
    };
    blocks.push(Block::text(lead));
    if view.progress.words != view.count_words {
        blocks.push(Block::text(&*view.progress.words));
    }
    let table = table(view, title);
    blocks.push(Block::Table(table.clone()));
    if let Some(note) = &view.note {
        blocks.extend(cell(note));
    }
    Edition {
        blocks,
        table: Some(table),
    }
}

fn table(view: &RoadmapView, title: &str) -> Table {
    let share = |column: &ColumnView| match &*column.key {
        "no" => Column::auto(),
        "measure" => Column::share(3.0),
        "indicator" | "result" | "further" => Column::share(1.8),
        "responsible" => Column::share(1.7),
        "status" => Column::share(1.3),
        _ => Column::share(1.2),
    };
    let mut rows = Vec::with_capacity(view.total + view.sections.len());
    for section in &view.sections {
        rows.extend(head(section));
        let own = section.rows.iter();
        rows.extend(own.map(|row| Row::filled(view.columns.iter().map(|c| value(row, c)))));
        if let Some(note) = &section.note {
            rows.push(Row {
                cells: vec![Cell {
                    columns: 0,
                    ..Cell::of(cell(note))
                }],
            });
        }
    }
    Table {
        summary: title.to_owned(),
        columns: view.columns.iter().map(share).collect(),
        head: vec![Row::head(view.columns.iter().map(|c| &*c.title))],
        rows,
        row_heads: 1,
        plain: false,
    }
}

/// The heading of a section, with what the page says beside it.
fn head(section: &RoadmapSectionView) -> Option<Row> {
    if section.title.is_empty() && section.no.is_empty() {
        return None;
    }
    let mut words = match section.no.is_empty() {
        true => section.title.clone(),
        false => format!("{} {}", section.no, section.title),
    };
    if let Some(period) = &section.period {
        words.push_str(" · ");
        words.push_str(&period.text);
    }
    if section.progress.total > 0 {
        words.push_str(" · ");
        words.push_str(&section.progress.words);
    }
    Some(Row::across(words))
}

fn value(row: &RowView, column: &ColumnView) -> Vec<Block> {
    let some = |found: Option<&crate::site::view::Cell>| found.map(cell).unwrap_or_default();
    match &*column.key {
        "no" => match row.no.is_empty() {
            true => Vec::new(),
            false => vec![Block::text(&*row.no)],
        },
        "measure" => measure(row),
        "period" => row.period.as_ref().map(period).unwrap_or_default(),
        "start" => row.start.as_ref().map(period).unwrap_or_default(),
        "finish" => row.finish.as_ref().map(period).unwrap_or_default(),
        "further" => some(row.cells.get(column.further).and_then(Option::as_ref)),
        "indicator" => {
            let mut blocks = some(row.indicator.as_ref());
            if let Some(target) = &row.target {
                blocks.push(Block::text(format!("Цель: {target}")));
            }
            blocks
        }
        "result" => some(row.result.as_ref()),
        "responsible" => row.responsible.iter().map(responsible).collect(),
        "status" => row.status.as_ref().map(status).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn measure(row: &RowView) -> Vec<Block> {
    let mut blocks = cell(&row.measure);
    if let Some(changed) = &row.amended {
        blocks.extend(amended(changed));
    }
    if !row.links.is_empty() {
        let item = |l: &crate::site::view::Link| {
            let mut line = vec![link(&l.title, Some(&l.href))];
            if let Some(note) = &l.note {
                line.push(Inline::text(format!(" ({note})")));
            }
            Item {
                marker: "•".into(),
                blocks: vec![Block::Paragraph(line)],
            }
        };
        blocks.push(Block::List(row.links.iter().map(item).collect()));
    }
    blocks
}

/// As printed: links to parts of the page have no use in a file.
fn responsible(view: &ResponsibleView) -> Block {
    let mut words = String::new();
    for body in &view.bodies {
        words.push_str(&body.name);
        words.push_str(&body.after);
    }
    if let Some(note) = &view.note {
        words.push_str(&format!(" ({note})"));
    }
    Block::text(words)
}
