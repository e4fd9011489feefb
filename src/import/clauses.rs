//! Orders: takes the lines down to the signature, gives the order as printed. Clauses keep their printed numbers, and stand
//! under each other by their marks. Must not repair a word.

use super::assign::assign;
use super::doubt::Doubts;
use super::head::{head_fields, letter_fields};
use super::line::Line;
use super::order::{Clause, Control, Order};
use super::parts::{act, greets, is_command, signature};
use super::words::{Mark, days, fold, marked, one_line};
use crate::period::Plan;

/// Reads an order; `elsewhere` are other texts of the file in which its day may stand.
pub(super) fn order(lines: &[Line], elsewhere: &[&str], file: usize, doubts: &mut Doubts) -> Order {
    let mut order = Order::default();
    let mut lines = lines.to_vec();
    order.at = lines.first().map(|l| l.at).unwrap_or_default();
    sign(&mut lines, &mut order);
    // Where nothing is numbered, what stands behind the command is ordered a paragraph each.
    let ordered = lines.iter().position(|l| is_command(&l.text));
    let greeted = (ordered.is_none() && !lines.iter().any(|l| act(&l.text).is_some()))
        .then(|| lines.iter().position(|l| greets(&l.text)))
        .flatten();
    let numbered = lines.iter().position(begins_clauses);
    let begun = greeted.or(ordered).map(|at| at + 1);
    let body = match greeted {
        Some(_) => begun,
        None => discussed(&lines).or(numbered).or(begun),
    };
    let (head, clauses) = lines.split_at(body.unwrap_or(lines.len()));
    match greeted {
        Some(_) => letter_fields(head, &mut order),
        None => head_fields(head, &mut order, elsewhere, file, doubts),
    }
    let mut flat: Vec<Clause> = Vec::new();
    for line in clauses {
        // What was said and decided stands on lines of its own.
        if order.act == "протокол" && is_stage(&line.text) {
            flat.push(Clause {
                text: line.text.trim().to_owned(),
                at: line.at,
                ..Clause::default()
            });
            continue;
        }
        let ended = flat.last().is_none_or(|l| l.text.ends_with(['.', '!']));
        let begins = line.text.chars().next().is_some_and(char::is_uppercase);
        if (numbered.is_none() || greeted.is_some())
            && ended
            && begins
            && marked(&line.text).is_none()
        {
            flat.push(Clause {
                text: line.text.trim().to_owned(),
                at: line.at,
                ..Clause::default()
            });
        } else {
            clause(line, &mut flat);
        }
    }
    let plan = order.date.and_then(|from| {
        Some(Plan {
            from,
            to: from.checked_add_months(chrono::Months::new(24))?,
        })
    });
    order.control = flat.iter().rev().find_map(control);
    order.clauses = nest(flat);
    for clause in &mut order.clauses {
        assign(clause, None, plan.as_ref(), file, doubts);
    }
    order
}

/// Where minutes begin to say what was said, behind an agenda whose points are numbered as well.
fn discussed(lines: &[Line]) -> Option<usize> {
    let agenda = lines
        .iter()
        .position(|l| fold(&l.text).starts_with("повестка"))?;
    let said = |l: &Line| {
        let text = marked(&l.text).map_or(l.text.as_str(), |m| m.rest);
        let folded = fold(text);
        ["слушали", "выступил", "решили", "по первому вопросу"]
            .iter()
            .any(|w| folded.starts_with(w))
    };
    let at = lines.iter().skip(agenda).position(said)?;
    Some(agenda + at)
}

/// «СЛУШАЛИ:», «По второму вопросу слушали …», «Решили:», «Голосовали: …»
fn is_stage(text: &str) -> bool {
    if marked(text).is_some() {
        return false;
    }
    let folded = fold(text);
    let by_point = folded.starts_with("по ") && folded.split(' ').nth(2) == Some("вопросу");
    by_point
        || [
            "слушали",
            "выступил",
            "решили",
            "решение",
            "постановили",
            "голосовали",
        ]
        .iter()
        .any(|w| folded.starts_with(w))
}

