//! Indicators: groups, goals, formulas with their variables, targets, values by year. Formulas are checked here and
//! drawn at rendering.

use super::blank::Blank;
use super::fields::{Formed, Reader, fields, formed};
use super::shape::Shaped;
use super::shape::{Described, Type, Words};
use super::stage::{Source, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::document as messages;
use crate::document::decode::{self, Cx, Decode, Read, entries};
use crate::document::formula;
use crate::document::yaml::Value;
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
        /// Year and value, by year.
        values: def Vec<(u32, f64)>, by Years => "значения по годам, если есть", eg "{2023: 97.1, 2024: 98.4}";
    }
}

fields! {
    /// A letter of a formula.
    pub struct Variable<S> {
        symbol: req S::Text, by Formula => "обозначение", live "Ч_{а}";
        meaning: req S::Text => "что это", live "число получивших аттестат";
        unit: opt S::Text => "единица", live "человек";
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
                Value::Scalar(scalar) => {
                    decode::inside(node.at, scalar.style, error.at.start, error.at.len())
                }
                _ => text.at,
            };
            formula::say(&error, at, cx);
        }
        Some(text)
    };
}

/// Reads values by year.
pub enum Years {}

impl Described for Years {
    const TYPE: Type = Type::Pairs(Words::Year, Words::Decimal);
}

impl Reader<Vec<(u32, f64)>> for Years {
    const READ: Read<Vec<(u32, f64)>> = |node, field, cx| {
        let mut values = Vec::new();
        for (key, value) in entries(node, "2021: 71.4", cx)? {
            let year = key.name.parse().ok().filter(|y| (1990..=2100).contains(y));
            let Some(year) = year else {
                cx.say(&messages::BAD_NUMBER, key.at, |x| {
                    x.arg("field", field).arg("value", &key.name)
                });
                continue;
            };
            if let Some(value) = f64::decode(value, field, cx) {
                values.push((year, value));
            }
        }
        values.sort_by_key(|(year, _)| *year);
        Some(values)
    };
}
