//! A section's project: `section.yaml`.

use chrono::NaiveDate;

use super::blank::Blank;
use super::common::{Person, Responsible};
use super::fields::{choice, fields};
use super::ids::Folder;
use super::shape::Shaped;
use super::shape::{Described, Type, Words};
use super::stage::{Prose, Source};
use super::term::{Bounds, Term};
use super::visit::nothing_to_see;
use crate::diag::catalog::document as messages;
use crate::document::decode::{Cx, Decode, scalar};
use crate::document::yaml::Node;
use crate::period::Plan;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "section",
    about: "О проекте (первая страница раздела)",
    file: "content/ПАПКА-РАЗДЕЛА/section.yaml",
    head: &[("title", "Поддержка школ района")],
    shape: Section::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "",
};

fields! {
    /// `section.yaml`.
    pub struct Section<S> {
        short_title: opt S::Text => "короткое название для меню и карточки", live "Район, 2025";
        territory: req S::Text => "территория", live "Примерный район";
        level: or {Level::Municipality} Level => "чей это проект", live "municipality";
        summary: req S::Text => "что это за проект, в одном-двух предложениях", live "Школы района год работают над результатами вместе с методистами.";
        about: opt S::Markup, by Prose => "подробнее, можно несколько абзацев", live "|\n  Подробнее: для кого, кто ведёт, чего ждут. Можно несколько абзацев.";
        period: opt (NaiveDate, NaiveDate), by Bounds, then within => "первый и последний день проекта", live "{from: 2025-01-01, to: 2025-12-31}";
        timezone: opt Zone => "часовой пояс территории: по нему календарь программ понимает часы событий", eg "Asia/Yekaterinburg";
        progress: opt Keeping => "ведутся ли записи о выполнении: если да, просроченное так и называется", eg "kept";
        archived: def bool => "год закончен: раздел стоит в архиве, сроки в нём никого не торопят", eg "true";
        follows: opt Folder => "папка раздела за прошлый год", eg "raion-2024";
        owner: opt Responsible<S> => "кто ведёт проект", live "Управление образования";
        operator: opt Responsible<S> => "оператор", eg "Управление образования";
        coordinator: opt Person<S> => "координатор", eg r#"{post: "заместитель начальника", name: "Фамилия И. О."}"#;
        duties: list Duty<S> => "что обязаны публиковать: сколько новостей, какие части, как быстро обновлять",
            eg r#"{news_per_month: 2, basis: "приказ № 12-од, пункт 3", who: "Управление образования"}"#
            | r#"{parts: [orders, visits], basis: "приказ № 12-од, пункт 4", by: "до 31.01.2025"}"#
            | r#"{update_within: "10 рабочих дней", basis: "постановление"}"#;
        contacts: opt Contacts<S> => "контакты; чего в документах нет, того не пишите", eg r#"{body: "Управление образования", phone: "+7 (000) 000-00-00", email: "obr@example.ru"}"#;
    }
}

choice! {
    /// Where the clocks of a territory stand. None of them is moved in summer.
    pub enum Zone {
        Kaliningrad = "Europe/Kaliningrad" "МСК−1, Калининград",
        Moscow = "Europe/Moscow" "московское время",
        Samara = "Europe/Samara" "МСК+1, Самара, Удмуртия",
        Yekaterinburg = "Asia/Yekaterinburg" "МСК+2, Урал, Тюмень",
        Omsk = "Asia/Omsk" "МСК+3, Омск",
        Novosibirsk = "Asia/Novosibirsk" "МСК+4, Новосибирск",
        Tomsk = "Asia/Tomsk" "МСК+4, Томск",
        Krasnoyarsk = "Asia/Krasnoyarsk" "МСК+4, Красноярск, Кузбасс",
        Irkutsk = "Asia/Irkutsk" "МСК+5, Иркутск, Бурятия",
        Yakutsk = "Asia/Yakutsk" "МСК+6, Якутск, Чита",
        Vladivostok = "Asia/Vladivostok" "МСК+7, Приморье, Хабаровск",
        Magadan = "Asia/Magadan" "МСК+8, Магадан, Сахалин",
        Kamchatka = "Asia/Kamchatka" "МСК+9, Камчатка, Чукотка"
    }
}

