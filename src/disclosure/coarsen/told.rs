//! Whether a place that is not printed can be read elsewhere in the same schedule.
//!
//! Takes the rows whose place was made coarser; gives findings that stop the publication: these fields are the
//! editor's words, and cutting into them would leave nonsense. Must not quote them.

use std::collections::BTreeSet;

use super::gather::{DocumentRows, Row, Site};
use crate::diag::catalog::coarsen as say;
use crate::diag::{Finding, Location, Span};
use crate::kinds::{Body, SourceText};
use crate::model::Model;

/// Fields of one row that name its municipality, or a public school by which it is known.
pub(super) fn row(
    model: &Model,
    site: &Site<'_>,
    document: &DocumentRows<'_>,
    row: &Row<'_>,
    area: usize,
) -> Vec<Finding> {
    let source = model.documents.get(document.index).map(|d| &d.body);
    let Some(Body::Schedule(schedule)) = source else {
        return Vec::new();
    };
    let Some(source) = schedule.rows.get(row.row) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut found = |field: &'static str, at: Span| {
        let mut finding = Finding::new(&say::TOLD, Location::at(document.path.clone(), at))
            .arg("row", row.row + 1)
            .arg("field", field);
        finding.subject = row.school.map(str::to_owned);
        findings.push(finding);
    };
    if let Some(place) = &source.place
        && (site.areas.told(area, &place.text) || site.public.areas_in(&place.text).contains(&area))
    {
        found("place", place.at);
    }
    let names = |text: &SourceText| site.areas.told(area, &text.text);
    if names(&source.theme) {
        found("theme", source.theme.at);
    }
    for (field, text) in [
        ("time", source.time.as_ref()),
        ("format", source.format.as_ref()),
    ]
    .into_iter()
    .chain(source.specialists.iter().map(|s| ("specialists", Some(s))))
    {
        if let Some(text) = text.filter(|t| names(t)) {
            found(field, text.at);
        }
    }
    findings
}

/// Fields of a row that name the village of its school, which says more than any municipality.
pub(super) fn settlement(
    model: &Model,
    site: &Site<'_>,
    document: &DocumentRows<'_>,
    row: &Row<'_>,
) -> Vec<Finding> {
    let source = model.documents.get(document.index).map(|d| &d.body);
    let (Some(Body::Schedule(schedule)), Some(id)) = (source, row.school) else {
        return Vec::new();
    };
    let (Some(source), Some(settlement)) = (schedule.rows.get(row.row), site.settlements.get(id))
    else {
        return Vec::new();
    };
    let place = source.place.iter().map(|t| ("place", t, true));
    let theme: &SourceText = &source.theme;
    let others = source
        .specialists
        .iter()
        .map(|t| ("specialists", t, false))
        .chain(source.time.iter().map(|t| ("time", t, false)))
        .chain(source.format.iter().map(|t| ("format", t, false)));
    place
        .chain([("theme", theme, false)])
        .chain(others)
        .filter(|(_, text, bare)| settlement.told(&text.text, *bare))
        .map(|(field, text, _)| {
            Finding::new(
                &say::SETTLEMENT,
                Location::at(document.path.clone(), text.at),
            )
            .arg("row", row.row + 1)
            .arg("field", field)
            .subject(id)
        })
        .collect()
}

/// Fields of the document that name one of the municipalities that its rows do not.
pub(super) fn document(
    model: &Model,
    site: &Site<'_>,
    document: &DocumentRows<'_>,
    merged: &BTreeSet<usize>,
) -> Vec<Finding> {
    let Some(head) = model.documents.get(document.index).map(|d| &d.head) else {
        return Vec::new();
    };
    [("title", &head.title), ("description", &head.description)]
        .into_iter()
        .filter_map(|(field, text)| Some((field, text.as_ref()?)))
        .filter(|(_, text)| merged.iter().any(|a| site.areas.told(*a, &text.text)))
        .map(|(field, text)| {
            Finding::new(
                &say::TITLE_TELLS,
                Location::at(document.path.clone(), text.at),
            )
            .arg("field", field)
        })
        .collect()
}
