//! Duties on one screen: this week, late, waiting for evidence, next month; below, by the bodies that act.
//!
//! A page that needs nothing else: no file, no script, no net.

use chrono::{Datelike, Days, NaiveDate};

use super::{Duties, Item, State, day, names};
use crate::document::markdown::escape;
use crate::text::dates;

const STYLE: &str = r#":root { color-scheme: light dark; --ink: #1c2127; --soft: #545c66; --paper: #fff; --panel: #f5f6f7; --rule: #dcdfe3; --late: #a9261d; --soon: #8a5200; --link: #17509e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a7b0ba; --paper: #15181c; --panel: #1d2126; --rule: #343a42; --late: #ff9b8f; --soon: #f0b85a; --link: #8db8f2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem clamp(.75rem, 3vw, 2rem) 2rem; background: var(--paper); color: var(--ink); font: 15px/1.4 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; }
header p { margin: .2rem 0 1rem; color: var(--soft); }
h2 { margin: 0 0 .4rem; font-size: 1.05rem; }
.count { color: var(--soft); font-weight: 400; }
.groups { columns: 3 22rem; column-gap: .75rem; margin-bottom: 1.5rem; }
.group { break-inside: avoid; margin-bottom: .75rem; padding: .7rem .9rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; min-width: 0; }
.is-late h2 { color: var(--late); }
.is-week h2 { color: var(--soon); }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .3rem 0; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
.day { font-weight: 600; font-variant-numeric: tabular-nums; }
.facts, code { display: block; font-size: .8rem; color: var(--soft); }
code { font-family: ui-monospace, monospace; }
.empty { margin: 0; color: var(--soft); }
summary { cursor: pointer; padding: .3rem 0; color: var(--link); }
a { color: var(--link); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; }
tbody th { font-weight: 500; min-width: 12rem; }
.num { text-align: right; font-variant-numeric: tabular-nums; }
"#;
/// Of each group so many are shown at once; the others are below a fold.
const FIRST: usize = 3;

/// The whole page.
pub fn page(duties: &Duties) -> String {
    let today = duties.today;
    let sunday = ahead(today, u64::from(6 - today.weekday().num_days_from_monday()));
    let month = ahead(today, 30);
    let next = ahead(today, 62);
    let open = |i: &Item| matches!(i.state, State::Due | State::Upcoming);
    let by = |i: &Item, from: NaiveDate, to: NaiveDate| {
        open(i) && i.due.is_some_and(|due| from <= due && due <= to)
    };
    let groups: [(&str, &str, Vec<&Item>); 6] = [
        (
            "week",
            "На этой неделе",
            chosen(duties, |i| by(i, today, sunday)),
        ),
        (
            "late",
            "Просрочено",
            chosen(duties, |i| i.state == State::Late),
        ),
        (
            "proof",
            "Ждут подтверждения",
            chosen(duties, Item::awaits_proof),
        ),
        (
            "month",
            "До конца 30 дней",
            chosen(duties, |i| {
                by(i, ahead(sunday, 1), month) || (i.state == State::Due && i.due.is_none())
            }),
        ),
        (
            "next",
            "Следующий месяц",
            chosen(duties, |i| by(i, ahead(month, 1), next)),
        ),
        (
            "none",
            "Срок прошёл, записи нет",
            chosen(duties, |i| i.state == State::NoRecord && !i.awaits_proof()),
        ),
    ];
    let mut out = format!(
        "<!doctype html>\n<html lang=\"ru\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Что и кому делать</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>Что и&nbsp;кому делать</h1>\
         <p>На {}. Только для оператора: на сайт не&nbsp;выкладывается.</p></header>\n<main>\n<div class=\"groups\">\n",
        escape(&dates::long(today))
    );
    for (key, title, items) in &groups {
        out.push_str(&format!(
            "<section class=\"group is-{key}\" aria-labelledby=\"{key}\"><h2 id=\"{key}\">{title} <span class=\"count\">{}</span></h2>\n",
            items.len()
        ));
        if items.is_empty() {
            out.push_str("<p class=\"empty\">ничего</p>\n");
        }
        // Nobody acts on it today: it is at hand, and in nobody's way.
        let shown = if *key == "none" { 0 } else { FIRST };
        let (first, rest) = items.split_at(items.len().min(shown));
        if !first.is_empty() {
            list(&mut out, first, *key == "proof");
        }
        if !rest.is_empty() {
            let word = if first.is_empty() {
                "показать"
            } else {
                "ещё"
            };
            out.push_str(&format!(
                "<details><summary>{word} {}</summary>\n",
                rest.len()
            ));
            list(&mut out, rest, *key == "proof");
            out.push_str("</details>\n");
        }
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n");
    bodies(&mut out, duties);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

fn chosen(duties: &Duties, wanted: impl Fn(&Item) -> bool) -> Vec<&Item> {
    duties.items.iter().filter(|i| wanted(i)).collect()
}

fn list(out: &mut String, items: &[&Item], with_proposed: bool) {
    out.push_str("<ul>\n");
    for item in items {
        let facts = [names(item), item.section_title.clone(), item.basis.clone()];
        let mut facts: Vec<String> = facts
            .iter()
            .filter(|f| !f.is_empty())
            .map(|f| escape(f).into_owned())
            .collect();
        facts.extend(item.note.iter().map(|n| escape(n).into_owned()));
        if with_proposed {
            for proof in &item.proposed {
                let text = escape(&proof.text);
                facts.push(match &proof.link {
                    Some(link) => {
                        format!("может подтвердить: <a href=\"{}\">{text}</a>", escape(link))
                    }
                    None => format!("может подтвердить: {text}"),
                });
            }
        }
        out.push_str(&format!(
            "<li><span class=\"day\">{}</span> <span class=\"what\">{}</span> <span class=\"facts\">{}</span> <code>{}:{}</code></li>\n",
            day(item.due),
            escape(&crate::text::excerpt(&item.what, 160)),
            facts.join("\u{a0}· "),
            escape(&item.path),
            item.line
        ));
    }
    out.push_str("</ul>\n");
}

/// How much each body has before it.
fn bodies(out: &mut String, duties: &Duties) {
    out.push_str(
        "<section aria-labelledby=\"bodies\"><h2 id=\"bodies\">По исполнителям</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"bodies\"><table>\n<thead><tr>\
         <th scope=\"col\">Кто</th><th scope=\"col\">Раздел</th><th scope=\"col\">Просрочено</th><th scope=\"col\">30 дней</th>\
         <th scope=\"col\">Нет записи</th><th scope=\"col\">Дальше</th><th scope=\"col\">Ближайший срок</th></tr></thead>\n<tbody>\n",
    );
    for ((_, name), items) in duties.by_body() {
        let count = |state| items.iter().filter(|i| i.state == state).count();
        let next = items
            .iter()
            .filter(|i| matches!(i.state, State::Due | State::Upcoming))
            .filter_map(|i| i.due)
            .min();
        let title = items.first().map_or("", |i| i.section_title.as_str());
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td>{}</td></tr>\n",
            escape(&name),
            escape(title),
            count(State::Late),
            count(State::Due),
            count(State::NoRecord),
            count(State::Upcoming),
            next.map_or_else(|| "—".to_owned(), dates::short)
        ));
    }
    out.push_str("</tbody>\n</table></div>\n</section>\n");
}
