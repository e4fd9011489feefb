//! Sources out of what was found: takes the files of a run, gives the sources they become (`roadmap`, `sources`, `act`
//! write each kind), with protected names replaced. Must not write a file, and must not put a name of the registry into
//! anything but the registry.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::bodies::Directory;
use super::cells;
use super::doubt::Doubts;
use super::found::{File, Found};
use super::line::Origin;
use super::names::Names;
use super::original::{Originals, Way, Where};
use super::period;
use super::words::fold;
use super::yaml::{Fields, Node, Text};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;
use crate::period::Plan as Window;
use crate::text::slug;

/// A source that will be written.
#[derive(Debug)]
pub(super) struct Made {
    pub kind: &'static str,
    /// From the root.
    pub path: String,
    pub text: Text,
    pub origin: Origin,
    /// Rows, clauses, members, indicators.
    pub rows: usize,
}

/// Makes sources. One for all files of a run.
pub(super) struct Maker<'a> {
    pub section: &'a str,
    pub names: &'a Names,
    pub directory: Directory,
    pub doubts: &'a mut Doubts,
    pub made: Vec<Made>,
    pub today: NaiveDate,
    pub originals: Originals<'a>,
    pub ids: BTreeMap<String, usize>,
    pub hidden: usize,
    /// Bodies that cells of the file in hand name alone.
    pub known: cells::Known,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        section: &'a str,
        names: &'a Names,
        directory: Directory,
        today: NaiveDate,
        originals: Originals<'a>,
        doubts: &'a mut Doubts,
    ) -> Self {
        Maker {
            section,
            names,
            directory,
            doubts,
            made: Vec::new(),
            today,
            originals,
            ids: BTreeMap::new(),
            hidden: 0,
            known: cells::Known::default(),
        }
    }

    /// A text without protected names.
    pub(super) fn hide(&mut self, text: &str, around: &[&str]) -> String {
        let (text, count) = self.names.hide(text, around);
        self.hidden += count;
        text
    }

    pub(super) fn id(&mut self, wanted: &str, instead: &str) -> String {
        let mut base: String = String::new();
        for part in wanted.split('-').filter(|p| !p.is_empty()) {
            if base.len() + part.len() > 48 && !base.is_empty() {
                break;
            }
            if !base.is_empty() {
                base.push('-');
            }
            base.push_str(part);
        }
        if !crate::kinds::is_slug(&base) {
            base = instead.to_owned();
        }
        let count = self.ids.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            base
        } else {
            format!("{base}-{count}")
        }
    }

    /// A name for a source in a folder of the section: the first that is free. One that is taken by this very document, as its
    /// title and order tell, stays its name: that it is there is told, and nothing is written over it.
    pub(super) fn named(
        &mut self,
        (wanted, instead): (&str, &str),
        (folder, extension): (&str, &str),
        title: &str,
        order: Option<(&str, Option<&str>)>,
    ) -> String {
        loop {
            let id = self.id(wanted, instead);
            let path = format!("content/{}/{folder}{id}.{extension}", self.section);
            let there = self.originals.root.join(path);
            if !there.exists() || is_same(&there, title, order.map(|(id, _)| id)) {
                return id;
            }
        }
    }

    pub(super) fn push(
        &mut self,
        kind: &'static str,
        path: &str,
        text: Text,
        origin: Origin,
        rows: usize,
    ) {
        self.made.push(Made {
            kind,
            path: format!("content/{}/{path}", self.section),
            text,
            origin,
            rows,
        });
    }

    /// Makes what a file holds.
    pub(super) fn file(&mut self, file: &File) {
        self.hidden = 0;
        let plans = file
            .segments
            .iter()
            .flat_map(|s| &s.found)
            .filter_map(|f| match f {
                Found::Plan { plan, .. } => Some(plan.rows()),
                _ => None,
            });
        let cells: Vec<&str> = plans
            .flatten()
            .filter_map(|r| r.responsible.as_deref())
            .collect();
        self.known = cells::Known::of(cells.into_iter());
        let order_id = file.order.as_ref().map(|o| {
            let number = o.number.clone().unwrap_or_default();
            let wanted = slug(&number);
            let dated = o
                .date
                .map(|d| format!("{}-{}", slug(&o.act), d))
                .unwrap_or_else(|| slug(&o.act));
            self.id(&wanted, &dated)
        });
        let window = self.window(file);
        let mut annexes: Vec<Node> = Vec::new();
        let mut numbers = Numbers::new(file);
        for segment in &file.segments {
            let no = segment.stamp.as_ref().and_then(|s| s.no.clone());
            let stamped = segment.stamp.is_some();
            let mut paths: BTreeMap<usize, (String, String)> = BTreeMap::new();
            let whole = segment
                .found
                .iter()
                .rposition(|f| matches!(f, Found::Text { .. }));
            for (index, found) in segment.found.iter().enumerate() {
                let no = no
                    .clone()
                    .or_else(|| if stamped { None } else { numbers.next() });
                let reference = order_id.as_deref().map(|id| (id, no.as_deref()));
                let (id, title) = self.found(found, file, reference, window.as_ref(), &paths);
                if let Some(id) = &id {
                    paths.insert(index, (id.clone(), title.clone()));
                }
                // A long text holds its tables: the annex is the text.
                if whole.is_none_or(|w| w == index) || matches!(found, Found::Protected { .. }) {
                    annexes.extend(self.annex(
                        file,
                        segment.stamp.as_ref(),
                        no.as_deref(),
                        found,
                        id.as_deref(),
                        &title,
                    ));
                }
            }
        }
        if let (Some(order), Some(id)) = (&file.order, &order_id) {
            self.order(order, id, annexes, file);
        }
        if self.hidden > 0 {
            let count = self.hidden.to_string();
            self.doubts.add(
                &say::MASKED,
                Origin {
                    file: file.index,
                    at: At::default(),
                },
                &[("n", &count)],
            );
        }
    }

    /// The years of a file's plans.
    fn window(&self, file: &File) -> Option<(Window, bool)> {
        let clauses: Vec<&str> = file
            .order
            .iter()
            .flat_map(|o| o.all())
            .map(|c| c.text.as_str())
            .collect();
        let mut titles: Vec<&str> = Vec::new();
        let mut periods: Vec<&str> = Vec::new();
        for found in file.segments.iter().flat_map(|s| &s.found) {
            if let Found::Plan { title, plan } = found {
                titles.push(&title.text);
                titles.push(&title.about);
                for row in plan.rows() {
                    periods.extend(
                        [&row.period, &row.start, &row.finish]
                            .into_iter()
                            .filter_map(|t| t.as_deref()),
                    );
                }
            }
        }
        titles.extend(file.order.iter().map(|o| o.subject.as_str()));
        titles.push(&file.name);
        period::window(
            &clauses,
            &titles,
            &periods,
            file.order.as_ref().and_then(|o| o.date),
        )
    }

    fn found(
        &mut self,
        found: &Found,
        file: &File,
        order: Option<(&str, Option<&str>)>,
        window: Option<&(Window, bool)>,
        paths: &BTreeMap<usize, (String, String)>,
    ) -> (Option<String>, String) {
        match found {
            Found::Plan { title, plan } => self.plan(title, plan, file, order, window),
            Found::Schedule { title, schedule } => {
                self.schedule(title, schedule, file, order, window)
            }
            Found::Programme { title, programme } => self.programme(title, programme, file, order),
            Found::Group { title, group } => self.group(title, group, file, order),
            Found::Indicators { title, groups } => self.indicators(title, groups, file, order),
            Found::Protected { title, .. } => (None, self.hide(&title.text, &[])),
            Found::Public {
                title,
                schools,
                table,
            } => self.public(title, schools, table.as_ref(), file, order),
            Found::Text { paragraphs } => self.text(paragraphs, file, order, paths),
        }
    }

    /// The reference to the file itself, where it may be shown.
    pub(super) fn original(&mut self, file: &File, wanted: &str, way: Way) -> Node {
        let at = Where {
            section: self.section,
            names: self.names,
            wanted,
            way,
        };
        self.originals.show(file, &at, self.doubts)
    }

    pub(super) fn head(
        &mut self,
        kind: &str,
        title: &str,
        order: Option<(&str, Option<&str>)>,
        file: &File,
    ) -> Fields {
        let mut fields = Fields::new(kind);
        fields.text("title", title);
        match order {
            Some((id, annex)) => {
                fields.text("order", id);
                fields.opt("annex", annex);
            }
            // With an order in it the file is the order's.
            None => {
                let way = match kind {
                    "roadmap" | "indicators" => Way::Beside,
                    _ => Way::Above,
                };
                let reference = self.original(file, &slug(title), way);
                fields.add("file", reference);
            }
        }
        fields
    }
}

