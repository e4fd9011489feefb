//! A registry proves itself: each string of an entry is tried alone and in everyday sentences, before any text relies on it.
//!
//! Takes a [`Guard`] and one of its schools; gives [`Flaw`]s: which string, and what is wrong with it. It asks the guard as every
//! text does, and knows none of its rules. Must not give out a string of the registry.

use std::ops::Range;

use super::guard::Guard;
use super::registry::{IdentifierKind, ProtectedSchool, SchoolId, Secret};

/// Which string of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    FullName,
    /// Counted from 0.
    Alias(usize),
    Person(usize),
    Identifier(IdentifierKind),
}

/// What is wrong with a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No name of the entry is found, alone or with its place: the entry does not protect.
    Nothing,
    /// It is not found as it stands.
    Unseen,
    /// It is found as it stands, and missed in some sentences.
    Missed { missed: usize, tried: usize },
    /// It is found where no school is spoken of: it would be reported in any text.
    Everyday,
}

/// One string that would not protect, or would alarm everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    pub field: Field,
    pub fault: Fault,
}

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Each string alone.
    Alone,
    /// And in sentences.
    Sentences,
}

/// A grammatical case as a sentence asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Prepositional,
}

/// Sentences of an office about a school; `{}` is the name, in the case beside it.
const ABOUT_SCHOOLS: [(In, &str); 12] = [
    (In::Nominative, "В проекте участвует {}."),
    (In::Nominative, "1. {}"),
    (In::Nominative, "Организатор: {}; участников 36."),
    (
        In::Nominative,
        "Лучший результат показала {}, второй — команда района.",
    ),
    (In::Genitive, "Педагоги {} провели открытые уроки 14 марта."),
    (In::Genitive, "Утвердить план {} на 2025 год."),
    (In::Dative, "Методисты помогли {} составить программу."),
    (In::Accusative, "Комиссия посетила {} и дала рекомендации."),
    (In::Instrumental, "Занятие подготовлено вместе с {}."),
    (In::Prepositional, "Семинар прошёл в {} на прошлой неделе."),
    (In::Prepositional, "О {} рассказала районная газета."),
    (In::Nominative, "Место проведения: {}, актовый зал, 10:00."),
];

/// And about a person.
const ABOUT_PEOPLE: [&str; 6] = [
    "Директор школы {} открыла семинар.",
    "Выступили: {}, методист; представители района.",
    "Ответственный — {}.",
    "Приказ подписан: {}",
    "По словам, которые привела {}, работа идёт по плану.",
    "1. {} — руководитель.",
];

/// And with something by which a school is reached.
const WITH_IDENTIFIERS: [&str; 3] = [
    "Контакты: {}.",
    "Подробности: {} (с 9 до 17 часов).",
    "| Примечание | {} | 12 |",
];

/// Sentences that speak of no school; `{}` stands where a name of something else would.
const ELSEWHERE: [&str; 4] = [
    "Магазин «{}» работает до 21 часа.",
    "Ансамбль «{}» выступил на площади.",
    "Ремонт дороги начали у остановки {}.",
    "В санатории «{}» отдохнули 40 человек.",
];

/// Tries every string of a school.
pub fn prove(guard: &Guard, school: &ProtectedSchool, depth: Depth) -> Vec<Flaw> {
    let mut trial = Trial {
        guard,
        id: &school.id,
        depth,
        flaws: Vec::new(),
    };
    let aliases = (0..).map(Field::Alias).zip(&school.aliases);
    let names: Vec<(Field, &Secret)> = [(Field::Name, &school.name)]
        .into_iter()
        .chain(school.full_name.iter().map(|n| (Field::FullName, n)))
        .chain(aliases)
        .collect();
    for (field, name) in &names {
        trial.name(*field, name);
    }
    let unseen = trial.flaws.iter().filter(|f| f.fault == Fault::Unseen);
    if unseen.count() == names.len() && !trial.placed(school, &names) {
        trial.flaws = vec![Flaw {
            field: Field::Name,
            fault: Fault::Nothing,
        }];
    }
    for (i, person) in school.people.iter().enumerate() {
        trial.person(Field::Person(i), person);
    }
    for (kind, value) in &school.identifiers {
        trial.identifier(*kind, value);
    }
    trial.flaws
}

