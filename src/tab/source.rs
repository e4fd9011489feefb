//! `school.yaml` as written: who the school is, its part in the project, its documents, events, links.
//!
//! Takes fields; gives typed values with their places. Must not read other files.

use chrono::NaiveDate;

use crate::diag::Span;
use crate::diag::catalog::{document as form, tab as messages};
use crate::document::decode::{Cx, Decode, Fields, choice};
use crate::document::yaml::Node;
use crate::model::{SourceMarkup, SourceText};

/// What a school does in the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Participant,
    Mentor,
}

impl Role {
    /// Whether such a school's name stands in its own tab when its file does not say.
    pub fn names_itself(self) -> bool {
        self == Role::Mentor
    }
}

/// Who issued a document that the project rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Federal,
    Regional,
    Municipal,
    School,
}

impl Level {
    pub const ALL: &'static [(&'static str, Level)] = &[
        ("federal", Level::Federal),
        ("regional", Level::Regional),
        ("municipal", Level::Municipal),
        ("school", Level::School),
    ];
}

/// At which stage a school's document is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    RiskProfile,
    Programme,
    Monitoring1,
    Monitoring2,
    Other,
}

impl Stage {
    pub const ALL: &'static [(&'static str, Stage)] = &[
        ("risk-profile", Stage::RiskProfile),
        ("programme", Stage::Programme),
        ("monitoring-1", Stage::Monitoring1),
        ("monitoring-2", Stage::Monitoring2),
        ("other", Stage::Other),
    ];
}

/// A document of the tab.
#[derive(Debug, Clone)]
pub struct Paper<K> {
    pub kind: K,
    pub at: Span,
    pub title: SourceText,
    pub number: Option<SourceText>,
    pub date: Option<NaiveDate>,
    /// When it was put on the site.
    pub published: Option<NaiveDate>,
    pub note: Option<SourceText>,
    /// A path below the school's folder or an address on the net.
    pub target: SourceText,
    pub is_file: bool,
}

/// A person to turn to.
#[derive(Debug, Clone)]
pub struct Contact {
    pub name: SourceText,
    pub post: Option<SourceText>,
    pub organisation: Option<SourceText>,
    pub phone: Option<SourceText>,
    pub email: Option<SourceText>,
}

/// The other school of the pair.
#[derive(Debug, Clone)]
pub struct Partner {
    /// In the registry, or the folder's name.
    pub id: Option<Box<str>>,
    pub name: SourceText,
    /// A school alone states here that the other agreed.
    pub agreed: bool,
}

#[derive(Debug, Clone)]
pub struct Event {
    pub date: NaiveDate,
    pub until: Option<NaiveDate>,
    pub time: Option<SourceText>,
    pub title: SourceText,
    pub place: Option<SourceText>,
}

#[derive(Debug, Clone)]
pub struct UsefulLink {
    pub title: SourceText,
    pub address: SourceText,
}

/// What the project is, where no operator's section tells it.
#[derive(Debug, Clone)]
pub struct Project {
    pub title: SourceText,
    pub summary: Option<SourceText>,
    pub about: Option<SourceMarkup>,
    pub site: Option<SourceText>,
}

/// The whole file. `shared.yaml` of the operator has the same fields, as far as they make sense for all.
#[derive(Debug, Clone)]
pub struct SchoolFile {
    pub at: Span,
    pub name: Option<SourceText>,
    pub full_name: Option<SourceText>,
    pub municipality: Option<SourceText>,
    pub site: Option<SourceText>,
    pub phone: Option<SourceText>,
    pub email: Option<SourceText>,
    pub address: Option<SourceText>,
    pub head: Option<SourceText>,
    pub role: Option<Role>,
    pub publish_own_name: Option<bool>,
    pub partner: Option<Partner>,
    pub curator: Option<Contact>,
    pub coordinator: Option<Contact>,
    pub section: Option<SourceText>,
    pub project: Option<Project>,
    pub normative: Vec<Paper<Level>>,
    pub documents: Vec<Paper<Stage>>,
    pub events: Vec<Event>,
    pub links: Vec<UsefulLink>,
    /// Whether a block without content stays and says «отсутствует».
    pub show_empty: Option<bool>,
    /// Where the school's files will lie on its site.
    pub base: Option<SourceText>,
    pub updated: Option<NaiveDate>,
}

impl SchoolFile {
    /// Whether the school's own name may stand in its tab.
    pub fn names_itself(&self, default: Role) -> bool {
        self.publish_own_name
            .unwrap_or_else(|| self.role.unwrap_or(default).names_itself())
    }
}

