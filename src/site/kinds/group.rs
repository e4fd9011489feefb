//! Working groups: who is in them.

use serde::Serialize;

use crate::disclosure::Public;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::group::MemberColumn::{self, Further, Name, Phone, Post, Role};
use crate::kinds::group::{Group, Member};
use crate::site::book::Book;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Paged, Spot, about, fields, items};
use crate::site::texts::Texts;
use crate::site::view::Cell;

/// `group.html`
#[derive(Debug, Clone, Serialize)]
struct GroupView {
    columns: Vec<ColumnView>,
    members: Vec<MemberView>,
    /// «13 участников»; where some stand for many, nothing is counted.
    count_words: Option<String>,
    /// As printed.
    total: Option<String>,
    note: Option<Cell>,
}

#[derive(Debug, Clone, Serialize)]
struct ColumnView {
    /// `name`, `post`, `role`, `phone`, `further`.
    key: &'static str,
    title: String,
    /// Position among the further columns.
    further: usize,
}

#[derive(Debug, Clone, Serialize)]
struct MemberView {
    name: Option<String>,
    post: Option<String>,
    role: Option<String>,
    phone: Option<PhoneView>,
    note: Option<String>,
    cells: Vec<Option<Cell>>,
}

#[derive(Debug, Clone, Serialize)]
struct PhoneView {
    text: String,
    /// `tel:+70000000000`; none where the digits are no whole number.
    href: Option<String>,
}

impl Listed for Group<Public> {}

impl Paged for Group<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let further = self.columns.iter().filter(|(c, _)| matches!(c, Further(_)));
        let further = further.count();
        let members = self.members.iter();
        let view = GroupView {
            columns: columns(self),
            members: members.map(|m| member(m, further, &root)).collect(),
            count_words: count(self),
            total: format::print_opt(self.total.as_ref()),
            note: self.note.as_ref().map(|n| format::cell(n, &root)),
        };
        let about = about(book, i);
        let about = About {
            description: match &view.count_words {
                Some(count) => format!("{}: {count}", about.title),
                None => about.title.clone(),
            },
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn texts(&self, _: &Book, _: DocIndex, texts: &mut Texts) {
        for m in &self.members {
            let cells: Vec<_> = m.cells.iter().map(|c| c.text.clone()).collect();
            texts.passage("", &[&m.name, &m.post, &m.role, &m.note, &cells]);
        }
        texts.passage("", &[&self.total, &self.note]);
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let mut out = items(self.members.len(), "u", "members");
        out.extend(fields(&[("total", "total"), ("note", "note")]));
        out
    }

    fn summary(&self, _: &Book) -> String {
        count(self).unwrap_or_default()
    }
}

fn count(group: &Group<Public>) -> Option<String> {
    let many = group.members.iter().any(|m| m.collective);
    (!many).then(|| format::parts(Kind::Group, group.members.len()))
}

/// The columns as printed, or the usual ones; and whatever else the members have.
fn columns(group: &Group<Public>) -> Vec<ColumnView> {
    let any = |has: fn(&Member<Public>) -> bool| group.members.iter().any(has);
    let bare = group.columns.is_empty();
    let usual = [
        (Name, "name", "Имя", any(|m| m.name.is_some())),
        (
            Post,
            "post",
            "Должность",
            bare || any(|m| m.post.is_some() || m.note.is_some()),
        ),
        (Role, "role", "Роль", bare || any(|m| m.role.is_some())),
        (Phone, "phone", "Телефон", any(|m| m.phone.is_some())),
    ];
    let key = |column: MemberColumn| {
        let known = usual.iter().find(|(c, ..)| *c == column);
        known.map_or("further", |(_, key, ..)| *key)
    };
    let mut columns: Vec<ColumnView> = group
        .columns
        .iter()
        .map(|(column, head)| ColumnView {
            key: key(*column),
            title: head.print(),
            further: match column {
                Further(n) => *n,
                _ => 0,
            },
        })
        .collect();
    for (column, key, title, there) in usual {
        if there && !group.columns.iter().any(|(c, _)| *c == column) {
            columns.push(ColumnView {
                key,
                title: title.to_owned(),
                further: 0,
            });
        }
    }
    columns
}

fn member(m: &Member<Public>, further: usize, root: &str) -> MemberView {
    MemberView {
        name: format::print_opt(m.name.as_ref()),
        post: format::print_opt(m.post.as_ref()),
        role: format::print_opt(m.role.as_ref()),
        phone: m.phone.as_ref().map(|text| PhoneView {
            text: text.print(),
            href: format::phone(text.raw()),
        }),
        note: format::print_opt(m.note.as_ref()),
        cells: (0..further)
            .map(|column| {
                let cell = m.cells.iter().find(|cell| cell.column == column)?;
                Some(format::cell(&cell.text, root))
            })
            .collect(),
    }
}
