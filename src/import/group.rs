//! Working groups: takes lines or a table of people, gives members and the columns that the model does not describe. Must
//! not lose a member who has no name («представители школ»), nor a cell.

use super::columns::Role;
use super::fields::short;
use super::line::Line;
use super::member::{Member, add_note, is_nameless, is_role, member, named, of_what};
use super::table::{Head, Row, Table};
use super::words::{Mark, fold, is_number_cell, marked, one_line, person};
use super::yaml::Key;
use crate::carrier::blocks::At;
use crate::text::slug;

/// Who is in a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub members: Vec<Member>,
    /// The printed heads, where there are columns that the model does not describe.
    pub columns: Vec<(Key, String)>,
}

/// The words of one member, which may stand on several lines.
struct Draft {
    text: String,
    at: At,
    under: Option<String>,
    marked: bool,
}

/// Members written in lines, under a title.
pub(super) fn members(lines: &[Line], title: &str) -> Vec<Member> {
    let mut out: Vec<Draft> = Vec::new();
    let mut under: Option<String> = None;
    // Nobody is numbered: each line is a member.
    let plain = lines.iter().all(|l| marked(&l.text).is_none());
    let bare = |line: &'_ Line| {
        marked(&line.text)
            .map_or(line.text.trim(), |m| m.rest.trim())
            .to_owned()
    };
    let mut ends = false;
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        let ended = std::mem::replace(&mut ends, text.ends_with([';', '.', ')']));
        let mark = marked(text);
        let rest = mark.as_ref().map_or(text, |m| m.rest).trim();
        let above = lines
            .get(index + 1)
            .is_some_and(|l| named(&bare(l)).is_some());
        if let Some(heading) = heading(rest, title, above) {
            under = some(heading);
            continue;
        }
        let name = named(rest).is_some();
        // «– начальник управления» below a name that stands alone.
        let post = !name
            && mark.as_ref().is_some_and(|m| m.kind == Mark::Dash)
            && out
                .last()
                .is_some_and(|l| !l.marked && person(&l.text) == Some(l.text.len()));
        // «Представитель школ-лидеров» is a member without a name; what begins small goes on.
        let capital = rest.chars().next().is_some_and(char::is_uppercase);
        let many = is_nameless(rest) && (ended || plain && capital);
        match out.last_mut() {
            Some(last) if !name && !many && (mark.is_none() || post) => {
                last.text.push_str(if post { " – " } else { " " });
                last.text.push_str(rest);
            }
            _ => out.push(Draft {
                text: rest.to_owned(),
                at: line.at,
                under: under.clone(),
                marked: mark.is_some(),
            }),
        }
    }
    out.into_iter()
        .map(|draft| {
            let mut member = member(&draft.text, title, draft.at);
            member.role = member.role.or(draft.under);
            member
        })
        .collect()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// «Члены группы:», «Председатель комиссии:», «Эксперты:», and without a colon right above a name. Empty where the
/// heading says nothing of those below it.
fn heading(text: &str, title: &str, above: bool) -> Option<String> {
    let (bare, colon) = match text.strip_suffix(':') {
        Some(bare) => (bare.trim(), true),
        None => (text, false),
    };
    if bare.chars().count() >= 60 || bare.contains([',', ';']) || named(bare).is_some() {
        return None;
    }
    let folded = fold(bare);
    if is_role(bare) && (colon || above && of_what(&folded).is_some()) {
        return Some(role(bare, title));
    }
    let words = !bare.is_empty() && !bare.contains(|c: char| c.is_ascii_digit());
    (colon && words).then(|| bare.to_owned())
}

/// The part that a heading gives to those below it.
fn role(heading: &str, title: &str) -> String {
    let folded = fold(heading);
    if folded.starts_with("состав") {
        return String::new();
    }
    if !folded.starts_with("член") {
        return heading.to_owned();
    }
    let what = of_what(&folded).or(of_what(&fold(title)));
    format!("член {}", what.unwrap_or("группы"))
}

/// The columns that hold names: one, or a surname's with those beside it.
fn names(table: &Table, head: &Head) -> Vec<usize> {
    let said = |column: usize| fold(head.texts.get(column).map_or("", String::as_str));
    let Some(first) = head.column(Role::Person).or_else(|| {
        (head.to == 0)
            .then(|| (0..table.width).find(|c| table.people_in(*c) >= 2))
            .flatten()
    }) else {
        return Vec::new();
    };
    let mut out = vec![first];
    if said(first) == "фамилия" {
        out.extend((first + 1..table.width).take_while(|c| {
            let said = said(*c);
            said.starts_with("имя") || said.starts_with("отчество")
        }));
    }
    out
}

