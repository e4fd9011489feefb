//! An order's page: the document as it is, and beside it who does what by when.

mod edition;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use crate::disclosure::{Public, PublicText};
use crate::kinds::order::{AnnexState, Assignment, Clause, Order, OrderState, OrderStatus};
use crate::kinds::refs::OrderRef;
use crate::kinds::{Body, DocIndex, Head, Kind};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::edition::{Edition, Format, TEXT, root};
use crate::site::files;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Paged, Spot, about, fields};
use crate::site::progress;
use crate::site::texts::Texts;
use crate::site::view::{
    AmendedView, AttachmentView, Card, Cell, DateView, Link, PeriodView, PersonView, StatusView,
};
use crate::text::typograph;

/// `order.html`
#[derive(Debug, Clone, Serialize)]
struct OrderView {
    /// «Приказ»
    type_word: String,
    letterhead: String,
    number: String,
    date: DateView,
    place: Option<String>,
    subject: String,
    basis: Option<Cell>,
    clauses: Vec<ClauseView>,
    control: Option<Cell>,
    signed: Option<PersonView>,
    /// The signed document as files.
    originals: Vec<AttachmentView>,
    /// None where nothing is said of its force.
    status: Option<OrderStatusView>,
    /// Acts that it changes or repeals, and acts that change it, each with what that is.
    changes: Vec<ChangeView>,
    /// «Коротко»: who does what by when.
    assignments: Vec<AssignmentView>,
    annexes: Vec<AnnexView>,
    /// Documents of the section that rest on this order.
    related: Vec<Card>,
}

/// «Изменяет»: Приказ …
#[derive(Debug, Clone, Serialize)]
struct ChangeView {
    word: &'static str,
    act: Link,
}

#[derive(Debug, Clone, Serialize)]
struct ClauseView {
    /// As printed; empty for an unnumbered sub-clause.
    no: String,
    anchor: String,
    text: Cell,
    /// What it was before another act changed it.
    amended: Option<AmendedView>,
    clauses: Vec<ClauseView>,
}

#[derive(Debug, Clone, Serialize)]
struct AssignmentView {
    who: String,
    who_full: Option<String>,
    what: Cell,
    by: Option<PeriodView>,
    status: Option<StatusView>,
    /// The clause it is taken from.
    clause: Link,
}

#[derive(Debug, Clone, Serialize)]
struct OrderStatusView {
    /// `in-force`, `amended`, `repealed`.
    key: String,
    word: String,
    by: Option<Link>,
    /// The act that amended or repealed it is itself repealed.
    by_is_repealed: bool,
    date: Option<DateView>,
}

#[derive(Debug, Clone, Serialize)]
struct AnnexView {
    /// «Приложение № 1»
    name: String,
    title: String,
    anchor: String,
    href: Option<String>,
    files: Vec<AttachmentView>,
    /// The legal basis on which it is withheld.
    withheld: Option<String>,
    /// How the annex itself cites the order, where that differs.
    cites: Option<Cell>,
}

impl Listed for Order<Public> {
    /// «Приказ от 25.12.2024 № 1207/02»
    fn title(&self) -> Option<String> {
        let title = format!(
            "{} от {} № {}",
            self.order_type.word(),
            self.date.format("%d.%m.%Y"),
            self.number.raw()
        );
        Some(typograph(&title).into_owned())
    }

    fn card_title(&self) -> Option<String> {
        let subject = self.subject.print();
        let subject = subject.trim_matches(['«', '»']);
        self.title().map(|title| format!("{title} «{subject}»"))
    }

    fn word(&self) -> Option<&'static str> {
        Some(self.order_type.word())
    }

    fn day(&self, _: &Head<Public>) -> Option<NaiveDate> {
        Some(self.date)
    }
}

