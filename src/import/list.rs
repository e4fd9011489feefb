//! Lists of schools: takes a table or lines, gives entries for the registry. A list of schools with low results goes
//! there and nowhere else; nothing here may put a name into a doubt.

use super::columns::{Role, is_school};
use super::doubt::Doubts;
use super::line::{Line, Origin};
use super::table::{Head, Table};
use super::words::{fold, is_cyrillic, marked, one_line, person};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

/// A school of a list.
#[derive(Clone, Default)]
pub(super) struct School {
    pub name: String,
    pub full_name: Option<String>,
    pub municipality: Option<String>,
    pub settlement: Option<String>,
    pub people: Vec<String>,
    /// Kind and value, as the registry names kinds.
    pub identifiers: Vec<(&'static str, String)>,
    pub at: At,
}

/// What a list of schools is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Schools with low results: never published.
    Protected,
    /// Partners, mentors, base schools.
    Public,
}

/// Whether words name any school of a kind: «МАОУ СОШ» without a name or number.
pub(super) fn is_any_school(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "мбоу",
        "маоу",
        "мкоу",
        "моу",
        "гбоу",
        "сош",
        "оош",
        "нош",
        "оо",
        "оу",
        "гимназия",
        "гимназии",
        "лицей",
        "лицеи",
        "цо",
        "мобу",
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split([' ', ',', '/'])
        .filter(|w| !w.is_empty())
        .collect();
    words.iter().any(|w| {
        matches!(
            *w,
            "сош"
                | "оош"
                | "нош"
                | "цо"
                | "мбоу"
                | "маоу"
                | "мкоу"
                | "моу"
                | "гимназия"
                | "лицей"
        )
    }) && words.iter().all(|w| WORDS.contains(w))
}

/// Whether a table is a list of schools and nothing else.
pub(super) fn is_list(head: &Head, table: &Table) -> bool {
    let Some(column) = head
        .column(Role::School)
        .or_else(|| head.column(Role::FullName))
        .or_else(|| widest(table, head))
    else {
        return false;
    };
    let timed = [
        Role::Period,
        Role::Start,
        Role::Finish,
        Role::Time,
        Role::Theme,
    ]
    .iter()
    .any(|r| head.has(*r));
    if timed
        || head
            .roles
            .iter()
            .any(|r| matches!(r, Role::Part(_) | Role::Value(_)))
    {
        return false;
    }
    let rows: Vec<&str> = table
        .rows
        .iter()
        .skip(head.to)
        .map(|r| r.own(column))
        .filter(|t| !t.is_empty())
        .collect();
    !rows.is_empty() && rows.iter().filter(|t| is_school(t)).count() * 10 >= rows.len() * 7
}

/// The column that holds schools when no head says so.
fn widest(table: &Table, head: &Head) -> Option<usize> {
    (0..table.width).find(|c| {
        let cells: Vec<&str> = table
            .rows
            .iter()
            .skip(head.to)
            .map(|r| r.own(*c))
            .filter(|t| !t.is_empty())
            .collect();
        !cells.is_empty()
            && cells
                .iter()
                .filter(|t| is_school(t) && t.chars().count() < 250)
                .count()
                * 10
                >= cells.len() * 8
    })
}

/// What a list under this title is for. Where nothing says that the schools help others, they are protected.
pub(super) fn purpose(title: &str) -> Purpose {
    let folded = fold(title);
    // «школа – куратор мероприятий … в школах с низкими результатами»: whom the list names stands before that.
    let until = [
        " в школах с ",
        " школам с ",
        " школ с ",
        " школами с ",
        " в школах,",
        " шнор",
        " школах, функц",
    ]
    .iter()
    .filter_map(|w| folded.find(w))
    .min()
    .unwrap_or(folded.len());
    let head = folded.get(..until).unwrap_or(&folded);
    const HELP: [&str; 14] = [
        "куратор",
        "партнер",
        "наставник",
        "лидер",
        "базов",
        "опорн",
        "стажировочн",
        "ресурсн",
        "наставляющ",
        "успешн",
        "с высокими",
        "пилотн",
        "инновационн",
        "площад",
    ];
    if HELP.iter().any(|w| head.contains(w)) && !head.contains("участниц") && !head.contains("низк")
    {
        Purpose::Public
    } else {
        Purpose::Protected
    }
}

