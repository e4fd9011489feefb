//! A roadmap's page and its filtered views.

use super::{Full, View, trail};
use crate::disclosure::{Public, PublicText};
use crate::draw;
use crate::model::DocIndex;
use crate::model::period::Status;
use crate::model::roadmap::{Roadmap, Row, anchors};
use crate::site::book::{Book, Part, count_words, progress};
use crate::site::cards;
use crate::site::format;
use crate::site::head::{self, About};
use crate::site::view::{
    ColumnView, FilterView, Link, ResponsibleView, RoadmapSectionView, RoadmapView, RowView,
};
use crate::site::{Filter, filter_address};

pub(super) fn roadmap(book: &Book, i: DocIndex, filter: Option<&Filter>) -> Option<Full> {
    let part = book.part(i)?;
    let roadmap = book.roadmap(i)?;
    let home = book.address(i).to_owned();
    let address = filter.map_or_else(|| home.clone(), |f| filter_address(&home, f));
    let root = format::root_of(&address);
    let states = book.states(roadmap);
    let anchors = anchors(roadmap);
    let mut shown = 0;
    let mut sections = Vec::new();
    let mut n = 0;
    for (s, section) in roadmap.sections.iter().enumerate() {
        let mut rows = Vec::new();
        let first = n;
        for row in &section.rows {
            if filter.is_none_or(|f| f.lets_in(s, row, states[n], part, book)) {
                rows.push(row_view(
                    book,
                    part,
                    i,
                    n,
                    row,
                    &anchors[n],
                    states[n],
                    &root,
                    &home,
                ));
            }
            n += 1;
        }
        shown += rows.len();
        if !rows.is_empty() {
            sections.push(RoadmapSectionView {
                no: section
                    .no
                    .as_ref()
                    .map(PublicText::print)
                    .unwrap_or_default(),
                title: section
                    .title
                    .as_ref()
                    .map(PublicText::print)
                    .unwrap_or_default(),
                anchor: format!("razdel-{}", s + 1),
                rows,
                progress: progress(&states[first..n]),
            });
        }
    }
    let filter_words = filter.map(|f| filter_words(book, part, roadmap, f));
    let view = RoadmapView {
        columns: columns(roadmap),
        sections,
        progress: progress(&states),
        filters: filters(book, part, i, roadmap, &states, &home, &root, filter),
        filter: filter_words.clone(),
        all_href: format::href(&root, &home),
        shown,
        total: n,
        count_words: count_words(shown, ["мероприятие", "мероприятия", "мероприятий"]),
        timeline: filter
            .is_none()
            .then(|| timeline(book, i, roadmap, &states, &anchors))
            .flatten(),
        json_href: format::href(&root, &format!("{home}data.json")),
        csv_href: format::href(&root, &format!("{home}data.csv")),
        plan: roadmap.plan.map(|p| format::span(p.from, p.to)),
    };
    let title = book.title(i);
    let mut about = About {
        kind: "roadmap",
        description: format!("{}. {}", cards::summary(book, i), title),
        title: title.clone(),
        address,
        trail: trail(book, i),
        document: Some(i),
        alternates: vec![
            data_link("application/json", &view.json_href),
            data_link("text/csv", &view.csv_href),
        ],
        ..About::default()
    };
    if let Some(words) = filter_words {
        about.trail.push((title.clone(), home.clone()));
        about.title = format!("Дорожная карта — {}", lower_first(&words));
        about.description = format!("{words}: {}", view.count_words);
        about.canonical = Some(home);
        about.noindex = true;
    }
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Roadmap(Box::new(view)),
    })
}

fn data_link(mime: &str, href: &str) -> Link {
    Link {
        title: mime.to_owned(),
        href: href.to_owned(),
        current: false,
        note: Some("Дорожная карта как данные".into()),
    }
}

/// «Ответственный: …» inside a longer title; a proper name or abbreviation keeps its capital.
fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(a), Some(b)) if b.is_lowercase() => a.to_lowercase().chain(chars).collect(),
        _ => title.to_owned(),
    }
}

