//! The section that an imported document begins: takes the order's letterhead, place and subject, gives its territory,
//! level and words. Must not invent a fact: what is not printed is left out.

use super::words::{fold, is_capitals};

/// Where a project runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Territory {
    pub name: String,
    pub region: bool,
}

/// The territory that words name: a district or town before a region.
pub(super) fn territory(texts: &[&str], place: Option<&str>) -> Option<Territory> {
    let words: Vec<String> = texts
        .iter()
        .flat_map(|t| {
            plain(t)
                .split([' ', '\n'])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let at = |i: usize| {
        words.get(i).map_or("", |w| {
            w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
        })
    };
    let mut region = None;
    for index in 0..words.len() {
        let (word, next, third) = (fold(at(index)), fold(at(index + 1)), fold(at(index + 2)));
        let (masculine, feminine) = (adjective(at(index), "ий"), adjective(at(index), "ая"));
        if word.ends_with("ого") && next.starts_with("район") && next != "районный"
        {
            return masculine.map(|name| Territory {
                name: format!("{name} район"),
                region: false,
            });
        }
        if word.ends_with("ого")
            && (next == "городского" || next == "муниципального")
            && (third.starts_with("округ") || third.starts_with("район"))
        {
            let kind = if next == "городского" {
                "городской"
            } else {
                "муниципальный"
            };
            let what = if third.starts_with("округ") {
                "округ"
            } else {
                "район"
            };
            return masculine.map(|name| Territory {
                name: format!("{name} {kind} {what}"),
                region: false,
            });
        }
        let year = index
            .checked_sub(1)
            .is_some_and(|i| at(i).ends_with(|c: char| c.is_ascii_digit()));
        if (word == "города" || word == "г" && !year)
            && at(index + 1).chars().next().is_some_and(char::is_uppercase)
        {
            let town = place
                .and_then(|p| p.trim().strip_prefix("г."))
                .map(|p| p.trim().to_owned());
            let name = town.unwrap_or_else(|| town_name(at(index + 1)));
            return Some(Territory {
                name: format!("город {name}"),
                region: false,
            });
        }
        if region.is_none() && next == "области" {
            region = feminine.map(|name| format!("{name} область"));
        }
        if region.is_none() && word.ends_with("ого") && next == "края" {
            region = masculine.map(|name| format!("{name} край"));
        }
        if region.is_none()
            && word == "республики"
            && at(index + 1).chars().next().is_some_and(char::is_uppercase)
        {
            region = Some(format!("Республика {}", at(index + 1)));
        }
    }
    region.map(|name| Territory { name, region: true })
}

/// «Молчановского» → «Молчановский», «Тюменской» → «Тюменская»
fn adjective(word: &str, end: &str) -> Option<String> {
    let stem = ["ского", "ской", "цкого", "цкой", "ного", "ной", "ого"]
        .iter()
        .find_map(|e| {
            let stem = word.strip_suffix(e)?;
            let root: String = e.trim_end_matches("ого").trim_end_matches("ой").to_owned();
            Some((format!("{stem}{root}"), root))
        });
    let (stem, root) = stem?;
    let hard = root == "н" || root.is_empty();
    Some(match end {
        "ий" if hard => format!("{stem}ый"),
        other => format!("{stem}{other}"),
    })
}

/// A town's name out of its genitive, as most of them are made.
fn town_name(genitive: &str) -> String {
    for (from, to) in [
        ("ска", "ск"),
        ("ени", "ень"),
        ("ани", "ань"),
        ("ы", "а"),
        ("ова", "ов"),
        ("рга", "рг"),
        ("ода", "од"),
        ("а", ""),
    ] {
        if let Some(stem) = genitive.strip_suffix(from) {
            return format!("{stem}{to}");
        }
    }
    genitive.to_owned()
}

/// A name in capitals as it is written inside a sentence: territories and the first word keep theirs.
pub(super) fn plain(text: &str) -> String {
    if !is_capitals(text) {
        return text.to_owned();
    }
    let words: Vec<String> = text.split([' ', '\n']).map(str::to_lowercase).collect();
    let mut out: Vec<String> = Vec::new();
    let mut begins = true;
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).map_or("", String::as_str);
        let before = index
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .map_or("", String::as_str);
        let places = [
            "области",
            "края",
            "района",
            "округа",
            "республики",
            "городского",
            "муниципального",
        ];
        let named = places.iter().any(|p| next.starts_with(p))
            && (word.ends_with("ого") || word.ends_with("ой"));
        let town = ["города", "г.", "республики", "села", "поселка"].contains(&before);
        let opened = word.starts_with(['«', '"']);
        if begins || named && word != "муниципального" && word != "городского" || town
        {
            out.push(capital(word));
        } else if opened {
            let mark: String = word.chars().take(1).collect();
            out.push(format!(
                "{mark}{}",
                capital(word.get(mark.len()..).unwrap_or_default())
            ));
        } else {
            out.push(word.clone());
        }
        begins = false;
    }
    out.join(" ")
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_of_letterheads() {
        let name = |t: &str| territory(&[t], None).map(|t| (t.name, t.region));
        assert_eq!(
            name("ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ И НАУКИ ТЮМЕНСКОЙ ОБЛАСТИ"),
            Some(("Тюменская область".into(), true))
        );
        assert_eq!(
            name("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ МОЛЧАНОВСКОГО РАЙОНА ТОМСКОЙ ОБЛАСТИ"),
            Some(("Молчановский район".into(), false))
        );
        assert_eq!(
            name("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ГОРОДА ТУЛЫ"),
            Some(("город Тула".into(), false))
        );
        assert_eq!(
            territory(&["АДМИНИСТРАЦИЯ ГОРОДА ТЮМЕНИ"], Some("г. Тюмень"))
                .map(|t| t.name)
                .as_deref(),
            Some("город Тюмень")
        );
        assert_eq!(
            name("Управление образования Лугового городского округа"),
            Some(("Луговый городской округ".into(), false))
        );
    }

    #[test]
    fn capitals_become_words() {
        assert_eq!(
            plain("ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ТЮМЕНСКОЙ ОБЛАСТИ"),
            "Департамент образования Тюменской области"
        );
        assert_eq!(
            plain("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ГОРОДА ТУЛЫ"),
            "Управление образования администрации города Тулы"
        );
    }
}
