//! Open data as Russian bodies publish it: a register of sets, and for each set a passport, its structure and the data.
//!
//! Takes the book; gives the sets that its settings ask for with what is wrong about them, two kinds of pages, and the
//! files beside them. Names of files and fields are those of the methodical recommendations, version 3.0. Texts stand
//! as in the original. Must not publish samples, nor a table that no document has.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::json;

use super::book::{Book, OpenData, OpenSet, Set};
use super::format;
use super::head::{About, Full, short_title};
use super::paged::{paged, summary};
use super::view::{DateView, Link};
use crate::artifact::SitePath;
use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Location};
use crate::disclosure::PublicText;
use crate::kinds::DocIndex;

/// Folder of the register, from the root.
pub const FOLDER: &str = "opendata/";
/// What every register and passport says of itself.
const STANDARD: &str = "http://opendata.gosmonitor.ru/standard/3.0";
const SITE: &str = "content/site.yaml";

/// A file of open data; the number is that of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    Register,
    Passport(usize),
    Structure(usize),
    Data(usize),
}

/// The sets of a book, and what is wrong with those that it asks for.
pub fn sets(book: &Book) -> (Vec<Set>, Vec<Finding>) {
    let Some(own) = &book.settings.opendata else {
        return (Vec::new(), Vec::new());
    };
    let mut findings = lacks(book, own);
    let tables: Vec<(String, DocIndex)> = book
        .parts
        .iter()
        .flat_map(|part| part.pages().map(move |i| (part, i)))
        .filter_map(|(part, i)| {
            let document = book.documents.get(i)?;
            paged(document).open(book, i)?;
            Some((format!("{}/{}", part.folder, document.head.id), i))
        })
        .collect();
    let mut wanted: Vec<(String, DocIndex, Option<&OpenSet>)> = Vec::new();
    for set in &own.sets {
        let at = || Location::at(SITE, set.at);
        match tables.iter().find(|(of, _)| *of == set.of) {
            Some((_, i)) if book.is_sample(*i) => {
                findings.push(Finding::new(&messages::OPEN_SAMPLE, at()).arg("value", &set.of));
            }
            Some((of, i)) => wanted.push((of.clone(), *i, Some(set))),
            None => {
                let known = tables.iter().filter(|(_, i)| !book.is_sample(*i));
                let known: Vec<&str> = known.map(|(of, _)| &**of).take(12).collect();
                let finding = Finding::new(&messages::OPEN_NO_SET, at()).arg("value", &set.of);
                findings.push(finding.arg("known", known.join(", ")));
            }
        }
    }
    if own.sets.is_empty() {
        let all = tables.into_iter().filter(|(_, i)| !book.is_sample(*i));
        wanted.extend(all.map(|(of, i)| (of, i, None)));
    }
    let mut sets = Vec::with_capacity(wanted.len());
    let mut names = BTreeSet::new();
    for (of, i, set) in wanted {
        let name = set.and_then(|s| s.name.clone());
        let name = name.unwrap_or_else(|| of.replace('/', "-"));
        let whole = SitePath::new(&name).is_some() && !name.contains(['/', '.']);
        if !whole || !names.insert(name.clone()) {
            let at = Location::at(SITE, set.map_or(own.at, |s| s.at));
            findings.push(Finding::new(&messages::OPEN_NAME, at).arg("value", &name));
            continue;
        }
        match made(book, own, i, set, &name) {
            Some(set) => sets.push(set),
            None => {
                let at = match (set, book.documents.get(i)) {
                    (Some(set), _) => Location::at(SITE, set.at),
                    (None, Some(d)) => Location::at(d.head.path.file().clone(), d.head.at),
                    (None, None) => continue,
                };
                findings.push(Finding::new(&messages::OPEN_NO_DAY, at));
            }
        }
    }
    (sets, findings)
}

/// What every passport must say and the settings do not.
fn lacks(book: &Book, own: &OpenData) -> Vec<Finding> {
    let portal = &book.settings;
    let fields = [
        (
            "owner",
            own.owner.as_ref().or(portal.publisher_name.as_ref()),
        ),
        ("person", own.person.as_ref()),
        (
            "phone",
            own.phone.as_ref().or(portal.publisher_phone.as_ref()),
        ),
        (
            "email",
            own.email.as_ref().or(portal.publisher_email.as_ref()),
        ),
        // Only the owner can allow anything.
        ("terms", own.terms.as_ref()),
    ];
    let missing = fields
        .into_iter()
        .filter(|(_, text)| text.is_none_or(|t| t.raw().trim().is_empty()));
    missing
        .map(|(field, _)| {
            Finding::new(&messages::OPEN_LACKS, Location::at(SITE, own.at)).arg("field", field)
        })
        .collect()
}

