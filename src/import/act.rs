//! Orders as sources: takes an order as printed and its annexes, gives an `order`. An annex that lists protected schools has
//! its title and the reason why it is not shown.

use super::assign;
use super::found::{File, Found};
use super::line::Origin;
use super::make::Maker;
use super::order::{Clause, Order};
use super::original::Way;
use super::parts::Stamp;
use super::words::{fold, one_line};
use super::yaml::{Fields, Node, escaped, yaml};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;
use crate::text::slug;

impl Maker<'_> {
    pub(super) fn annex(
        &mut self,
        file: &File,
        stamp: Option<&Stamp>,
        no: Option<&str>,
        found: &Found,
        id: Option<&str>,
        title: &str,
    ) -> Option<Node> {
        let order = file.order.as_ref()?;
        let mut f = Fields::default();
        f.opt("no", no);
        let fallback = if matches!(found, Found::Protected { .. }) {
            "Список образовательных организаций"
        } else {
            "Приложение"
        };
        f.text("title", if title.is_empty() { fallback } else { title });
        match id {
            Some(id) => {
                f.text("document", id);
            }
            None => {
                f.add(
                    "withheld",
                    Node::flow_map([("basis", Node::text(basis(order)))]),
                );
            }
        }
        if let (Some(stamp), Some(number)) = (stamp, &order.number)
            && let Some(cites) = cites(&stamp.text)
            && !same_number(&cites, number)
        {
            let cites = self.hide(&cites, &[]);
            f.add(
                "cites",
                Node::text(cites).from(Origin {
                    file: file.index,
                    at: stamp.at,
                }),
            );
        }
        let at = stamp.map_or(At::default(), |s| s.at);
        Some(f.map().from(Origin {
            file: file.index,
            at,
        }))
    }

    pub(super) fn order(&mut self, order: &Order, id: &str, annexes: Vec<Node>, file: &File) {
        let origin = Origin {
            file: file.index,
            at: order.at,
        };
        let mut f = Fields::new("order");
        let known = super::parts::TYPES;
        let act = if known.contains(&order.act.as_str()) {
            order.act.as_str()
        } else {
            "приказ"
        };
        if act != order.act {
            self.doubts.add(
                &say::TYPE_UNKNOWN,
                origin,
                &[("value", &order.act), ("as", act)],
            );
        }
        f.add("type", Node::Bare(act.to_owned()));
        let letterhead = order.letterhead.as_deref().map(|t| self.hide(t, &[]));
        let issuer = order
            .issuer
            .as_deref()
            .map(|t| self.hide(t, &[]))
            .or_else(|| letterhead.as_deref().map(super::section::plain));
        let issuer = match issuer {
            Some(issuer) => {
                let issuer = one_line(&issuer);
                self.directory.enter(&issuer, origin);
                issuer
            }
            None => {
                let unknown = "Орган не указан";
                self.directory.enter(unknown, origin);
                self.doubts.add(&say::ISSUER, origin, &[("value", unknown)]);
                unknown.to_owned()
            }
        };
        f.text("issuer", &issuer);
        f.opt("letterhead", letterhead.as_deref());
        let date = order.date.unwrap_or(self.today);
        if order.date.is_none() {
            let shown = crate::text::dates::short(date);
            self.doubts
                .add(&say::DATE_MISSING, origin, &[("date", &shown)]);
        }
        f.add("date", Node::Bare(crate::text::dates::iso(date)));
        if order.number.is_none() {
            self.doubts.add(&say::NUMBER_MISSING, origin, &[]);
        }
        f.text("number", order.number.as_deref().unwrap_or("б/н"));
        f.opt("place", order.place.as_deref());
        let subject = self.hide(&order.subject, &[]);
        f.text(
            "subject",
            if subject.is_empty() {
                "Без названия"
            } else {
                &subject
            },
        );
        if let Some(basis) = &order.basis {
            let basis = self.hide(basis, &[]);
            f.add("basis", Node::text(escaped(&basis)));
        }
        let clauses: Vec<Node> = order
            .clauses
            .iter()
            .map(|c| self.clause(c, file.index))
            .collect();
        f.add("clauses", Node::List(clauses));
        if let Some(control) = &order.control {
            let mut c = Fields::default();
            let text = self.hide(&control.text, &[]);
            c.add("text", Node::text(escaped(&text)));
            let who = control.who.as_deref().map(|w| self.hide(w, &[]));
            c.opt("who", who.as_deref());
            if control.kept {
                c.add("kept", Node::Bare("true".into()));
            }
            f.add("control", c.map());
        }
        let named = match id.starts_with(&slug(act)) {
            true => id.to_owned(),
            false => format!("{}-{id}", slug(act)),
        };
        let original = self.original(file, &named, Way::Order);
        f.add("original", original);
        if let Some((post, name)) = &order.signed {
            let post = if post.is_empty() {
                "Подпись"
            } else {
                post
            };
            f.add(
                "signed",
                Node::flow_map([
                    ("post", Node::text(self.hide(post, &[]))),
                    ("name", Node::text(self.hide(name, &[]))),
                ]),
            );
        }
        f.add("annexes", Node::List(annexes));
        let path = format!("orders/{id}.yaml");
        let count = order.all().len();
        self.push("order", &path, yaml(&f), origin, count);
    }

    pub(super) fn clause(&mut self, clause: &Clause, file: usize) -> Node {
        let origin = Origin {
            file,
            at: clause.at,
        };
        let mut f = Fields::default();
        f.opt("no", clause.no.as_deref());
        let text = self.hide(&clause.text, &[]);
        f.add("text", Node::text(escaped(&text)));
        if let Some(a) = &clause.assignment {
            let who = one_line(&self.hide(&a.who, &[]));
            let what = self.hide(&a.what, &[]);
            let name = assign::nominative(&who);
            self.directory.enter_as(&name, &who, origin);
            let mut fields = Fields::default();
            fields.text("who", &who);
            fields.add("what", Node::text(escaped(&what)));
            fields.opt("by", a.by.as_deref());
            f.add("assignments", Node::List(vec![fields.map()]));
        }
        let inner: Vec<Node> = clause
            .clauses
            .iter()
            .map(|c| self.clause(c, file))
            .collect();
        f.add("clauses", Node::List(inner));
        f.map().from(origin)
    }
}

