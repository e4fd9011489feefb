//! What the templates of a tab see: plain values, ready to print, the same for all four forms.
//!
//! Every string is text that the template escapes, but `html` fields (safe markup made here) and `href`s. An `href`
//! of a file of the tab begins with `site:/`; each form puts its own base there.

use serde::Serialize;

use crate::site::view::{DateView, EvidenceView, Progress};

#[derive(Debug, Clone, Default, Serialize)]
pub struct TabView {
    pub title: String,
    pub school: SchoolView,
    pub parts: Vec<PartView>,
    pub project: ProjectView,
    pub normative: Vec<GroupView>,
    pub documents: Vec<GroupView>,
    pub roadmap: Option<RoadmapView>,
    pub region: Option<RegionView>,
    pub next: Vec<EventView>,
    pub past: Vec<EventView>,
    pub news: Vec<NewsView>,
    pub region_news: Vec<PaperView>,
    pub curator: Option<ContactView>,
    pub coordinator: Option<ContactView>,
    pub operator: Option<ContactView>,
    pub links: Vec<PaperView>,
    /// Whether empty blocks stay and say so.
    pub show_empty: bool,
    pub today: Option<DateView>,
}

/// A part of the tab, in the order of the tab.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PartView {
    pub key: &'static str,
    pub title: &'static str,
    /// Folder of its page in the form of pages; empty for the first.
    pub folder: &'static str,
    pub empty: bool,
    /// When its content last changed.
    pub updated: Option<DateView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct SchoolView {
    /// The school's name, where it may be said.
    pub name: Option<String>,
    pub full_name: Option<String>,
    /// Label and value of each detail.
    pub details: Vec<(&'static str, String)>,
    pub role: &'static str,
    pub role_text: &'static str,
    /// Label and name of the other school of the pair.
    pub pair: Option<(&'static str, String)>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ProjectView {
    pub title: String,
    pub summary: Option<String>,
    pub html: Option<String>,
    pub facts: Vec<(&'static str, String)>,
    pub href: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupView {
    pub key: &'static str,
    pub title: &'static str,
    pub items: Vec<PaperView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PaperView {
    pub title: String,
    /// `None` where the address would name a school.
    pub href: Option<String>,
    /// «PDF, 240 КБ», «страница портала».
    pub format: Option<String>,
    pub date: Option<DateView>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct RoadmapView {
    pub title: String,
    pub progress: Progress,
    pub sections: Vec<RoadmapSectionView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct RoadmapSectionView {
    pub title: Option<String>,
    pub rows: Vec<RowView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct RowView {
    pub no: Option<String>,
    pub html: String,
    pub period: Option<String>,
    pub responsible: Option<String>,
    pub result: Option<String>,
    pub status: Option<&'static str>,
    pub status_key: Option<&'static str>,
    pub evidence: Option<EvidenceView>,
}

/// The operator's roadmap in short.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegionView {
    pub title: String,
    pub href: String,
    pub progress: Progress,
    pub next: Vec<RowView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct EventView {
    pub date: Option<DateView>,
    pub until: Option<DateView>,
    pub time: Option<String>,
    pub title: String,
    pub href: Option<String>,
    pub place: Option<String>,
    pub kind: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct NewsView {
    pub title: String,
    pub date: Option<DateView>,
    pub html: String,
    pub files: Vec<PaperView>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ContactView {
    pub name: Option<String>,
    pub post: Option<String>,
    pub organisation: Option<String>,
    pub phone: Option<String>,
    /// `+73450000000` for the `tel:` link.
    pub dial: Option<String>,
    pub email: Option<String>,
    pub note: Option<String>,
}
