//! One member of a group: takes the words that say who it is, in whatever order an office writes them, gives name, post,
//! part in the group, phone and note. Must not look at other members, and must not lose a word.

use super::columns::is_phone;
use super::words::{fold, person};
use super::yaml::Key;
use crate::carrier::blocks::At;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Empty where many are meant, or a post that nobody has.
    pub name: String,
    pub post: Option<String>,
    pub role: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    /// Columns that the model does not describe.
    pub cells: Vec<(Key, String)>,
    pub at: At,
}

/// What is trimmed between the pieces of a member's words.
const BETWEEN: [char; 6] = [' ', ',', '-', '–', '—', ':'];

/// What people are in a group, when nothing says of which.
const PARTS: [&str; 18] = [
    "руководитель",
    "председатель",
    "сопредседатель",
    "заместитель председателя",
    "заместитель руководителя",
    "секретарь",
    "ответственный секретарь",
    "координатор",
    "куратор",
    "модератор",
    "член",
    "ответственный",
    "наставник",
    "эксперт",
    "тьютор",
    "научный руководитель",
    "технический секретарь",
    "аналитик",
];

/// What people who are called so are members of.
pub(super) fn of_what(folded: &str) -> Option<&'static str> {
    const WHAT: [(&str, &str); 13] = [
        ("офис", "офиса"),
        ("рабоч", "рабочей группы"),
        ("проектн", "проектной группы"),
        ("экспертн", "экспертной группы"),
        ("творческ", "творческой группы"),
        ("инициативн", "инициативной группы"),
        ("оргкомитет", "оргкомитета"),
        ("комисси", "комиссии"),
        ("совет", "совета"),
        ("штаб", "штаба"),
        ("комитет", "комитета"),
        ("команд", "команды"),
        ("групп", "группы"),
    ];
    let found = WHAT.iter().find(|(word, _)| folded.contains(word));
    found.map(|(_, what)| *what)
}

/// Whether words name a part in a group.
pub(super) fn is_role(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "эксперт",
        "тьютор",
        "научный руководитель",
        "технический секретарь",
        "аналитик",
        "ответственный",
        "руководитель",
        "председател",
        "заместитель председател",
        "заместитель руководител",
        "секретарь",
        "координатор",
        "член",
        "куратор",
        "ответственный секретарь",
        "модератор",
        "состав",
        "сопредседател",
    ];
    let folded = fold(text);
    WORDS.iter().any(|w| folded.starts_with(w)) && folded.chars().count() < 90
}

/// Whether words name a part in this group and in no other body.
fn is_own_role(text: &str, title: &str) -> bool {
    let folded = fold(text);
    is_role(text)
        && (PARTS.contains(&folded.as_str())
            || of_what(&folded).is_some_and(|what| Some(what) == of_what(&fold(title)))
            || folded.contains("групп"))
}

/// Whether words begin with what somebody is by office.
fn is_office(text: &str) -> bool {
    const WORDS: [&str; 42] = [
        "директор",
        "начальник",
        "заместител",
        "руководител",
        "методист",
        "заведующ",
        "специалист",
        "глава",
        "председател",
        "секретар",
        "учител",
        "педагог",
        "ректор",
        "проректор",
        "министр",
        "координатор",
        "куратор",
        "эксперт",
        "член",
        "главный",
        "ведущий",
        "старший",
        "и.о",
        "и. о",
        "исполняющ",
        "врио",
        "консультант",
        "инспектор",
        "логопед",
        "психолог",
        "модератор",
        "тьютор",
        "ответственн",
        "советник",
        "доцент",
        "профессор",
        "сопредседател",
        "первый",
        "завуч",
        "воспитател",
        "депутат",
        "представител",
    ];
    let folded = fold(text);
    WORDS.iter().any(|w| folded.starts_with(w))
}

/// Whether words mean members without a name: «представители школ-лидеров», «директора школ».
pub(super) fn is_nameless(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "представител",
        "руководител",
        "директор",
        "заместител",
        "член",
        "методист",
        "специалист",
        "педагог",
        "учител",
        "координатор",
        "наставник",
        "родител",
        "сотрудник",
        "психолог",
        "главы",
        "начальник",
        "тьютор",
    ];
    let folded = fold(text);
    WORDS.iter().any(|w| folded.starts_with(w))
}

/// Where the name stands in the words of a member: at their beginning, or behind a post or a part that they begin with.
pub(super) fn named(text: &str) -> Option<std::ops::Range<usize>> {
    if let Some(length) = person(text) {
        return Some(0..length);
    }
    if !is_office(text) {
        return None;
    }
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = !before.is_alphanumeric() && before != '.' && c.is_uppercase();
        before = c;
        if at == 0 || !begins {
            continue;
        }
        let (above, rest) = text.split_at(at);
        let Some(length) = person(rest) else { continue };
        let behind = rest.get(length..).unwrap_or_default().trim_start();
        let ends = behind.is_empty() || behind.starts_with([',', ';', '.', '–', '—', '-', '(']);
        let quoted = above.matches('«').count() > above.matches('»').count();
        // «школы имени Ю.А. Гагарина» is called so after somebody.
        let after = ["имени", "им."].iter().any(|w| fold(above).ends_with(w));
        if ends && !quoted && !after {
            return Some(at..at + length);
        }
    }
    None
}

