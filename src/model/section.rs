//! The portal and its sections: settings, the project of a section, its directory of bodies, working groups, texts.
//!
//! Takes fields; gives typed values. Bodies are found by any of their spellings ([`spelling`]).

use chrono::NaiveDate;

use super::common::{Attached, Person, Responsible};
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use crate::diag::catalog::document as messages;
use crate::document::decode::{Cx, Decode, Fields, choice};
use crate::document::yaml::Node;

pub use crate::guard::spelling::spelling;

/// `content/site.yaml`. The default one stands in for a file that could not be read: nothing is built with it, but
/// everything else is checked.
#[derive(Debug, Clone, Default)]
pub struct Site {
    pub title: SourceText,
    pub short_title: Option<SourceText>,
    pub description: Option<SourceText>,
    /// Ends in `/`.
    pub base_url: Box<str>,
    pub publisher: Publisher,
    /// Fewer schools than this must not be guessable.
    pub k: u32,
    pub due_soon_days: u32,
    pub sections: Vec<SourceText>,
    /// Folder below `themes/`.
    pub theme: Option<Box<str>>,
    /// Grammatical case → neutral words, as the guard names cases.
    pub neutral: Vec<(Box<str>, SourceText)>,
    /// District → group of districts, for coarsening places.
    pub regions: Vec<(Box<str>, SourceText)>,
}

#[derive(Debug, Clone, Default)]
pub struct Publisher {
    pub name: Option<SourceText>,
    pub phone: Option<SourceText>,
    pub email: Option<SourceText>,
    pub address: Option<SourceText>,
}

/// `section.yaml`.
#[derive(Debug, Clone)]
pub struct Section<S: Stage> {
    pub short_title: Option<S::Text>,
    pub territory: S::Text,
    pub level: Level,
    pub summary: S::Text,
    pub about: Option<S::Markup>,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub owner: Option<Responsible<S>>,
    pub operator: Option<Responsible<S>>,
    pub coordinator: Option<Person<S>>,
    pub contacts: Option<Contacts<S>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Region,
    Municipality,
}

#[derive(Debug, Clone)]
pub struct Contacts<S: Stage> {
    pub body: Option<Responsible<S>>,
    pub note: Option<S::Text>,
    pub phone: Option<S::Text>,
    pub email: Option<S::Text>,
    pub site: Option<S::Text>,
    pub address: Option<S::Text>,
}

/// `bodies.yaml`.
#[derive(Debug, Clone)]
pub struct Bodies<S: Stage> {
    pub bodies: Vec<Body<S>>,
}

/// One body, or a kind of bodies.
#[derive(Debug, Clone)]
pub struct Body<S: Stage> {
    pub id: Box<str>,
    pub at: crate::diag::Span,
    pub name: S::Text,
    pub short: Option<S::Text>,
    /// Other spellings that documents of the section use.
    pub aliases: Vec<S::Text>,
    pub role: Option<S::Text>,
    pub collective: bool,
}

#[derive(Debug, Clone)]
pub struct Group<S: Stage> {
    pub members: Vec<Person<S>>,
}

/// News, material, long document, page.
#[derive(Debug, Clone)]
pub struct TextDocument<S: Stage> {
    pub body: S::Markup,
    pub date: Option<NaiveDate>,
    pub category: Option<S::Text>,
    pub attachments: Vec<Attached<S>>,
}

/// Reads `site.yaml`.
pub fn site(node: &Node, cx: &mut Cx<'_>) -> Option<Site> {
    let mut f = Fields::of(node, "title, base_url, publisher, sections", cx)?;
    f.opt::<Box<str>>("kind", cx);
    let title = f.req("title", cx);
    let base: Option<SourceText> = f.req("base_url", cx);
    let base_url = base.and_then(|b| {
        let good = (b.text.starts_with("https://") || b.text.starts_with("http://"))
            && !b.text.contains(char::is_whitespace);
        if !good {
            cx.say(&messages::BAD_LINK, b.at, |x| x.arg("value", &b.text));
            return None;
        }
        let slash = if b.text.ends_with('/') { "" } else { "/" };
        Some(format!("{}{slash}", b.text).into_boxed_str())
    });
    let site = Site {
        short_title: f.opt("short_title", cx),
        description: f.opt("description", cx),
        publisher: f.opt("publisher", cx).unwrap_or_default(),
        k: f.opt("k", cx).unwrap_or(3),
        due_soon_days: f.opt("due_soon_days", cx).unwrap_or(30),
        sections: f.list("sections", cx),
        theme: f.opt("theme", cx),
        neutral: pairs(&mut f, "neutral", cx),
        regions: pairs(&mut f, "regions", cx),
        title: title?,
        base_url: base_url?,
    };
    f.finish(cx);
    Some(site)
}

