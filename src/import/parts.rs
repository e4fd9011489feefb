//! The parts of a file: takes its lines and tables, gives the order with its clauses and signature, and the annexes
//! behind it, each as pieces under a title. Must not read what a piece holds.

use super::flat::Item;
use super::line::{Line, is_title, stamp_begins};
use super::member::named;
use super::table::Table;
use super::words::{Mark, days, fold, is_capitals, letters, marked, person};
use crate::carrier::blocks::{Align, At};

/// A file by its parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The order: everything down to its signature; empty where the file holds none.
    pub order: Vec<Line>,
    pub segments: Vec<Segment>,
    /// Lines between the signature and the first annex: who was told, who wrote it.
    pub rest: Vec<Line>,
}

/// An annex, or what stands behind the order without a stamp.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub stamp: Option<Stamp>,
    pub pieces: Vec<Piece>,
}

/// «Приложение № 2 к приказу … от … № …», «УТВЕРЖДЕНА приказом …»
#[derive(Debug, Default, Clone)]
pub(super) struct Stamp {
    /// The annex's number as printed.
    pub no: Option<String>,
    /// The whole of it.
    pub text: String,
    pub at: At,
}

#[derive(Debug)]
pub(super) enum Piece {
    Table {
        title: Vec<Line>,
        table: Table,
    },
    /// Numbered people.
    People {
        title: Vec<Line>,
        lines: Vec<Line>,
    },
    Text {
        lines: Vec<Line>,
    },
}

/// Words that the kinds of acts are told by.
pub(super) const TYPES: [&str; 7] = [
    "приказ",
    "распоряжение",
    "постановление",
    "решение",
    "письмо",
    "положение",
    "протокол",
];

/// The kind of act that a line says and nothing else, or before its day and number.
pub(super) fn act(line: &str) -> Option<&'static str> {
    let all = letters(line);
    let found = TYPES.iter().find(|t| all == **t || all.starts_with(**t))?;
    let spaced = line
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    let rest = all.strip_prefix(found)?;
    // «ПРИКАЗ от 12.03.2024 № 45», «Приказ № 45»: what follows is day and number.
    let folded = fold(line);
    let dated = folded.starts_with(found)
        && folded.get(found.len()..).is_some_and(|r| {
            let r = r.trim_start();
            r.starts_with("от ") || r.starts_with('№') || r.starts_with("n ") || r.starts_with('«')
        });
    let lone = rest.is_empty()
        && (spaced
            || line.trim().chars().next().is_some_and(char::is_uppercase)
                && line.trim().chars().count() <= 16);
    (lone || dated && line.chars().count() < 90).then_some(*found)
}

/// Whether a line goes on with a stamp.
pub(super) fn stamp_goes_on(line: &Line, above: &Line) -> bool {
    let folded = fold(&line.text);
    // What stands in the middle below a stamp at the right is the title.
    let below = above.align == Align::End && line.align == Align::Center && line.bold;
    if folded.chars().count() > 110 || is_title(&line.text) || below {
        return false;
    }
    const BEGIN: [&str; 40] = [
        "к приказу",
        "приказом",
        "к распоряж",
        "распоряжением",
        "к постановл",
        "постановлением",
        "к письму",
        "от ",
        "от«",
        "№",
        "n ",
        "no ",
        "управлени",
        "департамент",
        "министерств",
        "комитет",
        "администраци",
        "отдел",
        "муниципальн",
        "город",
        "район",
        "области",
        "края",
        "области",
        "утвержд",
        "директор",
        "начальник",
        "руководител",
        "и.о",
        "заместител",
        "государственн",
        "образовани",
        "науки",
        "тюменск",
        "республики",
        "округа",
        "мку",
        "мбу",
        "гау",
        "_",
    ];
    let dated = !days(&line.text).is_empty() || folded.contains("20__") || folded.contains("____");
    let signed = person(&line.text).is_some();
    let same = above.align == line.align && line.align == Align::End;
    let open = above.text.trim_end().ends_with(',')
        || fold(&above.text).ends_with("приказу")
        || fold(&above.text).ends_with("приказом");
    same || BEGIN.iter().any(|b| folded.starts_with(b))
        || dated && folded.chars().count() < 60
        || signed && folded.chars().count() < 60
        || open
}

