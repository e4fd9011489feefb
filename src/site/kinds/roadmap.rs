//! A roadmap's page, its filtered views, its data files and the deadlines in it.

mod data;
mod edition;
mod filters;
mod timeline;

use chrono::Datelike;
use chrono::NaiveDate;
use serde::Serialize;

use crate::disclosure::Public;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::common::{Responsible, parts};
use crate::kinds::roadmap::{Column, Roadmap, Row, anchors};
use crate::period::PeriodKind;
use crate::progress::{Standing, Status, label};
use crate::site::Filter;
use crate::site::away::dataset;
use crate::site::book::{Book, Part};
use crate::site::cards;
use crate::site::edition::{Edition, Format, TABLE, root};
use crate::site::format;
use crate::site::head::Full;
use crate::site::listed::{self, Listed};
use crate::site::paged::{Event, OpenTable, Paged, Spot, Wanted, about, fields};
use crate::site::progress::{self, count};
use crate::site::texts::{Texts, Words};
use crate::site::view::{AmendedView, Cell, Link, PeriodView, Progress, StatusView};
use crate::text::{slug, typograph};
use timeline::TimelineView;

/// `roadmap.html`; the filtered views use the same template with fewer rows.
#[derive(Debug, Clone, Serialize)]
struct RoadmapView {
    columns: Vec<ColumnView>,
    sections: Vec<RoadmapSectionView>,
    progress: Progress,
    filters: Vec<FilterView>,
    /// Title of the filter in force: «Ответственный: ТОГИРРО».
    filter: Option<String>,
    all_href: String,
    shown: usize,
    total: usize,
    /// «25 мероприятий»
    count_words: String,
    /// None on filtered views.
    timeline: Option<TimelineView>,
    /// The whole roadmap with this filter chosen in its form, where others can be added.
    sift_href: Option<String>,
    json_href: String,
    csv_href: String,
    plan: Option<String>,
    /// What is printed under the table.
    note: Option<Cell>,
}

#[derive(Debug, Clone, Serialize)]
struct ColumnView {
    /// `no`, `measure`, `period`, `start`, `finish`, `indicator`, `result`, `responsible`, `status`, `further`.
    key: String,
    title: String,
    /// Position among the further columns.
    further: usize,
}

#[derive(Debug, Clone, Serialize)]
struct RoadmapSectionView {
    no: String,
    title: String,
    anchor: String,
    /// 0 for a heading, 1 for a heading under it.
    depth: usize,
    /// Its number among the sections, behind those of the sections that it stands under.
    within: Vec<usize>,
    /// Of a stage.
    period: Option<PeriodView>,
    note: Option<Cell>,
    rows: Vec<RowView>,
    progress: Progress,
}

