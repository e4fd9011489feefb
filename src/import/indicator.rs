//! Indicators as printed: groups of goals of indicators.

use crate::carrier::blocks::At;

#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub title: String,
    pub goals: Vec<Goal>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Goal {
    pub title: Option<String>,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Indicator {
    pub name: String,
    pub source: Vec<String>,
    pub frequency: Option<String>,
    pub formula: Option<String>,
    pub dynamics: Option<String>,
    pub variables: Vec<(String, String)>,
    pub target: Option<String>,
    pub unit: Option<String>,
    pub responsible: Option<String>,
    pub base: Option<String>,
    pub values: Vec<Value>,
    /// Formulas that cannot be this indicator's, and others that are not whole.
    pub damaged: Vec<String>,
    pub at: At,
}

/// A value in a column for a year.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub head: String,
    pub year: i32,
    pub text: String,
}
