//! An order as printed. Knows only what it consists of.

use chrono::NaiveDate;

use crate::carrier::blocks::At;

/// An order as printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    pub act: String,
    pub letterhead: Option<String>,
    /// Who issued it, where no letterhead says so: the title's own words or a stamp's.
    pub issuer: Option<String>,
    pub date: Option<NaiveDate>,
    pub number: Option<String>,
    pub place: Option<String>,
    pub subject: String,
    pub basis: Option<String>,
    pub clauses: Vec<Clause>,
    pub control: Option<Control>,
    pub signed: Option<(String, String)>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub no: Option<String>,
    pub text: String,
    pub assignment: Option<Assignment>,
    pub clauses: Vec<Clause>,
    pub at: At,
    /// How deep its mark stands.
    pub level: u8,
}

#[derive(Debug, Clone)]
pub(super) struct Assignment {
    pub who: String,
    pub what: String,
    pub by: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Control {
    pub text: String,
    pub who: Option<String>,
    pub kept: bool,
}

impl Order {
    /// Every clause, those under others too.
    pub(super) fn all(&self) -> Vec<&Clause> {
        fn deep<'a>(clauses: &'a [Clause], out: &mut Vec<&'a Clause>) {
            for clause in clauses {
                out.push(clause);
                deep(&clause.clauses, out);
            }
        }
        let mut out = Vec::new();
        deep(&self.clauses, &mut out);
        out
    }
}