#[derive(Debug, Clone, Serialize)]
struct RowView {
    /// As printed; empty where the row has no number.
    no: String,
    anchor: String,
    /// 0 for a row, 1 for a row under it.
    depth: usize,
    measure: Cell,
    period: Option<PeriodView>,
    start: Option<PeriodView>,
    finish: Option<PeriodView>,
    /// By the position of the further column.
    cells: Vec<Option<Cell>>,
    indicator: Option<Cell>,
    target: Option<String>,
    result: Option<Cell>,
    responsible: Vec<ResponsibleView>,
    /// Ids of the bodies that answer for it.
    bodies: Vec<String>,
    status: Option<StatusView>,
    /// What it was before another act changed it.
    amended: Option<AmendedView>,
    /// Documents linked to the row: seminars, schedules, news.
    links: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct ResponsibleView {
    /// One, or several that stand together, as printed.
    bodies: Vec<BodyNameView>,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct BodyNameView {
    /// As printed.
    name: String,
    /// The body's full name.
    full: String,
    /// The roadmap filtered by this body; empty for a body that is not in the directory.
    href: String,
    /// What is printed between it and the next: «/».
    after: String,
}

#[derive(Debug, Clone, Serialize)]
struct FilterView {
    /// «Раздел», «Ответственный», «Состояние».
    title: String,
    /// `section`, `responsible`, `status`.
    key: String,
    items: Vec<ChoiceView>,
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceView {
    title: String,
    /// What stands for it in an address: the number of a section, the id of a body, the key of a state.
    value: String,
    /// The page with its rows alone.
    href: String,
    current: bool,
    /// How many rows it has.
    count: usize,
}

impl Listed for Roadmap<Public> {
    /// The years of its plan: «2025», «2024–2025».
    fn group(&self) -> Option<String> {
        let (first, last) = self.plan.map(|p| (p.from.year(), p.to.year()))?;
        Some(match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        })
    }
}

impl Paged for Roadmap<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        page(self, book, i, None)
    }

    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts) {
        let mut rows = self.rows().zip(anchors(self)).peekable();
        for (s, section) in self.sections.iter().enumerate() {
            let at = format!("razdel-{}", s + 1);
            texts.passage(&at, &[&section.no, &section.title, &section.period]);
            while let Some(((_, row), anchor)) = rows.next_if(|((of, _), _)| *of == s) {
                let further = row.more.iter().flat_map(|more| &more.cells);
                let further: Vec<_> = further.map(|c| c.text.clone()).collect();
                let parts: [&dyn Words; 8] = [
                    &row.no,
                    &row.measure,
                    &row.period,
                    &row.indicator,
                    &row.target,
                    &row.result,
                    &row.responsible,
                    &further,
                ];
                texts.passage(&anchor, &parts);
                texts.bodies(book, i, &row.responsible);
            }
            texts.passage(&at, &[&section.note]);
        }
        texts.passage("", &[&self.note]);
    }

    fn summary(&self, _: &Book) -> String {
        format::parts(Kind::Roadmap, self.rows().count())
    }

    fn filters(&self, book: &Book, part: &Part, i: DocIndex) -> Vec<Filter> {
        filters::all(self, book, part, i)
    }

    fn filtered(&self, book: &Book, i: DocIndex, filter: &Filter) -> Option<Full> {
        page(self, book, i, Some(filter))
    }

    fn formats(&self) -> &'static [Format] {
        TABLE
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        let sheet = Sheet::new(self, book, i, None, root(book).to_owned())?;
        Some(edition::edition(&sheet.view(), &book.title(i)))
    }

    fn files(&self) -> &'static [&'static str] {
        &[data::CSV, data::JSON]
    }

    fn file(&self, book: &Book, i: DocIndex, name: &str) -> Option<Vec<u8>> {
        match name {
            data::JSON => data::json(self, book, i),
            data::CSV => Some(data::csv(self, book, i)),
            _ => None,
        }
    }

    fn open(&self, _: &Book, _: DocIndex) -> Option<OpenTable> {
        Some(data::open(self))
    }

    /// Days by which a measure is due: deadlines and single days; of what recurs, the last day of each time that is not
    /// recorded. A lone month or year is no day to come to, and a misprinted day is none either.
    fn events(&self, book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
        let standings = book.standings(i);
        let sample = book.is_sample(i);
        let mut all = None;
        for (n, (_, row)) in self.rows().enumerate() {
            let Some(term) = &row.period else { continue };
            let standing = standings.get(n).and_then(Option::as_ref);
            let day = match term.kind {
                _ if term.printed.sic().is_some() => None,
                Some(PeriodKind::Deadline | PeriodKind::Deadlines) => term.to,
                Some(PeriodKind::Date) => term.from,
                _ => None,
            };
            let times = standing.map_or(&[][..], |s| &s.occurrences);
            let open = times.iter().filter(|o| o.status != Status::Done);
            let mut days: Vec<(NaiveDate, Option<String>)> =
                open.map(|o| (o.due, Some(label(o.from, o.to)))).collect();
            if let (Some(day), true) = (day, times.is_empty())
                && standing.is_none_or(|s| s.status != Status::Done)
            {
                days.push((day, None));
            }
            for (day, of) in days {
                if !wanted(day, day) {
                    continue;
                }
                let anchor = all
                    .get_or_insert_with(|| anchors(self))
                    .get(n)
                    .map_or("", String::as_str);
                let title = format::shorten(&typograph(row.measure.plain()), 160);
                events.push(Event {
                    from: day,
                    to: None,
                    time: None,
                    title: match &of {
                        Some(of) => format!("{title} ({of})"),
                        None => title,
                    },
                    address: format!("{}#{anchor}", book.address(i)),
                    kind_word: "Срок по дорожной карте",
                    kind: "deadline",
                    place: None,
                    sample,
                    document: i,
                    key: match of {
                        Some(of) => format!("{anchor}-{}", slug(&of)),
                        None => anchor.to_owned(),
                    },
                    dated: true,
                });
            }
        }
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let lines = self.rows().map(|(_, row)| Spot::Line(row.at.line));
        let rows = anchors(self).into_iter().zip(lines);
        // Sections under sections, as they are nested in the source.
        let mut way: Vec<usize> = Vec::new();
        let sections = self.sections.iter().enumerate().flat_map(|(s, section)| {
            let depth = usize::from(section.depth);
            way.truncate(depth + 1);
            match way.get_mut(depth) {
                Some(n) => *n += 1,
                None => way.push(0),
            }
            let steps: Vec<String> = way.iter().map(|n| format!("sections.{n}")).collect();
            let anchor = format!("razdel-{}", s + 1);
            let note = section.note.as_ref().map(|_| format!("{anchor}-note"));
            let named = (section.title.is_some() || section.no.is_some()).then_some(anchor);
            let anchors = [named, note].into_iter().flatten();
            let place = steps.join(".");
            anchors
                .map(move |a| (a, Spot::Part(place.clone())))
                .collect::<Vec<_>>()
        });
        rows.chain(sections.collect::<Vec<_>>())
            .chain(fields(&[("plan", "plan"), ("note", "note")]))
            .collect()
    }
}