struct Trial<'a> {
    guard: &'a Guard,
    id: &'a SchoolId,
    depth: Depth,
    flaws: Vec<Flaw>,
}

impl Trial<'_> {
    /// Whether the recogniser finds the school. The exact search is no witness: it finds any string that was entered, and
    /// only where it stands letter by letter.
    fn seen(&self, text: &str) -> bool {
        let found = self.guard.recognizer().scan_text(text);
        found.iter().any(|m| m.schools.contains(self.id))
    }

    /// Whether either search finds it: for nicknames, which no grammar knows.
    fn met(&self, text: &str) -> bool {
        let exact = self.guard.exact().find(text);
        exact.iter().any(|h| h.id == self.id.as_str()) || self.seen(text)
    }

    fn flaw(&mut self, field: Field, fault: Fault) {
        self.flaws.push(Flaw { field, fault });
    }

    /// Whether any name is found with its place behind it.
    fn placed(&self, school: &ProtectedSchool, names: &[(Field, &Secret)]) -> bool {
        let places = school.municipality.iter().chain(&school.settlement);
        places.into_iter().any(|place| {
            names
                .iter()
                .any(|(_, name)| self.seen(&format!("{}, {}", name.expose(), place.expose())))
        })
    }

    fn name(&mut self, field: Field, name: &Secret) {
        let text = name.expose();
        if self.everyday(field, text) {
            return;
        }
        let nickname = !speaks_of_a_school(text);
        if !(self.seen(text) || nickname && self.met(text)) {
            self.flaw(field, Fault::Unseen);
        } else if self.depth == Depth::Sentences && !nickname {
            let sentences = ABOUT_SCHOOLS
                .iter()
                .map(|(case, sentence)| sentence.replace("{}", &declined(text, *case)));
            self.sentences(field, sentences);
        }
    }

    fn person(&mut self, field: Field, person: &Secret) {
        let text = person.expose();
        if self.everyday(field, text) {
            return;
        }
        if !self.seen(text) {
            self.flaw(field, Fault::Unseen);
        } else if self.depth == Depth::Sentences {
            let forms: Vec<String> = [Some(text.to_owned()), initials(text)]
                .into_iter()
                .flatten()
                .collect();
            let sentences = ABOUT_PEOPLE
                .iter()
                .flat_map(|sentence| forms.iter().map(|form| sentence.replace("{}", form)));
            self.sentences(field, sentences);
        }
    }

    fn identifier(&mut self, kind: IdentifierKind, value: &Secret) {
        let field = Field::Identifier(kind);
        let label = match kind {
            IdentifierKind::Inn => "ИНН ",
            IdentifierKind::Ogrn => "ОГРН ",
            IdentifierKind::Phone => "тел. ",
            IdentifierKind::Email => "e-mail: ",
            IdentifierKind::Site => "сайт: ",
            IdentifierKind::Address => "адрес: ",
        };
        let text = format!("{label}{}", value.expose());
        if !self.seen(&text) {
            self.flaw(field, Fault::Unseen);
        } else if self.depth == Depth::Sentences {
            let sentences = WITH_IDENTIFIERS.iter().map(|s| s.replace("{}", &text));
            self.sentences(field, sentences);
        }
    }

    fn sentences(&mut self, field: Field, sentences: impl Iterator<Item = String>) {
        let (mut missed, mut tried) = (0, 0);
        for sentence in sentences {
            tried += 1;
            missed += usize::from(!self.seen(&sentence));
        }
        if missed > 0 {
            self.flaw(field, Fault::Missed { missed, tried });
        }
    }

    /// A short string without a word for a school that is found where something else bears it. It cannot be told from that.
    fn everyday(&mut self, field: Field, text: &str) -> bool {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let everyday = bare.split_whitespace().count() <= 2
            && !speaks_of_a_school(text)
            && ELSEWHERE
                .iter()
                .all(|sentence| self.met(&sentence.replace("{}", bare)));
        if everyday {
            self.flaw(field, Fault::Everyday);
        }
        everyday
    }
}