impl Zone {
    /// Hours ahead of Greenwich.
    pub fn hours(self) -> u32 {
        match self {
            Zone::Kaliningrad => 2,
            Zone::Moscow => 3,
            Zone::Samara => 4,
            Zone::Yekaterinburg => 5,
            Zone::Omsk => 6,
            Zone::Novosibirsk | Zone::Tomsk | Zone::Krasnoyarsk => 7,
            Zone::Irkutsk => 8,
            Zone::Yakutsk => 9,
            Zone::Vladivostok => 10,
            Zone::Magadan => 11,
            Zone::Kamchatka => 12,
        }
    }
}

choice! {
    /// Whether the operator undertakes to record what is done.
    pub enum Keeping {
        Kept = "kept" "оператор отмечает каждое выполнение"
    }
}

fields! {
    /// What must be published, and on what ground.
    pub struct Duty<S> with at one ["news_per_month" | "parts" | "update_within"] {
        news_per_month: opt u32 => "не менее стольких новостей в месяц", live "2";
        parts: list Part => "какие части раздела должны быть", live "[orders, visits]";
        update_within: opt Within => "за сколько дней после события обновлять сведения", live "10 рабочих дней";
        basis: opt S::Text => "чем это установлено", live "приказ № 12-од, пункт 3";
        who: opt Responsible<S> => "кто обязан; без поля — тот, кто ведёт проект", live "Управление образования";
        by: opt Term<S> => "к какому сроку должны быть части", live "до 31.01.2025";
    }
}

choice! {
    /// A part of a section that a duty may ask for.
    pub enum Part {
        Orders = "orders" "приказы",
        Roadmap = "roadmap" "дорожная карта",
        Visits = "visits" "график посещений",
        Internships = "internships" "график стажировок",
        Consultations = "consultations" "график консультаций",
        Seminars = "seminars" "программы семинаров",
        Indicators = "indicators" "показатели",
        Groups = "groups" "рабочие группы",
        Protocols = "protocols" "протоколы",
        News = "news" "новости",
        Materials = "materials" "материалы"
    }
}

impl Part {
    /// «график посещений»
    pub fn words(self) -> &'static str {
        match self {
            Part::Orders => "приказы",
            Part::Roadmap => "дорожная карта",
            Part::Visits => "график посещений",
            Part::Internships => "график стажировок",
            Part::Consultations => "график консультаций",
            Part::Seminars => "программы семинаров",
            Part::Indicators => "показатели",
            Part::Groups => "состав рабочей группы",
            Part::Protocols => "протоколы заседаний",
            Part::News => "новости",
            Part::Materials => "материалы",
        }
    }
}

/// So many days, of work or of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// `None` where the act asks for it and sets no day.
    pub days: Option<u32>,
    pub working: bool,
}

impl Described for Within {
    const TYPE: Type = Type::Words(Words::Line);
}

impl Decode for Within {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = &scalar(node, field, cx)?.text;
        let within = Within::read(text);
        if within.is_none() {
            cx.say(&messages::BAD_WITHIN, node.at, |f| f.arg("value", text));
        }
        within
    }
}

impl Within {
    /// «10 рабочих дней», «в течение 5 дней», «10», «без срока».
    fn read(text: &str) -> Option<Self> {
        if text.trim().to_lowercase() == "без срока" {
            let (days, working) = (None, false);
            return Some(Within { days, working });
        }
        let mut numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|s| !s.is_empty());
        let days = numbers
            .next()?
            .parse()
            .ok()
            .filter(|n| (1..=366).contains(n))?;
        if numbers.next().is_some() {
            return None;
        }
        let words = text.to_lowercase();
        let days_only =
            words.contains("дн") || words.contains("ден") || !words.contains(char::is_alphabetic);
        days_only.then(|| Within {
            days: Some(days),
            working: words.contains("рабоч"),
        })
    }
}

nothing_to_see!(Within);

choice! {
    /// Whose project it is.
    pub enum Level {
        Region = "region" "регион",
        Municipality = "municipality" "муниципалитет",
    }
}

impl Section<Source> {
    fn within(period: &Option<(NaiveDate, NaiveDate)>, cx: &mut Cx<'_>) {
        cx.plan = period.map(|(from, to)| Plan { from, to });
    }
}

fields! {
    /// Where to turn.
    pub struct Contacts<S> {
        body: opt Responsible<S> => "куда обращаться", live "Управление образования";
        note: opt S::Text => "пояснение", live "вопросы о проекте принимает координатор";
        phone: opt S::Text => "телефон", live "+7 (000) 000-00-00";
        email: opt S::Text => "почта", live "obr@example.ru";
        site: opt S::Text => "сайт", live "https://example.ru/";
        address: opt S::Text => "почтовый адрес", live "Примерный район, с. Примерное";
    }
}
