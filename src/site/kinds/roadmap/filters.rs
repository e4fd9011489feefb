//! The filtered views of a roadmap: which there are, what each is called, how many rows it shows.

use std::collections::BTreeSet;

use super::{ChoiceView, FilterView, Sheet};
use crate::disclosure::{Public, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::roadmap::Roadmap;
use crate::progress::Status;
use crate::site::Filter;
use crate::site::book::{Book, Part};
use crate::site::format;

/// All filters of a roadmap that have rows, in the order of the page. Only the section's main roadmap has any: a dozen
/// pages for each of a hundred plans would make most of a large site.
pub(super) fn all(roadmap: &Roadmap<Public>, book: &Book, part: &Part, i: DocIndex) -> Vec<Filter> {
    let mut all = Vec::new();
    if part.roadmap != Some(i) {
        return all;
    }
    if roadmap.sections.len() > 1 {
        let with_rows = |s: &usize| {
            let under = roadmap.sections.get(*s..roadmap.end(*s)).unwrap_or(&[]);
            under.iter().any(|section| !section.rows.is_empty())
        };
        all.extend(
            (0..roadmap.sections.len())
                .filter(with_rows)
                .map(Filter::Section),
        );
    }
    if let Some(directory) = book.bodies(part) {
        let used: BTreeSet<usize> = roadmap
            .rows()
            .flat_map(|(_, row)| row.responsible.iter().flat_map(|r| r.bodies()))
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

/// «Раздел: …», «Ответственный: …», «Состояние: …»
pub(super) fn words(
    filter: &Filter,
    roadmap: &Roadmap<Public>,
    book: &Book,
    part: &Part,
) -> String {
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

impl Sheet<'_> {
    /// Links to the filtered views, by what they choose.
    pub(super) fn filters(&self) -> Vec<FilterView> {
        let mut groups: [(&str, &str, Vec<ChoiceView>); 3] = [
            ("Раздел", "section", Vec::new()),
            ("Ответственный", "responsible", Vec::new()),
            ("Состояние", "status", Vec::new()),
        ];
        for filter in all(self.roadmap, self.book, self.part, self.document) {
            let count = self
                .roadmap
                .rows()
                .zip(self.states())
                .filter(|((s, row), state)| {
                    filter.lets_in(self.roadmap, *s, row, *state, self.part, self.book)
                })
                .count();
            let text = words(&filter, self.roadmap, self.book, self.part);
            let title = text.split_once(": ").map_or(&*text, |(_, t)| t).to_owned();
            let group = match filter {
                Filter::Section(_) => 0,
                Filter::Body(_) => 1,
                Filter::Status(_) => 2,
            };
            let is_current = self.filter == Some(&filter);
            if count > 0 || is_current {
                groups[group].2.push(ChoiceView {
                    title,
                    value: filter.value(),
                    href: format::href(&self.root, &filter.address(self.home)),
                    current: is_current,
                    count,
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
}