/// A map of names to texts.
fn pairs(f: &mut Fields<'_>, name: &'static str, cx: &mut Cx<'_>) -> Vec<(Box<str>, SourceText)> {
    use crate::document::yaml::Value;
    let Some(node) = f.node(name) else {
        return Vec::new();
    };
    let Value::Map(entries) = &node.value else {
        cx.say(&messages::NOT_A_MAP, node.at, |x| {
            x.arg("got", crate::document::decode::describe(&node.value))
                .arg("known", name)
        });
        return Vec::new();
    };
    entries
        .iter()
        .filter_map(|(key, node)| {
            Some((key.name.clone(), SourceText::decode(node, &key.name, cx)?))
        })
        .collect()
}

impl Decode for Publisher {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "name, phone, email, address", cx)?;
        let publisher = Publisher {
            name: f.opt("name", cx),
            phone: f.opt("phone", cx),
            email: f.opt("email", cx),
            address: f.opt("address", cx),
        };
        f.finish(cx);
        Some(publisher)
    }
}

/// Reads the fields of `section.yaml` beside the common ones.
pub fn section(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Section<Source>> {
    const LEVELS: &[(&str, Level)] = &[
        ("region", Level::Region),
        ("municipality", Level::Municipality),
    ];
    let short_title = f.opt("short_title", cx);
    let territory = f.req("territory", cx);
    let level = f.node("level").map_or(Some(Level::Municipality), |n| {
        choice(n, "level", LEVELS, cx)
    });
    let summary = f.req("summary", cx);
    let period = f
        .node("period")
        .and_then(|n| super::events::bounds(n, cx))
        .map(|p| (p.from, p.to));
    Some(Section {
        short_title,
        about: f.opt("about", cx),
        period,
        owner: f.opt("owner", cx),
        operator: f.opt("operator", cx),
        coordinator: f.opt("coordinator", cx),
        contacts: f.opt("contacts", cx),
        territory: territory?,
        level: level?,
        summary: summary?,
    })
}

impl Decode for Contacts<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "body, note, phone, email, site, address", cx)?;
        let contacts = Contacts {
            body: f.opt("body", cx),
            note: f.opt("note", cx),
            phone: f.opt("phone", cx),
            email: f.opt("email", cx),
            site: f.opt("site", cx),
            address: f.opt("address", cx),
        };
        f.finish(cx);
        Some(contacts)
    }
}

/// Reads the fields of `bodies.yaml` beside the common ones.
pub fn bodies(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Bodies<Source>> {
    Some(Bodies {
        bodies: f.list("bodies", cx),
    })
}

impl Decode for Body<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "id, name, short, aliases, role, collective", cx)?;
        let id_at = f.node("id").map_or(f.at, |n| n.at);
        let id: Option<Box<str>> = f.req("id", cx);
        let name = f.req("name", cx);
        let body = (
            f.opt("short", cx),
            f.list("aliases", cx),
            f.opt("role", cx),
            f.opt("collective", cx).unwrap_or(false),
        );
        let at = f.at;
        f.finish(cx);
        let id = id?;
        if !super::is_slug(&id) {
            cx.say(&messages::BAD_ID, id_at, |x| x.arg("value", &id));
            return None;
        }
        Some(Body {
            id,
            at,
            name: name?,
            short: body.0,
            aliases: body.1,
            role: body.2,
            collective: body.3,
        })
    }
}

/// Reads the fields of a working group beside the common ones.
pub fn group(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Group<Source>> {
    Some(Group {
        members: f.list("members", cx),
    })
}

/// Reads the fields of a Markdown file beside the common ones.
pub fn text(body: SourceText, f: &mut Fields<'_>, cx: &mut Cx<'_>) -> TextDocument<Source> {
    TextDocument {
        body: SourceMarkup(body),
        date: f.opt("date", cx),
        category: f.opt("category", cx),
        attachments: f.list("attachments", cx),
    }
}
