//! Orders, directives, decrees.
//!
//! Takes the fields of an `order`; gives [`Order`]: clauses numbered as printed, the assignments taken out of them,
//! annexes that are published or withheld. A withheld annex has a title and a legal basis, and no content in any stage.

use chrono::NaiveDate;

use super::common::{DocRef, Done, Responsible, Term, term};
use super::stage::{Source, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::model as messages;
use crate::document::decode::{Cx, Decode, Fields, choice};
use crate::document::yaml::Node;
use crate::period::Plan;

/// What sort of act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderType {
    Order,
    Directive,
    Decree,
}

impl OrderType {
    const WORDS: &'static [(&'static str, OrderType)] = &[
        ("приказ", OrderType::Order),
        ("распоряжение", OrderType::Directive),
        ("постановление", OrderType::Decree),
    ];

    /// «Приказ», «Распоряжение», «Постановление».
    pub fn word(self) -> &'static str {
        match self {
            OrderType::Order => "Приказ",
            OrderType::Directive => "Распоряжение",
            OrderType::Decree => "Постановление",
        }
    }
}

/// Whether the act is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    InForce,
    Amended,
    Repealed,
}

#[derive(Debug, Clone)]
pub struct Order<S: Stage> {
    pub order_type: OrderType,
    pub issuer: Option<Responsible<S>>,
    pub letterhead: Option<S::Text>,
    pub date: NaiveDate,
    pub number: S::Text,
    pub place: Option<S::Text>,
    pub subject: S::Text,
    pub basis: Option<S::Markup>,
    pub clauses: Vec<Clause<S>>,
    pub control: Option<Control<S>>,
    pub signed: Option<Signature<S>>,
    pub status: OrderStatus<S>,
    pub annexes: Vec<Annex<S>>,
}

#[derive(Debug, Clone)]
pub struct Clause<S: Stage> {
    pub at: Span,
    /// As printed: `1.`, `4)`, or nothing.
    pub no: Option<S::Number>,
    pub text: S::Markup,
    pub assignments: Vec<Assignment<S>>,
    pub clauses: Vec<Clause<S>>,
}

/// Who does what by when.
#[derive(Debug, Clone)]
pub struct Assignment<S: Stage> {
    pub who: Responsible<S>,
    pub what: S::Markup,
    pub by: Option<Term<S>>,
    pub done: Option<Done<S>>,
}

#[derive(Debug, Clone)]
pub struct Control<S: Stage> {
    pub text: Option<S::Markup>,
    pub who: Option<S::Text>,
    /// The signatory keeps it.
    pub kept: bool,
}

#[derive(Debug, Clone)]
pub struct Signature<S: Stage> {
    pub post: S::Text,
    pub name: S::Text,
}

#[derive(Debug, Clone)]
pub struct OrderStatus<S: Stage> {
    pub state: OrderState,
    /// The act that amended or repealed it: a document here, or words.
    pub by: Option<DocRef<S>>,
    pub by_text: Option<S::Text>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub struct Annex<S: Stage> {
    pub no: Option<S::Text>,
    pub title: S::Text,
    pub state: AnnexState<S>,
    /// How the annex itself cites the order.
    pub cites: Option<S::Text>,
}

/// Published as a document of this section, or withheld: then there is nothing but the legal basis.
#[derive(Debug, Clone)]
pub enum AnnexState<S: Stage> {
    Published(DocRef<S>),
    Withheld { basis: S::Text },
}

/// Reads the fields that an order has beside the common ones.
pub fn read(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Order<Source>> {
    let order_type = f.node("type").map_or(Some(OrderType::Order), |n| {
        choice(n, "type", OrderType::WORDS, cx)
    });
    let issuer = f.req("issuer", cx);
    let letterhead = f.opt("letterhead", cx);
    let date: Option<NaiveDate> = f.req("date", cx);
    let number: Option<SourceText> = f.req("number", cx);
    let place = f.opt("place", cx);
    let subject = f.req("subject", cx);
    let basis = f.opt("basis", cx);
    // Deadlines of an order have a year as a rule; where one has none, the two years from its date are meant.
    let plan = date.and_then(|from| {
        Some(Plan {
            from,
            to: from.checked_add_months(chrono::Months::new(24))?,
        })
    });
    let clauses = clauses(f, plan.as_ref(), cx);
    let control = f.opt("control", cx);
    let signed = f.opt("signed", cx);
    let status = f.opt("status", cx);
    let annexes: Vec<Annex<Source>> = f.list("annexes", cx);
    if let Some(number) = &number {
        for cites in annexes.iter().filter_map(|a| a.cites.as_ref()) {
            // `sic` has been told already.
            if cites.sic.is_none() && !cites_number(&cites.text, &number.text) {
                cx.say(&messages::CITES_OTHER, cites.at, |x| {
                    x.arg("value", &cites.text).arg("number", &number.text)
                });
            }
        }
    }
    Some(Order {
        order_type: order_type?,
        issuer,
        letterhead,
        date: date?,
        number: number?,
        place,
        subject: subject?,
        basis,
        clauses,
        control,
        signed,
        status: status.unwrap_or(OrderStatus {
            state: OrderState::InForce,
            by: None,
            by_text: None,
            date: None,
        }),
        annexes,
    })
}

/// Whether `cites` names `number` after the last number sign, blanks aside.
fn cites_number(cites: &str, number: &str) -> bool {
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let cited = cites.rsplit(['№', 'N']).next().unwrap_or(cites);
    plain(cited).trim_matches(['.', ',', '»', '"']) == plain(number)
}

fn clauses(f: &mut Fields<'_>, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Vec<Clause<Source>> {
    nodes(f, "clauses", cx)
        .iter()
        .filter_map(|node| clause(node, plan, cx))
        .collect()
}

/// The items of a list whose reading needs more than the node.
pub fn nodes<'n>(f: &mut Fields<'n>, name: &'static str, cx: &mut Cx<'_>) -> &'n [Node] {
    use crate::document::yaml::Value;
    match f.node(name) {
        None => &[],
        Some(Node {
            value: Value::List(items),
            ..
        }) => items,
        Some(node) => {
            let got = crate::document::decode::describe(&node.value);
            cx.say(&crate::diag::catalog::document::NOT_A_LIST, node.at, |x| {
                x.arg("field", name).arg("got", got)
            });
            &[]
        }
    }
}

