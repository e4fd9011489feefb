//! An order as a file: the document as it is, who does what by when, the annexes.

use glasno_editions::{Block, Cell, Column, Inline, Item, Row, Table};

use super::{AnnexView, AssignmentView, ClauseView, OrderView};
use crate::site::edition::{Edition, amended, cell, files, link, period, status};

/// Said of the act by which another was changed.
const REPEALED: &str = " (сам утратил силу)";

/// The blocks of the page; `title` is the page's.
pub(super) fn edition(view: &OrderView, title: &str) -> Edition {
    let mut blocks = Vec::new();
    if let Some(state) = &view.status {
        let mut line = vec![Inline::bold(&*state.word)];
        if let Some(by) = &state.by {
            line.push(Inline::text(": "));
            line.push(link(&by.title, Some(&by.href)));
        }
        if state.by_is_repealed {
            line.push(Inline::text(REPEALED));
        }
        if let Some(date) = &state.date {
            line.push(Inline::text(format!(", {}", date.text)));
        }
        blocks.push(Block::Note(vec![Block::Paragraph(line)]));
    }
    for change in &view.changes {
        blocks.push(Block::Paragraph(vec![
            Inline::text(format!("{}: ", change.word)),
            link(&change.act.title, Some(&change.act.href)),
        ]));
    }
    if !view.letterhead.is_empty() {
        blocks.push(Block::Centred(vec![Inline::bold(&*view.letterhead)]));
    }
    blocks.push(Block::Centred(vec![Inline::text(
        view.type_word.to_uppercase(),
    )]));
    blocks.push(Block::Centred(vec![Inline::text(format!(
        "{}\u{a0}№\u{a0}{}",
        view.date.text, view.number
    ))]));
    if let Some(place) = &view.place {
        blocks.push(Block::Centred(vec![Inline::text(&**place)]));
    }
    blocks.push(Block::heading(1, title));
    blocks.push(Block::Paragraph(vec![Inline::bold(&*view.subject)]));
    if let Some(basis) = &view.basis {
        blocks.extend(cell(basis));
    }
    if !view.clauses.is_empty() {
        blocks.push(clauses(&view.clauses));
    }
    if let Some(signed) = &view.signed {
        blocks.push(Block::text(format!(
            "{}\u{a0}— {}",
            signed.post, signed.name
        )));
    }
    if !view.annexes.is_empty() {
        blocks.push(Block::heading(2, "Приложения"));
        blocks.extend(view.annexes.iter().flat_map(annex));
    }
    if !view.assignments.is_empty() {
        blocks.push(Block::heading(2, "Коротко: кто, что и когда"));
        blocks.push(Block::Table(assignments(&view.assignments)));
    }
    if let Some(control) = &view.control {
        blocks.extend(cell(control));
    }
    Edition {
        blocks,
        table: None,
    }
}

fn clauses(list: &[ClauseView]) -> Block {
    let item = |clause: &ClauseView| {
        let mut blocks = cell(&clause.text);
        if let Some(changed) = &clause.amended {
            blocks.extend(amended(changed));
        }
        if !clause.clauses.is_empty() {
            blocks.push(clauses(&clause.clauses));
        }
        Item {
            marker: clause.no.clone(),
            blocks,
        }
    };
    Block::List(list.iter().map(item).collect())
}

fn annex(annex: &AnnexView) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(vec![
        Inline::bold(format!("{}. ", annex.name)),
        link(&annex.title, annex.href.as_deref()),
    ])];
    if let Some(basis) = &annex.withheld {
        let colon = if basis.is_empty() { "" } else { ": " };
        let said = format!("{} не\u{a0}публикуется{colon}{basis}", annex.name);
        blocks.push(Block::Note(vec![Block::text(said)]));
    }
    if !annex.files.is_empty() {
        blocks.push(files(&annex.files));
    }
    if let Some(cites) = &annex.cites {
        let mut said = cell(cites);
        if let Some(Block::Paragraph(line)) = said.first_mut() {
            line.insert(0, Inline::text("В\u{a0}приложении приказ назван так: "));
        }
        blocks.extend(said);
    }
    blocks
}

fn assignments(list: &[AssignmentView]) -> Table {
    let dated = list.iter().any(|a| a.by.is_some());
    let stated = list.iter().any(|a| a.status.is_some());
    let mut heads = vec!["Пункт", "Кто", "Что"];
    let mut columns = vec![Column::auto(), Column::share(1.6), Column::share(3.0)];
    for (there, head) in [(dated, "Срок"), (stated, "Состояние")] {
        if there {
            heads.push(head);
            columns.push(Column::share(1.0));
        }
    }
    let row = |a: &AssignmentView| {
        let mut cells = vec![
            Cell::text(&*a.clause.title),
            Cell::text(&*a.who),
            Cell::of(cell(&a.what)),
        ];
        if dated {
            cells.push(Cell::of(a.by.as_ref().map(period).unwrap_or_default()));
        }
        if stated {
            cells.push(Cell::of(a.status.as_ref().map(status).unwrap_or_default()));
        }
        Row { cells }
    };
    Table {
        summary: "Поручения".into(),
        columns,
        head: vec![Row::head(heads)],
        rows: list.iter().map(row).collect(),
        row_heads: 1,
        plain: false,
    }
}