/// A roadmap on its way to a page: the whole of it, or a view with fewer rows.
struct Sheet<'a> {
    roadmap: &'a Roadmap<Public>,
    document: DocIndex,
    book: &'a Book,
    part: &'a Part,
    filter: Option<&'a Filter>,
    /// Of all rows, in the printed order.
    standings: Vec<Option<Standing>>,
    /// Somebody records what is done.
    recorded: bool,
    anchors: Vec<String>,
    /// How many further columns there are.
    further: usize,
    /// Address of the whole roadmap.
    home: &'a str,
    /// From this page to the site's root.
    root: String,
}

/// The page, or one of its filtered views.
fn page(
    roadmap: &Roadmap<Public>,
    book: &Book,
    i: DocIndex,
    filter: Option<&Filter>,
) -> Option<Full> {
    let home = book.address(i);
    let address = filter.map_or_else(|| home.to_owned(), |f| f.address(home));
    let sheet = Sheet::new(roadmap, book, i, filter, format::root_of(&address))?;
    let mut view = sheet.view();
    if filter.is_none() && book.asked.has("timeline") {
        view.timeline = sheet.timeline();
    }
    let filter_words = view.filter.clone();
    let mut about = about(book, i);
    about.description = format::sentences(&about.description, &about.title);
    about.data = dataset(book, i).filter(|_| filter.is_none());
    about.alternates = vec![
        data_link("application/json", &view.json_href),
        data_link("text/csv", &view.csv_href),
    ];
    if let Some(words) = filter_words {
        about.trail.push((about.title, home.to_owned()));
        about.title = format!("Дорожная карта — {}", lower_first(&words));
        about.description = format!("{words}: {}", view.count_words);
        about.address = address;
        about.canonical = Some(home.to_owned());
        about.noindex = true;
    }
    Some(Full::of(book, Some(sheet.part), about, view))
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
        further: 0,
    };
    let mut columns = vec![view("no", "№".into())];
    columns.extend(roadmap.columns.iter().map(|(c, t)| ColumnView {
        further: match c {
            Column::Further(n) => *n,
            _ => 0,
        },
        ..view(c.key(), t.print())
    }));
    if roadmap.columns.is_empty() {
        columns.push(view("measure", "Мероприятие".into()));
        columns.push(view("period", "Срок".into()));
        columns.push(view("responsible", "Ответственные".into()));
    }
    columns.push(view("status", "Состояние".into()));
    columns
}

