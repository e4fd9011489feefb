//! What templates see: plain values, ready to print.
//!
//! Takes public documents (through the builders beside this file); gives serialisable views. Every `href` is
//! relative to the page it stands on; every `html` field is safe markup made by this program; every other string
//! is text that the template escapes. Must not hold anything of the `Source` stage.

use serde::Serialize;

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
    /// `done`, `overdue`, `due-soon`, `under-way`, `upcoming`.
    pub key: String,
    /// «выполнено», «срок прошёл», «скоро срок», «идёт», «предстоит».
    pub word: String,
    pub evidence: Option<EvidenceView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    pub text: String,
    pub href: Option<String>,
    pub date: Option<DateView>,
}

/// How far a roadmap has come.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Progress {
    pub total: usize,
    pub done: usize,
    pub overdue: usize,
    pub due_soon: usize,
    pub under_way: usize,
    pub upcoming: usize,
    /// Whole percent of rows done.
    pub percent: usize,
    /// «выполнено 9 из 25»
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
    /// Day for which statuses were computed.
    pub today: DateView,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PublisherView {
    pub name: String,
    pub phone: Option<String>,
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
}

#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// «Февраль 2025»
    pub title: String,
    pub anchor: String,
    pub events: Vec<EventView>,
    /// All events of the month are over.
    pub past: bool,
}

// ---- portal and section -------------------------------------------------------------------------------------

/// `home.html`
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    pub sections: Vec<SectionCard>,
    pub next: Vec<EventView>,
    pub news: Vec<Card>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SectionCard {
    pub title: String,
    pub short_title: String,
    pub href: String,
    pub territory: String,
    pub summary: String,
    /// «25 декабря 2024 — 25 декабря 2025 года»
    pub period: Option<String>,
    /// The project's last day is past.
    pub ended: bool,
    pub owner: Option<String>,
    pub progress: Option<Progress>,
}

/// `section.html`
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    pub title: String,
    pub territory: String,
    pub summary: String,
    pub about: String,
    pub period: Option<String>,
    /// The project's last day is past.
    pub ended: bool,
    /// Address of the section's calendar.
    pub calendar_href: String,
    pub owner: Option<BodyView>,
    pub operator: Option<BodyView>,
    pub coordinator: Option<PersonView>,
    pub progress: Option<Progress>,
    pub roadmap: Option<Link>,
    /// The next three dates.
    pub next: Vec<EventView>,
    pub documents: Vec<Card>,
    pub news: Vec<Card>,
    pub contacts: Option<ContactsView>,
    /// Everything else the section has: title, address, and in `note` how many.
    pub parts: Vec<Link>,
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

#[derive(Debug, Clone, Serialize)]
pub struct ContactsView {
    pub body: Option<String>,
    pub note: Option<String>,
    pub phone: Option<String>,
    pub phone_href: Option<String>,
    pub email: Option<String>,
    pub site: Option<String>,
    pub address: Option<String>,
}

// ---- order --------------------------------------------------------------------------------------------------