fn columns(roadmap: &Roadmap<Public>) -> Vec<ColumnView> {
    let view = |key: &str, title: String| ColumnView {
        key: key.to_owned(),
        title,
    };
    let mut columns = vec![view("no", "№".into())];
    columns.extend(
        roadmap
            .columns
            .iter()
            .map(|(c, t)| view(c.key(), t.print())),
    );
    if roadmap.columns.is_empty() {
        columns.push(view("measure", "Мероприятие".into()));
        columns.push(view("period", "Срок".into()));
        columns.push(view("responsible", "Ответственные".into()));
    }
    columns.push(view("status", "Состояние".into()));
    columns
}

#[allow(clippy::too_many_arguments)]
fn row_view(
    book: &Book,
    part: &Part,
    i: DocIndex,
    n: usize,
    row: &Row<Public>,
    anchor: &str,
    state: Option<Status>,
    root: &str,
    home: &str,
) -> RowView {
    let links = book.on_rows.get(&(i, n)).into_iter().flatten();
    let directory = book.bodies(part);
    RowView {
        no: row.no.as_deref().unwrap_or("").to_owned(),
        anchor: anchor.to_owned(),
        depth: usize::from(row.depth),
        measure: format::cell(&row.measure, root),
        period: row.period.as_ref().map(format::period),
        indicator: row.indicator.as_ref().map(|c| format::cell(c, root)),
        target: format::print_opt(row.target.as_ref()),
        result: row.result.as_ref().map(|c| format::cell(c, root)),
        responsible: row
            .responsible
            .iter()
            .map(|r| {
                let body = directory.and_then(|d| d.bodies.get(r.body?));
                ResponsibleView {
                    name: r.printed.print(),
                    // A body that is not in the directory has no view of its own.
                    href: match body {
                        Some(body) if part.roadmap == Some(i) => {
                            let filter = Filter::Body(body.id.to_string());
                            format::href(root, &filter_address(home, &filter))
                        }
                        _ => String::new(),
                    },
                    full: body.map_or(&r.printed, |b| &b.name).print(),
                    note: format::print_opt(r.note.as_ref()),
                }
            })
            .collect(),
        status: format::status(state, row.done.as_deref(), book, root),
        links: links
            .map(|d| Link {
                title: book.title(*d),
                href: format::href(root, book.address(*d)),
                current: false,
                note: Some(crate::site::texts::kind_word(&book.documents[*d]).to_owned()),
            })
            .collect(),
    }
}

/// All filters of a roadmap that have rows, in the order of the page. Only the section's main roadmap has any: a dozen
/// pages for each of a hundred plans would make most of a large site.
pub fn all_filters(book: &Book, part: &Part, i: DocIndex) -> Vec<Filter> {
    let mut all = Vec::new();
    let Some(roadmap) = book.roadmap(i).filter(|_| part.roadmap == Some(i)) else {
        return all;
    };
    if roadmap.sections.len() > 1 {
        all.extend((0..roadmap.sections.len()).map(Filter::Section));
    }
    if let Some(directory) = book.bodies(part) {
        let used: std::collections::BTreeSet<usize> = roadmap
            .rows()
            .flat_map(|(_, row)| row.responsible.iter().filter_map(|r| r.body))
            .collect();
        for i in used {
            if let Some(body) = directory.bodies.get(i) {
                all.push(Filter::Body(body.id.to_string()));
            }
        }
    }
    // Every state has its page, whatever the day: an address that works today works tomorrow.
    all.extend(Status::ALL.into_iter().map(Filter::Status));
    all
}

fn filter_words(book: &Book, part: &Part, roadmap: &Roadmap<Public>, filter: &Filter) -> String {
    match filter {
        Filter::Section(s) => {
            let title = roadmap
                .sections
                .get(*s)
                .and_then(|x| x.title.as_ref())
                .map(PublicText::print)
                .unwrap_or_default();
            format!("Раздел: {title}")
        }
        Filter::Body(id) => {
            let name = book
                .bodies(part)
                .and_then(|d| d.bodies.iter().find(|b| *b.id == **id))
                .map(|b| b.short.as_ref().unwrap_or(&b.name).print())
                .unwrap_or_default();
            format!("Ответственный: {name}")
        }
        Filter::Status(status) => format!("Состояние: {}", status.word()),
    }
}

