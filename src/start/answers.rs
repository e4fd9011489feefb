//! What a person says of a project before there is a section: takes words, gives what they mean. Must not guess more than
//! the words say.

use chrono::{Datelike, NaiveDate};

/// What was answered; what was not stays out of the section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The district, town or region: «Луговой район».
    pub territory: String,
    pub level: Option<Level>,
    pub title: Option<String>,
    /// Who runs the project.
    pub owner: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The site's address: `https://…/`.
    pub address: Option<String>,
    pub span: Option<Span>,
    /// The section's folder; made from territory and year where it is not given.
    pub section: Option<String>,
    pub list: List,
}

/// Whose project it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Region,
    Municipality,
}

/// Whether there is a list of schools that must not be named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum List {
    /// Nobody has said.
    #[default]
    Unknown,
    /// There is one: nothing is built before it is entered.
    Kept,
    /// There is none.
    None,
}

/// The days of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Answers {
    /// How the project is called.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("Поддержка школ")
    }

    /// As answered, else as the territory's own words say.
    pub fn level(&self) -> Level {
        self.level.unwrap_or_else(|| Level::of(&self.territory))
    }

    /// An address as people write it: `obr.example/500` → `https://obr.example/500/`.
    pub fn address(words: &str) -> Option<String> {
        let words = words.trim();
        let full = match words.split_once("://") {
            Some(("http" | "https", _)) => words.to_owned(),
            Some(_) => return None,
            None => format!("https://{words}"),
        };
        let host = full.split('/').nth(2).unwrap_or_default();
        let good = host.contains('.') || host.starts_with("localhost");
        if !good || full.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return None;
        }
        Some(if full.ends_with('/') {
            full
        } else {
            full + "/"
        })
    }
}

impl Level {
    /// «Тюменская область» is a region; «Луговой район Тюменской области» is not.
    pub fn of(territory: &str) -> Self {
        let words = territory.to_lowercase();
        let mut below = ["район", "город", "муниципальн", "посел", "сел"].iter();
        let region = ["область", "край", "республика", "автономн", "федеральн"];
        if region.iter().any(|w| words.contains(w)) && !below.any(|w| words.contains(w)) {
            Level::Region
        } else {
            Level::Municipality
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Level::Region => "region",
            Level::Municipality => "municipality",
        }
    }
}

impl List {
    /// Why the registry is laid empty; `None` where it waits for the list.
    pub fn why_empty(self) -> Option<&'static str> {
        match self {
            List::Kept => None,
            List::None => Some("закрытого перечня школ у проекта нет"),
            List::Unknown => Some(
                "раздел только начат: есть ли у проекта закрытый перечень школ, ещё не сказано",
            ),
        }
    }
}

impl Span {
    pub fn first(self) -> i32 {
        self.from.year()
    }

    /// «2025 год», «2025–2026 годы», «2025/2026 учебный год»
    pub fn words(self) -> String {
        let (first, last) = (self.from.year(), self.to.year());
        if self.from.month() == 9 {
            format!("{first}/{last} учебный год")
        } else if first == last {
            format!("{first} год")
        } else {
            format!("{first}–{last} годы")
        }
    }
}

/// Years as people write them: «2025», «2025–2026», «2025/2026 учебный год».
pub fn years(words: &str) -> Option<Span> {
    let numbers: Vec<i32> = words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| n.parse().ok().filter(|_| n.len() == 4 || n.len() == 2))
        .collect::<Option<_>>()?;
    let (first, last) = match numbers.as_slice() {
        [one] => (*one, *one),
        // «2025/26»
        [one, two] if *two < 100 => (*one, one - one % 100 + two),
        [one, two] => (*one, *two),
        _ => return None,
    };
    if !(2000..2100).contains(&first) || last < first || last > first + 10 {
        return None;
    }
    let school = words.contains('/') || words.to_lowercase().contains("учебн");
    if school && last == first + 1 {
        return Some(Span {
            from: NaiveDate::from_ymd_opt(first, 9, 1)?,
            to: NaiveDate::from_ymd_opt(last, 8, 31)?,
        });
    }
    Some(Span {
        from: NaiveDate::from_ymd_opt(first, 1, 1)?,
        to: NaiveDate::from_ymd_opt(last, 12, 31)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_as_people_write_them() {
        let said = |words: &str| years(words).map(|s| (s.from.to_string(), s.to.to_string()));
        let calendar = |a: &str, b: &str| Some((format!("{a}-01-01"), format!("{b}-12-31")));
        assert_eq!(said("2025"), calendar("2025", "2025"));
        assert_eq!(said("2025 год"), calendar("2025", "2025"));
        assert_eq!(said("2025–2026"), calendar("2025", "2026"));
        assert_eq!(said("2025 - 2027 годы"), calendar("2025", "2027"));
        let school = Some(("2025-09-01".to_owned(), "2026-08-31".to_owned()));
        assert_eq!(said("2025/2026"), school);
        assert_eq!(said("2025/26 учебный год"), school);
        assert_eq!(said("2025-2026 учебный год"), school);
        for wrong in ["", "скоро", "25", "2026-2025", "20255", "2025, 2026, 2027"] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn whose_project_it_is() {
        assert_eq!(Level::of("Тюменская область"), Level::Region);
        assert_eq!(Level::of("Ямало-Ненецкий автономный округ"), Level::Region);
        assert_eq!(Level::of("Луговой район"), Level::Municipality);
        assert_eq!(Level::of("город Ключевой"), Level::Municipality);
        assert_eq!(
            Level::of("Луговой район, Заречная область"),
            Level::Municipality
        );
    }

    #[test]
    fn addresses_as_people_write_them() {
        let full = |words: &str| Answers::address(words);
        assert_eq!(full("obr.example").as_deref(), Some("https://obr.example/"));
        assert_eq!(
            full("http://obr.example/500").as_deref(),
            Some("http://obr.example/500/")
        );
        for wrong in ["", "пока нет", "ftp://obr.example", "obr"] {
            assert_eq!(full(wrong), None, "{wrong}");
        }
    }
}