/// Drops headings under which a filter has left nothing.
fn drop_bare(sections: &mut Vec<RoadmapSectionView>) {
    let mut wanted = None;
    for section in sections.iter_mut().rev() {
        // A heading stays where it has rows, or what stands under it stays.
        let keep = !section.rows.is_empty() || wanted.is_some_and(|depth| depth > section.depth);
        if keep {
            wanted = Some(section.depth);
        } else {
            section.anchor.clear();
        }
    }
    sections.retain(|section| !section.anchor.is_empty());
}

impl<'a> Sheet<'a> {
    fn new(
        roadmap: &'a Roadmap<Public>,
        book: &'a Book,
        i: DocIndex,
        filter: Option<&'a Filter>,
        root: String,
    ) -> Option<Self> {
        Some(Sheet {
            roadmap,
            document: i,
            book,
            part: book.part(i)?,
            filter,
            standings: book.standings(i),
            recorded: book.is_recorded(i, roadmap),
            anchors: anchors(roadmap),
            further: roadmap
                .columns
                .iter()
                .filter(|(c, _)| matches!(c, Column::Further(_)))
                .count(),
            home: book.address(i),
            root,
        })
    }

    fn view(&self) -> RoadmapView {
        let roadmap = self.roadmap;
        let sections = self.sections();
        let shown = sections.iter().map(|s| s.rows.len()).sum();
        let href = |below: &str| format::href(&self.root, &format!("{}{below}", self.home));
        RoadmapView {
            columns: columns(roadmap),
            sections,
            progress: self.progress(0..self.standings.len()),
            filters: self.filters(),
            filter: self
                .filter
                .map(|f| filters::words(f, roadmap, self.book, self.part)),
            all_href: href(""),
            shown,
            total: self.standings.len(),
            count_words: format::parts(Kind::Roadmap, shown),
            // Whoever shows it draws it.
            timeline: None,
            sift_href: self
                .filter
                .map(|f| format!("{}?{}={}", href(""), f.key(), f.value())),
            json_href: href(data::JSON),
            csv_href: href(data::CSV),
            plan: roadmap.plan.map(|p| format::span(p.from, p.to)),
            note: roadmap.note.as_ref().map(|n| format::cell(n, &self.root)),
        }
    }
}