/// The schools of a table: protected ones, and those of a second column that helps them.
pub(super) fn schools(
    table: &Table,
    head: &Head,
    file: usize,
    doubts: &mut Doubts,
) -> (Vec<School>, Vec<School>) {
    let columns: Vec<usize> = (0..table.width)
        .filter(|c| head.roles.get(*c) == Some(&Role::School))
        .collect();
    let main = columns
        .iter()
        .copied()
        .find(|c| {
            head.texts
                .get(*c)
                .is_none_or(|t| purpose(t) == Purpose::Protected)
        })
        .or_else(|| columns.first().copied())
        .or_else(|| head.column(Role::FullName))
        .or_else(|| widest(table, head));
    let Some(main) = main else {
        return (Vec::new(), Vec::new());
    };
    let helpers: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| {
            *c != main
                && head
                    .texts
                    .get(*c)
                    .is_some_and(|t| purpose(t) == Purpose::Public)
        })
        .collect();
    let place = head.column(Role::Municipality);
    let (mut out, mut public) = (Vec::new(), Vec::new());
    let mut last: Option<String> = None;
    let mut sound: Option<String> = None;
    // Without merged cells an empty one may belong to the district above or below: then only a row's own word counts.
    let gaps = place.is_some_and(|c| {
        table
            .rows
            .iter()
            .skip(head.to)
            .any(|r| r.own(c).is_empty() && !r.covered(c))
    });
    for row in table.rows.iter().skip(head.to) {
        let filled = row.filled();
        if let [only] = filled.as_slice()
            && *only != main
        {
            // «Луговой район» across the table heads what follows.
            last = Some(one_line(row.own(*only)));
            continue;
        }
        if let [only] = filled.as_slice()
            && !is_school(row.own(*only))
        {
            last = Some(one_line(row.own(*only)));
            continue;
        }
        let name = name(row.own(main));
        if name.is_empty() || !name.chars().any(char::is_alphabetic) {
            continue;
        }
        let own = place
            .map(|c| one_line(row.read(c)))
            .filter(|t| !t.is_empty());
        let municipality = match (&own, place) {
            (Some(own), _) if is_sound(own) => {
                sound = Some(own.clone());
                sound.clone()
            }
            // A recogniser wrote the district of the row above once more, not as well.
            (Some(own), _) => sound
                .clone()
                .filter(|s| strsim::normalized_damerau_levenshtein(&fold(s), &fold(own)) > 0.6),
            (None, Some(_)) if gaps => None,
            (None, _) => last.clone(),
        };
        let at = row.cells.get(main).map_or(row.at, |c| c.at);
        if place.is_some() && municipality.is_none() {
            doubts.add(&say::NO_PLACE, Origin { file, at }, &[]);
        }
        let mut school = School {
            name,
            municipality: municipality.clone(),
            at,
            ..School::default()
        };
        for (column, role) in head.roles.iter().enumerate().filter(|(c, _)| *c != main) {
            let text = one_line(row.read(column));
            if text.is_empty() {
                continue;
            }
            let kind = match role {
                Role::Person | Role::Post | Role::Responsible => {
                    if let Some(length) = person(&text) {
                        school
                            .people
                            .push(text.get(..length).unwrap_or_default().to_owned());
                    }
                    continue;
                }
                Role::FullName => {
                    school.full_name = Some(self::name(&text));
                    continue;
                }
                Role::Settlement => {
                    school.settlement = Some(text);
                    continue;
                }
                Role::Phone => "phone",
                Role::Email => "email",
                Role::Site => "site",
                Role::Address => "address",
                Role::Inn => "inn",
                Role::Ogrn => "ogrn",
                _ => continue,
            };
            school.identifiers.push((kind, text));
        }
        out.push(school);
        for column in &helpers {
            let name = self::name(row.own(*column));
            if !name.is_empty() {
                public.push(School {
                    name,
                    municipality: municipality.clone(),
                    at: row.at,
                    ..School::default()
                });
            }
        }
    }
    (out, public)
}

/// The schools of numbered lines.
pub(super) fn of_lines(lines: &[Line]) -> Vec<School> {
    let mut last: Option<String> = None;
    let mut out = Vec::new();
    for line in lines {
        let text = marked(&line.text)
            .map_or(line.text.as_str(), |m| m.rest)
            .trim();
        if !is_school(text) {
            let folded = fold(text);
            if folded.chars().count() < 60
                && (folded.contains("район")
                    || folded.contains("округ")
                    || folded.starts_with("город ")
                    || folded.starts_with("г. "))
            {
                last = Some(text.trim_end_matches(':').to_owned());
            }
            continue;
        }
        let name = self::name(text.trim_end_matches([';', ',', '.']));
        out.push(School {
            name,
            municipality: last.clone(),
            at: line.at,
            ..School::default()
        });
    }
    out
}

/// Whether lines list schools.
pub(super) fn is_lines(lines: &[Line]) -> bool {
    let marked: Vec<&str> = lines
        .iter()
        .filter_map(|l| marked(&l.text))
        .map(|m| m.rest)
        .collect();
    marked.len() >= 2
        && marked
            .iter()
            .filter(|t| is_school(t) && t.chars().count() < 160)
            .count()
            * 10
            >= marked.len() * 8
}

