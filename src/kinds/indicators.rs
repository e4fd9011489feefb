//! Indicators: groups, goals, formulas with their variables, targets, values by year. Formulas are checked here and
//! drawn at rendering.

use chrono::{Datelike, NaiveDate};

use super::blank::Blank;
use super::fields::{Formed, Reader, fields, formed, references};
use super::shape::Shaped;
use super::shape::{Described, Type, Words};
use super::stage::{Source, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::document as messages;
use crate::document::decode::{self, Cx, Decode, Read, entries};
use crate::document::formula;
use crate::document::yaml;
use crate::math;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "indicators",
    about: "Показатели",
    file: "content/ПАПКА-РАЗДЕЛА/indicators.yaml",
    head: &[("title", "Показатели"), ("order", "")],
    shape: Indicators::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "",
};

fields! {
    /// Indicators of a section.
    pub struct Indicators<S> {
        groups: list IndicatorGroup<S> => "группы показателей";
    }
}

#[derive(Debug, Clone)]
pub struct IndicatorGroup<S: Stage> {
    pub title: S::Text,
    pub goals: Vec<IndicatorGoal<S>>,
}

fields! {
    /// How a group is written.
    pub struct GroupForm {
        title: req SourceText => "название группы", live "Образовательные результаты";
        indicators: list Indicator<Source> => "показатели группы";
        goals: list IndicatorGoal<Source> => "или цели, если показатели внутри группы разделены по ним", docs;
    }
}

formed! {
    IndicatorGroup { title, goals } by GroupForm;
}

impl Formed for IndicatorGroup<Source> {
    type Form = GroupForm;

    fn build(form: GroupForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        let mut goals = form.goals;
        if !form.indicators.is_empty() {
            goals.push(IndicatorGoal {
                title: None,
                indicators: form.indicators,
            });
        }
        Some(IndicatorGroup {
            title: form.title,
            goals,
        })
    }
}

fields! {
    /// Indicators of one goal.
    pub struct IndicatorGoal<S> {
        /// `None` for indicators that stand in their group without a goal.
        title: opt S::Text => "цель", live "Учебные достижения";
        indicators: list Indicator<S> => "показатели цели";
    }
}

fields! {
    /// One indicator.
    pub struct Indicator<S> with at {
        name: req S::Text => "показатель", live "Доля выпускников, получивших аттестат";
        source: opt S::Text => "откуда данные", live "Статистическая отчётность";
        frequency: opt S::Text => "как часто", live "один раз в год";
        formula: opt S::Text, by Formula => "формула LaTeX, без знаков $", live r"D = \frac{Ч_{а}}{Ч_{вып}} \cdot 100";
        dynamics: opt S::Text, by Formula => "формула динамики", eg r"DD = D_{2025} - D_{2024}";
        variables: list Variable<S> => "что значат буквы формулы",
            live r#"{symbol: 'Ч_{а}', meaning: "число получивших аттестат", unit: "человек"}"#
            | r#"{symbol: 'Ч_{вып}', meaning: "число выпускников", unit: "человек"}"#;
        target: opt S::Text => "цель: число или положительная динамика словами", live "не менее 98 %";
        responsible: opt S::Text => "кто отвечает", eg "Управление образования";
        unit: opt S::Text => "единица", live "%";
        base: opt S::Text => "базовое значение, как напечатано", docs;
        planned: def Vec<Value<S>>, by Years => "плановые значения по годам", docs;
        /// By year; in the printed order where something else stands among the years.
        values: def Vec<Value<S>>, by Years => "значения по годам — календарным, учебным (2023/2024) или как напечатано", eg "{2023: 97.1, 2024: 98.4}";
    }
}

fields! {
    /// A letter of a formula.
    pub struct Variable<S> {
        symbol: req S::Text, by Formula => "обозначение", live "Ч_{а}";
        meaning: req S::Text => "что это", live "число получивших аттестат";
        unit: opt S::Text => "единица", live "человек";
        data: opt S::Text => "графа таблицы мониторинга, из которой берутся числа школ", eg "аттестаты";
    }
}