/// A row's name, from one column or several.
fn name(row: &Row, columns: &[usize]) -> String {
    let words: Vec<String> = columns.iter().map(|c| one_line(row.own(*c))).collect();
    words.join(" ").trim().to_owned()
}

/// Whether a table lists people of a group.
pub(super) fn is_group(head: &Head, table: &Table, title: &str) -> bool {
    let names = names(table, head);
    let school = head
        .column(Role::School)
        .is_some_and(|c| head.texts.get(c).is_some_and(|t| !t.is_empty()));
    if names.is_empty() || head.has(Role::Period) || school {
        return false;
    }
    let body = table.rows.get(head.to..).unwrap_or_default();
    let rows = body.iter().filter(|r| r.filled().len() > 1).count();
    let people = body
        .iter()
        .filter(|r| named(&name(r, &names)).is_some())
        .count();
    let folded = fold(title);
    let called = folded.starts_with("состав") || of_what(&folded).is_some();
    (head.has(Role::Post) || head.has(Role::Duty) || table.width <= 4 + names.len())
        && people > 0
        && (people * 2 >= rows || called && people * 4 >= rows)
}

/// Members of a table.
pub(super) fn of_table(table: &Table, head: &Head, title: &str) -> Group {
    let mut group = Group::default();
    let mut under: Option<String> = None;
    let names = names(table, head);
    let of = |role: Role| {
        head.column(role)
            .filter(|c| !names.contains(c) && head.to > 0)
    };
    let [post, duty, phone] = [Role::Post, Role::Duty, Role::Phone].map(of);
    let said = |column: usize| head.texts.get(column).map_or("", String::as_str);
    let further: Vec<usize> = (0..table.width)
        .filter(|c| !names.contains(c) && ![post, duty, phone].contains(&Some(*c)))
        .filter(|c| head.roles.get(*c) != Some(&Role::No))
        .filter(|c| {
            table
                .rows
                .iter()
                .skip(head.to)
                .any(|r| !r.own(*c).is_empty())
        })
        .collect();
    let own = |column: usize| {
        let name = format!("dop-{}", short(&slug(said(column))));
        Key::from(name.trim_end_matches('-').to_owned())
    };
    if further.iter().any(|c| !said(*c).is_empty()) {
        for column in 0..table.width {
            let key = match column {
                c if names.first() == Some(&c) => "name".into(),
                c if post == Some(c) => "post".into(),
                c if duty == Some(c) => "role".into(),
                c if phone == Some(c) => "phone".into(),
                c if further.contains(&c) && !said(c).is_empty() => own(c),
                _ => continue,
            };
            let printed: Vec<&str> = if key == "name" {
                names.iter().map(|c| said(*c)).collect()
            } else {
                vec![said(column)]
            };
            let mut key = key;
            while group.columns.iter().any(|(k, _)| *k == key) {
                key.to_mut().push_str("-2");
            }
            group.columns.push((key, printed.join(" ")));
        }
    }
    for row in table.rows.iter().skip(head.to) {
        let filled = row.filled();
        if let [only] = filled.as_slice() {
            let text = one_line(row.own(*only));
            let bare = text.trim_end_matches(':').trim();
            if named(bare).is_none() && (is_role(bare) || !is_nameless(bare)) {
                under = some(if is_role(bare) {
                    role(bare, title)
                } else {
                    bare.to_owned()
                });
                continue;
            }
        }
        let text = |column: Option<usize>| {
            column
                .map(|c| one_line(row.read(c)))
                .filter(|t| !t.is_empty() && !is_dash(t))
        };
        let name = name(row, &names);
        let mut loose: Vec<String> = Vec::new();
        let mut cells: Vec<(Key, String)> = Vec::new();
        let mut taken: Vec<Key> = Vec::new();
        for column in &further {
            let mut key = own(*column);
            while taken.contains(&key) {
                key.to_mut().push_str("-2");
            }
            taken.push(key.clone());
            let text = one_line(row.read(*column));
            if text.is_empty() || is_dash(&text) {
                continue;
            }
            if said(*column).is_empty() {
                if !is_number_cell(&text) {
                    loose.push(text);
                }
            } else {
                cells.push((key, row.read(*column).to_owned()));
            }
        }
        // Several people in one cell, one a line.
        let lines: Vec<&str> = match names.as_slice() {
            [only] => match row.own(*only).split('\n').collect::<Vec<_>>() {
                // A reader of pages knows no lines of a cell: «Члены группы» are parted by their names.
                one if one.len() == 1
                    && post.is_none()
                    && text(duty).is_some_and(|d| are_many(&d)) =>
                {
                    by_names(row.own(*only))
                }
                lines => lines,
            },
            _ => Vec::new(),
        };
        let people = lines.len() > 1 && lines.iter().all(|l| named(bare(l)).is_some());
        let posts: Vec<&str> = post.map_or(Vec::new(), |c| row.own(c).split('\n').collect());
        if people && (posts.len() == lines.len() || posts.iter().all(|p| p.is_empty())) {
            for (index, line) in lines.iter().enumerate() {
                let mut one = member(bare(line), title, row.at);
                let own = posts.get(index).map(|p| p.trim()).filter(|p| !p.is_empty());
                one.post = own.map(str::to_owned).or(one.post);
                one.role = text(duty).or(one.role).or_else(|| under.clone());
                one.phone = text(phone).or(one.phone);
                if index == 0 {
                    one.cells = std::mem::take(&mut cells);
                    add_note(&mut one, std::mem::take(&mut loose));
                }
                group.members.push(one);
            }
            continue;
        }
        let said_post = text(post);
        // Without a column of posts all that is said of somebody is read together.
        let mut one = if said_post.is_none() {
            let all = match (name.is_empty(), loose.is_empty()) {
                (false, false) => format!("{name} – {}", loose.join(", ")),
                (true, _) => loose.join(", "),
                (false, true) => name,
            };
            loose.clear();
            member(&all, title, row.at)
        } else {
            Member {
                name,
                post: said_post,
                at: row.at,
                ..Member::default()
            }
        };
        if let Some(duty) = text(duty) {
            one.role = Some(duty);
        }
        if one.role.is_none() {
            one.role.clone_from(&under);
        }
        one.phone = text(phone).or(one.phone);
        one.cells = cells;
        add_note(&mut one, loose);
        if !one.name.is_empty() || one.post.is_some() || one.role.is_some() {
            group.members.push(one);
        }
    }
    group
}

