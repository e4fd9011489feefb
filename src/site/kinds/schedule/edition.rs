//! A schedule as a file: one table with a heading for each month.

use glasno_editions::{Block, Column, Inline, Row, Table};

use super::{ColumnView, ScheduleRowView, ScheduleView};
use crate::site::edition::{Edition, cell, link, period};

/// The blocks of the page; `title` is the page's.
pub(super) fn edition(view: &ScheduleView, title: &str) -> Edition {
    let mut blocks = vec![Block::text(&*view.type_word), Block::heading(1, title)];
    if let Some(row) = &view.row {
        blocks.push(Block::Paragraph(vec![
            Inline::text("Мероприятие: "),
            link(&row.title, Some(&row.href)),
        ]));
    }
    if let Some(coarsened) = &view.coarsened {
        blocks.push(Block::Note(vec![Block::text(&**coarsened)]));
    }
    let table = table(view, title);
    match view.months.is_empty() {
        true => blocks.push(Block::text("В\u{a0}графике пока нет дат.")),
        false => blocks.push(Block::Table(table.clone())),
    }
    if let Some(note) = &view.note {
        blocks.extend(cell(note));
    }
    Edition {
        blocks,
        table: Some(table),
    }
}

/// The table alone; its month stands in a heading above its rows.
fn table(view: &ScheduleView, title: &str) -> Table {
    let mut rows = Vec::new();
    for month in &view.months {
        rows.push(Row::across(&*month.title));
        rows.extend(
            month
                .rows
                .iter()
                .map(|row| Row::filled(view.columns.iter().map(|c| value(row, c)))),
        );
    }
    let share = |column: &ColumnView| match column.key {
        "theme" | "further" => Column::share(3.0),
        "time" | "format" => Column::share(1.0),
        _ => Column::share(1.6),
    };
    Table {
        summary: title.to_owned(),
        columns: view.columns.iter().map(share).collect(),
        head: vec![Row::head(view.columns.iter().map(|c| &*c.title))],
        rows,
        row_heads: usize::from(view.columns.first().is_some_and(|c| c.key == "date")),
        plain: false,
    }
}

fn value(row: &ScheduleRowView, column: &ColumnView) -> Vec<Block> {
    let words = |text: String| match text.is_empty() {
        true => Vec::new(),
        false => vec![Block::text(text)],
    };
    let given = |text: &Option<String>| words(text.clone().unwrap_or_default());
    match column.key {
        "date" => period(&row.period),
        "time" => given(&row.time),
        "territory" => {
            let parts = [&row.territory, &row.school];
            let parts: Vec<&str> = parts.into_iter().flatten().map(|s| &**s).collect();
            words(parts.join(", "))
        }
        "place" => given(&row.place),
        "theme" => cell(&row.theme),
        "specialists" => words(row.specialists.join(", ")),
        "format" => given(&row.format),
        "further" => {
            let found = row.cells.get(column.further).and_then(Option::as_ref);
            found.map(cell).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
