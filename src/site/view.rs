//! What templates see: plain values, ready to print.
//!
//! Takes public documents (through the builders beside this file); gives serialisable views. Every `href` is
//! relative to the page it stands on; every `html` field is safe markup made by this program; every other string
//! is text that the template escapes. Must not hold anything of the `Source` stage.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;

/// The view of one page, whatever its type.
pub trait View: erased_serde::Serialize + Debug + Send + Sync {}

impl<T: Serialize + Debug + Send + Sync> View for T {}

erased_serde::serialize_trait_object!(View);

/// A date in the three ways pages need.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2024-12-25`
    pub iso: String,
    /// «25 декабря 2024 года»
    pub text: String,
    /// «25.12.2024»
    pub short: String,
    /// «25» and «дек» for calendar tiles.
    pub day: String,
    pub month: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Link {
    pub title: String,
    pub href: String,
    /// The page on which the link stands.
    pub current: bool,
    pub note: Option<String>,
}

/// A cell or paragraph with simple markup; `block` when it holds paragraphs or lists rather than one line.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    pub html: String,
    pub block: bool,
    /// Set where the words are a mistake of the original: the note to show with them (may be empty).
    pub sic: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PeriodView {
    /// As printed in the document.
    pub text: String,
    /// `month`, `range`, `deadline`, … see `period`.
    pub kind: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub sic: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// `done`, `overdue`, `no-record`, `due-soon`, `under-way`, `upcoming`; empty where nothing may be said (a sample).
    pub key: String,
    /// «выполнено», «срок прошёл», «нет записи», «скоро срок», «идёт», «предстоит».
    pub word: String,
    /// Records of no single occurrence.
    pub evidence: Vec<EvidenceView>,
    /// Each time of what recurs.
    pub occurrences: Vec<OccurrenceView>,
    /// «по срокам: 2 из 4»; empty where nothing recurs.
    pub occurrences_words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OccurrenceView {
    /// «I квартал 2025»
    pub label: String,
    pub from: Option<String>,
    pub to: String,
    pub key: String,
    pub word: String,
    pub records: Vec<EvidenceView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    pub text: String,
    pub href: Option<String>,
    pub date: Option<DateView>,
    /// A sample, which says nothing of anybody.
    pub sample: bool,
}

/// How far a roadmap has come.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Progress {
    pub total: usize,
    /// Somebody records what is done: without that no ring and no share is shown.
    pub recorded: bool,
    pub done: usize,
    pub overdue: usize,
    pub no_record: usize,
    pub due_soon: usize,
    pub under_way: usize,
    pub upcoming: usize,
    /// Whole percent of rows done.
    pub percent: usize,
    /// «выполнено 9 из 25», «25 мероприятий» where nobody records.
    pub words: String,
}

/// The whole site, the same on every page but for `href`s.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    pub title: String,
    pub short_title: String,
    pub description: String,
    pub publisher: PublisherView,
    /// Prefix to the site's root: `../../`, empty on the home page, absolute on 404.
    pub root: String,
    pub sections: Vec<Link>,
    /// Addresses of the theme's styles and scripts, by their names: `site.assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
    /// Address of the picture that goes with a link which somebody shares.
    pub share: Option<String>,
    /// There is a register of open data.
    pub has_opendata: bool,
    /// Day for which statuses were computed.
    pub today: DateView,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PublisherView {
    pub name: String,
    pub phone: Option<String>,
    /// `tel:…`; none where the digits are no whole number.
    pub phone_href: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

/// What every page has, whatever its kind.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// `home`, `section`, `order`, … also the name of the template.
    pub kind: String,
    pub title: String,
    pub description: String,
    /// Absolute canonical address.
    pub canonical: String,
    /// From the site's root: `/tula-2024/roadmap/`.
    pub address: String,
    pub breadcrumbs: Vec<Link>,
    pub section: Option<SectionNav>,
    pub published: Option<DateView>,
    pub updated: Option<DateView>,
    /// The order the page rests on.
    pub source: Option<Link>,
    pub sample: bool,
    /// `website`, `article`.
    pub og_type: String,
    /// JSON-LD, already safe inside `<script>`.
    pub json_ld: String,
    /// The document itself as files.
    pub files: Vec<AttachmentView>,
    /// The page as files to take away: title with format and size, address.
    pub downloads: Vec<AttachmentView>,
    /// Feeds and data files beside the page: title is the MIME type, href the address, note the words.
    pub alternates: Vec<Link>,
    /// Set on filtered and other secondary views: search engines are sent to `canonical`.
    pub noindex: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct SectionNav {
    pub title: String,
    pub short_title: String,
    pub territory: String,
    pub href: String,
    /// `current` on the entry of the page and on the one above it; `note` is then the value of `aria-current`.
    pub menu: Vec<Link>,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    pub title: String,
    pub href: String,
    /// «Приказ», «Новость», «Дорожная карта» …
    pub kind_word: String,
    pub date: Option<DateView>,
    pub summary: String,
    pub sample: bool,
}

/// One dated thing ahead or behind: a seminar, a visit, a deadline of the roadmap.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    pub date: DateView,
    /// Set for what lasts longer than a day.
    pub until: Option<DateView>,
    pub time: Option<String>,
    pub title: String,
    pub href: String,
    pub kind_word: String,
    /// `seminar`, `visits`, `internships`, `consultations`, `deadline`.
    pub kind: String,
    pub place: Option<String>,
    pub past: bool,
    pub today: bool,
    pub sample: bool,
    /// Section's short title, on the portal's home.
    pub section: Option<String>,
    /// In a calendar, for the grid of its month.
    pub anchor: Option<String>,
}

/// A day in the grid of a month.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DayView {
    /// 0 for a day of another month.
    pub day: u32,
    pub today: bool,
    /// The first event that goes on then, in the list beside the grid.
    pub href: Option<String>,
    /// «Семинар: …; ещё 2»
    pub words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// «Февраль 2025»
    pub title: String,
    pub anchor: String,
    pub events: Vec<EventView>,
    /// From Monday to Sunday; days of other months are empty.
    pub weeks: Vec<Vec<DayView>>,
    /// All events of the month are over.
    pub past: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct BodyView {
    pub id: String,
    pub name: String,
    pub short: String,
    pub role: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    pub name: String,
    pub post: String,
    pub role: Option<String>,
    pub note: Option<String>,
}

/// «в редакции …», and what it was.
#[derive(Debug, Clone, Serialize)]
pub struct AmendedView {
    /// The act that changes it waits for its day.
    pub ahead: bool,
    pub by: Option<Link>,
    pub was: Option<Cell>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    pub title: String,
    pub href: String,
    /// «PDF, 240 КБ, 6 страниц»; none for a link to another site.
    pub format: Option<String>,
}