/// Takes the signature off the end.
fn sign(lines: &mut Vec<Line>, order: &mut Order) {
    let Some(last) = lines.last() else { return };
    let Some((mut post, name)) = signature(&last.text) else {
        return;
    };
    lines.pop();
    // The post stands above the name, on lines that end no sentence.
    while let Some(above) = lines.last() {
        let text = above.text.trim();
        let sentence = text.ends_with(['.', ';', ':']) && !text.ends_with("и.о.");
        if sentence || marked(text).is_some() || text.chars().count() > 140 || lines.len() < 4 {
            break;
        }
        let begins = text.chars().next().is_some_and(char::is_uppercase);
        post = if post.is_empty() {
            text.to_owned()
        } else {
            format!("{text} {post}")
        };
        lines.pop();
        if begins && is_post(&post) {
            break;
        }
    }
    order.signed = Some((post, name));
}

fn is_post(text: &str) -> bool {
    let folded = fold(text);
    [
        "директор",
        "начальник",
        "руководител",
        "министр",
        "глава",
        "председател",
        "заместител",
        "ректор",
        "и.о",
        "и. о",
        "исполня",
        "врио",
        "заведующ",
        "первый",
        "мэр",
    ]
    .iter()
    .any(|p| folded.starts_with(p))
}

/// The first clause: «1.» where a command or a preamble has come before.
fn begins_clauses(line: &Line) -> bool {
    match marked(&line.text) {
        Some(m) => match m.kind {
            Mark::Dotted(parts) => {
                parts == [1]
                    && !m.rest.is_empty()
                    && days(&line.text).first().is_none_or(|d| d.0.start > 2)
            }
            Mark::Bracket(1) | Mark::Roman(1) => !m.rest.is_empty(),
            _ => false,
        },
        None => false,
    }
}

/// How deep a mark stands, beside the one before.
fn level(kind: &Mark) -> u8 {
    match kind {
        Mark::Dotted(parts) => u8::try_from(parts.len().saturating_sub(1))
            .unwrap_or(4)
            .min(4),
        Mark::Roman(_) => 0,
        Mark::Bracket(_) => 1,
        Mark::Letter(_) => 2,
        Mark::Dash => 3,
    }
}

fn clause(line: &Line, flat: &mut Vec<Clause>) {
    let text = line.text.trim();
    match marked(text) {
        Some(m) if !m.rest.is_empty() => {
            let level = level(&m.kind);
            flat.push(Clause {
                no: Some(m.mark.to_owned()),
                text: m.rest.to_owned(),
                level,
                at: line.at,
                ..Clause::default()
            });
        }
        _ => match flat.last_mut() {
            Some(last) => {
                // A page cut the sentence, or a clause of several paragraphs goes on.
                let ended = last.text.ends_with(['.', ':', ';', '!']);
                last.text.push(if ended { '\n' } else { ' ' });
                last.text.push_str(text);
            }
            None => flat.push(Clause {
                text: text.to_owned(),
                at: line.at,
                ..Clause::default()
            }),
        },
    }
}

/// Puts clauses under each other by their marks.
fn nest(flat: Vec<Clause>) -> Vec<Clause> {
    fn put(into: &mut Vec<Clause>, clause: Clause) {
        match into.last_mut() {
            Some(last) if last.level < clause.level => put(&mut last.clauses, clause),
            _ => into.push(clause),
        }
    }
    let mut out = Vec::new();
    for clause in flat {
        put(&mut out, clause);
    }
    out
}