#[allow(clippy::too_many_arguments)]
fn filters(
    book: &Book,
    part: &Part,
    i: DocIndex,
    roadmap: &Roadmap<Public>,
    states: &[Option<Status>],
    home: &str,
    root: &str,
    current: Option<&Filter>,
) -> Vec<FilterView> {
    let mut groups: [(&str, &str, Vec<Link>); 3] = [
        ("Раздел", "section", Vec::new()),
        ("Ответственный", "responsible", Vec::new()),
        ("Состояние", "status", Vec::new()),
    ];
    for filter in all_filters(book, part, i) {
        let count = roadmap
            .rows()
            .zip(states)
            .filter(|((s, row), state)| filter.lets_in(*s, row, **state, part, book))
            .count();
        let words = filter_words(book, part, roadmap, &filter);
        let title = words
            .split_once(": ")
            .map_or(&*words, |(_, t)| t)
            .to_owned();
        let group = match filter {
            Filter::Section(_) => 0,
            Filter::Body(_) => 1,
            Filter::Status(_) => 2,
        };
        let is_current = current == Some(&filter);
        if count > 0 || is_current {
            groups[group].2.push(Link {
                title,
                href: format::href(root, &filter_address(home, &filter)),
                current: is_current,
                note: Some(count.to_string()),
            });
        }
    }
    groups
        .into_iter()
        .filter(|(_, _, items)| items.len() > 1 || items.iter().any(|i| i.current))
        .map(|(title, key, items)| FilterView {
            title: title.to_owned(),
            key: key.to_owned(),
            items,
        })
        .collect()
}

fn timeline(
    book: &Book,
    i: DocIndex,
    roadmap: &Roadmap<Public>,
    states: &[Option<Status>],
    anchors: &[String],
) -> Option<String> {
    let mut n = 0;
    let mut sections = Vec::new();
    let (mut first, mut last) = (roadmap.plan.map(|p| p.from), roadmap.plan.map(|p| p.to));
    for section in &roadmap.sections {
        let mut bars = Vec::new();
        for row in &section.rows {
            let at = n;
            n += 1;
            let Some(term) = &row.period else { continue };
            let Some(to) = term.to else { continue };
            first = Some(first.map_or(term.from.unwrap_or(to), |f| f.min(term.from.unwrap_or(to))));
            last = Some(last.map_or(to, |l| l.max(to)));
            let measure = format::shorten(&crate::text::typograph(row.measure.plain()), 120);
            bars.push(draw::Bar {
                label: format!("{measure} — {}", term.printed.print()),
                short: row.no.as_deref().unwrap_or("").to_owned(),
                from: term.from,
                to,
                status: states[at].map_or("under-way", Status::as_str).to_owned(),
                href: format!("#{}", anchors[at]),
            });
        }
        if !bars.is_empty() {
            sections.push(draw::Section {
                title: section
                    .title
                    .as_ref()
                    .map(PublicText::print)
                    .unwrap_or_default(),
                bars,
            });
        }
    }
    let total: usize = sections.iter().map(|s| s.bars.len()).sum();
    if total == 0 {
        return None;
    }
    let input = |prefix: &str| draw::TimelineInput {
        id_prefix: prefix.to_owned(),
        title: format!("Сроки: {}", book.title(i)),
        desc: format!(
            "На шкале {} со сроками, по разделам; те же сроки — в таблице ниже.",
            count_words(total, ["мероприятие", "мероприятия", "мероприятий"])
        ),
        from: first.unwrap_or(book.today),
        to: last.unwrap_or(book.today),
        today: book.today,
        sections: sections.clone(),
    };
    Some(format!(
        "{}{}",
        draw::timeline(&input("timeline")),
        draw::timeline_narrow(&input("timeline-narrow"))
    ))
}