impl Paged for Order<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let view = view(self, book, i, &root);
        let about = about(book, i);
        let about = About {
            description: format::sentences(&about.title, &self.subject.print()),
            article: true,
            data: Some(json!({
                "@type": "Legislation",
                "name": self.subject.print(),
                "legislationIdentifier": self.number.raw(),
                "legislationDate": format::iso(self.date),
                "legislationType": self.order_type.word(),
                "legislationPassedBy": view.letterhead,
            })),
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn formats(&self) -> &'static [Format] {
        TEXT
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        let view = view(self, book, i, root(book));
        Some(edition::edition(&view, &book.title(i)))
    }

    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts) {
        texts.passage("", &[&self.issuer, &self.letterhead, &self.place]);
        texts.passage("", &[&self.basis]);
        texts_of(&self.clauses, "p", book, i, texts);
        if let Some(control) = &self.control {
            texts.passage("", &[&control.text, &control.who]);
        }
        if let Some(signed) = &self.signed {
            texts.passage("", &[&signed.post, &signed.name]);
        }
        for (n, annex) in self.annexes.iter().enumerate() {
            let basis = match &annex.state {
                AnnexState::Withheld { basis } => Some(basis.clone()),
                _ => None,
            };
            texts.passage(&annex_anchor(n), &[&annex.title, &basis]);
        }
    }

    fn summary(&self, _: &Book) -> String {
        self.subject.print()
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let mut out = Vec::new();
        places(&self.clauses, "p", &mut out);
        for n in 0..self.annexes.len() {
            out.push((annex_anchor(n), Spot::Part(format!("annexes.{n}"))));
        }
        let issuer = match self.letterhead {
            Some(_) => "letterhead",
            None => "issuer",
        };
        out.extend(fields(&[
            ("letterhead", issuer),
            ("state", "status"),
            ("subject", "subject"),
            ("basis", "basis"),
            ("control", "control"),
            ("signature", "signed"),
            ("original-title", "original"),
            ("annexes-title", "annexes"),
        ]));
        out
    }
}

fn view(order: &Order<Public>, book: &Book, i: DocIndex, root: &str) -> OrderView {
    let mut assignments = Vec::new();
    let clauses = clauses(book, i, &order.clauses, ("p", &[]), root, &mut assignments);
    let related = book.on_orders.get(&i).into_iter().flatten();
    OrderView {
        type_word: order.order_type.word().to_owned(),
        letterhead: match (&order.letterhead, &order.issuer) {
            (Some(words), _) => words.print(),
            (None, Some(issuer)) => cards::body(book, i, issuer).name,
            (None, None) => String::new(),
        },
        number: order.number.print(),
        date: format::date(order.date),
        place: format::print_opt(order.place.as_ref()),
        subject: order.subject.print(),
        basis: order.basis.as_ref().map(|b| format::cell(b, root)),
        clauses,
        control: control(order, root),
        signed: order.signed.as_ref().map(|s| PersonView {
            name: s.name.print(),
            post: s.post.print(),
            role: None,
            note: None,
        }),
        originals: files::originals(book, &order.original, root, "Подписанный документ"),
        status: order.status.as_ref().and_then(|s| status(book, s, root)),
        changes: changes(book, order, i, root),
        assignments,
        annexes: annexes(book, order, root),
        related: related.map(|d| cards::card(book, *d, root)).collect(),
    }
}

/// `1.` → `1`, `4)` → `4`: what an anchor is made of.
fn number(no: &str) -> String {
    let plain: String = no
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    plain.trim_matches('-').to_owned()
}

/// Anchor of a clause among its siblings, the `n`-th of them.
fn anchor(clause: &Clause<Public>, n: usize, prefix: &str, taken: &mut BTreeSet<String>) -> String {
    let own = clause.no.as_deref().map(number).filter(|s| !s.is_empty());
    let mut anchor = format!("{prefix}-{}", own.unwrap_or_else(|| format!("a{}", n + 1)));
    while !taken.insert(anchor.clone()) {
        anchor.push_str("-2");
    }
    anchor
}

impl Order<Public> {
    /// All assignments in the printed order, each with the anchor of its clause and what that is called.
    pub fn assignments(&self) -> Vec<(String, String, &Assignment<Public>)> {
        let mut all = Vec::new();
        assignments_of(&self.clauses, "p", &[], &mut all);
        all
    }
}

fn assignments_of<'o>(
    list: &'o [Clause<Public>],
    prefix: &str,
    above: &[String],
    out: &mut Vec<(String, String, &'o Assignment<Public>)>,
) {
    let mut taken = BTreeSet::new();
    for (n, clause) in list.iter().enumerate() {
        let anchor = anchor(clause, n, prefix, &mut taken);
        let path = cited(above, clause.no.as_deref(), n);
        let own = clause.assignments.iter();
        out.extend(own.map(|a| (anchor.clone(), path.join(" "), a)));
        assignments_of(&clause.clauses, &anchor, &path, out);
    }
}

