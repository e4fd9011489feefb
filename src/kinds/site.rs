//! The portal's settings: `content/site.yaml`.

use chrono::NaiveDate;

use super::blank::Blank;
use super::shape::Shaped;
use std::ops::Deref;

use super::fields::{Reader, choice, fields};
use super::shape::{Described, Type, Words, words};
use super::stage::SourceText;
use crate::artifact::SitePath;
use crate::diag::catalog::{document as messages, model, render};
use crate::document::decode::{Cx, Decode, Read, entries, scalar};
use crate::document::yaml::Node;
use crate::workdays::{Calendar, Moved};

/// A new one.
pub static BLANK: Blank = Blank {
    word: "site",
    about: "Настройки портала",
    file: "content/site.yaml",
    head: &[],
    shape: Site::shape,
    own: None,
    published: None,
    text: None,
    notes: "",
};

fields! {
    /// `content/site.yaml`. The default one stands in for a file that could not be read: nothing is built with it, but
    /// everything else is checked.
    #[derive(Default, PartialEq)]
    pub struct Site {
        kind: opt SiteKind => "вид файла; можно не писать", never;
        title: req SourceText => "название портала", live "Поддержка школ: информационный раздел";
        short_title: opt SourceText => "для шапки на телефоне", live "Поддержка школ";
        description: opt SourceText => "одно предложение для поисковиков", live "Документы, сроки и события проектов поддержки школ";
        base_url: req BaseUrl => "постоянный адрес портала, с него строятся канонические ссылки", live "https://example.ru/";
        publisher: def Publisher => "кто ведёт портал";
        k: or {USUAL} u32, by Fewest => "меньше скольких школ нельзя дать угадать по графику", live "3";
        due_soon_days: or {30} u32 => "за сколько дней до срока писать «скоро срок»", live "30";
        downloads: or {true} bool => "давать ли документы файлами PDF, DOCX и XLSX", eg "false";
        working_calendar: list WorkingYear => "перенесённые выходные по производственному календарю, год за годом", eg "{year: 2025, off: [2025-05-02, 2025-05-08], on: [2025-11-01]}";
        opendata: opt OpenData => "открытые данные: реестр и паспорта наборов", docs;
        sections: list SourceText => "папки разделов по порядку: [tula-2024, …]", live "[]";
        theme: opt Box<str>, by ThemeName => "папка своей темы в themes/ (см. theme.md)", eg "moya";
        regions: def Vec<(Box<str>, SourceText)>, by Regions => "чем заменять место, если школ в районе мало (см. coarsening.md)", eg r#"{"Малый район": "Северная группа районов"}"#;
        neutral: def Neutral => "нейтральные слова вместо названий школ, по падежам", eg r#"{nominative: "школа-участница", genitive: "школы-участницы"}"#;
    }
}

fields! {
    /// What the official working calendar moves in a year.
    #[derive(PartialEq)]
    pub struct WorkingYear {
        year: req u32 => "год", live "2025";
        off: list NaiveDate => "будни, которые стали выходными", live "2025-05-02";
        on: list NaiveDate => "выходные, которые стали рабочими", live "2025-11-01";
    }
}

impl Site {
    /// The working calendar, as far as it is given.
    pub fn workdays(&self) -> Calendar {
        let years = self.working_calendar.iter().filter_map(|given| {
            let moved = Moved {
                off: given.off.iter().copied().collect(),
                on: given.on.iter().copied().collect(),
            };
            Some((i32::try_from(given.year).ok()?, moved))
        });
        Calendar::new(years.collect())
    }
}

choice! {
    /// The word that may stand in `kind:`.
    pub enum SiteKind {
        Site = "site" "",
    }
}

fields! {
    /// Who keeps the portal.
    #[derive(Default, PartialEq)]
    pub struct Publisher {
        name: opt SourceText => "название", live "Управление образования";
        phone: opt SourceText => "телефон", eg "+7 (000) 000-00-00";
        email: opt SourceText => "почта", eg "obr@example.ru";
        address: opt SourceText => "почтовый адрес", eg "Примерный район, с. Примерное";
    }
}

fields! {
    /// Tables as open data, with the register and passports that the methodical recommendations 3.0 ask for.
    #[derive(PartialEq)]
    pub struct OpenData with at {
        inn: req Inn => "ИНН владельца, с него начинается номер каждого набора", live "0000000000";
        owner: opt SourceText => "владелец наборов; без него — publisher.name", docs;
        person: opt SourceText => "ответственное лицо: фамилия, имя, отчество", live "Фамилия Имя Отчество";
        phone: opt SourceText => "его телефон; без него — publisher.phone", docs;
        email: opt SourceText => "его почта; без неё — publisher.email", docs;
        valid_days: or {365} u32 => "сколько дней набор считается актуальным после изменения", docs;
        terms: opt SourceText => "условия использования, как их разрешил владелец", live "Свободно и бесплатно, со ссылкой на источник";
        sets: list OpenSet => "наборы; без списка — все дорожные карты, графики и показатели, кроме образцов", docs;
    }
}

