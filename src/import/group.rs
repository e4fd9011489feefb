//! Working groups: takes numbered people or a table of them, gives members with post, role and note. Must not lose a
//! member who has no name («представители школ»).

use super::columns::Role;
use super::line::Line;
use super::table::{Head, Table};
use super::words::{fold, marked, one_line, person};
use crate::carrier::blocks::At;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    pub post: Option<String>,
    pub role: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    pub at: At,
}

/// Members written one a line, under a title.
pub(super) fn members(lines: &[Line], title: &str) -> Vec<Member> {
    let mut out: Vec<Member> = Vec::new();
    let mut under: Option<String> = None;
    // Nobody is numbered: each line is a member.
    let plain = lines.iter().all(|l| marked(&l.text).is_none());
    let mut ends = false;
    for line in lines {
        let text = line.text.trim();
        let ended = std::mem::replace(&mut ends, text.ends_with([';', '.', ')']));
        let rest = marked(text).map_or(text, |m| m.rest).trim();
        if let Some(heading) = heading(rest, title) {
            under = Some(heading);
            continue;
        }
        let numbered = marked(text).is_some();
        if person(rest).is_none() && !numbered {
            // «Руководитель группы: Ветрова С.А., методист»
            if let Some((role, who)) = rest.split_once([':', '–', '—'])
                && is_role(role)
                && person(who.trim()).is_some()
            {
                let mut member = member(who.trim(), line.at);
                member.role = Some(role.trim().to_owned());
                out.push(member);
                continue;
            }
            // «Представитель школ-лидеров» is a member without a name; what begins small goes on.
            let folded = fold(rest);
            let nameless = [
                "представител",
                "руководител",
                "директор",
                "заместител",
                "член",
            ]
            .iter()
            .any(|w| folded.starts_with(w));
            let ended = ended || plain && rest.chars().next().is_some_and(char::is_uppercase);
            if nameless && ended {
                let mut member = member(rest, line.at);
                member.role.clone_from(&under);
                out.push(member);
                continue;
            }
            if let Some(last) = out.last_mut() {
                let slot = last.post.get_or_insert_default();
                if !slot.is_empty() {
                    slot.push(' ');
                }
                slot.push_str(rest);
            }
            continue;
        }
        let mut member = member(rest, line.at);
        if member.role.is_none() {
            member.role.clone_from(&under);
        }
        out.push(member);
    }
    out
}

/// «Члены группы:», «Председатель комиссии:»
fn heading(text: &str, title: &str) -> Option<String> {
    let bare = text.strip_suffix(':')?;
    (bare.chars().count() < 60 && is_role(bare)).then(|| {
        let folded = fold(bare);
        if folded.starts_with("член") {
            format!(
                "член {}",
                of_what(&folded)
                    .or(of_what(&fold(title)))
                    .unwrap_or("группы")
            )
        } else {
            bare.to_owned()
        }
    })
}