/// Whether a source that is there has this title and order, whatever somebody has changed in it besides. What cannot be read
/// is taken for the same.
fn is_same(path: &Path, title: &str, order: Option<&str>) -> bool {
    let Ok(bytes) = crate::plain::read(path, crate::source::MAX_TEXT) else {
        return true;
    };
    let text = String::from_utf8_lossy(&bytes);
    let field = |name: &str| -> Option<String> {
        let mut lines = text.lines();
        let first = lines.find_map(|l| l.strip_prefix(name)?.strip_prefix(':'))?;
        let first = first.trim();
        Some(match first.starts_with(['|', '>']) {
            true => lines.take_while(|l| l.starts_with(' ')).collect(),
            false => first.to_owned(),
        })
    };
    let bare =
        |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let same = |name: &str, own: &str| field(name).is_none_or(|f| bare(&f) == bare(own));
    same("title", title) && order.is_none_or(|own| same("order", own))
}

/// Numbers of annexes that clauses cite, for annexes that carry no stamp.
struct Numbers {
    free: Vec<String>,
}

impl Numbers {
    fn new(file: &File) -> Self {
        let mut cited: Vec<String> = Vec::new();
        for clause in file.order.iter().flat_map(|o| o.all()) {
            let folded = fold(&clause.text);
            for (at, _) in folded.match_indices("приложени") {
                let rest = folded.get(at..).unwrap_or_default();
                let run: String = rest
                    .chars()
                    .skip_while(|c| c.is_alphabetic())
                    .take_while(|c| {
                        matches!(c, ' ' | '№' | 'n' | 'o' | ',' | 'и') || c.is_ascii_digit()
                    })
                    .collect();
                for number in run
                    .split(|c: char| !c.is_ascii_digit())
                    .filter(|d| !d.is_empty() && d.len() < 3)
                {
                    if !cited.iter().any(|c| c == number) {
                        cited.push(number.to_owned());
                    }
                }
            }
        }
        let taken: Vec<&str> = file
            .segments
            .iter()
            .filter_map(|s| s.stamp.as_ref()?.no.as_deref())
            .collect();
        cited.retain(|c| !taken.contains(&c.as_str()));
        cited.reverse();
        Numbers { free: cited }
    }

    fn next(&mut self) -> Option<String> {
        self.free.pop()
    }
}