fields! {
    /// One set of open data.
    #[derive(PartialEq)]
    pub struct OpenSet with at or Document in "of" {
        of: req SourceText => "документ с таблицей: раздел/id", live "tula-2024/roadmap";
        name: opt Box<str> => "имя в номере набора после ИНН: латиница, цифры, дефис; без него — раздел и id", docs;
        title: opt SourceText => "название набора; без него — заголовок документа", docs;
        keywords: list SourceText => "ключевые слова", eg "дорожная карта";
        created: opt NaiveDate => "день первой публикации; без него — published документа", docs;
        structure: opt NaiveDate => "с какого дня графы таковы; без него — с первой публикации", docs;
        change: opt SourceText => "что изменилось в последний раз", docs;
    }
}

/// The number by which the tax service knows a body: ten digits, the last of which follows from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inn(Box<str>);

impl Deref for Inn {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

words! {
    Inn => Words::Line;
}

impl Decode for Inn {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = scalar(node, field, cx)?.text.trim();
        // Spaces and hyphens would go into addresses; zeros have a right check digit and are nobody's.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        let good =
            plain && glasno_guard::registry::inn_is_valid(text) && text.bytes().any(|b| b != b'0');
        if !good {
            cx.say(&messages::BAD_INN, node.at, |x| x.arg("value", text));
            return None;
        }
        Some(Inn(text.into()))
    }
}

fields! {
    /// The neutral words for a school.
    #[derive(Default, PartialEq)]
    pub struct Neutral {
        nominative: opt SourceText => "именительный", live "школа-участница";
        genitive: opt SourceText => "родительный", live "школы-участницы";
        dative: opt SourceText => "дательный", live "школе-участнице";
        accusative: opt SourceText => "винительный", live "школу-участницу";
        instrumental: opt SourceText => "творительный", live "школой-участницей";
        prepositional: opt SourceText => "предложный", live "школе-участнице";
        indeclinable: opt SourceText => "где падеж неизвестен", live "школа-участница";
    }
}

/// The address of the portal; it ends in `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseUrl(Box<str>);

impl Deref for BaseUrl {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

words! {
    BaseUrl => Words::Site;
}

impl Decode for BaseUrl {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = scalar(node, field, cx)?.text.trim_end();
        let good = (text.starts_with("https://") || text.starts_with("http://"))
            && !text.contains(char::is_whitespace);
        if !good {
            cx.say(&messages::BAD_LINK, node.at, |x| x.arg("value", text));
            return None;
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Some(BaseUrl(format!("{text}{slash}").into()))
    }
}

/// How many schools a place must have to be told, where nothing is said.
const USUAL: u32 = 3;

/// Reads how many schools a place must have to be told. With none asked for, everything would be told.
pub enum Fewest {}

impl Described for Fewest {
    const TYPE: Type = u32::TYPE;
}

impl Reader<u32> for Fewest {
    const READ: Read<u32> = |node, field, cx| {
        let k = u32::decode(node, field, cx)?;
        if k == 0 {
            cx.say(&model::NO_K, node.at, |x| x);
            return None;
        }
        Some(k)
    };
}

/// Reads the name of a theme.
pub enum ThemeName {}

impl Described for ThemeName {
    const TYPE: Type = <Box<str>>::TYPE;
}

impl Reader<Box<str>> for ThemeName {
    const READ: Read<Box<str>> = |node, field, cx| {
        let name = <Box<str>>::decode(node, field, cx)?;
        if !is_theme(&name) {
            cx.say(&render::THEME_NAME, node.at, |x| x.arg("value", &name));
            return None;
        }
        Some(name)
    };
}

/// Whether `theme:` may say so: the name of a folder, the same on every system, and no path.
pub fn is_theme(name: &str) -> bool {
    SitePath::new(name).is_some() && !name.contains(['/', '.'])
}

/// Reads districts with their groups.
pub enum Regions {}

impl Described for Regions {
    const TYPE: Type = Type::Pairs(Words::Line, Words::Line);
}

impl Reader<Vec<(Box<str>, SourceText)>> for Regions {
    const READ: Read<Vec<(Box<str>, SourceText)>> = |node, field, cx| {
        let entries = entries(node, field, cx)?.iter();
        let read = |(key, node): &(crate::document::yaml::Key, Node)| {
            Some((key.name.clone(), SourceText::decode(node, &key.name, cx)?))
        };
        Some(entries.filter_map(read).collect())
    };
}