/// `None` where nothing says when it was published.
fn made(
    book: &Book,
    own: &OpenData,
    i: DocIndex,
    set: Option<&OpenSet>,
    name: &str,
) -> Option<Set> {
    let head = &book.documents.get(i)?.head;
    let created = set.and_then(|s| s.created).or(head.published)?;
    let modified = head
        .updated
        .or(head.published)
        .unwrap_or(created)
        .max(created);
    let title = set.and_then(|s| s.title.as_ref());
    let mut keywords: Vec<String> = set
        .map_or(&[][..], |s| &s.keywords)
        .iter()
        .map(|k| k.raw().to_owned())
        .collect();
    if keywords.is_empty() {
        keywords.push(head.kind.about().words.one.to_lowercase());
        let part = book.part(i)?;
        keywords.extend(book.section(part).map(|s| s.territory.raw().to_owned()));
    }
    let change = set.and_then(|s| s.change.as_ref());
    Some(Set {
        document: i,
        id: format!("{}-{name}", own.inn),
        title: title.map_or_else(|| plain(&book.title(i)), |t| t.raw().to_owned()),
        keywords,
        created,
        modified,
        structure: set.and_then(|s| s.structure).unwrap_or(created),
        valid: modified
            .checked_add_days(Days::new(own.valid_days.into()))
            .unwrap_or(modified),
        change: match change {
            Some(words) => words.raw().to_owned(),
            None if created == modified => "Первая публикация".to_owned(),
            None => "Обновление сведений".to_owned(),
        },
    })
}

/// Files read by programs have no no-break spaces of the typography.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Every file of open data; none where there are no sets.
pub fn files(book: &Book) -> impl Iterator<Item = File> + use<> {
    let count = book.sets.len();
    let register = (count > 0).then_some(File::Register);
    let of = |n| [File::Passport(n), File::Structure(n), File::Data(n)];
    register.into_iter().chain((0..count).flat_map(of))
}

/// Address of a set's page, from the root.
pub fn address(book: &Book, n: usize) -> String {
    let id = book.sets.get(n).map_or("", |set| &set.id);
    format!("/{FOLDER}{id}/")
}

/// Address of a file, from the root.
pub fn place(book: &Book, file: File) -> String {
    let n = match file {
        File::Register => return format!("/{FOLDER}list.csv"),
        File::Passport(n) | File::Structure(n) | File::Data(n) => n,
    };
    let set = book.sets.get(n);
    let day = |of: fn(&Set) -> NaiveDate| set.map(|s| compact(of(s))).unwrap_or_default();
    let structure = format!("structure-{}", day(|s| s.structure));
    let name = match file {
        File::Structure(_) => format!("{structure}.csv"),
        File::Data(_) => format!("data-{}-{structure}.csv", day(|s| s.modified)),
        _ => "meta.csv".to_owned(),
    };
    format!("{}{name}", address(book, n))
}