/// `order.html`
#[derive(Debug, Clone, Serialize)]
pub struct OrderView {
    /// «Приказ»
    pub type_word: String,
    pub letterhead: String,
    pub number: String,
    pub date: DateView,
    pub place: Option<String>,
    pub subject: String,
    pub basis: Option<Cell>,
    pub clauses: Vec<ClauseView>,
    pub control: Option<Cell>,
    pub signed: Option<PersonView>,
    pub status: OrderStatusView,
    /// «Коротко»: who does what by when.
    pub assignments: Vec<AssignmentView>,
    pub annexes: Vec<AnnexView>,
    /// Documents of the section that rest on this order.
    pub related: Vec<Card>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ClauseView {
    /// As printed; empty for an unnumbered sub-clause.
    pub no: String,
    pub anchor: String,
    pub text: Cell,
    pub clauses: Vec<ClauseView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AssignmentView {
    pub who: String,
    pub who_full: Option<String>,
    pub what: Cell,
    pub by: Option<PeriodView>,
    pub status: Option<StatusView>,
    /// The clause it is taken from.
    pub clause: Link,
}

#[derive(Debug, Clone, Serialize)]
pub struct OrderStatusView {
    /// `in-force`, `amended`, `repealed`.
    pub key: String,
    pub word: String,
    pub by: Option<Link>,
    pub date: Option<DateView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AnnexView {
    /// «Приложение № 1»
    pub name: String,
    pub title: String,
    pub anchor: String,
    pub href: Option<String>,
    /// The legal basis on which it is withheld.
    pub withheld: Option<String>,
    /// How the annex itself cites the order, where that differs.
    pub cites: Option<Cell>,
}

// ---- roadmap ------------------------------------------------------------------------------------------------

/// `roadmap.html`; the filtered views use the same template with fewer rows.
#[derive(Debug, Clone, Serialize)]
pub struct RoadmapView {
    pub columns: Vec<ColumnView>,
    pub sections: Vec<RoadmapSectionView>,
    pub progress: Progress,
    pub filters: Vec<FilterView>,
    /// Title of the filter in force: «Ответственный: ТОГИРРО».
    pub filter: Option<String>,
    pub all_href: String,
    pub shown: usize,
    pub total: usize,
    /// «25 мероприятий»
    pub count_words: String,
    /// SVG of the timeline with its own title and description; none on filtered views.
    pub timeline: Option<String>,
    pub json_href: String,
    pub csv_href: String,
    pub plan: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// `no`, `measure`, `period`, `indicator`, `result`, `responsible`, `status`.
    pub key: String,
    pub title: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct RoadmapSectionView {
    pub no: String,
    pub title: String,
    pub anchor: String,
    pub rows: Vec<RowView>,
    pub progress: Progress,
}

#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// As printed; empty where the row has no number.
    pub no: String,
    pub anchor: String,
    /// 0 for a row, 1 for a row under it.
    pub depth: usize,
    pub measure: Cell,
    pub period: Option<PeriodView>,
    pub indicator: Option<Cell>,
    pub target: Option<String>,
    pub result: Option<Cell>,
    pub responsible: Vec<ResponsibleView>,
    pub status: Option<StatusView>,
    /// Documents linked to the row: seminars, schedules, news.
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ResponsibleView {
    /// As printed.
    pub name: String,
    /// The body's full name.
    pub full: String,
    /// The roadmap filtered by this body; empty for a body that is not in the directory.
    pub href: String,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FilterView {
    /// «Раздел», «Ответственный», «Состояние».
    pub title: String,
    /// `section`, `responsible`, `status`.
    pub key: String,
    /// `note` holds the number of rows.
    pub items: Vec<Link>,
}

// ---- schedules, seminars, calendar --------------------------------------------------------------------------

/// `schedule.html`
#[derive(Debug, Clone, Serialize)]
pub struct ScheduleView {
    /// `visits`, `internships`, `consultations`.
    pub key: String,
    /// «График посещений «Методический десант»» …
    pub type_word: String,
    pub row: Option<Link>,
    pub months: Vec<ScheduleMonthView>,
    pub has_time: bool,
    pub has_place: bool,
    pub has_format: bool,
    /// Said when places were coarsened so that no school can be guessed.
    pub coarsened: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ScheduleMonthView {
    pub title: String,
    pub anchor: String,
    pub past: bool,
    pub rows: Vec<ScheduleRowView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ScheduleRowView {
    pub period: PeriodView,
    pub time: Option<String>,
    pub territory: Option<String>,
    /// «школа-участница» where the row concerns one.
    pub school: Option<String>,
    pub place: Option<String>,
    pub theme: Cell,
    pub specialists: Vec<String>,
    pub format: Option<String>,
    pub past: bool,
    pub today: bool,
    pub anchor: String,
}

/// `seminar.html`
#[derive(Debug, Clone, Serialize)]
pub struct SeminarView {
    pub date: Option<DateView>,
    pub period: PeriodView,
    pub time: Option<String>,
    pub place: Option<String>,
    pub link: Option<String>,
    pub audience: Option<String>,
    pub organizers: Vec<BodyView>,
    pub row: Option<Link>,
    pub agenda: Vec<AgendaItemView>,
    pub speakers: Vec<PersonView>,
    pub materials: Vec<AttachmentView>,
    pub past: bool,
    pub body: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AgendaItemView {
    pub time: Option<String>,
    pub title: Cell,
    pub speaker: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    pub title: String,
    pub href: String,
    /// «PDF, 240 КБ»; none for a link to another site.
    pub format: Option<String>,
}

/// `calendar.html`
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    pub months: Vec<MonthView>,
    pub past_months: Vec<MonthView>,
    pub ics_href: String,
}

// ---- indicators ---------------------------------------------------------------------------------------------

/// `indicators.html`
#[derive(Debug, Clone, Serialize)]
pub struct IndicatorsView {
    pub groups: Vec<IndicatorGroupView>,
    pub count_words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndicatorGroupView {
    pub title: String,
    pub anchor: String,
    pub goals: Vec<IndicatorGoalView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndicatorGoalView {
    /// Empty where the group has no goals of its own.
    pub title: String,
    pub indicators: Vec<IndicatorView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndicatorView {
    pub name: String,
    pub anchor: String,
    pub source: Option<String>,
    pub frequency: Option<String>,
    pub responsible: Option<String>,
    pub target: Option<String>,
    /// MathML, safe.
    pub formula: Option<String>,
    pub dynamics: Option<String>,
    pub variables: Vec<VariableView>,
    pub unit: Option<String>,
    pub values: Vec<ValueView>,
    /// SVG, safe; none without values.
    pub chart: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct VariableView {
    /// MathML, safe.
    pub symbol: String,
    pub meaning: String,
    pub unit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ValueView {
    pub year: String,
    pub value: String,
    /// Difference from the year before, with its sign: «+1,6».
    pub difference: Option<String>,
}

// ---- texts --------------------------------------------------------------------------------------------------

/// `group.html`
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    pub members: Vec<PersonView>,
    pub count_words: String,
}

/// `news.html`, `material.html`, `document.html`, `page.html`
#[derive(Debug, Clone, Serialize)]
pub struct TextView {
    pub body: String,
    /// Headings of the second and third level: title, `#anchor`, and in `note` the level.
    pub contents: Vec<Link>,
    pub date: Option<DateView>,
    pub category: Option<String>,
    pub row: Option<Link>,
    pub attachments: Vec<AttachmentView>,
    /// Older and newer news.
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// `list.html`: the index of a kind in a section (orders, news, schedules, seminars, materials, documents, groups).
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// `orders`, `news`, …
    pub key: String,
    pub intro: Option<String>,
    pub groups: Vec<ListGroupView>,
    pub feed_href: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ListGroupView {
    /// Empty when the list has no groups.
    pub title: String,
    pub cards: Vec<Card>,
}

/// `sitemap.html`
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    pub sections: Vec<SitemapSectionView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SitemapSectionView {
    pub title: String,
    pub href: String,
    pub groups: Vec<SitemapGroupView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SitemapGroupView {
    pub title: String,
    pub links: Vec<Link>,
}