/// A signature: a name alone, or a post and a name on one line. Gives post (perhaps empty) and name.
pub(super) fn signature(text: &str) -> Option<(String, String)> {
    // «Начальник отдела ________ /Н.П. Лугова/»
    let slashed = text.trim().trim_end_matches('/').replace(" /", " ");
    let text = slashed.trim();
    if text.chars().count() > 160 || marked(text).is_some() {
        return None;
    }
    if person(text) == Some(text.len()) {
        return Some((String::new(), text.to_owned()));
    }
    // The name stands last: with initials before or behind.
    let words: Vec<&str> = text.split(' ').collect();
    for count in [1usize, 2, 3] {
        let at = words.len().checked_sub(count).filter(|a| *a > 0)?;
        let name = words.get(at..)?.join(" ");
        if person(&name) == Some(name.len()) && name.contains('.') {
            let post = words.get(..at)?.join(" ");
            let post = post
                .trim_end_matches(['_', ' ', '/', '-', '–', ':'])
                .trim()
                .to_owned();
            let office = fold(&post);
            const POSTS: [&str; 16] = [
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
                "главный",
            ];
            // A person in a sentence signs nothing.
            return POSTS
                .iter()
                .any(|p| office.starts_with(p))
                .then_some((post, name));
        }
    }
    None
}

/// Parts a file.
pub(super) fn parts(items: Vec<Item>) -> Parts {
    let act_at = items
        .iter()
        .take(60)
        .position(|i| i.line().is_some_and(|l| act(&l.text).is_some()));
    let commands = items
        .iter()
        .take(200)
        .position(|i| i.line().is_some_and(|l| is_command(&l.text)));
    // A plan may be approved by a stamp without its order standing in the file.
    let first_table = items
        .iter()
        .position(|i| matches!(i, Item::Table(_)))
        .unwrap_or(items.len());
    let letter = act_at.is_none() && commands.is_none() && is_letter(&items);
    let has_order = act_at.is_some_and(|a| a < first_table)
        || commands.is_some_and(|c| c < first_table)
        || letter;
    let mut parts = Parts::default();
    let mut rest = std::collections::VecDeque::from(items);
    // Tables that stand among the clauses.
    let mut among: Vec<Item> = Vec::new();
    if has_order {
        let mut signed = false;
        let mut clauses = false;
        while let Some(item) = rest.front() {
            let Item::Line(line) = item else {
                if signed || !goes_on(&rest) {
                    break;
                }
                among.extend(rest.pop_front());
                continue;
            };
            if clauses && stamp_begins(line) && !line.boxed {
                break;
            }
            clauses |= letter && greets(&line.text)
                || is_command(&line.text)
                || marked(&line.text).is_some_and(|m| m.kind == Mark::Dotted(vec![1]));
            // Behind the signature a title begins the annexes that have no stamp.
            if signed && (is_title(&line.text) || line.new_page || line.heading) {
                break;
            }
            let Some(Item::Line(line)) = rest.pop_front() else {
                break;
            };
            if signed {
                parts.rest.push(line);
                continue;
            }
            signed = clauses && signature(&line.text).is_some();
            parts.order.push(line);
        }
    }
    among.extend(rest);
    parts.segments = segments(among);
    parts
}

/// «Уважаемые коллеги!»
pub(super) fn greets(text: &str) -> bool {
    let folded = fold(text);
    folded.starts_with("уважаем") && folded.chars().count() < 90 && !folded.ends_with('.')
}

/// Whether a file is a letter: it greets somebody and is signed behind that.
fn is_letter(items: &[Item]) -> bool {
    let lines: Vec<&Line> = items.iter().filter_map(Item::line).take(120).collect();
    let Some(at) = lines.iter().take(40).position(|l| greets(&l.text)) else {
        return false;
    };
    lines.iter().skip(at).any(|l| signature(&l.text).is_some())
}

/// Whether an order goes on behind the table that stands first: it is signed before anything that is stamped.
fn goes_on(items: &std::collections::VecDeque<Item>) -> bool {
    items
        .iter()
        .skip(1)
        .take(200)
        .map_while(|item| match item {
            Item::Line(line) => (!stamp_begins(line) && !is_title(&line.text))
                .then(|| signature(&line.text).is_some()),
            Item::Table(_) => Some(false),
        })
        .any(|signed| signed)
}