/// Stems of the words that say «school».
const SCHOOLS: [&str; 12] = [
    "школ",
    "сош",
    "оош",
    "нош",
    "гимнази",
    "лице",
    "интернат",
    "учрежд",
    "центр",
    "комплекс",
    "корпус",
    "сад",
];

fn speaks_of_a_school(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains('№')
        || text.chars().any(|c| c.is_ascii_digit())
        || SCHOOLS.iter().any(|s| text.contains(s))
}

/// «Рябова А. П.» of «Рябова Анна Петровна».
fn initials(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [surname, given, father] = words.as_slice() else {
        return None;
    };
    let first = |w: &str| w.chars().next().filter(|c| c.is_uppercase());
    let whole = |w: &str| w.chars().count() > 2;
    (whole(given) && whole(father))
        .then_some(())
        .and(first(given).zip(first(father)))
        .map(|(g, f)| format!("{surname} {g}. {f}."))
}

/// Nouns that say what is named: nominative and the endings of the other cases. What stands behind them is not declined.
const HEADS: [(&str, &str, [&str; 5]); 9] = [
    ("школа", "школ", ["ы", "е", "у", "ой", "е"]),
    ("гимназия", "гимнази", ["и", "и", "ю", "ей", "и"]),
    ("прогимназия", "прогимнази", ["и", "и", "ю", "ей", "и"]),
    ("лицей", "лице", ["я", "ю", "й", "ем", "е"]),
    ("центр", "центр", ["а", "у", "", "ом", "е"]),
    ("комплекс", "комплекс", ["а", "у", "", "ом", "е"]),
    ("корпус", "корпус", ["а", "у", "", "ом", "е"]),
    ("сад", "сад", ["а", "у", "", "ом", "у"]),
    ("учреждение", "учреждени", ["я", "ю", "е", "ем", "и"]),
];

/// Endings of adjectives: of the nominative, and those of the other cases.
const ADJECTIVES: [(&str, [&str; 5]); 6] = [
    ("ая", ["ой", "ой", "ую", "ой", "ой"]),
    ("яя", ["ей", "ей", "юю", "ей", "ей"]),
    ("ое", ["ого", "ому", "ое", "ым", "ом"]),
    ("ее", ["его", "ему", "ее", "им", "ем"]),
    ("ый", ["ого", "ому", "ый", "ым", "ом"]),
    ("ий", ["ого", "ому", "ий", "им", "ом"]),
];

/// Acronyms that no case changes, behind which nothing is declined either.
const FIXED: [&str; 6] = ["СОШ", "ООШ", "НОШ", "СШ", "ОШ", "ЦО"];

/// The name in a case, as an office writes it: the words outside of quotes up to the noun; within quotes nothing changes.
fn declined(text: &str, case: In) -> String {
    let at = match case {
        In::Nominative => return text.to_owned(),
        In::Genitive => 0,
        In::Dative => 1,
        In::Accusative => 2,
        In::Instrumental => 3,
        In::Prepositional => 4,
    };
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = 0;
    for Range { start, end } in words(text) {
        let word = text.get(start..end).unwrap_or_default();
        if word.contains(['«', '"', '“', '„', '№']) || FIXED.contains(&word) {
            break;
        }
        let Some((form, is_last)) = form(word, at) else {
            continue;
        };
        out.push_str(text.get(last..start).unwrap_or_default());
        out.push_str(&form);
        last = end;
        if is_last {
            break;
        }
    }
    out.push_str(text.get(last..).unwrap_or_default());
    out
}

/// Words as they stand between blanks and the hyphens of «школа-интернат».
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() {
            if start < at {
                out.push(start..at);
            }
            start = at + c.len_utf8();
        }
    }
    out
}

