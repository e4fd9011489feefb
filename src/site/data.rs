//! Files for programs: a roadmap as JSON and CSV, a section's news feed and calendar, the site map for search engines.
//!
//! Takes the book; gives whole files. Texts stand as in the original, without typography.

use chrono::NaiveTime;
use serde::Serialize;

use super::book::{Book, Part, day};
use super::cards;
use super::events;
use super::format::{self, iso};
use super::head::short_title;
use super::{Page, filter_address};
use crate::disclosure::{Public, PublicText};
use crate::feed;
use crate::model::roadmap::Row;
use crate::model::{DocIndex, Kind};
use crate::text::loose;

#[derive(Serialize)]
struct RoadmapData<'a> {
    title: String,
    order: Option<String>,
    rows: Vec<RowData<'a>>,
}

#[derive(Serialize)]
struct RowData<'a> {
    no: Option<&'a str>,
    section: Option<&'a str>,
    measure: &'a str,
    period: Option<PeriodData<'a>>,
    indicator: Option<String>,
    target: Option<&'a str>,
    result: Option<&'a str>,
    responsible: Vec<&'a str>,
    status: Option<&'static str>,
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

/// `data.json` beside a roadmap's page. Source: the contract with scripts.
pub fn roadmap_json(book: &Book, i: DocIndex) -> Option<Vec<u8>> {
    let roadmap = book.roadmap(i)?;
    let states = book.states(roadmap);
    let head = &book.documents.get(i)?.head;
    let data = RoadmapData {
        title: head
            .title
            .as_ref()
            .map_or_else(String::new, |t| t.raw().to_owned()),
        order: head
            .order
            .as_ref()
            .and_then(|r| r.target)
            .map(|o| loose(&book.title(o)).replace('\u{a0}', " ")),
        rows: roadmap
            .rows()
            .zip(states)
            .map(|((s, row), state)| RowData {
                no: row.no.as_deref(),
                section: roadmap.sections[s].title.as_ref().map(PublicText::raw),
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
                status: state.map(|s| s.as_str()),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&data).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}

/// `data.csv` beside a roadmap's page.
pub fn roadmap_csv(book: &Book, i: DocIndex) -> Option<Vec<u8>> {
    let roadmap = book.roadmap(i)?;
    let states = book.states(roadmap);
    let header = [
        "no",
        "section",
        "measure",
        "period",
        "from",
        "to",
        "indicator",
        "result",
        "responsible",
        "status",
    ];
    let rows: Vec<Vec<String>> = roadmap
        .rows()
        .zip(states)
        .map(|((s, row), state)| {
            let period = row.period.as_ref();
            vec![
                row.no.as_deref().unwrap_or("").to_owned(),
                roadmap.sections[s]
                    .title
                    .as_ref()
                    .map_or("", PublicText::raw)
                    .to_owned(),
                row.measure.plain().to_owned(),
                period.map_or("", |p| p.printed.raw()).to_owned(),
                period.and_then(|p| p.from).map(iso).unwrap_or_default(),
                period.and_then(|p| p.to).map(iso).unwrap_or_default(),
                indicator(row).unwrap_or_default(),
                row.result.as_ref().map_or("", |r| r.plain()).to_owned(),
                row.responsible
                    .iter()
                    .map(|r| r.printed.raw())
                    .collect::<Vec<_>>()
                    .join("; "),
                state.map_or("", |s| s.word()).to_owned(),
            ]
        })
        .collect();
    Some(feed::csv(&header, &rows).into_bytes())
}

/// The Atom feed of a section's news.
pub fn news_feed(book: &Book, part: &Part) -> Option<Vec<u8>> {
    let news = part.kinds.get(&Kind::News)?;
    let base = &book.settings.base_url;
    let absolute = |address: &str| format!("{base}{}", address.trim_start_matches('/'));
    let entries: Vec<feed::Entry> = news
        .iter()
        .take(50)
        .filter_map(|i| {
            let document = &book.documents[*i];
            Some(feed::Entry {
                title: loose(&book.title(*i)),
                address: absolute(book.address(*i)),
                published: day(document)?,
                updated: document.head.updated,
                summary: loose(&format::shorten(&cards::summary(book, *i), 300)),
                category: None,
            })
        })
        .collect();
    let updated = entries
        .iter()
        .map(|e| e.updated.unwrap_or(e.published))
        .max()?;
    let feed = feed::Feed {
        title: loose(&format!("Новости: {}", short_title(book, part))),
        subtitle: None,
        author: book
            .settings
            .publisher_name
            .as_ref()
            .unwrap_or(&book.settings.title)
            .print(),
        page: absolute(&format!("/{}/news/", part.folder)),
        address: absolute(&format!("/{}/news/feed.xml", part.folder)),
        updated,
        entries,
    };
    Some(feed::atom(&feed).into_bytes())
}

/// The calendar of a section for calendar programs.
pub fn calendar_ics(book: &Book, part: &Part) -> Vec<u8> {
    let base = &book.settings.base_url;
    let events: Vec<feed::IcsEvent> = events::of_section(book, part)
        .iter()
        .enumerate()
        .map(|(n, e)| feed::IcsEvent {
            uid: format!("{}-{n}@{}", part.folder, host(base)),
            date: e.from,
            end: e.to,
            time: e.time.as_deref().and_then(times),
            title: loose(&format!("{}: {}", e.kind_word, e.title)),
            place: e.place.as_deref().map(loose),
            url: Some(format!("{base}{}", e.address.trim_start_matches('/'))),
            // The format wants a stamp; the only clock is the day of the build.
            stamp: book.today,
        })
        .collect();
    feed::ics(&loose(&short_title(book, part)), &events).into_bytes()
}

fn host(base: &str) -> &str {
    base.split("://")
        .nth(1)
        .and_then(|r| r.split('/').next())
        .unwrap_or("localhost")
}

/// «10:00–13:00» as times of day.
fn times(text: &str) -> Option<(NaiveTime, Option<NaiveTime>)> {
    let mut found = text
        .split(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .filter_map(|part| {
            let (h, m) = part.split_once([':', '.'])?;
            NaiveTime::from_hms_opt(h.parse().ok()?, m.parse().ok()?, 0)
        });
    let from = found.next()?;
    Some((from, found.next().filter(|to| *to > from)))
}

/// `sitemap.xml` with every page that search engines should know.
pub fn sitemap_xml(book: &Book, pages: &[Page]) -> Vec<u8> {
    let base = &book.settings.base_url;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        if matches!(page, Page::NotFound | Page::Filtered(..)) {
            continue;
        }
        let address = address(book, page);
        let changed = match page {
            Page::Document(i) => {
                let head = &book.documents[*i].head;
                head.updated.or(head.published)
            }
            _ => None,
        };
        let location = crate::document::markdown::escape(&address).into_owned();
        xml.push_str(&format!(
            "<url><loc>{base}{}</loc>",
            location.trim_start_matches('/')
        ));
        if let Some(day) = changed {
            xml.push_str(&format!("<lastmod>{}</lastmod>", iso(day)));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

pub fn robots_txt(book: &Book) -> Vec<u8> {
    format!(
        "User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n",
        book.settings.base_url
    )
    .into_bytes()
}

/// Address of any page, from the root.
pub fn address(book: &Book, page: &Page) -> String {
    match page {
        Page::Home => "/".into(),
        Page::NotFound => "/404.html".into(),
        Page::Sitemap => "/sitemap/".into(),
        Page::Document(i) => book.address(*i).to_owned(),
        Page::Index(p, kind) => {
            format!(
                "/{}/{}/",
                book.parts[*p].folder,
                crate::model::address::folder(*kind)
            )
        }
        Page::Calendar(p) => format!("/{}/calendar/", book.parts[*p].folder),
        Page::Filtered(i, filter) => filter_address(book.address(*i), filter),
    }
}