/// Who keeps control, where the clause says so.
fn control(clause: &Clause) -> Option<Control> {
    let folded = fold(&clause.text);
    if !(folded.starts_with("контроль")
        || folded.contains("контроль за")
        || folded.contains("контроль исполнения")
        || folded.contains("контроль над"))
    {
        return None;
    }
    let kept = folded.contains("оставляю за собой") || folded.contains("оставить за собой");
    let who = ["возложить на ", "возлагаю на "].iter().find_map(|w| {
        clause
            .text
            .find(w)
            .and_then(|at| clause.text.get(at + w.len()..))
    });
    // The dot of initials belongs to the name.
    let who = who.map(|w| {
        let bare = w.trim_end_matches('.').trim();
        let initial = bare
            .rsplit(['.', ' '])
            .next()
            .is_some_and(|last| last.chars().count() == 1);
        match initial && w.trim().ends_with('.') {
            true => format!("{bare}."),
            false => bare.to_owned(),
        }
    });
    (kept || who.is_some()).then(|| Control {
        text: one_line(&clause.text),
        who,
        kept,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assign::nominative;
    use super::*;

    fn read(text: &str) -> Order {
        let lines: Vec<Line> = text
            .lines()
            .map(|l| Line {
                text: l.trim().into(),
                ..Line::default()
            })
            .filter(|l| !l.text.is_empty())
            .collect();
        order(&lines, &[], 0, &mut Doubts::default())
    }

    const ORDER: &str = "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nЛУГОВОГО РАЙОНА\nПРИКАЗ\nот « 13 » марта 2024 г. № 22/1-осн\nг. Ключевой\nОб утверждении плана\nВ соответствии с программой приказываю:\n1. Утвердить:\n1) план (приложение № 1);\n2) состав группы.\n2. Отделу общего образования довести приказ до сведения школ в срок до 20.03.2024.\n3. Руководителям школ:\n- назначить ответственных до 01.04.2024;\n- представить отчёт.\n4. Контроль за исполнением приказа возложить на заместителя начальника.\nНачальник управления\nИ.И. Ветрова";

    #[test]
    fn an_order_without_numbers_and_figures() {
        let order = read(
            "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nПРИКАЗ\nдвадцать первого февраля две тысячи двадцать пятого года\nО мониторинге\nНа основании плана приказываю:\nПровести мониторинг до 20 марта 2025 года.\nУтвердить форму:\nотчёта;\nсправки.\nНачальник управления И.И. Ветрова",
        );
        assert_eq!(
            order.date.map(|d| d.to_string()).as_deref(),
            Some("2025-02-21")
        );
        assert_eq!(order.subject, "О мониторинге");
        let texts: Vec<&str> = order.clauses.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Провести мониторинг до 20 марта 2025 года.",
                "Утвердить форму:\nотчёта;\nсправки."
            ]
        );
    }

    #[test]
    fn minutes_say_what_was_met_about() {
        let order = read(
            "ПРОТОКОЛ № 2\nзаседания рабочей группы\nПрисутствовали: 8 человек\nПовестка дня:\n1. О плане.\nРЕШИЛИ:\n1. Принять к сведению.\nПредседатель И.И. Ветрова",
        );
        assert_eq!(order.subject, "заседания рабочей группы");
        assert_eq!(order.number.as_deref(), Some("2"));
        assert_eq!(
            order.basis.as_deref(),
            Some("Присутствовали: 8 человек\nПовестка дня\n1. О плане.")
        );
    }

    #[test]
    fn an_order_as_printed() {
        let order = read(ORDER);
        assert_eq!(order.act, "приказ");
        assert_eq!(
            order.letterhead.as_deref(),
            Some("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЛУГОВОГО РАЙОНА")
        );
        assert_eq!(
            order.date.map(|d| d.to_string()).as_deref(),
            Some("2024-03-13")
        );
        assert_eq!(order.number.as_deref(), Some("22/1-осн"));
        assert_eq!(order.place.as_deref(), Some("г. Ключевой"));
        assert_eq!(order.subject, "Об утверждении плана");
        assert_eq!(order.basis.as_deref(), Some("В соответствии с программой"));
        assert_eq!(
            order.signed,
            Some(("Начальник управления".into(), "И.И. Ветрова".into()))
        );
        assert_eq!(order.clauses.len(), 4);
        assert_eq!(order.clauses[0].clauses.len(), 2);
        let second = order.clauses[1].assignment.clone().expect("assignment");
        assert_eq!(
            (second.who.as_str(), second.by.as_deref()),
            ("Отделу общего образования", Some("в срок до 20.03.2024"))
        );
        let third = order.clauses[2].clauses[0]
            .assignment
            .clone()
            .expect("assignment");
        assert_eq!(
            (third.who.as_str(), third.by.as_deref()),
            ("Руководителям школ", Some("до 01.04.2024"))
        );
        assert!(
            order
                .control
                .is_some_and(|c| c.who.as_deref() == Some("заместителя начальника"))
        );
        assert_eq!(
            nominative("Отделу общего образования"),
            "Отдел общего образования"
        );
        assert_eq!(
            nominative("Главным специалистам Управления"),
            "Главные специалисты Управления"
        );
    }
}