/// The member that words tell of. `title` says what the group is.
pub(super) fn member(text: &str, title: &str, at: At) -> Member {
    let mut member = Member {
        at,
        ..Member::default()
    };
    let whole = text.trim().trim_end_matches(';').trim_end();
    // The last dot is the sentence's, unless it is an initial's.
    let initial = named(whole).is_some_and(|n| n.end == whole.len());
    let whole = if initial {
        whole
    } else {
        whole.trim_end_matches(['.', ' '])
    };
    let (whole, note) = agreed(whole);
    member.note = note;
    let Some(range) = named(whole).or_else(|| capitals(whole)) else {
        let (post, phone, more) = contacts(whole);
        member.phone = phone;
        add_note(&mut member, more);
        member.post = some(post);
        return member;
    };
    let name = whole.get(range.clone()).unwrap_or_default();
    let before = whole.get(..range.start).unwrap_or_default();
    let behind = whole.get(range.end..).unwrap_or_default();
    member.name = name.trim().to_owned();
    let before = before.trim_end_matches(BETWEEN);
    let (behind, phone, more) = contacts(behind.trim_start_matches(BETWEEN).trim());
    member.phone = phone;
    add_note(&mut member, more);
    let (post, role) = parted(behind, title);
    member.post = some(post);
    member.role = some(role);
    if before.is_empty() {
        return member;
    }
    let few = before.split(' ').count() <= 2;
    let told = is_own_role(before, title)
        || is_role(before) && member.post.is_some() && (few || of_what(&fold(before)).is_some());
    if member.role.is_none() && told {
        member.role = Some(before.to_owned());
    } else {
        let post = member.post.take();
        member.post = Some(match post {
            Some(post) => format!("{before}, {post}"),
            None => before.to_owned(),
        });
    }
    member
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Puts words behind a member's note.
pub(super) fn add_note(member: &mut Member, more: Vec<String>) {
    for text in more {
        let slot = member.note.get_or_insert_default();
        if !slot.is_empty() {
            slot.push_str("; ");
        }
        slot.push_str(&text);
    }
}

/// Words without «(по согласованию)» at their end, and that.
fn agreed(text: &str) -> (&str, Option<String>) {
    if let Some(open) = text.rfind('(')
        && let Some(inside) = text.get(open + 1..).and_then(|t| t.strip_suffix(')'))
        && fold(inside).contains("соглас")
    {
        let rest = text.get(..open).unwrap_or_default();
        return (rest.trim_end_matches([' ', ',']), Some(inside.to_owned()));
    }
    (text, None)
}

/// A name that no initials and no patronymic betray: two to four words in capitals before a comma or a dash.
fn capitals(text: &str) -> Option<std::ops::Range<usize>> {
    let end = text
        .find([',', '–', '—'])
        .or_else(|| text.find(" - "))
        .unwrap_or(text.len());
    let name = text.get(..end)?.trim_end();
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |w: &&str| {
        w.chars().next().is_some_and(char::is_uppercase)
            && w.chars().skip(1).any(char::is_lowercase)
    };
    ((2..=4).contains(&words.len()) && words.iter().all(capital) && !is_office(name))
        .then_some(0..name.len())
}

/// Words without phones and addresses at their end; the phone; the addresses.
fn contacts(text: &str) -> (&str, Option<String>, Vec<String>) {
    let mut rest = text;
    let mut phones: Vec<&str> = Vec::new();
    let mut more: Vec<String> = Vec::new();
    loop {
        // «секретарь (тел. 2-11-33)»
        let bracket = rest
            .ends_with(')')
            .then(|| rest.rfind('('))
            .flatten()
            .filter(|at| {
                let inside = rest.get(at + 1..rest.len() - 1).unwrap_or_default();
                inside.contains('@') || fold(inside).starts_with("тел")
            });
        let sign = rest.rfind([',', ';']).map(|at| at + 1);
        let at = bracket.map(|at| at + 1).or(sign).unwrap_or(0);
        let last = rest.get(at..).unwrap_or_default();
        let last = match bracket {
            Some(_) => last.trim_end_matches(')').trim(),
            None => last.trim(),
        };
        let digits = last
            .find(|c: char| c.is_ascii_digit() || c == '+' || c == '(')
            .unwrap_or(last.len());
        let (label, number) = last.split_at(digits);
        let folded = fold(label);
        let labelled = folded.is_empty()
            || ["тел", "моб", "раб", "сот", "конт", "т."]
                .iter()
                .any(|w| folded.starts_with(w));
        if last.contains('@') {
            more.insert(0, last.to_owned());
        } else if labelled && is_phone(number) {
            phones.insert(0, number);
        } else {
            break;
        }
        rest = rest
            .get(..at.saturating_sub(1))
            .unwrap_or_default()
            .trim_end();
    }
    let phone = (!phones.is_empty()).then(|| phones.join(", "));
    (rest, phone, more)
}

/// What stands behind a name, as post and part in the group.
fn parted<'t>(text: &'t str, title: &str) -> (&'t str, &'t str) {
    // «… образования– руководитель рабочей группы»: the part behind the last dash or comma, when it names one.
    let signs: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '–' | '—' | '-' | ',' | ';' | '('))
        .filter(|(i, c)| *c != '-' || text.get(..*i).is_some_and(|b| b.ends_with(' ')))
        .collect();
    for (index, sign) in signs.iter().rev() {
        let tail = text
            .get(index + sign.len_utf8()..)
            .unwrap_or_default()
            .trim();
        let tail = match sign {
            '(' => tail.strip_suffix(')').unwrap_or_default(),
            _ => tail,
        };
        let folded = fold(tail);
        // Behind a comma «председатель ПМПК» is a second post.
        let part = is_role(tail)
            && (of_what(&folded).is_some()
                || folded.starts_with("член ")
                || PARTS.contains(&folded.as_str())
                || folded.starts_with("ответственный секретарь")
                || matches!(sign, '–' | '—' | '-') && tail.split(' ').count() <= 2);
        if part {
            let post = text.get(..*index).unwrap_or_default();
            return (post.trim_end_matches([' ', ',', ';']), tail);
        }
    }
    if is_own_role(text, title) && !text.contains(',') {
        return ("", text);
    }
    // «председатель комиссии, начальник управления»
    if let Some((index, sign)) = signs.iter().find(|(_, sign)| *sign != '(') {
        let (first, rest) = text.split_at(*index);
        let rest = rest.get(sign.len_utf8()..).unwrap_or_default().trim();
        if is_own_role(first.trim(), title) && !rest.is_empty() {
            return (rest, first.trim());
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_in_the_words_of_many_offices() {
        // Words; name, post, part, phone, note.
        let told = [
            "1|Ветрова С.А., заместитель начальника Управления образования– руководитель рабочей группы;|Ветрова С.А.|заместитель начальника Управления образования|руководитель рабочей группы||",
            "2|Рябов А.В., начальник отдела (по согласованию).|Рябов А.В.|начальник отдела|||по согласованию",
            "3|Ручьёва О.М., ректор института «Школа» – заместитель руководителя (координатор) рабочей группы.|Ручьёва О.М.|ректор института «Школа»|заместитель руководителя (координатор) рабочей группы||",
            "4|Рябов Пётр Ильич – председатель профсоюза, член муниципального штаба;|Рябов Пётр Ильич|председатель профсоюза|член муниципального штаба||",
            "5|Ли Вера Игоревна – педагог-психолог, председатель ПМПК|Ли Вера Игоревна|педагог-психолог, председатель ПМПК|||",
            "6|Ольхина Н.П., учебно-методический отдел|Ольхина Н.П.|учебно-методический отдел|||",
            "7|Рябов А. В.|Рябов А. В.||||",
            "8|Начальник управления Лугова Нина Петровна – руководитель группы.|Лугова Нина Петровна|Начальник управления|руководитель группы||",
            "9|Руководитель рабочей группы – Лугова Н.П., начальник управления.|Лугова Н.П.|начальник управления|Руководитель рабочей группы||",
            "10|Секретарь: И.Л. Сомова, методист|И.Л. Сомова|методист|Секретарь||",
            "11|Лугова Н.П. – руководитель рабочей группы, начальник управления|Лугова Н.П.|начальник управления|руководитель рабочей группы||",
            "12|Верясов О.И., директор центра, тел.: 8-000-222-22-22, verya@obr.example|Верясов О.И.|директор центра||8-000-222-22-22|verya@obr.example",
            "13|Представители школ-лидеров (по согласованию);||Представители школ-лидеров|||по согласованию",
            "14|Ким Ен Сун, логопед|Ким Ен Сун|логопед|||",
            "15|Лутов А.Г., начальник управления, заместитель председателя|Лутов А.Г.|начальник управления|заместитель председателя||",
            "16|Директор школы имени Ю.А. Гагарина||Директор школы имени Ю.А. Гагарина|||",
            "17|Лугова Н.П. – председатель комитета по образованию|Лугова Н.П.|председатель комитета по образованию|||",
            "19|Чижов П.А., методист (секретарь группы)|Чижов П.А.|методист|секретарь группы||",
            "18|Алиев Рашид Мамед оглы, психолог|Алиев Рашид Мамед оглы|психолог|||",
        ];
        for line in told {
            let mut words = line.split('|').skip(1);
            let mut next = || words.next().unwrap_or_default();
            let text = next();
            let wanted = [next(), next(), next(), next(), next()].map(str::to_owned);
            let m = member(text, "Состав рабочей группы", At::default());
            let got =
                [Some(m.name), m.post, m.role, m.phone, m.note].map(Option::unwrap_or_default);
            assert_eq!(got, wanted, "{text}");
        }
    }
}