/// «Члены группы», «Эксперты»: a part that more than one has.
fn are_many(duty: &str) -> bool {
    let folded = fold(duty);
    let first = folded.split(' ').next().unwrap_or_default();
    [
        "члены",
        "эксперты",
        "участники",
        "тьюторы",
        "кураторы",
        "координаторы",
        "представители",
    ]
    .contains(&first)
}

/// The pieces of a text that begin with a name and its initials.
fn by_names(text: &str) -> Vec<&str> {
    let begins = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        person(rest).is_some_and(|length| {
            let before = text.get(..at).unwrap_or_default().trim_end();
            // «директор школы Ветров И.И.» is one person with another behind it; a list parts by its signs or lines.
            rest.get(..length).is_some_and(|name| name.contains('.')) && !before.ends_with("им.")
        })
    };
    let mut at: Vec<usize> = text
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .filter(|at| begins(*at))
        .collect();
    if person(text).is_none() || at.is_empty() {
        return vec![text];
    }
    at.insert(0, 0);
    // «В. В. Ветров»: the second initial begins no one.
    at.dedup_by(|b, a| *b - *a < 8);
    let ends = at.iter().skip(1).copied().chain([text.len()]);
    at.iter()
        .zip(ends)
        .filter_map(|(from, to)| text.get(*from..to))
        .map(str::trim)
        .collect()
}

/// A line of a cell without its mark and the sign at its end.
fn bare(line: &str) -> &str {
    let rest = marked(line).map_or(line, |m| m.rest);
    rest.trim().trim_end_matches([';', ','])
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "—")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_and_stand_under_headings() {
        let of = |text: &str, title: &str| -> Vec<String> {
            let lines: Vec<Line> = text
                .split('\n')
                .map(|t| Line {
                    text: t.into(),
                    ..Line::default()
                })
                .collect();
            members(&lines, title)
                .into_iter()
                .map(|m| {
                    let words = [Some(m.name), m.post, m.role, m.note];
                    words.map(Option::unwrap_or_default).join("|")
                })
                .collect()
        };
        assert_eq!(
            of(
                "Председатель совета:\nЛугова Нина Петровна\n– заместитель главы\nЧлены совета\nЧижов П.А., директор\nцентра;\nпредставители школ (по согласованию).",
                "Состав совета"
            ),
            [
                "Лугова Нина Петровна|заместитель главы|Председатель совета|",
                "Чижов П.А.|директор центра|член совета|",
                "|представители школ|член совета|по согласованию"
            ]
        );
        assert_eq!(
            of("Эксперты:\nО.И. Верясов, учитель\nИ.Л. Сомова", "Состав"),
            ["О.И. Верясов|учитель|Эксперты|", "И.Л. Сомова||Эксперты|"]
        );
    }
}