/// What people who are called so are members of.
fn of_what(folded: &str) -> Option<&'static str> {
    const WHAT: [(&str, &str); 12] = [
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
    const WORDS: [&str; 12] = [
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

/// One member: name, post, role behind a dash, note in brackets at the end.
fn member(text: &str, at: At) -> Member {
    let mut rest = text.trim().trim_end_matches([';', '.']).trim().to_owned();
    let mut member = Member {
        at,
        ..Member::default()
    };
    if let Some(open) = rest.rfind('(')
        && rest.ends_with(')')
        && fold(rest.get(open..).unwrap_or_default()).contains("соглас")
    {
        let inside = rest
            .get(open + 1..rest.len() - 1)
            .unwrap_or_default()
            .to_owned();
        member.note = Some(inside);
        rest.truncate(open);
        rest = rest.trim().trim_end_matches(',').to_owned();
    }
    let (name, behind) = match person(&rest) {
        Some(length) => (
            rest.get(..length).unwrap_or_default().to_owned(),
            rest.get(length..).unwrap_or_default().to_owned(),
        ),
        None => (rest.clone(), String::new()),
    };
    member.name = name.trim().to_owned();
    let behind = behind
        .trim_start_matches([' ', ',', '-', '–', '—', ':'])
        .trim();
    // «… образования– руководитель рабочей группы»: the part behind the last dash, when it names one.
    let split = behind
        .char_indices()
        .filter(|(_, c)| matches!(c, '–' | '—' | '-' | ','))
        .filter(|(i, c)| *c != '-' || behind.get(..*i).is_some_and(|b| b.ends_with(' ')))
        .collect::<Vec<_>>();
    for (index, mark) in split.into_iter().rev() {
        let tail = behind
            .get(index + mark.len_utf8()..)
            .unwrap_or_default()
            .trim();
        let folded = fold(tail);
        let names_part = is_role(tail)
            && (of_what(&folded).is_some()
                || folded.starts_with("член ")
                || folded.starts_with("ответственный секретарь")
                // Behind a comma «председатель ПМПК» is a second post.
                || tail.split(' ').count() <= if mark == ',' { 1 } else { 2 });
        if names_part {
            member.role = Some(tail.to_owned());
            let post = behind
                .get(..index)
                .unwrap_or_default()
                .trim()
                .trim_end_matches(',')
                .trim();
            member.post = (!post.is_empty()).then(|| post.to_owned());
            return member;
        }
    }
    if is_role(behind) && fold(behind).contains("групп") {
        member.role = Some(behind.to_owned());
    } else if !behind.is_empty() {
        member.post = Some(behind.to_owned());
    }
    member
}

/// Whether a table lists people of a group.
pub(super) fn is_group(head: &Head, table: &Table) -> bool {
    head.has(Role::Person)
        && !head.has(Role::Period)
        && !head.has(Role::School)
        && (head.has(Role::Post) || head.has(Role::Duty) || table.width <= 4)
        && table
            .rows
            .iter()
            .skip(head.to)
            .filter(|r| {
                head.column(Role::Person)
                    .is_some_and(|c| person(r.own(c)).is_some())
            })
            .count()
            * 2
            >= table.rows.len().saturating_sub(head.to)
}

/// Members of a table.
pub(super) fn of_table(table: &Table, head: &Head, title: &str) -> Vec<Member> {
    let mut out = Vec::new();
    let mut under: Option<String> = None;
    let used =
        [Role::No, Role::Person, Role::Post, Role::Duty, Role::Phone].map(|r| head.column(r));
    for row in table.rows.iter().skip(head.to) {
        let filled = row.filled();
        if let [only] = filled.as_slice() {
            let text = one_line(row.own(*only));
            if person(&text).is_none() {
                under = heading(&text, title)
                    .or(Some(text.trim_end_matches(':').to_owned()).filter(|t| is_role(t)));
                continue;
            }
        }
        let text = |role: Role| {
            head.column(role)
                .map(|c| one_line(row.own(c)))
                .filter(|t| !t.is_empty())
        };
        let name = text(Role::Person).unwrap_or_default();
        let mut member = if text(Role::Post).is_none() {
            member(&name, row.at)
        } else {
            Member {
                name,
                at: row.at,
                ..Member::default()
            }
        };
        if let Some(post) = text(Role::Post) {
            member.post = Some(post);
        }
        if let Some(duty) = text(Role::Duty) {
            member.role = Some(duty);
        }
        if member.role.is_none() {
            member.role.clone_from(&under);
        }
        member.phone = text(Role::Phone);
        // Rooms, addresses: what the model has no field for.
        let more: Vec<String> = filled
            .iter()
            .filter(|c| !used.contains(&Some(**c)))
            .map(|c| {
                let head = head.texts.get(*c).map_or("", String::as_str);
                let said = one_line(row.own(*c));
                if head.is_empty() {
                    said
                } else {
                    format!("{head}: {said}")
                }
            })
            .collect();
        if !more.is_empty() {
            let slot = member.note.get_or_insert_default();
            if !slot.is_empty() {
                slot.push_str("; ");
            }
            slot.push_str(&more.join("; "));
        }
        if !member.name.is_empty() || member.post.is_some() || member.role.is_some() {
            out.push(member);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, String, String, String) {
        let lines = [Line {
            text: text.into(),
            ..Line::default()
        }];
        let m = members(&lines, "Состав рабочей группы").remove(0);
        (
            m.name,
            m.post.unwrap_or_default(),
            m.role.unwrap_or_default(),
            m.note.unwrap_or_default(),
        )
    }

    #[test]
    fn members_with_post_role_and_note() {
        let t = |a: &str, b: &str, c: &str, d: &str| {
            (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned())
        };
        assert_eq!(
            of(
                "1. Ветрова С.А., заместитель начальника Управления образования– руководитель рабочей группы;"
            ),
            t(
                "Ветрова С.А.",
                "заместитель начальника Управления образования",
                "руководитель рабочей группы",
                ""
            )
        );
        assert_eq!(
            of("2. Рябов А.В., начальник отдела (по согласованию)."),
            t("Рябов А.В.", "начальник отдела", "", "по согласованию")
        );
        assert_eq!(
            of(
                "3. Ручьёва О.М., ректор института «Школа» – заместитель руководителя (координатор) рабочей группы."
            ),
            t(
                "Ручьёва О.М.",
                "ректор института «Школа»",
                "заместитель руководителя (координатор) рабочей группы",
                ""
            )
        );
        assert_eq!(
            of("5) Рябов Пётр Ильич – председатель профсоюза, член муниципального штаба;"),
            t(
                "Рябов Пётр Ильич",
                "председатель профсоюза",
                "член муниципального штаба",
                ""
            )
        );
        assert_eq!(
            of("Ли Вера Игоревна – педагог-психолог, председатель ПМПК"),
            t(
                "Ли Вера Игоревна",
                "педагог-психолог, председатель ПМПК",
                "",
                ""
            )
        );
        assert_eq!(
            of("4. Ольхина Н.П., учебно-методический отдел"),
            t("Ольхина Н.П.", "учебно-методический отдел", "", "")
        );
    }
}
