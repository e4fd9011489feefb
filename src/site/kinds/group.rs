//! Working groups: who is in them.

use serde::Serialize;

use crate::disclosure::Public;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::group::Group;
use crate::site::book::Book;
use crate::site::cards;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Paged, about};
use crate::site::view::PersonView;

/// `group.html`
#[derive(Debug, Clone, Serialize)]
struct GroupView {
    members: Vec<PersonView>,
    count_words: String,
}

impl Listed for Group<Public> {}

impl Paged for Group<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let view = GroupView {
            members: self.members.iter().map(cards::person).collect(),
            count_words: format::parts(Kind::Group, self.members.len()),
        };
        let about = about(book, i);
        let about = About {
            description: format!("{}: {}", about.title, view.count_words),
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn summary(&self, _: &Book) -> String {
        format::parts(Kind::Group, self.members.len())
    }
}
