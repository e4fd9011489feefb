//! Indicators: formulas with their variables in words, targets, values as a chart and a table.

mod edition;

use serde::Serialize;

use crate::disclosure::{Public, PublicText};
use crate::draw;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::indicators::{Indicator, Indicators, Value};
use crate::math;
use crate::site::away::dataset;
use crate::site::book::Book;
use crate::site::edition::{CSV, Edition, Format, TABLE, csv};
use crate::site::format;
use crate::site::head::Full;
use crate::site::listed::Listed;
use crate::site::paged::{Paged, about};
use crate::site::texts::{Texts, Words};
use crate::text::{format_decimal, format_signed, slug};

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
}

impl Listed for Indicators<Public> {}

impl Paged for Indicators<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let view = view(self);
        let mut about = about(book, i);
        about.data = dataset(book, i);
        if book.documents[i].head.description.is_none() {
            about.description = format!("{}: {}", about.title, view.count_words);
        }
        Some(Full::of(book, Some(part), about, view))
    }

    fn files(&self) -> &'static [&'static str] {
        &[CSV]
    }

    fn file(&self, book: &Book, i: DocIndex, name: &str) -> Option<Vec<u8>> {
        let table = self.edition(book, i)?.table?;
        (name == CSV).then(|| csv(&table))
    }

    fn formats(&self) -> &'static [Format] {
        TABLE
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        Some(edition::edition(&view(self), &book.title(i)))
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

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, u32)> {
        let goals = self.groups.iter().flat_map(|group| &group.goals);
        goals
            .flat_map(|goal| &goal.indicators)
            .zip(1..)
            .map(|(x, n)| (anchor(x, n), x.at.line))
            .collect()
    }
}

fn view(all: &Indicators<Public>) -> IndicatorsView {
    let mut count = 0;
    let groups = all
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

fn indicator(x: &Indicator<Public>, n: usize) -> IndicatorView {
    let formula =
        |t: &Option<PublicText>| t.as_ref().and_then(|t| math::mathml(t.raw(), true).ok());
    let unit = x.unit.as_ref().map(PublicText::print);
    let values = values(x);
    let name = x.name.print();
    let target = x.target.as_ref().map(PublicText::print);
    // A picture of some of the values would mislead.
    let drawn: Option<Vec<(String, f64)>> = x
        .values
        .iter()
        .map(|v| {
            v.year
                .and(v.number)
                .map(|number| (v.period.print(), number))
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
        base: x.base.as_ref().map(|b| value_words(b, number(b.raw()))),
        is_planned: !x.planned.is_empty(),
        is_compared: values.iter().any(|v| v.difference.is_some()),
        values,
        chart,
    }
}

/// The values of all years, planned or reached, in their order.
fn values(x: &Indicator<Public>) -> Vec<ValueView> {
    let mut periods: Vec<(Option<u32>, &PublicText)> = Vec::new();
    for value in x.values.iter().chain(&x.planned) {
        if !periods
            .iter()
            .any(|(_, period)| period.raw() == value.period.raw())
        {
            periods.push((value.year, &value.period));
        }
    }
    if periods.iter().all(|(year, _)| year.is_some()) {
        periods.sort_by_key(|(year, _)| *year);
    }
    let of = |list: &'_ [Value<Public>], period: &PublicText| {
        let found = list.iter().find(|v| v.period.raw() == period.raw());
        found.map(|v| value_words(&v.value, v.number))
    };
    periods
        .into_iter()
        .map(|(year, period)| {
            let at = x.values.iter().position(|v| v.period.raw() == period.raw());
            let before = at.and_then(|k| x.values.get(k.checked_sub(1)?));
            let own = at.and_then(|k| x.values.get(k)?.number);
            // The order's DD: this year's value less the one of the year before.
            let follows = before.filter(|v| v.year.map(|y| y + 1) == year);
            ValueView {
                year: period.print(),
                planned: of(&x.planned, period),
                value: of(&x.values, period).unwrap_or_default(),
                difference: follows
                    .and_then(|v| v.number)
                    .zip(own)
                    .map(|(was, is)| format_signed(((is - was) * 1000.0).round() / 1000.0)),
            }
        })
        .collect()
}

/// A number as Russian readers write it; anything else as printed.
fn value_words(text: &PublicText, number: Option<f64>) -> String {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    match number {
        Some(number) if text.raw().chars().all(plain) => format_decimal(number),
        _ => text.print(),
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