/// What a reader can search for in clauses.
fn texts_of(list: &[Clause<Public>], prefix: &str, book: &Book, i: DocIndex, texts: &mut Texts) {
    let mut taken = BTreeSet::new();
    for (n, clause) in list.iter().enumerate() {
        let anchor = anchor(clause, n, prefix, &mut taken);
        // Whom a clause binds stands above it in many acts.
        let bound = clause.assignments.iter().map(|a| a.who.printed.clone());
        let bound: Vec<_> = bound
            .filter(|who| !clause.text.plain().contains(who.raw()))
            .collect();
        texts.passage(&anchor, &[&clause.no, &clause.text, &bound]);
        for a in &clause.assignments {
            texts.bodies(book, i, std::slice::from_ref(&a.who));
        }
        texts_of(&clause.clauses, &anchor, book, i, texts);
    }
}

/// Anchor of the `n`-th annex, from 0.
fn annex_anchor(n: usize) -> String {
    format!("prilozhenie-{}", n + 1)
}

/// Anchors of all clauses, and the line of each in its source.
fn places(list: &[Clause<Public>], prefix: &str, out: &mut Vec<(String, Spot)>) {
    let mut taken = BTreeSet::new();
    for (n, clause) in list.iter().enumerate() {
        let anchor = anchor(clause, n, prefix, &mut taken);
        out.push((anchor.clone(), Spot::Line(clause.at.line)));
        places(&clause.clauses, &anchor, out);
    }
}

fn clauses(
    book: &Book,
    i: DocIndex,
    list: &[Clause<Public>],
    (prefix, above): (&str, &[String]),
    root: &str,
    assignments: &mut Vec<AssignmentView>,
) -> Vec<ClauseView> {
    let mut views = Vec::with_capacity(list.len());
    let mut taken = BTreeSet::new();
    for (n, clause) in list.iter().enumerate() {
        let anchor = anchor(clause, n, prefix, &mut taken);
        let path = cited(above, clause.no.as_deref(), n);
        for a in &clause.assignments {
            let body = cards::body(book, i, &a.who);
            let standing = book.assignment(i, a);
            assignments.push(AssignmentView {
                who: a.who.printed.print(),
                who_full: Some(body.name).filter(|n| *n != a.who.printed.print()),
                what: format::cell(&a.what, root),
                by: a.by.as_ref().map(format::period),
                status: progress::status(standing.as_ref(), book.records(a), i, book, root),
                clause: Link {
                    title: path.join(" "),
                    href: format!("#{anchor}"),
                    ..Link::default()
                },
            });
        }
        views.push(ClauseView {
            no: clause.no.as_deref().unwrap_or("").to_owned(),
            text: format::cell(&clause.text, root),
            amended: clause
                .amended
                .as_ref()
                .map(|a| cards::amended(book, a, root)),
            clauses: clauses(
                book,
                i,
                &clause.clauses,
                (&anchor, &path),
                root,
                assignments,
            ),
            anchor,
        });
    }
    views
}

/// How a clause is cited, innermost first: «п. 2.1», «подп. «а» п. 2», «абз. 3 п. 4». A printed number that repeats those
/// above it says where it stands by itself.
fn cited(above: &[String], no: Option<&str>, n: usize) -> Vec<String> {
    let no = no.map(|no| no.trim().trim_end_matches(['.', ')']).trim());
    let own = match no.filter(|no| !no.is_empty()) {
        Some(no) if above.is_empty() || no.contains('.') => return vec![format!("п.\u{a0}{no}")],
        Some(no) if no.chars().all(|c| c.is_ascii_digit()) => format!("подп.\u{a0}{no}"),
        Some(no) => format!("подп.\u{a0}«{no}»"),
        None => format!("абз.\u{a0}{}", n + 1),
    };
    let mut path = vec![own];
    path.extend(above.iter().cloned());
    path
}