impl Sheet<'_> {
    fn standing(&self, n: usize) -> Option<&Standing> {
        self.standings.get(n).and_then(Option::as_ref)
    }

    fn state(&self, n: usize) -> Option<Status> {
        self.standing(n).map(|s| s.status)
    }

    /// States of all rows.
    fn states(&self) -> Vec<Option<Status>> {
        (0..self.standings.len()).map(|n| self.state(n)).collect()
    }

    fn progress(&self, rows: std::ops::Range<usize>) -> Progress {
        let states: Vec<_> = rows.map(|n| self.state(n)).collect();
        count(&states, self.recorded)
    }

    /// Sections that have rows to show, with the headings above them.
    fn sections(&self) -> Vec<RoadmapSectionView> {
        let mut sections: Vec<RoadmapSectionView> = Vec::new();
        // Positions of the sections that are shown, and of the first row of each section.
        let (mut positions, mut firsts) = (Vec::new(), Vec::new());
        let mut n = 0;
        for (s, section) in self.roadmap.sections.iter().enumerate() {
            let mut rows = Vec::new();
            let first = n;
            for row in &section.rows {
                let state = self.state(n);
                let shown =
                    |f: &Filter| f.lets_in(self.roadmap, s, row, state, self.part, self.book);
                if self.filter.is_none_or(shown) {
                    rows.push(self.row(n, row));
                }
                n += 1;
            }
            firsts.push(first);
            if !rows.is_empty() || section.title.is_some() {
                let root = &self.root;
                sections.push(RoadmapSectionView {
                    no: format::print_opt(section.no.as_ref()).unwrap_or_default(),
                    title: format::print_opt(section.title.as_ref()).unwrap_or_default(),
                    anchor: format!("razdel-{}", s + 1),
                    depth: usize::from(section.depth),
                    within: (0..=s)
                        .filter(|above| self.roadmap.end(*above) > s)
                        .map(|s| s + 1)
                        .collect(),
                    period: section.period.as_ref().map(format::period),
                    note: section.note.as_ref().map(|n| format::cell(n, root)),
                    rows,
                    progress: Progress::default(),
                });
                positions.push(s);
            }
        }
        firsts.push(n);
        for (view, s) in sections.iter_mut().zip(&positions) {
            let first = firsts.get(*s).copied().unwrap_or(n);
            let last = firsts.get(self.roadmap.end(*s)).copied().unwrap_or(n);
            view.progress = self.progress(first..last);
        }
        if self.filter.is_some() {
            drop_bare(&mut sections);
        }
        sections
    }

    /// The `n`-th row of all.
    fn row(&self, n: usize, row: &Row<Public>) -> RowView {
        let (book, root) = (self.book, &*self.root);
        let on_row = book.on_rows.get(&(self.document, n));
        let links = on_row.into_iter().flatten().map(|d| Link {
            title: book.title(*d),
            href: format::href(root, book.address(*d)),
            current: false,
            note: Some(listed::kind_word(&book.documents[*d]).to_owned()),
        });
        let responsible = row.responsible.iter();
        let more = row.more.as_deref();
        let cells = more.map_or(&[][..], |m| &m.cells);
        let further = (0..self.further).map(|column| {
            let cell = cells.iter().find(|cell| cell.column == column)?;
            Some(format::cell(&cell.text, root))
        });
        RowView {
            no: row.no.as_deref().unwrap_or("").to_owned(),
            anchor: self.anchors[n].clone(),
            depth: usize::from(row.depth),
            measure: format::cell(&row.measure, root),
            period: row.period.as_ref().map(format::period),
            start: more.and_then(|m| m.start.as_ref()).map(format::period),
            finish: more.and_then(|m| m.finish.as_ref()).map(format::period),
            cells: further.collect(),
            indicator: row.indicator.as_ref().map(|c| format::cell(c, root)),
            target: format::print_opt(row.target.as_ref()),
            result: row.result.as_ref().map(|c| format::cell(c, root)),
            responsible: responsible.map(|r| self.responsible(r)).collect(),
            bodies: self.bodies(row),
            status: progress::status(self.standing(n), row.done.iter(), self.document, book, root),
            amended: row.amended.as_ref().map(|a| cards::amended(book, a, root)),
            links: links.collect(),
        }
    }

    /// Ids of the bodies that answer for a row.
    fn bodies(&self, row: &Row<Public>) -> Vec<String> {
        let Some(directory) = self.book.bodies(self.part) else {
            return Vec::new();
        };
        let named = row.responsible.iter().flat_map(Responsible::bodies);
        let mut ids: Vec<String> = named
            .filter_map(|body| directory.bodies.get(body))
            .map(|body| body.id.to_string())
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn responsible(&self, r: &Responsible<Public>) -> ResponsibleView {
        let directory = self.book.bodies(self.part);
        let printed = r.printed.print();
        let names: Vec<&str> = parts(&printed).collect();
        let named: Vec<Option<usize>> = r.bodies().map(Some).collect();
        // Where persons stand among bodies, nothing says which is which.
        let together = names.len() == named.len() && names.len() > 1;
        let (names, named) = if together {
            (names, named)
        } else {
            (vec![&*printed], vec![r.body])
        };
        let mut rest = &*printed;
        let mut bodies = Vec::with_capacity(names.len());
        for (name, body) in names.into_iter().zip(named) {
            let body = directory.and_then(|d| d.bodies.get(body?));
            rest = rest.split_once(name).map_or("", |(_, rest)| rest);
            let next = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '«' | '"' | '('));
            bodies.push(BodyNameView {
                name: name.to_owned(),
                // A body that is not in the directory has no view of its own.
                href: match body {
                    Some(body) if self.part.roadmap == Some(self.document) => {
                        let filter = Filter::Body(body.id.to_string());
                        format::href(&self.root, &filter.address(self.home))
                    }
                    _ => String::new(),
                },
                full: body.map_or_else(|| name.to_owned(), |b| b.name.print()),
                after: match together {
                    true => rest.get(..next.unwrap_or(0)).unwrap_or("").to_owned(),
                    false => String::new(),
                },
            });
        }
        ResponsibleView {
            bodies,
            note: format::print_opt(r.note.as_ref()),
        }
    }
}
