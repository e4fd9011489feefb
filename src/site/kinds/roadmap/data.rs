//! A roadmap for programs: JSON and CSV. Texts stand as in the original, without typography.

use serde::Serialize;

use crate::disclosure::{Public, PublicText};
use crate::feed;
use crate::kinds::DocIndex;
use crate::kinds::common::Done;
use crate::kinds::roadmap::{Column, Roadmap, Row};
use crate::progress::Record;
use crate::site::book::Book;
use crate::site::format::{self, iso};
use crate::site::paged::{OpenColumn, OpenTable};

/// Names of the files beside the page.
pub(super) const JSON: &str = "data.json";
pub(super) use crate::site::edition::CSV;
use crate::site::edition::{MARK, SAMPLE};

#[derive(Serialize)]
struct RoadmapData<'a> {
    title: String,
    order: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    sample: bool,
    rows: Vec<RowData<'a>>,
}

#[derive(Serialize)]
struct RowData<'a> {
    no: Option<&'a str>,
    section: Option<&'a str>,
    /// All headings above it, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<&'a str>,
    measure: &'a str,
    period: Option<PeriodData<'a>>,
    indicator: Option<String>,
    target: Option<&'a str>,
    result: Option<&'a str>,
    responsible: Vec<&'a str>,
    /// Further columns by their printed headings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<FurtherData<'a>>,
    status: Option<&'static str>,
    /// Each time of what recurs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    occurrences: Vec<OccurrenceData<'a>>,
    /// All records that may be seen; samples say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    done: Vec<RecordData<'a>>,
}

#[derive(Serialize)]
struct OccurrenceData<'a> {
    from: Option<String>,
    to: String,
    status: &'static str,
    done: Option<RecordData<'a>>,
}

#[derive(Serialize)]
struct RecordData<'a> {
    date: Option<String>,
    text: Option<&'a str>,
    link: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    sample: bool,
}

fn record<'a>(done: &'a Done<Public>, book: &Book, sample: bool) -> RecordData<'a> {
    let target = done.proof().and_then(|l| l.target.as_ref());
    let link = target.and_then(|t| book.target(t));
    RecordData {
        date: done.date.map(iso),
        text: done.text.as_ref().map(PublicText::raw),
        link: link.map(|l| format::local_href(&l, &book.settings.base_url)),
        sample: sample || done.sample,
    }
}

#[derive(Serialize)]
struct FurtherData<'a> {
    column: &'a str,
    text: &'a str,
}

/// The printed headings of the further columns, in their order.
fn heads(roadmap: &Roadmap<Public>) -> Vec<&PublicText> {
    let mut heads: Vec<(usize, &PublicText)> = roadmap
        .columns
        .iter()
        .filter_map(|(column, head)| match column {
            Column::Further(n) => Some((*n, head)),
            _ => None,
        })
        .collect();
    heads.sort_by_key(|(n, _)| *n);
    heads.into_iter().map(|(_, head)| head).collect()
}

/// What a row has in a further column.
fn further(row: &Row<Public>, column: usize) -> &str {
    let cells = row.more.as_ref().map_or(&[][..], |more| &more.cells);
    let cell = cells.iter().find(|cell| cell.column == column);
    cell.map_or("", |cell| cell.text.plain())
}

#[derive(Serialize)]
struct PeriodData<'a> {
    text: &'a str,
    kind: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// The words are a mistake of the original.
    #[serde(skip_serializing_if = "is_false")]
    sic: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(b: &bool) -> bool {
    !b
}

/// The indicator with its target, as one text.
fn indicator(row: &Row<Public>) -> Option<String> {
    let text = row.indicator.as_ref()?.plain();
    Some(match &row.target {
        Some(target) => format!("{text} ({})", target.raw()),
        None => text.to_owned(),
    })
}