fn clause(node: &Node, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Option<Clause<Source>> {
    let mut f = Fields::of(node, "no, text, assignments, clauses", cx)?;
    let no = f.opt("no", cx);
    let text = f.req("text", cx);
    let assignments = nodes(&mut f, "assignments", cx)
        .iter()
        .filter_map(|node| assignment(node, plan, cx))
        .collect();
    let inner = clauses(&mut f, plan, cx);
    let at = f.at;
    f.finish(cx);
    Some(Clause {
        at,
        no,
        text: text?,
        assignments,
        clauses: inner,
    })
}

fn assignment(node: &Node, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Option<Assignment<Source>> {
    let mut f = Fields::of(node, "who, what, by, done", cx)?;
    let who = f.req("who", cx);
    let what = f.req("what", cx);
    let by = f.node("by").and_then(|n| term(n, "by", plan, cx));
    let done = f.opt("done", cx);
    f.finish(cx);
    Some(Assignment {
        who: who?,
        what: what?,
        by,
        done,
    })
}

impl Decode for Control<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "text, who, kept", cx)?;
        let control = Control {
            text: f.opt("text", cx),
            who: f.opt("who", cx),
            kept: f.opt("kept", cx).unwrap_or(false),
        };
        f.finish(cx);
        Some(control)
    }
}

impl Decode for Signature<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "post, name", cx)?;
        let (post, name) = (f.req("post", cx), f.req("name", cx));
        f.finish(cx);
        Some(Signature {
            post: post?,
            name: name?,
        })
    }
}

impl Decode for OrderStatus<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        const STATES: &[(&str, OrderState)] = &[
            ("in-force", OrderState::InForce),
            ("amended", OrderState::Amended),
            ("repealed", OrderState::Repealed),
        ];
        let mut f = Fields::of(node, "state, by, date", cx)?;
        let state = f.node("state").and_then(|n| choice(n, "state", STATES, cx));
        let by: Option<SourceText> = f.opt("by", cx);
        let date = f.opt("date", cx);
        f.finish(cx);
        // An id is short Latin; anything else is the act's own words.
        let is_id = |t: &str| {
            t.bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'))
        };
        let (by, by_text) = match by {
            Some(t) if is_id(&t.text) => (
                Some(DocRef {
                    text: t.text,
                    at: t.at,
                    target: None,
                }),
                None,
            ),
            other => (None, other),
        };
        Some(OrderStatus {
            state: state?,
            by,
            by_text,
            date,
        })
    }
}

impl Decode for Annex<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "no, title, document, withheld, cites", cx)?;
        let no = f.opt("no", cx);
        let title = f.req("title", cx);
        let document: Option<DocRef<Source>> = f.opt("document", cx);
        let withheld = f.node("withheld").map(|n| {
            let mut w = Fields::of(n, "basis", cx)?;
            let basis: Option<SourceText> = w.req("basis", cx);
            w.finish(cx);
            basis
        });
        let cites = f.opt("cites", cx);
        let at = f.at;
        f.finish(cx);
        let state = match (document, withheld) {
            (Some(document), None) => AnnexState::Published(document),
            (None, Some(basis)) => AnnexState::Withheld { basis: basis? },
            (None, None) => {
                cx.say(&messages::ANNEX_STATE, at, |x| x);
                return None;
            }
            (Some(_), Some(_)) => {
                cx.say(&messages::ANNEX_BOTH, at, |x| x);
                return None;
            }
        };
        Some(Annex {
            no,
            title: title?,
            state,
            cites,
        })
    }
}