/// «приказываю», «обязываю», «решил»
pub(super) fn is_command(text: &str) -> bool {
    let all = letters(text);
    [
        "приказываю",
        "обязываю",
        "постановляю",
        "постановляет",
        "решил",
        "решила",
    ]
    .iter()
    .any(|w| all.ends_with(w))
        || all == "приказываю"
}

fn segments(items: Vec<Item>) -> Vec<Segment> {
    let mut out: Vec<(Option<Stamp>, Vec<Item>)> = vec![(None, Vec::new())];
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        let Item::Line(line) = &item else {
            if let Some(last) = out.last_mut() {
                last.1.push(item);
            }
            continue;
        };
        if !stamp_begins(line) {
            if let Some(last) = out.last_mut() {
                last.1.push(item);
            }
            continue;
        }
        let mut stamp = Stamp {
            no: annex_number(&line.text),
            text: line.text.clone(),
            at: line.at,
        };
        let mut above = line.clone();
        let mut count = 0;
        while let Some(Item::Line(next)) = items.peek() {
            if count >= 7 || !stamp_goes_on(next, &above) && !stamp_begins(next) {
                break;
            }
            stamp.no = stamp.no.or_else(|| {
                stamp_begins(next)
                    .then(|| annex_number(&next.text))
                    .flatten()
            });
            stamp.text.push(' ');
            stamp.text.push_str(&next.text);
            above = next.clone();
            items.next();
            count += 1;
        }
        // «Утверждён приказом …» may stand between a title and its table.
        let mut title = Vec::new();
        if matches!(items.peek(), Some(Item::Table(_)))
            && let Some((None, above)) = out.last_mut()
            && above.len() <= 4
            && above.iter().all(|i| i.line().is_some())
            && above
                .iter()
                .any(|i| i.line().is_some_and(|l| is_title(&l.text)))
        {
            title = std::mem::take(above);
        }
        out.push((Some(stamp), title));
    }
    out.into_iter()
        .filter(|(stamp, items)| stamp.is_some() || !items.is_empty())
        .map(|(stamp, items)| Segment {
            stamp,
            pieces: pieces(items),
        })
        .collect()
}

/// «2» of «Приложение № 2 к приказу».
pub(super) fn annex_number(text: &str) -> Option<String> {
    let folded = fold(text);
    let before = folded
        .find("к приказ")
        .or_else(|| folded.find("к распор"))
        .or_else(|| folded.find("к постан"))
        .or_else(|| folded.find("к письм"));
    let head = folded.get(..before.unwrap_or(folded.len()))?;
    if !head.starts_with("прил") {
        return None;
    }
    let digits: String = head
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let digits = digits.trim_end_matches('.');
    (!digits.is_empty() && digits.len() <= 4).then(|| digits.to_owned())
}

/// Cuts what stands under one stamp: tables with their titles, lists of people, texts.
fn pieces(items: Vec<Item>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for item in items {
        match item {
            Item::Line(line) => lines.push(line),
            Item::Table(table) => {
                let title = take_title(&mut lines);
                close(std::mem::take(&mut lines), &mut out);
                out.push(Piece::Table { title, table });
            }
        }
    }
    close(lines, &mut out);
    out
}

/// The lines at the end that are a table's title: short, no items of a list, not the end of a long text.
fn take_title(lines: &mut Vec<Line>) -> Vec<Line> {
    let mut count = 0;
    let mut size = 0;
    let mut titled = false;
    for line in lines.iter().rev() {
        let length = line.text.chars().count();
        let item = marked(&line.text).is_some_and(|m| !matches!(m.kind, Mark::Roman(_)));
        let sentence = length > 250 && line.text.ends_with('.') && !is_title(&line.text);
        if count >= 10
            || item
            || sentence && titled
            || titled && is_end(&line.text) && !is_title(&line.text)
        {
            break;
        }
        count += 1;
        size += length;
        if is_title(&line.text) {
            titled = true;
            // A title of several lines begins with the first that says what it is.
            if count > 1 && size > 1200 {
                break;
            }
        }
    }
    let all = lines.len();
    let from = all.saturating_sub(count);
    let tail = lines.get(from..).unwrap_or_default();
    // Up to the title: what stands before it belongs to the text above.
    let begin = tail.iter().rposition(|l| is_title(&l.text)).map(|at| {
        let mut at = at;
        while at > 0
            && tail.get(at - 1).is_some_and(|l| {
                is_title(&l.text) || is_capitals(&l.text) || l.bold && l.align == Align::Center
            })
        {
            at -= 1;
        }
        at
    });
    let begin = match begin {
        Some(at) => from + at,
        // No word says so: the last line, when it is short.
        None if all <= 6 => from,
        None => {
            all.saturating_sub(usize::from(lines.last().is_some_and(|l| {
                l.text.chars().count() < 200 && marked(&l.text).is_none()
            })))
        }
    };
    lines.split_off(begin.min(all))
}