fn compact(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// The file itself.
pub fn bytes(book: &Book, file: File) -> Option<Vec<u8>> {
    let absolute = |file: File| absolute(book, &place(book, file));
    match file {
        File::Register => {
            let mut rows = vec![
                row(["property", "title", "value", "format"]),
                row([
                    "standardversion",
                    "Версия методических рекомендаций",
                    STANDARD,
                    "",
                ]),
            ];
            for (n, set) in book.sets.iter().enumerate() {
                rows.push(row([
                    &set.id,
                    &set.title,
                    &absolute(File::Passport(n)),
                    "csv",
                ]));
            }
            Some(csv(&rows))
        }
        File::Passport(n) => {
            let set = book.sets.get(n)?;
            let mut rows = vec![row(["property", "value"])];
            rows.extend(facts(book, set).map(|fact| row([fact.key, &fact.value])));
            for file in [File::Data(n), File::Structure(n)] {
                let address = absolute(file);
                let name = address.rsplit('/').next().unwrap_or("").to_owned();
                let name = name.trim_end_matches(".csv");
                rows.push(row([name, &address]));
            }
            Some(csv(&rows))
        }
        File::Structure(n) => {
            let table = table(book, n)?;
            let mut rows = vec![row([
                "field name",
                "english description",
                "russian description",
                "format",
            ])];
            let columns = table.columns.iter();
            rows.extend(columns.map(|c| row([&*c.name, &*c.english, &*c.russian, c.format])));
            Some(csv(&rows))
        }
        File::Data(n) => {
            let table = table(book, n)?;
            let mut rows = vec![table.columns.into_iter().map(|c| c.name).collect()];
            rows.extend(table.rows);
            Some(csv(&rows))
        }
    }
}

fn table(book: &Book, n: usize) -> Option<super::paged::OpenTable> {
    let i = book.sets.get(n)?.document;
    paged(book.documents.get(i)?).open(book, i)
}

fn absolute(book: &Book, address: &str) -> String {
    let base = &book.settings.base_url;
    format!("{base}{}", address.trim_start_matches('/'))
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// Commas, UTF-8 without a mark, as the recommendations ask; a cell that a spreadsheet would run is tamed as elsewhere.
fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    crate::feed::open_csv(rows).into_bytes()
}

/// One line of a passport.
struct Fact {
    /// As in `meta.csv`.
    key: &'static str,
    /// As on the page.
    word: &'static str,
    value: String,
}

/// What a passport says, in the order of the recommendations.
fn facts(book: &Book, set: &Set) -> impl Iterator<Item = Fact> + use<> {
    let own = book.settings.opendata.as_ref();
    let raw = |own: Option<&PublicText>, portal: &Option<PublicText>| {
        let text = own.or(portal.as_ref());
        text.map_or_else(String::new, |t| t.raw().to_owned())
    };
    let portal = &book.settings;
    let fact = |key, word, value| Fact { key, word, value };
    [
        fact(
            "standardversion",
            "Версия методических рекомендаций",
            STANDARD.to_owned(),
        ),
        fact("identifier", "Идентификационный номер", set.id.clone()),
        fact("title", "Наименование набора", set.title.clone()),
        fact(
            "description",
            "Описание набора",
            plain(&summary(book, set.document)),
        ),
        fact(
            "creator",
            "Владелец набора",
            raw(own.and_then(|o| o.owner.as_ref()), &portal.publisher_name),
        ),
        fact("created", "Дата первой публикации", compact(set.created)),
        fact(
            "modified",
            "Дата последнего изменения",
            compact(set.modified),
        ),
        fact("subject", "Ключевые слова", set.keywords.join(", ")),
        fact("format", "Формат данных", "csv".to_owned()),
        fact(
            "provenance",
            "Содержание последнего изменения",
            set.change.clone(),
        ),
        fact("valid", "Дата актуальности", compact(set.valid)),
        fact(
            "publishername",
            "Ответственное лицо",
            raw(own.and_then(|o| o.person.as_ref()), &None),
        ),
        fact(
            "publisherphone",
            "Телефон ответственного лица",
            raw(own.and_then(|o| o.phone.as_ref()), &portal.publisher_phone),
        ),
        fact(
            "publishermbox",
            "Почта ответственного лица",
            raw(own.and_then(|o| o.email.as_ref()), &portal.publisher_email),
        ),
    ]
    .into_iter()
}

/// `opendata.html`: the register, or one passport.
#[derive(Debug, Clone, Serialize)]
struct OpenDataView {
    terms: String,
    /// Of the register.
    sets: Vec<SetView>,
    list_href: String,
    passport: Option<PassportView>,
}

#[derive(Debug, Clone, Serialize)]
struct SetView {
    id: String,
    title: String,
    href: String,
    modified: DateView,
    data_href: String,
    meta_href: String,
}

#[derive(Debug, Clone, Serialize)]
struct PassportView {
    facts: Vec<FactView>,
    columns: Vec<FieldView>,
    /// «67 строк»
    rows_words: String,
    data: Link,
    structure: Link,
    meta: Link,
    /// The page of which the set is made.
    document: Link,
}

#[derive(Debug, Clone, Serialize)]
struct FactView {
    /// The name in RDFa: `dc:title`; empty where there is none.
    property: &'static str,
    word: &'static str,
    value: String,
    href: Option<String>,
    date: Option<DateView>,
}

#[derive(Debug, Clone, Serialize)]
struct FieldView {
    name: String,
    title: String,
    english: String,
    format: &'static str,
}

fn terms(book: &Book) -> String {
    let own = book
        .settings
        .opendata
        .as_ref()
        .and_then(|o| o.terms.as_ref());
    own.map(PublicText::print).unwrap_or_default()
}

/// The page of all sets.
pub fn register(book: &Book) -> Option<Full> {
    if book.sets.is_empty() {
        return None;
    }
    let address = format!("/{FOLDER}");
    let root = format::root_of(&address);
    let to = |place: &str| format::href(&root, place);
    let sets = book.sets.iter().enumerate().map(|(n, set)| SetView {
        id: set.id.clone(),
        title: crate::text::typograph(&set.title).into_owned(),
        href: to(&self::address(book, n)),
        modified: format::date(set.modified),
        data_href: to(&place(book, File::Data(n))),
        meta_href: to(&place(book, File::Passport(n))),
    });
    let view = OpenDataView {
        terms: terms(book),
        sets: sets.collect(),
        list_href: to(&place(book, File::Register)),
        passport: None,
    };
    let all = book.sets.iter().enumerate().map(|(n, set)| {
        let id = absolute(book, &self::address(book, n));
        json!({"@type": "Dataset", "@id": id, "name": set.title})
    });
    let all: Vec<_> = all.collect();
    let about = About {
        kind: "opendata",
        title: "Открытые данные".into(),
        description: "Реестр наборов открытых данных портала: паспорта, структура, файлы.".into(),
        data: Some(json!({
            "@type": "DataCatalog",
            "name": "Открытые данные",
            "url": absolute(book, &address),
            "inLanguage": "ru",
            "dataset": all,
        })),
        address,
        ..About::default()
    };
    Some(Full::of(book, None, about, view))
}

/// The page of one set.
pub fn passport(book: &Book, n: usize) -> Option<Full> {
    let set = book.sets.get(n)?;
    let table = table(book, n)?;
    let address = address(book, n);
    let root = format::root_of(&address);
    let link = |file: File| {
        let place = place(book, file);
        Link {
            title: place.rsplit('/').next().unwrap_or("").to_owned(),
            href: format::href(&root, &place),
            ..Link::default()
        }
    };
    let facts = facts(book, set)
        // The standard's address is said once, in the register and the file.
        .filter(|fact| fact.key != "standardversion")
        .map(|fact| fact_view(set, fact));
    let part = book.part(set.document)?;
    let view = OpenDataView {
        terms: terms(book),
        sets: Vec::new(),
        list_href: format::href(&root, &place(book, File::Register)),
        passport: Some(PassportView {
            facts: facts.collect(),
            columns: table
                .columns
                .iter()
                .map(|c| FieldView {
                    name: c.name.clone(),
                    title: c.russian.clone(),
                    english: c.english.clone(),
                    format: c.format,
                })
                .collect(),
            rows_words: format!(
                "{}\u{a0}{}",
                table.rows.len(),
                crate::diag::message::plural(
                    table.rows.len() as u64,
                    &["строка", "строки", "строк"]
                )
            ),
            data: link(File::Data(n)),
            structure: link(File::Structure(n)),
            meta: link(File::Passport(n)),
            document: Link {
                title: format!("{}: {}", short_title(book, part), book.title(set.document)),
                href: format::href(&root, book.address(set.document)),
                ..Link::default()
            },
        }),
    };
    let own = book.settings.opendata.as_ref();
    let owner = own
        .and_then(|o| o.owner.as_ref())
        .or(book.settings.publisher_name.as_ref());
    let data = json!({
        "@type": "Dataset",
        "@id": absolute(book, &address),
        "identifier": set.id,
        "name": set.title,
        "description": plain(&summary(book, set.document)),
        "url": absolute(book, &address),
        "inLanguage": "ru",
        "keywords": set.keywords,
        "isAccessibleForFree": true,
        "license": absolute(book, &format!("/{FOLDER}#terms")),
        "creator": {"@type": "GovernmentOrganization", "name": owner.map(PublicText::raw)},
        "datePublished": format::iso(set.created),
        "dateModified": format::iso(set.modified),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": absolute(book, &format!("/{FOLDER}"))},
        "variableMeasured": table.columns.iter().map(|c| &c.russian).collect::<Vec<_>>(),
        "distribution": [{
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": absolute(book, &place(book, File::Data(n))),
        }],
    });
    let about = About {
        kind: "opendata",
        title: crate::text::typograph(&set.title).into_owned(),
        description: format!("Паспорт набора открытых данных {}.", set.id),
        trail: vec![("Открытые данные".to_owned(), format!("/{FOLDER}"))],
        data: Some(data),
        address,
        ..About::default()
    };
    Some(Full::of(book, None, about, view))
}

fn fact_view(set: &Set, fact: Fact) -> FactView {
    let (property, date) = match fact.key {
        "identifier" => ("dc:identifier", None),
        "title" => ("dc:title", None),
        "description" => ("dc:description", None),
        "creator" => ("dc:creator", None),
        "created" => ("dc:created", Some(set.created)),
        "modified" => ("dc:modified", Some(set.modified)),
        "subject" => ("dc:subject", None),
        "format" => ("dc:format", None),
        "provenance" => ("dc:provenance", None),
        "valid" => ("dc:valid", Some(set.valid)),
        "publishername" => ("foaf:name", None),
        "publisherphone" => ("foaf:phone", None),
        "publishermbox" => ("foaf:mbox", None),
        _ => ("", None),
    };
    let href = match fact.key {
        "publisherphone" => format::phone(&fact.value),
        "publishermbox" => Some(format!("mailto:{}", fact.value)),
        _ => None,
    };
    FactView {
        property,
        word: fact.word,
        value: match fact.key {
            "format" => "CSV".to_owned(),
            _ => crate::text::typograph(&fact.value).into_owned(),
        },
        href,
        date: date.map(format::date),
    }
}
