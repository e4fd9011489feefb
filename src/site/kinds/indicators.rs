//! Indicators: formulas with their variables in words, targets, values as a chart and a table.

mod data;
mod edition;

use chrono::NaiveDate;
use serde::Serialize;

use crate::disclosure::{Public, PublicText};
use crate::draw;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::indicators::{Indicator, Indicators};
use crate::math;
use crate::monitoring;
use crate::site::away::dataset;
use crate::site::book::Book;
use crate::site::edition::{CSV, Edition, Format, TABLE, csv, marked};
use crate::site::format;
use crate::site::head::Full;
use crate::site::listed::Listed;
use crate::site::measured::{number, shown, words};
use crate::site::paged::{OpenTable, Paged, Spot, about};
use crate::site::texts::{Texts, Words};
use crate::text::{format_decimal, format_signed, slug};

/// Stands in place of a value that would give a school away.
const WITHHELD: &str = "не публикуется";

/// `indicators.html`
#[derive(Debug, Clone, Serialize)]
struct IndicatorsView {
    groups: Vec<IndicatorGroupView>,
    count_words: String,
}

#[derive(Debug, Clone, Serialize)]
struct IndicatorGroupView {
    title: String,
    anchor: String,
    goals: Vec<IndicatorGoalView>,
}

#[derive(Debug, Clone, Serialize)]
struct IndicatorGoalView {
    /// Empty where the group has no goals of its own.
    title: String,
    indicators: Vec<IndicatorView>,
}

#[derive(Debug, Clone, Serialize)]
struct IndicatorView {
    name: String,
    anchor: String,
    source: Option<String>,
    frequency: Option<String>,
    responsible: Option<String>,
    target: Option<String>,
    /// MathML, safe.
    formula: Option<String>,
    dynamics: Option<String>,
    variables: Vec<VariableView>,
    unit: Option<String>,
    /// The value from which it is counted, as printed.
    base: Option<String>,
    /// Some value is planned.
    is_planned: bool,
    /// Some value has one of the year before.
    is_compared: bool,
    /// Of some value it is known whether it meets the target.
    is_judged: bool,
    /// Some value is not published.
    is_withheld: bool,
    values: Vec<ValueView>,
    /// SVG, safe; none without values.
    chart: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct VariableView {
    /// MathML, safe.
    symbol: String,
    meaning: String,
    unit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ValueView {
    /// The year, or whatever is printed there.
    year: String,
    planned: Option<String>,
    value: String,
    /// Difference from the year before, with its sign: «+1,6».
    difference: Option<String>,
    /// Whether the target is met, in words.
    met: Option<&'static str>,
}

impl Listed for Indicators<Public> {}

impl Paged for Indicators<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let view = view(self, book, i);
        let mut about = about(book, i);
        about.data = dataset(book, i);
        if book.documents[i].head.description.is_none() {
            about.description = format!("{}: {}", about.title, view.count_words);
        }
        Some(Full::of(book, Some(part), about, view))
    }

    fn files(&self) -> &'static [&'static str] {
        &[CSV, data::JSON]
    }

    fn file(&self, book: &Book, i: DocIndex, name: &str) -> Option<Vec<u8>> {
        match name {
            CSV => Some(csv(&marked(
                self.edition(book, i)?.table?,
                book.is_sample(i),
            ))),
            data::JSON => data::json(self, book, i),
            _ => None,
        }
    }

    fn formats(&self) -> &'static [Format] {
        TABLE
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        Some(edition::edition(&view(self, book, i), &book.title(i)))
    }

    fn open(&self, book: &Book, i: DocIndex) -> Option<OpenTable> {
        Some(data::open(self, book, i))
    }

    fn texts(&self, _: &Book, _: DocIndex, texts: &mut Texts) {
        let mut n = 0;
        for (g, group) in self.groups.iter().enumerate() {
            texts.passage(&format!("g-{}", g + 1), &[&group.title]);
            for goal in &group.goals {
                texts.passage(&format!("g-{}", g + 1), &[&goal.title]);
                for x in &goal.indicators {
                    n += 1;
                    let meanings: Vec<_> = x.variables.iter().map(|v| v.meaning.clone()).collect();
                    let parts: [&dyn Words; 5] =
                        [&x.name, &x.target, &x.source, &x.responsible, &meanings];
                    texts.passage(&anchor(x, n), &parts);
                }
            }
        }
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let goals = self.groups.iter().flat_map(|group| &group.goals);
        let mut out: Vec<_> = goals
            .flat_map(|goal| &goal.indicators)
            .zip(1..)
            .map(|(x, n)| (anchor(x, n), Spot::Line(x.at.line)))
            .collect();
        for (g, group) in self.groups.iter().enumerate() {
            out.push((group_anchor(g), Spot::Part(format!("groups.{g}"))));
            let named = group.goals.iter().enumerate();
            for (n, _) in named.filter(|(_, goal)| goal.title.is_some()) {
                let part = format!("groups.{g}.goals.{n}");
                out.push((goal_anchor(g, n), Spot::Part(part)));
            }
        }
        out
    }
}