/// A word in a case, and whether nothing behind it is declined.
fn form(word: &str, at: usize) -> Option<(String, bool)> {
    let lower = word.to_lowercase();
    if lower == "школа-интернат" {
        let (school, house) = word.split_at("школа".len());
        let (first, _) = form(school, at)?;
        let ending = ["а", "у", "", "ом", "е"].get(at)?;
        return Some((format!("{first}{house}{ending}"), true));
    }
    if let Some((_, stem, endings)) = HEADS.iter().find(|(noun, ..)| *noun == lower) {
        return Some((
            format!("{}{}", word.get(..stem.len())?, endings.get(at)?),
            true,
        ));
    }
    let (ending, endings) = ADJECTIVES.iter().find(|(e, _)| lower.ends_with(e))?;
    let stem = word.get(..word.len() - ending.len())?;
    (stem.chars().count() > 2).then(|| endings.get(at).map(|e| (format!("{stem}{e}"), false)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{ProtectedSchool, Registry};

    #[test]
    fn names_are_declined_up_to_their_noun() {
        for (name, genitive, prepositional) in [
            (
                "МБОУ «Кувшинская СОШ»",
                "МБОУ «Кувшинская СОШ»",
                "МБОУ «Кувшинская СОШ»",
            ),
            ("Кувшинская СОШ", "Кувшинской СОШ", "Кувшинской СОШ"),
            (
                "Верхняя школа села Синее",
                "Верхней школы села Синее",
                "Верхней школе села Синее",
            ),
            (
                "Ольховская школа-интернат",
                "Ольховской школы-интерната",
                "Ольховской школе-интернате",
            ),
            (
                "Муниципальное казённое общеобразовательное учреждение «Кувшинская средняя школа»",
                "Муниципального казённого общеобразовательного учреждения «Кувшинская средняя школа»",
                "Муниципальном казённом общеобразовательном учреждении «Кувшинская средняя школа»",
            ),
            ("Лицей «Горизонт»", "Лицея «Горизонт»", "Лицее «Горизонт»"),
        ] {
            assert_eq!(declined(name, In::Genitive), genitive);
            assert_eq!(declined(name, In::Prepositional), prepositional);
        }
    }

    #[test]
    fn what_would_not_protect_and_what_would_alarm_everywhere() {
        let school = ProtectedSchool::new("a", "МБОУ «Кувшинская СОШ»")
            .alias("Родничок")
            .alias("Школа")
            .person("Рябова Анна Петровна")
            .person("Рябова")
            .identifier(IdentifierKind::Phone, "нет");
        let guard = Guard::new(&Registry::of([school.clone()]));
        let flaws = prove(&guard, &school, Depth::Sentences);
        let of = |field| -> Vec<Fault> {
            let mine = flaws.iter().filter(|f| f.field == field);
            mine.map(|f| f.fault).collect()
        };
        assert_eq!(of(Field::Name), []);
        // Where a thing bears it, it is no school's.
        assert_eq!(of(Field::Alias(0)), [], "{flaws:?}");
        assert_eq!(of(Field::Alias(1)), [Fault::Unseen], "{flaws:?}");
        assert_eq!(of(Field::Person(0)), [], "{flaws:?}");
        assert_eq!(of(Field::Person(1)), [Fault::Everyday], "{flaws:?}");
        let phone = Field::Identifier(IdentifierKind::Phone);
        assert_eq!(of(phone), [Fault::Unseen], "{flaws:?}");
    }

    #[test]
    fn an_entry_without_a_name_of_its_own_protects_nothing() {
        for (name, place, nothing) in [
            ("МБОУ СОШ", None, true),
            ("Школа", Some("Яблонский район"), true),
            ("Новая школа", None, true),
            ("СОШ № 14", None, false),
            ("МБОУ «Вечерняя школа»", Some("Яблонский район"), false),
        ] {
            let mut school = ProtectedSchool::new("a", name);
            if let Some(place) = place {
                school = school.municipality(place);
            }
            let guard = Guard::new(&Registry::of([school.clone()]));
            let flaws = prove(&guard, &school, Depth::Alone);
            let found = flaws.iter().any(|f| f.fault == Fault::Nothing);
            assert_eq!(found, nothing, "{name}: {flaws:?}");
        }
    }
}
