//! What a document gives to take away: its page as PDF and DOCX, its table as XLSX and CSV.
//!
//! Takes views, which are public; gives blocks for `glasno_editions`. Words stand as on the page, links lead to the
//! portal's address ([`root`]). Must not read a source, nor say what the page does not say.

mod formula;
mod markup;
pub mod rich;

use glasno_editions::{Block, Cell as TableCell, Column, Inline, Item, Row, Run, Table, plain};

use super::book::Book;
use super::view::{AmendedView, AttachmentView, Cell, EvidenceView, PeriodView, StatusView};
use crate::feed;

/// A file of a document that people take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Pdf,
    Docx,
    Xlsx,
}

/// A text to be read and written on.
pub const TEXT: &[Format] = &[Format::Pdf, Format::Docx];
/// A text whose table is worth a file of its own.
pub const TABLE: &[Format] = &[Format::Pdf, Format::Docx, Format::Xlsx];

/// A table for spreadsheets and programs.
pub const CSV: &str = "data.csv";
/// The column that tells of samples, and what it says.
pub const MARK: &str = "Пометка";
pub const SAMPLE: &str = "образец";

/// The words of a page, and its table where one is taken away by itself.
#[derive(Debug, Default)]
pub struct Edition {
    pub blocks: Vec<Block>,
    pub table: Option<Table>,
}

impl Format {
    pub fn word(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Docx => "DOCX",
            Format::Xlsx => "XLSX",
        }
    }

    pub fn mime(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
        }
    }

    /// Its name beside the page: `roadmap.pdf` in `/tula-2024/roadmap/`.
    pub fn name(self, address: &str) -> String {
        let own = address.trim_end_matches('/').rsplit('/').next();
        format!("{}.{}", own.unwrap_or("page"), self.extension())
    }
}

/// The table of a sample says so in each row: rows are copied from one sheet to another.
pub fn marked(mut table: Table, sample: bool) -> Table {
    if !sample {
        return table;
    }
    table.columns.push(Column::share(1.0));
    let last = table.head.len().saturating_sub(1);
    for (n, row) in table.head.iter_mut().enumerate() {
        let word = if n == last { MARK } else { "" };
        row.cells.extend(Row::head([word]).cells);
    }
    let rows = table.rows.iter_mut();
    for row in rows.filter(|r| r.cells.iter().all(|c| c.columns == 1)) {
        row.cells.push(TableCell::text(SAMPLE));
    }
    table
}

/// A table for spreadsheets: the last row of its heads, then every row that is no heading.
pub fn csv(table: &Table) -> Vec<u8> {
    let words = |row: &Row| -> Vec<String> { row.cells.iter().map(|c| plain(&c.blocks)).collect() };
    let head = table.head.last().map(words).unwrap_or_default();
    let rows = table
        .rows
        .iter()
        .filter(|r| r.cells.iter().all(|c| c.columns == 1));
    feed::csv(&head, &rows.map(words).collect::<Vec<_>>()).into_bytes()
}

/// A cell as a page shows it, with the note beside words that are a mistake of the original.
pub fn cell(cell: &Cell) -> Vec<Block> {
    let mut blocks = rich::blocks(&cell.html);
    note(&mut blocks, cell.sic.as_deref());
    blocks
}

/// A deadline as a page shows it.
pub fn period(period: &PeriodView) -> Vec<Block> {
    let mut blocks = vec![Block::text(&*period.text)];
    note(&mut blocks, period.sic.as_deref());
    blocks
}

/// «Так в документе» behind the last words.
fn note(blocks: &mut Vec<Block>, sic: Option<&str>) {
    let Some(note) = sic else { return };
    let said = match note {
        "" => " (так в\u{a0}документе)".to_owned(),
        note => format!(" (так в\u{a0}документе: {note})"),
    };
    match blocks.last_mut() {
        Some(Block::Paragraph(text)) => text.push(italic(said)),
        _ => blocks.push(Block::Paragraph(vec![italic(said.trim_start())])),
    }
}

pub fn italic(text: impl Into<String>) -> Inline {
    Inline::Run(Run {
        text: text.into(),
        italic: true,
        ..Run::default()
    })
}

/// Words that lead somewhere, if they do.
pub fn link(title: &str, href: Option<&str>) -> Inline {
    match href {
        Some(href) if !href.is_empty() => Inline::link(title, href),
        _ => Inline::text(title),
    }
}

/// What words were before another act changed them.
pub fn amended(amended: &AmendedView) -> Vec<Block> {
    let (now, was) = match amended.ahead {
        true => ("Новая редакция, ещё не\u{a0}действует", "Действует: "),
        false => ("В\u{a0}новой редакции", "Было: "),
    };
    let mut line = vec![italic(now)];
    if let Some(by) = &amended.by {
        line.push(Inline::text(": "));
        line.push(link(&by.title, Some(&by.href)));
    }
    if let Some(note) = &amended.note {
        line.push(Inline::text(format!(" ({note})")));
    }
    let mut blocks = vec![Block::Paragraph(line)];
    if let Some(words) = &amended.was {
        let mut inner = cell(words);
        if let Some(Block::Paragraph(text)) = inner.first_mut() {
            text.insert(0, Inline::text(was));
        }
        blocks.extend(inner);
    }
    vec![Block::Note(blocks)]
}

/// A state with its records.
pub fn status(status: &StatusView) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !status.key.is_empty() {
        blocks.push(Block::text(&*status.word));
    }
    blocks.extend(status.evidence.iter().map(evidence));
    for time in &status.occurrences {
        blocks.push(Block::text(format!("{}: {}", time.label, time.word)));
        blocks.extend(time.records.iter().map(evidence));
    }
    blocks
}

fn evidence(record: &EvidenceView) -> Block {
    let mut line = vec![link(&record.text, record.href.as_deref())];
    if let Some(date) = &record.date {
        line.push(Inline::text(format!(", {}", date.short)));
    }
    if record.sample {
        line.push(Inline::text(" · образец"));
    }
    Block::Paragraph(line)
}

/// Files that a page leads to.
pub fn files(list: &[AttachmentView]) -> Block {
    let item = |file: &AttachmentView| {
        let mut line = vec![link(&file.title, Some(&file.href))];
        if let Some(format) = &file.format {
            line.push(Inline::text(format!(" ({format})")));
        }
        Item {
            marker: "•".into(),
            blocks: vec![Block::Paragraph(line)],
        }
    };
    Block::List(list.iter().map(item).collect())
}

/// A pair for [`Block::Pairs`], where there is a value.
pub fn pair(name: &str, value: Option<&str>) -> Option<(Vec<Inline>, Vec<Block>)> {
    let value = value.filter(|v| !v.is_empty())?;
    Some((vec![Inline::text(name)], vec![Block::text(value)]))
}

/// Where links of a file lead: pages of the portal by their whole address.
pub fn root(book: &Book) -> &str {
    &book.settings.base_url
}
