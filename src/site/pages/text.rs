//! Pages of text: news, materials, long documents, plain pages; indicators; working groups.

use serde_json::json;

use super::{Full, View, trail};
use crate::disclosure::{Public, PublicText};
use crate::draw;
use crate::math;
use crate::model::indicators::{Indicator, Indicators};
use crate::model::section::{Group, TextDocument};
use crate::model::{DocIndex, Kind};
use crate::site::book::{Book, count_words};
use crate::site::cards;
use crate::site::format;
use crate::site::head::{self, About};
use crate::site::view::{
    GroupView, IndicatorGoalView, IndicatorGroupView, IndicatorView, IndicatorsView, Link,
    TextView, ValueView, VariableView,
};
use crate::text::{format_decimal, format_signed, slug};

pub fn text(book: &Book, i: DocIndex, text: &TextDocument<Public>, kind: Kind) -> Option<Full> {
    let part = book.part(i)?;
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let neighbours = part.kinds.get(&Kind::News).filter(|_| kind == Kind::News);
    let place = neighbours.and_then(|list| list.iter().position(|d| *d == i));
    let neighbour = |at: Option<usize>| {
        let d = *neighbours?.get(at?)?;
        Some(Link {
            title: book.title(d),
            href: format::href(&root, book.address(d)),
            ..Link::default()
        })
    };
    let view = TextView {
        body: super::home::paragraph(&text.body, &root),
        contents: text
            .body
            .headings()
            .iter()
            .filter(|h| h.level <= 3)
            .map(|h| Link {
                title: h.title.clone(),
                href: format!("#{}", h.anchor),
                current: false,
                note: Some(h.level.to_string()),
            })
            .collect(),
        date: text.date.map(format::date),
        category: format::print_opt(text.category.as_ref()),
        row: cards::row(book, book.documents[i].head.row.as_ref(), &root),
        attachments: text
            .attachments
            .iter()
            .filter_map(|a| cards::attachment(book, a, &root))
            .collect(),
        // Lists stand newest first.
        previous: neighbour(place.map(|p| p + 1)),
        next: neighbour(place.and_then(|p| p.checked_sub(1))),
    };
    let title = book.title(i);
    let news = (kind == Kind::News).then(|| {
        json!({"@type": "NewsArticle", "headline": title, "datePublished": text.date.map(format::iso)})
    });
    let about = About {
        kind: kind.word(),
        title,
        description: cards::summary(book, i),
        address,
        trail: trail(book, i),
        document: Some(i),
        article: true,
        data: news,
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Text(Box::new(view)),
    })
}

pub fn group(book: &Book, i: DocIndex, group: &Group<Public>) -> Option<Full> {
    let part = book.part(i)?;
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let view = GroupView {
        members: group.members.iter().map(cards::person).collect(),
        count_words: count_words(group.members.len(), ["участник", "участника", "участников"]),
    };
    let about = About {
        kind: "group",
        title: book.title(i),
        description: format!("{}: {}", book.title(i), view.count_words),
        address,
        trail: trail(book, i),
        document: Some(i),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Group(view),
    })
}

pub fn indicators(book: &Book, i: DocIndex, indicators: &Indicators<Public>) -> Option<Full> {
    let part = book.part(i)?;
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let mut count = 0;
    let groups = indicators
        .groups
        .iter()
        .enumerate()
        .map(|(g, group)| IndicatorGroupView {
            title: group.title.print(),
            anchor: format!("g-{}", g + 1),
            goals: group
                .goals
                .iter()
                .map(|goal| IndicatorGoalView {
                    title: goal
                        .title
                        .as_ref()
                        .map(PublicText::print)
                        .unwrap_or_default(),
                    indicators: goal
                        .indicators
                        .iter()
                        .map(|x| {
                            count += 1;
                            indicator(x, count)
                        })
                        .collect(),
                })
                .collect(),
        })
        .collect();
    let view = IndicatorsView {
        groups,
        count_words: count_words(count, ["показатель", "показателя", "показателей"]),
    };
    let about = About {
        kind: "indicators",
        title: book.title(i),
        description: match book.documents[i].head.description.as_ref() {
            Some(words) => words.print(),
            None => format!("{}: {}", book.title(i), view.count_words),
        },
        address,
        trail: trail(book, i),
        document: Some(i),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Indicators(view),
    })
}

/// Anchor of the `n`-th indicator of a page, from 1.
pub fn indicator_anchor(x: &Indicator<Public>, n: usize) -> String {
    match slug(x.name.raw()) {
        s if s.is_empty() => format!("p-{n}"),
        s => format!(
            "p-{n}-{}",
            s.chars().take(40).collect::<String>().trim_matches('-')
        ),
    }
}

fn indicator(x: &Indicator<Public>, n: usize) -> IndicatorView {
    let formula =
        |t: &Option<PublicText>| t.as_ref().and_then(|t| math::mathml(t.raw(), true).ok());
    let unit = x.unit.as_ref().map(PublicText::print);
    let values: Vec<ValueView> = x
        .values
        .iter()
        .enumerate()
        .map(|(k, (year, value))| {
            let before = k.checked_sub(1).and_then(|p| x.values.get(p));
            ValueView {
                year: year.to_string(),
                value: format_decimal(*value),
                // The order's DD: this year's value less the one of the year before.
                difference: before
                    .filter(|(y, _)| y + 1 == *year)
                    .map(|(_, was)| format_signed(((value - was) * 1000.0).round() / 1000.0)),
            }
        })
        .collect();
    let name = x.name.print();
    let target = x.target.as_ref().map(PublicText::print);
    let chart = (!x.values.is_empty()).then(|| {
        let words: Vec<String> = values
            .iter()
            .map(|v| format!("{} — {}", v.year, v.value))
            .collect();
        draw::chart(&draw::ChartInput {
            id_prefix: format!("chart-{n}"),
            title: name.clone(),
            desc: words.join("; "),
            unit: unit.clone().unwrap_or_default(),
            target: x.target.as_ref().and_then(|t| number(t.raw())),
            values: x.values.iter().map(|(y, v)| (y.to_string(), *v)).collect(),
        })
    });
    IndicatorView {
        anchor: indicator_anchor(x, n),
        name,
        source: format::print_opt(x.source.as_ref()),
        frequency: format::print_opt(x.frequency.as_ref()),
        responsible: format::print_opt(x.responsible.as_ref()),
        target,
        formula: formula(&x.formula),
        dynamics: formula(&x.dynamics),
        variables: x
            .variables
            .iter()
            .filter_map(|v| {
                Some(VariableView {
                    symbol: math::mathml(v.symbol.raw(), false).ok()?,
                    meaning: v.meaning.print(),
                    unit: format::print_opt(v.unit.as_ref()),
                })
            })
            .collect(),
        unit,
        values,
        chart,
    }
}

/// The one number in a target such as «не менее 75 %»; none where there are several.
fn number(target: &str) -> Option<f64> {
    let mut numbers = target
        .split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .filter_map(|s| s.trim_matches([',', '.']).replace(',', ".").parse().ok());
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}