fn is_end(text: &str) -> bool {
    text.ends_with(['.', ';'])
}

/// Lines that no table follows: a list of people, or text.
fn close(lines: Vec<Line>, out: &mut Vec<Piece>) {
    if lines.is_empty() {
        return;
    }
    let people: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| is_member(&l.text))
        .map(|(i, _)| i)
        .collect();
    let titled = lines.iter().take(6).any(|l| {
        let folded = fold(&l.text);
        folded.starts_with("состав")
            || folded.contains("рабочей групп")
            || folded.contains("рабочая групп")
            || folded.contains("комисси")
            || folded.contains("проектной групп")
            || folded.starts_with("ответственные лица")
            || folded.starts_with("список кураторов")
            || folded.starts_with("список координаторов")
    });
    let first = people.first().copied().unwrap_or(0);
    if people.len() >= 2 && (titled || people.len() * 10 >= lines.len().saturating_sub(first) * 6) {
        let mut lines = lines;
        // A subheading such as «Члены группы:» belongs to the people.
        let mut from = first;
        while from > 0
            && lines
                .get(from - 1)
                .is_some_and(|l| l.text.ends_with(':') && l.text.chars().count() < 60)
        {
            from -= 1;
        }
        let mut members = lines.split_off(from);
        let signs = |l: &Line| signature(&l.text).is_some_and(|(post, _)| !post.is_empty());
        let signed = members.iter().rev().take_while(|l| signs(l)).count();
        let below = members.split_off(members.len() - signed);
        let begin = lines.iter().rposition(|l| is_title(&l.text)).unwrap_or(0);
        let title = lines.split_off(begin);
        if !lines.is_empty() {
            out.push(Piece::Text { lines });
        }
        out.push(Piece::People {
            title,
            lines: members,
        });
        if !below.is_empty() {
            out.push(Piece::Text { lines: below });
        }
        return;
    }
    out.push(Piece::Text { lines });
}

/// «1. Ветрова С.А., методист – секретарь»
pub(super) fn is_member(text: &str) -> bool {
    let rest = marked(text).map_or(text, |m| m.rest);
    // A post and a name on a line of their own sign what stands above.
    let signs = signature(text).is_some_and(|(post, _)| !post.is_empty());
    rest.chars().count() < 500 && !rest.ends_with(':') && named(rest).is_some() && !signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_and_signatures() {
        assert_eq!(act("П Р И К А З"), Some("приказ"));
        assert_eq!(act("ПРИКАЗ от 12.03.2024 № 45"), Some("приказ"));
        assert_eq!(act("Распоряжение"), Some("распоряжение"));
        assert_eq!(act("Приказом управления утверждено"), None);
        assert_eq!(
            signature("В.В.Ветрова"),
            Some((String::new(), "В.В.Ветрова".into()))
        );
        assert_eq!(
            signature("И.о. директора О.В. Ветрова"),
            Some(("И.о. директора".into(), "О.В. Ветрова".into()))
        );
        assert_eq!(signature("Назначить куратором О.В. Ветрову"), None);
    }

    #[test]
    fn stamps_and_their_numbers() {
        let line = |t: &str| Line {
            text: t.into(),
            ..Line::default()
        };
        assert!(stamp_begins(&line("Приложение № 2")));
        assert!(stamp_begins(&line("«УТВЕРЖДЕНА»")));
        assert!(stamp_begins(&line("Прилох кение N 2 к приказу")));
        assert!(!stamp_begins(&line(
            "1. Приложение № 2 считать утратившим силу"
        )));
        assert_eq!(
            annex_number("Приложение № 2 к приказу от 12.03.2024 № 45").as_deref(),
            Some("2")
        );
        assert_eq!(
            annex_number("Прилох кение N 2 к приказу").as_deref(),
            Some("2")
        );
    }
}
