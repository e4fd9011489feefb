//! The section's own file, and the portal's, where there are none. Must not invent a fact.

use super::found::{File, Found};
use super::names::Names;
use super::yaml::{self, Fields, Node};
use super::{Options, section};
use crate::batch::{self as write, Over};

/// `section.yaml`, where there is none.
pub(super) fn home(options: &Options, files: &[File], names: &Names) -> Option<write::File> {
    let path = format!("content/{}/section.yaml", options.section);
    if options.root.join(&path).exists() {
        return None;
    }
    let order = files.iter().find_map(|f| f.order.as_ref());
    let titles: Vec<&str> = files
        .iter()
        .flat_map(|f| f.segments.iter().flat_map(|s| &s.found))
        .filter_map(|f| match f {
            Found::Plan { title, .. } => Some(title.text.as_str()),
            _ => None,
        })
        .filter(|t| !t.is_empty())
        .collect();
    let subject = order.map_or("", |o| o.subject.as_str());
    let letterhead = order
        .and_then(|o| o.letterhead.as_deref())
        .unwrap_or_default();
    let issuer = order.and_then(|o| o.issuer.as_deref()).unwrap_or_default();
    let mut words = vec![letterhead, issuer, subject];
    words.extend(&titles);
    let segments = files.iter().flat_map(|f| &f.segments);
    words.extend(
        segments
            .filter_map(|s| s.stamp.as_ref())
            .map(|s| s.text.as_str()),
    );
    let territory = section::territory(&words, order.and_then(|o| o.place.as_deref()));
    let title = titles
        .first()
        .copied()
        .or(Some(subject).filter(|s| s.chars().next().is_some_and(char::is_uppercase)))
        .unwrap_or("Адресная помощь школам");
    let begins = subject.chars().next().is_some_and(char::is_uppercase);
    let summary = if begins { subject } else { title };
    let hide = |t: &str| names.hide(&section::plain(t), &[]).0;
    let mut f = Fields::new("section");
    f.text("title", &hide(title));
    f.text(
        "territory",
        territory
            .as_ref()
            .map_or(options.section.as_str(), |t| &t.name),
    );
    let region = territory.as_ref().is_some_and(|t| t.region);
    f.add(
        "level",
        Node::Bare(if region { "region" } else { "municipality" }.to_owned()),
    );
    f.text("summary", &hide(summary));
    Some(write::File::text(path, yaml::yaml(&f).text, Over::New))
}

/// `content/site.yaml`, where there is none.
pub(super) fn site(options: &Options) -> Option<write::File> {
    let content = options.root.join("content");
    if content.join("site.yaml").exists() || content.join("site.yml").exists() {
        return None;
    }
    let fields = Fields(vec![
        ("title".into(), Node::text("Адресная помощь школам")),
        ("base_url".into(), Node::text("http://localhost/")),
        (
            "sections".into(),
            Node::List(vec![Node::Bare(options.section.clone())]),
        ),
    ]);
    Some(write::File::text(
        "content/site.yaml".to_owned(),
        yaml::yaml(&fields).text,
        Over::New,
    ))
}