fn group_anchor(group: usize) -> String {
    format!("g-{}", group + 1)
}

fn goal_anchor(group: usize, goal: usize) -> String {
    format!("{}-{}", group_anchor(group), goal + 1)
}

fn view(all: &Indicators<Public>, book: &Book, i: DocIndex) -> IndicatorsView {
    let mut count = 0;
    let groups = all
        .groups
        .iter()
        .enumerate()
        .map(|(g, group)| IndicatorGroupView {
            title: group.title.print(),
            anchor: group_anchor(g),
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
                            indicator(x, count, book.measured.of(i, count - 1), book.today)
                        })
                        .collect(),
                })
                .collect(),
        })
        .collect();
    IndicatorsView {
        groups,
        count_words: format::parts(Kind::Indicators, count),
    }
}

/// Anchor of the `n`-th indicator of a page, from 1.
fn anchor(x: &Indicator<Public>, n: usize) -> String {
    match slug(x.name.raw()) {
        s if s.is_empty() => format!("p-{n}"),
        s => format!(
            "p-{n}-{}",
            s.chars().take(40).collect::<String>().trim_matches('-')
        ),
    }
}

fn indicator(
    x: &Indicator<Public>,
    n: usize,
    measured: &[monitoring::Value],
    today: NaiveDate,
) -> IndicatorView {
    let formula =
        |t: &Option<PublicText>| t.as_ref().and_then(|t| math::mathml(t.raw(), true).ok());
    let unit = x.unit.as_ref().map(PublicText::print);
    let all = shown(x, measured, today);
    let name = x.name.print();
    let target = x.target.as_ref().map(PublicText::print);
    // A picture of some of the values would mislead.
    let reached = all.iter().filter(|own| own.value.is_some() || own.withheld);
    let drawn: Option<Vec<(String, f64)>> = reached
        .map(|own| {
            own.is_dated()
                .then_some(own.number?)
                .map(|number| (own.period.clone(), number))
        })
        .collect();
    let chart = drawn.filter(|drawn| !drawn.is_empty()).map(|drawn| {
        let words: Vec<String> = drawn
            .iter()
            .map(|(year, value)| format!("{year} — {}", format_decimal(*value)))
            .collect();
        draw::chart(&draw::ChartInput {
            id_prefix: format!("chart-{n}"),
            title: name.clone(),
            desc: words.join("; "),
            unit: unit.clone().unwrap_or_default(),
            target: x.target.as_ref().and_then(|t| number(t.raw())),
            values: drawn,
        })
    });
    let is_withheld = all.iter().any(|own| own.withheld);
    let values: Vec<ValueView> = all
        .into_iter()
        .map(|own| ValueView {
            year: own.period,
            planned: own.planned.map(|v| words(&v.value, v.number)),
            value: match own.value {
                Some(words) => words,
                None if own.withheld => WITHHELD.to_owned(),
                None => String::new(),
            },
            difference: own.difference.map(format_signed),
            met: own.met.map(|met| {
                if met {
                    "достигнута"
                } else {
                    "не достигнута"
                }
            }),
        })
        .collect();
    IndicatorView {
        anchor: anchor(x, n),
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
        base: x.base.as_ref().map(|b| words(b, number(b.raw()))),
        is_planned: !x.planned.is_empty(),
        is_compared: values.iter().any(|v| v.difference.is_some()),
        is_judged: values.iter().any(|v| v.met.is_some()),
        is_withheld,
        values,
        chart,
    }
}
