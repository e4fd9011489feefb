//! Whether who answers is a person or a post: these need no entry in the directory of bodies.
//!
//! Takes the printed words; must not know any name.

/// First words of posts, in the nominative and as orders decline them.
const POSTS: [&str; 25] = [
    "директор",
    "заместител",
    "ректор",
    "проректор",
    "начальник",
    "заведующ",
    "специалист",
    "методист",
    "учител",
    "педагог",
    "руководител",
    "классн",
    "администратор",
    "секретар",
    "председател",
    "координатор",
    "куратор",
    "глав",
    "министр",
    "инспектор",
    "воспитател",
    "психолог",
    "логопед",
    "библиотекар",
    "тьютор",
];
/// Words that may stand before these.
const BEFORE: [&str; 10] = [
    "главн",
    "ведущ",
    "старш",
    "муниципальн",
    "региональн",
    "ответственн",
    "школьн",
    "первый",
    "перв",
    "и.о",
];

/// «Н. Е. Берёзкин», «Берёзкин Н.Е.», «директор школы», «Директор ОО».
pub fn is_person(printed: &str) -> bool {
    is_named(printed) || is_post(printed)
}

fn is_post(printed: &str) -> bool {
    let lower = printed.to_lowercase();
    let mut words = lower
        .split_whitespace()
        .map(|w| w.trim_matches([',', '.', '«', '»', '(']));
    let Some(mut first) = words.next() else {
        return false;
    };
    // «Главный специалист», but not «Главное управление».
    while BEFORE.iter().any(|b| first.starts_with(b)) && !is_plural(first) {
        match words.next() {
            Some(next) => first = next,
            None => return false,
        }
    }
    POSTS
        .iter()
        .any(|post| first.starts_with(post) && ends_as_post(first, post))
}

fn is_plural(word: &str) -> bool {
    ["ое", "ая"].iter().any(|end| word.ends_with(end))
}

/// «директор», «директору», «учителя», but not «директорат», «учительская», «руководство».
fn ends_as_post(word: &str, post: &str) -> bool {
    let end = word.strip_prefix(post).unwrap_or("");
    matches!(
        end,
        "" | "а"
            | "у"
            | "ом"
            | "е"
            | "ы"
            | "ов"
            | "ам"
            | "ь"
            | "я"
            | "ю"
            | "ем"
            | "и"
            | "ей"
            | "ям"
            | "ий"
            | "ая"
            | "его"
            | "ему"
            | "им"
            | "ей "
            | "ие"
            | "их"
            | "ый"
            | "ого"
            | "ому"
            | "ые"
            | "ых"
    ) && !(post == "глав" && end != "а" && end != "ы" && end != "е")
}

/// Two initials beside a surname, or three words of which the last is a patronymic.
fn is_named(printed: &str) -> bool {
    // A post may follow the name.
    let name = printed
        .split([',', '–', '—', '('])
        .next()
        .unwrap_or(printed)
        .trim();
    let words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || c == '.')
        .filter(|w| !w.is_empty())
        .collect();
    let capital = |w: &str| {
        let mut letters = w.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_alphabetic() || c == '-')
    };
    if words.len() != 3 || !words.iter().all(|w| capital(w)) {
        return false;
    }
    let initial = |w: &&&str| w.chars().count() == 1;
    let initials = words.iter().filter(initial).count();
    let dots = name.matches('.').count() >= 2;
    let patronymic = |w: &str| {
        ["вич", "вна", "ична", "инична", "вича", "вичу", "вне", "вны"]
            .iter()
            .any(|end| w.ends_with(end))
    };
    (initials == 2 && dots)
        || words.last().is_some_and(|w| patronymic(w))
        || words.get(2).is_some_and(|w| patronymic(w))
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn persons_and_posts_need_no_entry() {
        for person in [
            "Н.Е. Берёзкин",
            "Берёзкин Н. Е.",
            "Берёзкина Нина Егоровна",
            "Берёзкин Н.Е., директор",
            "Директор ОО",
            "ректор института",
            "Заместитель директора",
            "главный специалист",
            "классные руководители",
            "заведующая библиотекой",
            "Учителя русского языка",
            "Глава района",
        ] {
            assert!(is_person(person), "{person}");
        }
        for body in [
            "Планетарий",
            "РОНО",
            "Методический центр",
            "Директорат школ",
            "Главное управление",
            "Руководство центра",
            "Управление Образования Района",
            "",
        ] {
            assert!(!is_person(body), "{body}");
        }
    }
}