/// Why a list of schools is not shown: the order's own clause where it says so.
fn basis(order: &Order) -> String {
    let general = "сведения о школах с низкими образовательными результатами не публикуются";
    let own = order.all().into_iter().find(|c| {
        let folded = fold(&c.text);
        folded.contains("не публиковать")
            || folded.contains("не подлежит опубликованию")
            || folded.contains("не размещать")
    });
    match own {
        Some(_) => format!("{general}: так сказано в самом документе"),
        None => general.to_owned(),
    }
}

/// «приказом … от 09.08.2021 № 1048» out of a stamp.
fn cites(stamp: &str) -> Option<String> {
    let folded = stamp.to_lowercase();
    let at = [
        "к приказу",
        "приказом",
        "к распоряжению",
        "распоряжением",
        "к постановлению",
        "постановлением",
    ]
    .iter()
    .filter_map(|w| folded.find(w))
    .min()?;
    let text = stamp.get(at..)?.trim();
    let sign = text.rfind(['№', 'N'])?;
    text.get(sign..)?
        .chars()
        .any(|c| c.is_ascii_digit())
        .then(|| text.trim_start_matches("к ").to_owned())
}

fn same_number(cites: &str, number: &str) -> bool {
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let cited = cites.rsplit(['№', 'N']).next().unwrap_or(cites);
    plain(cited).trim_matches(['.', ',', '»', '"']) == plain(number)
}