impl<S: Stage> Indicators<S> {
    /// All of them, in the order of the page.
    pub fn all(&self) -> impl Iterator<Item = &Indicator<S>> {
        let goals = self.groups.iter().flat_map(|group| &group.goals);
        goals.flat_map(|goal| &goal.indicators)
    }
}

/// Reads LaTeX without dollar signs, and says what is wrong with it.
pub enum Formula {}

impl Described for Formula {
    const TYPE: Type = Type::Words(Words::Formula);
}

impl Reader<SourceText> for Formula {
    const READ: Read<SourceText> = |node, field, cx| {
        let text = SourceText::decode(node, field, cx)?;
        if let Err(error) = math::mathml(&text.text, true) {
            let at = match &node.value {
                yaml::Value::Scalar(scalar) => {
                    decode::inside(node.at, scalar.style, error.at.start, error.at.len())
                }
                _ => text.at,
            };
            formula::say(&error, at, cx);
        }
        Some(text)
    };
}

/// A value of a year, a school year, or of whatever is printed there («итого»).
#[derive(Debug, Clone)]
pub struct Value<S: Stage> {
    pub period: S::Text,
    /// As printed: «78,7 %», «–».
    pub value: S::Text,
    pub number: Option<f64>,
    /// The calendar year, or the first of a school year.
    pub year: Option<u32>,
}

references! { Value { period, value, number, year } }

impl<S: Stage> Value<S> {
    /// Whether its year has not begun by a day.
    pub fn is_ahead(&self, today: NaiveDate) -> bool {
        let now = u32::try_from(today.year()).unwrap_or(0);
        self.year.is_some_and(|year| year > now)
    }
}

/// Reads values by year.
pub enum Years {}

impl Described for Years {
    const TYPE: Type = Type::Pairs(Words::Line, Words::Line);
}

impl Reader<Vec<Value<Source>>> for Years {
    const READ: Read<Vec<Value<Source>>> = |node, field, cx| {
        let mut values = Vec::new();
        for (key, value) in entries(node, "2021: 71.4", cx)? {
            let year = year(&key.name);
            if year.is_none() && key.name.bytes().all(|b| b.is_ascii_digit()) {
                cx.say(&messages::BAD_NUMBER, key.at, |x| {
                    x.arg("field", field).arg("value", &key.name)
                });
                continue;
            }
            let Some(value) = SourceText::decode(value, field, cx) else {
                continue;
            };
            values.push(Value {
                period: SourceText {
                    text: key.name.clone(),
                    at: key.at,
                    sic: None,
                },
                number: number(&value.text),
                value,
                year,
            });
        }
        if values.iter().all(|v| v.year.is_some()) {
            values.sort_by_key(|v| v.year);
        }
        Some(values)
    };
}

/// `2024`, `2023/2024`, `2023-2024`, «2023–2024 уч. год»
fn year(name: &str) -> Option<u32> {
    let plausible = |y: &u32| (1990..=2100).contains(y);
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    let first: u32 = digits.parse().ok().filter(plausible)?;
    let rest = name.get(digits.len()..)?.trim();
    let next = rest.trim_start_matches(['/', '-', '–', '—', ' ']);
    let second: String = next.chars().take_while(char::is_ascii_digit).collect();
    let follows = match second.len() {
        0 => true,
        2 => second.parse() == Ok((first + 1) % 100),
        _ => second.parse() == Ok(first + 1),
    };
    follows.then_some(first)
}

/// The number of a value such as «78,7 %».
fn number(text: &str) -> Option<f64> {
    let plain = text.trim().trim_end_matches('%').trim_end();
    let plain: String = plain
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        .collect();
    let signed = plain.trim_start_matches(['-', '−', '+']);
    if !signed.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = plain.replace(',', ".").replace('−', "-").parse().ok()?;
    number.is_finite().then_some(number)
}