/// The roadmap as JSON. Source: the contract with scripts.
pub(super) fn json(roadmap: &Roadmap<Public>, book: &Book, i: DocIndex) -> Option<Vec<u8>> {
    let standings = book.standings(i);
    let heads = heads(roadmap);
    let head = &book.documents.get(i)?.head;
    let sample = head.sample;
    let data = RoadmapData {
        title: head
            .title
            .as_ref()
            .map_or_else(String::new, |t| t.raw().to_owned()),
        order: head
            .order
            .as_ref()
            .and_then(|r| r.target)
            .map(|o| book.title(o).replace('\u{a0}', " ")),
        sample,
        rows: roadmap
            .rows()
            .zip(standings)
            .map(|((s, row), standing)| RowData {
                no: row.no.as_deref(),
                section: roadmap.sections[s].title.as_ref().map(PublicText::raw),
                headings: match roadmap.headings(s) {
                    several if several.len() > 1 => {
                        several.into_iter().map(PublicText::raw).collect()
                    }
                    _ => Vec::new(),
                },
                measure: row.measure.plain(),
                period: row.period.as_ref().map(|p| PeriodData {
                    text: p.printed.raw(),
                    kind: format::kind_word(p.kind),
                    from: p.from.map(iso),
                    to: p.to.map(iso),
                    sic: p.printed.sic().is_some(),
                }),
                indicator: indicator(row),
                target: row.target.as_ref().map(PublicText::raw),
                result: row.result.as_ref().map(|r| r.plain()),
                responsible: row.responsible.iter().map(|r| r.printed.raw()).collect(),
                further: heads
                    .iter()
                    .enumerate()
                    .map(|(n, head)| FurtherData {
                        column: head.raw(),
                        text: further(row, n),
                    })
                    .collect(),
                status: standing.as_ref().map(|s| s.status.as_str()),
                occurrences: standing
                    .iter()
                    .flat_map(|s| &s.occurrences)
                    .map(|o| OccurrenceData {
                        from: o.from.map(iso),
                        to: iso(o.to),
                        status: o.status.as_str(),
                        done: o
                            .records
                            .first()
                            .and_then(|n| row.done.get(*n))
                            .map(|done| record(done, book, sample)),
                    })
                    .collect(),
                done: row
                    .done
                    .iter()
                    .filter(|d| Record::from(*d).is_shown(book.today))
                    .map(|d| record(d, book, sample))
                    .collect(),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&data).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}

/// The roadmap as open data: the plan as it was approved, without states, which change with the day.
pub(super) fn open(roadmap: &Roadmap<Public>) -> OpenTable {
    let heads = heads(roadmap);
    let printed = |column: Column, else_: &'static str| {
        let mut columns = roadmap.columns.iter();
        let found = columns.find(|(c, _)| *c == column);
        found.map_or(else_, |(_, head)| head.raw())
    };
    let mut columns = vec![
        OpenColumn::text("no", "number of the row", "№"),
        OpenColumn::text("section", "section", "Раздел"),
        OpenColumn::text(
            "measure",
            "measure",
            printed(Column::Measure, "Мероприятие"),
        ),
        OpenColumn::text(
            "period",
            "deadline as printed",
            printed(Column::Period, "Срок"),
        ),
        OpenColumn::date("from", "first day", "Начало"),
        OpenColumn::date("to", "last day", "Окончание"),
        OpenColumn::text(
            "indicator",
            "indicator",
            printed(Column::Indicator, "Показатель"),
        ),
        OpenColumn::text("result", "result", printed(Column::Result, "Результат")),
        OpenColumn::text(
            "responsible",
            "responsible bodies",
            printed(Column::Responsible, "Ответственные"),
        ),
    ];
    let further_heads = heads.iter().enumerate();
    columns.extend(further_heads.map(|(n, head)| OpenColumn::further(n, head.raw())));
    let rows = roadmap.rows().map(|(s, row)| {
        let mut cells = cells(roadmap, s, row);
        cells.extend((0..heads.len()).map(|n| further(row, n).to_owned()));
        cells
    });
    OpenTable {
        rows: rows.collect(),
        columns,
    }
}

/// What a row says, from its number to who answers for it.
fn cells(roadmap: &Roadmap<Public>, section: usize, row: &Row<Public>) -> Vec<String> {
    let period = row.period.as_ref();
    let title = roadmap.sections.get(section).and_then(|s| s.title.as_ref());
    let responsible: Vec<&str> = row.responsible.iter().map(|r| r.printed.raw()).collect();
    vec![
        row.no.as_deref().unwrap_or("").to_owned(),
        title.map_or("", PublicText::raw).to_owned(),
        row.measure.plain().to_owned(),
        period.map_or("", |p| p.printed.raw()).to_owned(),
        period.and_then(|p| p.from).map(iso).unwrap_or_default(),
        period.and_then(|p| p.to).map(iso).unwrap_or_default(),
        indicator(row).unwrap_or_default(),
        row.result.as_ref().map_or("", |r| r.plain()).to_owned(),
        responsible.join("; "),
    ]
}

/// The roadmap as a table.
pub(super) fn csv(roadmap: &Roadmap<Public>, book: &Book, i: DocIndex) -> Vec<u8> {
    let states = book.states(i);
    let heads = heads(roadmap);
    let mut header = vec![
        "№",
        "Раздел",
        "Мероприятие",
        "Срок",
        "Начало",
        "Окончание",
        "Показатель",
        "Результат",
        "Ответственные",
        "Состояние",
    ];
    header.extend(heads.iter().map(|head| head.raw()));
    let sample = book.is_sample(i);
    if sample {
        header.push(MARK);
    }
    let rows: Vec<Vec<String>> = roadmap
        .rows()
        .zip(states)
        .map(|((s, row), state)| {
            let mut cells = cells(roadmap, s, row);
            cells.push(state.map_or("", |s| s.word()).to_owned());
            cells.extend((0..heads.len()).map(|n| further(row, n).to_owned()));
            if sample {
                cells.push(SAMPLE.to_owned());
            }
            cells
        })
        .collect();
    feed::csv(&header, &rows).into_bytes()
}