fn control(order: &Order<Public>, root: &str) -> Option<Cell> {
    let control = order.control.as_ref()?;
    if let Some(text) = &control.text {
        return Some(format::cell(text, root));
    }
    let words = match (&control.who, control.kept) {
        (Some(who), _) => format!("Контроль за исполнением: {}.", who.print()),
        (None, true) => "Контроль за исполнением руководитель оставил за собой.".to_owned(),
        (None, false) => return None,
    };
    Some(Cell {
        html: crate::document::markdown::escape(&words).into_owned(),
        block: false,
        sic: None,
    })
}

/// What an act says of its force; nothing before the day on which that begins, and while the act that changes it waits.
fn status(book: &Book, status: &OrderStatus<Public>, root: &str) -> Option<OrderStatusView> {
    let waits = status.by.as_ref().is_some_and(|by| by.target.is_none());
    if waits || status.date.is_some_and(|day| day > book.today) {
        return None;
    }
    let (key, word) = match status.state {
        OrderState::InForce => ("in-force", "Действует"),
        OrderState::Amended => ("amended", "Действует с изменениями"),
        OrderState::Repealed => ("repealed", "Утратил силу"),
    };
    let by = status.by.as_ref().and_then(|r| r.target).map(|t| Link {
        title: book.title(t),
        href: format::href(root, book.address(t)),
        ..Link::default()
    });
    let words = status.by_text.as_ref().map(|t| Link {
        title: t.print(),
        ..Link::default()
    });
    let repealed = |d: &DocIndex| {
        matches!(
            book.documents.get(*d).map(|d| &d.body),
            Some(Body::Order(other)) if other.is_repealed(book.today)
        )
    };
    let target = status.by.as_ref().and_then(|r| r.target);
    Some(OrderStatusView {
        key: key.to_owned(),
        word: word.to_owned(),
        by_is_repealed: target.is_some_and(|d| repealed(&d)),
        by: by.or(words),
        date: status.date.map(format::date),
    })
}

/// What the act changes, and what changes it: each is said by one of the two and shown on both.
fn changes(book: &Book, order: &Order<Public>, i: DocIndex, root: &str) -> Vec<ChangeView> {
    let act = |word, d: DocIndex| ChangeView {
        word,
        act: Link {
            title: book.title(d),
            href: format::href(root, book.address(d)),
            ..Link::default()
        },
    };
    let own = |word, list: &[OrderRef<Public>]| -> Vec<ChangeView> {
        list.iter()
            .filter_map(|r| r.target)
            .map(|d| act(word, d))
            .collect()
    };
    let mut changes = own("Изменяет", &order.amends);
    changes.extend(own("Отменяет", &order.repeals));
    let others = book.part(i).map_or(&[][..], |part| part.of(Kind::Order));
    // Who repealed or changed it as its status says stands there already.
    let said = order.status.as_ref().and_then(|s| s.by.as_ref()?.target);
    for d in others.iter().filter(|d| Some(**d) != said) {
        let Some(Body::Order(other)) = book.documents.get(*d).map(|d| &d.body) else {
            continue;
        };
        let names = |list: &[OrderRef<Public>]| list.iter().any(|r| r.target == Some(i));
        if names(&other.amends) {
            changes.push(act("Изменён актом", *d));
        }
        if names(&other.repeals) {
            changes.push(act("Отменён актом", *d));
        }
    }
    changes
}

fn annexes(book: &Book, order: &Order<Public>, root: &str) -> Vec<AnnexView> {
    order
        .annexes
        .iter()
        .enumerate()
        .map(|(n, annex)| {
            let no = annex
                .no
                .as_ref()
                .map(PublicText::raw)
                .filter(|s| !s.is_empty());
            let (href, withheld) = match &annex.state {
                AnnexState::Published(r) => {
                    (r.target.map(|t| format::href(root, book.address(t))), None)
                }
                AnnexState::File => (None, None),
                AnnexState::Withheld { basis } => (None, Some(basis.print())),
            };
            AnnexView {
                name: match no {
                    Some(no) => format!("Приложение №\u{a0}{no}"),
                    None => "Приложение".to_owned(),
                },
                title: annex.title.print(),
                anchor: annex_anchor(n),
                href,
                files: files::originals(book, &annex.file, root, "Приложение файлом"),
                withheld,
                cites: annex.cites.as_ref().map(format::text_cell),
            }
        })
        .collect()
}