/// Reads the file.
pub fn read(node: &Node, cx: &mut Cx<'_>) -> Option<SchoolFile> {
    const ROLES: &[(&str, Role)] = &[("participant", Role::Participant), ("mentor", Role::Mentor)];
    const EMPTY: &[(&str, bool)] = &[("show", true), ("hide", false)];
    let mut f = Fields::of(node, "name, role, documents, …", cx)?;
    let role = f.node("role").map(|n| choice(n, "role", ROLES, cx));
    let empty = f.node("empty").map(|n| choice(n, "empty", EMPTY, cx));
    let before = cx.findings.len();
    let opted: Option<bool> = f.opt("publish_own_name", cx);
    // A value that cannot be read must not fall back to a default that names the school.
    let doubtful = cx.findings.len() > before || matches!(role, Some(None));
    let file = SchoolFile {
        at: f.at,
        name: f.opt("name", cx),
        full_name: f.opt("full_name", cx),
        municipality: f.opt("municipality", cx),
        site: f.opt("site", cx),
        phone: f.opt("phone", cx),
        email: f.opt("email", cx),
        address: f.opt("address", cx),
        head: f.opt("head", cx),
        role: role.flatten(),
        publish_own_name: if doubtful { Some(false) } else { opted },
        partner: f.opt("partner", cx),
        curator: f.opt("curator", cx),
        coordinator: f.opt("coordinator", cx),
        section: f.opt("section", cx),
        project: f.opt("project", cx),
        normative: f.list("normative", cx),
        documents: f.list("documents", cx),
        events: f.list("events", cx),
        links: f.list("links", cx),
        show_empty: empty.flatten(),
        base: f.opt("base", cx),
        updated: f.opt("updated", cx),
    };
    f.finish(cx);
    Some(file)
}

fn paper<K: Copy>(
    node: &Node,
    field: &'static str,
    choices: &[(&'static str, K)],
    cx: &mut Cx<'_>,
) -> Option<Paper<K>> {
    let mut f = Fields::of(node, "title, file, link, date", cx)?;
    let kind = match f.node(field) {
        Some(node) => choice(node, field, choices, cx),
        None => {
            cx.say(&form::MISSING_FIELD, f.at, |x| x.arg("field", field));
            None
        }
    };
    let title = f.req("title", cx);
    let file: Option<SourceText> = f.opt("file", cx);
    let link: Option<SourceText> = f.opt("link", cx);
    let rest = (
        f.opt("number", cx),
        f.opt("date", cx),
        f.opt("published", cx),
        f.opt("note", cx),
    );
    let at = f.at;
    f.finish(cx);
    if file.is_none() && link.is_none() {
        cx.say(&messages::NO_TARGET, at, |x| x);
    }
    let is_file = file.is_some();
    Some(Paper {
        kind: kind?,
        at,
        title: title?,
        number: rest.0,
        date: rest.1,
        published: rest.2,
        note: rest.3,
        target: file.or(link)?,
        is_file,
    })
}

impl Decode for Paper<Level> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        paper(node, "level", Level::ALL, cx)
    }
}

impl Decode for Paper<Stage> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        paper(node, "stage", Stage::ALL, cx)
    }
}

impl Decode for Contact {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "name, post, organisation, phone, email", cx)?;
        let name = f.req("name", cx);
        let rest = (
            f.opt("post", cx),
            f.opt("organisation", cx),
            f.opt("phone", cx),
            f.opt("email", cx),
        );
        f.finish(cx);
        Some(Contact {
            name: name?,
            post: rest.0,
            organisation: rest.1,
            phone: rest.2,
            email: rest.3,
        })
    }
}

impl Decode for Partner {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "id, name, agreed", cx)?;
        let id = f.opt("id", cx);
        let name = f.req("name", cx);
        let agreed = f.opt("agreed", cx).unwrap_or(false);
        f.finish(cx);
        Some(Partner {
            id,
            name: name?,
            agreed,
        })
    }
}

impl Decode for Event {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "date, until, time, title, place", cx)?;
        let date = f.req("date", cx);
        let title = f.req("title", cx);
        let rest = (f.opt("until", cx), f.opt("time", cx), f.opt("place", cx));
        f.finish(cx);
        Some(Event {
            date: date?,
            until: rest.0,
            time: rest.1,
            title: title?,
            place: rest.2,
        })
    }
}

impl Decode for UsefulLink {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "title, link", cx)?;
        let title = f.req("title", cx);
        let address = f.req("link", cx);
        f.finish(cx);
        Some(UsefulLink {
            title: title?,
            address: address?,
        })
    }
}

impl Decode for Project {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "title, summary, about, site", cx)?;
        let title = f.req("title", cx);
        let rest = (f.opt("summary", cx), f.opt("about", cx), f.opt("site", cx));
        f.finish(cx);
        Some(Project {
            title: title?,
            summary: rest.0,
            about: rest.1,
            site: rest.2,
        })
    }
}