/// A line of a list in which more is told than a name: «Приречная СОШ, с. Приречное, директор …». What was not understood is
/// given back beside the school.
pub(super) fn parted(text: &str, at: At) -> (School, Vec<String>) {
    let mut pieces = pieces(text).into_iter();
    let mut school = School {
        name: name(pieces.next().unwrap_or_default()),
        at,
        ..School::default()
    };
    let mut left = Vec::new();
    for piece in pieces {
        let folded = fold(piece);
        let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
        let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
        let posted = [
            "директор",
            "руководитель",
            "заведующий",
            "заведующая",
            "и.о.",
            "и. о.",
        ]
        .iter()
        .find_map(|post| {
            folded
                .contains(post)
                .then(|| piece.split([':', ' ', '–', '—']).filter(|w| !w.is_empty()))
        })
        .map(|words| {
            let small = |w: &&str| {
                !w.chars().next().is_some_and(char::is_uppercase)
                    || fold(w).starts_with("директор")
                    || fold(w).starts_with("руковод")
                    || fold(w).starts_with("завед")
                    || fold(w).starts_with("и.")
            };
            words.skip_while(small).collect::<Vec<_>>().join(" ")
        });
        let named = posted.as_deref().unwrap_or(piece);
        if let Some(length) = person(named) {
            school
                .people
                .push(named.get(..length).unwrap_or_default().to_owned());
        } else if piece.contains('@') {
            let word = piece.split_whitespace().find(|w| w.contains('@'));
            school
                .identifiers
                .push(("email", word.unwrap_or(piece).to_owned()));
        } else if begins(&["инн"]) {
            school.identifiers.push(("inn", digits));
        } else if begins(&["огрн"]) {
            school.identifiers.push(("ogrn", digits));
        } else if begins(&["http", "www.", "сайт"]) {
            let word = piece.split_whitespace().last();
            school
                .identifiers
                .push(("site", word.unwrap_or(piece).to_owned()));
        } else if begins(&[
            "ул.",
            "улица",
            "пер.",
            "пр.",
            "пр-т",
            "проспект",
            "переулок",
        ]) {
            school.identifiers.push(("address", piece.to_owned()));
        } else if begins(&["д. ", "дом "])
            && !digits.is_empty()
            && school
                .identifiers
                .last()
                .is_some_and(|(kind, _)| *kind == "address")
        {
            if let Some((_, address)) = school.identifiers.last_mut() {
                address.push_str(&format!(", {piece}"));
            }
        } else if begins(&["тел", "+7", "8 (", "8("]) && digits.len() >= 5 {
            let from = piece.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(');
            let phone = from.and_then(|at| piece.get(at..)).unwrap_or(piece);
            school.identifiers.push(("phone", phone.to_owned()));
        } else if folded.contains("район")
            || folded.contains("округ")
            || begins(&["г. ", "г.", "город "])
        {
            school.municipality = Some(piece.to_owned());
        } else if begins(&[
            "с. ",
            "село ",
            "д. ",
            "дер",
            "п. ",
            "пос",
            "ст. ",
            "станица",
            "хутор",
            "х. ",
            "рп ",
            "р.п.",
            "пгт",
            "аул ",
        ]) {
            school.settlement = Some(piece.to_owned());
        } else {
            left.push(piece.to_owned());
        }
    }
    (school, left)
}

/// What commas, semicolons and brackets part outside of quotes.
fn pieces(text: &str) -> Vec<&str> {
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    let mut straight = false;
    for (at, c) in text.char_indices() {
        match c {
            '«' | '„' | '“' => depth += 1,
            '»' | '”' => depth -= 1,
            '"' => straight = !straight,
            ',' | ';' | '\t' | '|' if depth <= 0 && !straight => {
                out.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text.get(start..).unwrap_or_default());
    out.into_iter()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

/// A name without the blanks that printing put into its quotes.
fn name(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '"' => {
                if inside {
                    while out.ends_with(' ') {
                        out.pop();
                    }
                }
                inside = !inside;
                out.push(if inside { '«' } else { '»' });
            }
            ' ' if out.ends_with('«') => {}
            c => out.push(c),
        }
    }
    out.trim().trim_end_matches([',', ';']).trim().to_owned()
}

/// Whether a district's name is in Russian letters: what a recogniser garbled would guard nothing.
fn is_sound(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let folded = fold(text);
    letters > 0
        && text.chars().filter(|c| c.is_alphabetic()).all(is_cyrillic)
        && (folded.contains("район")
            || folded.contains("округ")
            || folded.starts_with("город ")
            || folded.starts_with("г. ")
            || folded.starts_with("г.")
            || folded.contains(" мо")
            || !folded.contains(' '))
}

/// Schools that a text itself calls schools with low results: «ШНОР (… СОШ)», «школы с низкими результатами … СОШ».
pub(super) fn named_low(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for mark in [
        "ШНОР",
        "ШНСУ",
        "ШНРО",
        "низкими результатами обучения",
        "низкими образовательными результатами",
    ] {
        for (at, _) in text.match_indices(mark) {
            let before = fold(text.get(..at).unwrap_or_default());
            let last: Vec<&str> = before.rsplit(' ').take(2).collect();
            // «Кураторы ШНОР (…)» names those who help.
            if last.iter().any(|w| {
                [
                    "куратор",
                    "наставник",
                    "партнер",
                    "тьютор",
                    "помощ",
                    "сопровожд",
                ]
                .iter()
                .any(|h| w.starts_with(h))
            }) {
                continue;
            }
            let rest = text.get(at + mark.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches([' ', '-', '–', '—', '(', ':']);
            if let Some(name) = school_name(rest)
                && !out.contains(&name)
            {
                out.push(name);
            }
        }
    }
    out
}

/// The school that a text begins with, its name in the nominative.
fn school_name(text: &str) -> Option<String> {
    const FORMS: [&str; 12] = [
        "МБОУ",
        "МАОУ",
        "МКОУ",
        "МОУ",
        "ГБОУ",
        "МОБУ",
        "ГКОУ",
        "ГОУ",
        "МБСОУ",
        "ЧОУ",
        "ФГКОУ",
        "МАУ",
    ];
    const KINDS: [&str; 12] = [
        "СОШ",
        "ООШ",
        "НОШ",
        "СШ",
        "ОШ",
        "ЦО",
        "гимназия",
        "гимназии",
        "лицей",
        "лицея",
        "МСОШ",
        "школа",
    ];
    let mut words: Vec<String> = Vec::new();
    let mut kind = false;
    let mut own = false;
    for word in text.split([' ', '\n']).take(7) {
        let bare = word.trim_matches(['«', '»', '"', '(', ')', ',', '.', ';', ':']);
        let closed = word.ends_with([',', ';', ')', '.']);
        let digits = bare
            .trim_start_matches('№')
            .chars()
            .all(|c| c.is_ascii_digit())
            && !bare.trim_start_matches('№').is_empty();
        if FORMS.contains(&bare) && words.is_empty() {
            words.push(bare.to_owned());
        } else if KINDS.contains(&bare) {
            kind = true;
            words.push(bare.to_owned());
        } else if !kind && let Some(adjective) = adjective(bare) {
            own = true;
            words.push(adjective);
        } else if kind && (bare == "№" || digits) {
            own |= digits;
            words.push(bare.to_owned());
        } else {
            break;
        }
        if closed && kind {
            break;
        }
    }
    (kind && own).then(|| words.join(" "))
}

/// «Луговской» → «Луговская»
fn adjective(word: &str) -> Option<String> {
    let first = word.chars().next()?;
    if !first.is_uppercase() || word.chars().count() < 6 {
        return None;
    }
    for end in ["ской", "скую", "ская", "цкой", "цкую", "цкая"] {
        if let Some(stem) = word.strip_suffix(end) {
            let root: String = end.chars().take(2).collect();
            return Some(format!("{stem}{root}ая"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_whom_a_list_names() {
        assert_eq!(
            purpose(
                "Список образовательных организаций, имеющих низкие образовательные результаты"
            ),
            Purpose::Protected
        );
        assert_eq!(
            purpose(
                "Школа – куратор мероприятий по повышению качества в школах с низкими результатами"
            ),
            Purpose::Public
        );
        assert_eq!(
            purpose("Муниципальная школа-участница мероприятий в школах с низкими результатами"),
            Purpose::Protected
        );
        assert_eq!(purpose("Перечень школ-партнёров"), Purpose::Public);
        assert_eq!(purpose(""), Purpose::Protected);
    }

    #[test]
    fn schools_that_a_text_calls_low() {
        assert_eq!(
            named_low("команд ШНОР (Кувшинской СОШ)"),
            ["Кувшинская СОШ"]
        );
        assert_eq!(
            named_low("программы ШНОР-Кувшинской СОШ и"),
            ["Кувшинская СОШ"]
        );
        assert!(named_low("Кураторы ШНОР (Кувшинская СОШ)").is_empty());
        assert!(named_low("ШНОР и школ «группы риска»").is_empty());
    }

    #[test]
    fn names_lose_the_blanks_in_their_quotes() {
        assert_eq!(name("МАОУ \" СОШ № 7 \""), "МАОУ «СОШ № 7»");
    }
}
