//! Walks over everything in a document that refers to something else.
//!
//! Takes a document and a [`Visitor`]; calls it for each reference, in the order in which fields are declared. The walk
//! comes from the declaration of the fields, so no reference can be passed over, and checking, disclosure and the
//! inspector agree.

use chrono::NaiveDate;

use super::common::Responsible;
use super::ids::{Address, Folder, Id, SourcePath};
use super::refs::{DocRef, Link, RowRef};
use super::refs::{OfKind, RefTo};
use super::stage::{SchoolRef, Source, SourceMarkup, SourceNumber, SourceText};
use super::{Document, Kind};
use crate::diag::Span;
use crate::period::{PeriodKind, Plan};

/// What is done with each reference.
pub trait Visitor {
    fn document(&mut self, reference: &mut DocRef<Source>, expected: Option<Kind>);
    fn row(&mut self, reference: &mut RowRef<Source>);
    fn responsible(&mut self, responsible: &mut Responsible<Source>);
    fn school(&mut self, school: &mut SchoolRef);
    fn link(&mut self, link: &mut Link<Source>);
    fn markup(&mut self, text: &mut SourceMarkup);
}

/// What may hold references.
pub trait Visit {
    fn visit(&mut self, v: &mut dyn Visitor);
}

/// Visits every reference of `document`, in the order of the text.
pub fn visit(document: &mut Document<Source>, v: &mut dyn Visitor) {
    document.head.visit(v);
    document.body.visit(v);
}

/// Types that refer to nothing.
macro_rules! nothing_to_see {
    ($($ty:ty),* $(,)?) => {
        $(impl $crate::kinds::visit::Visit for $ty {
            fn visit(&mut self, _: &mut dyn $crate::kinds::visit::Visitor) {}
        })*
    };
}
pub(crate) use nothing_to_see;

nothing_to_see!(
    Address,
    Folder,
    Id,
    Kind,
    NaiveDate,
    PeriodKind,
    Plan,
    SourceNumber,
    SourcePath,
    SourceText,
    Span,
    bool,
    f64,
    u8,
    u32,
    usize,
    (Option<NaiveDate>, Option<NaiveDate>),
    (usize, usize),
    (NaiveDate, NaiveDate),
);

impl<T: Visit> Visit for Option<T> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        if let Some(value) = self {
            value.visit(v);
        }
    }
}

impl<T: Visit> Visit for Box<T> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        (**self).visit(v);
    }
}

impl<T: Visit> Visit for Box<[T]> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        for value in self {
            value.visit(v);
        }
    }
}

impl<T: Visit> Visit for Vec<T> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        for value in self {
            value.visit(v);
        }
    }
}

impl Visit for DocRef<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.document(self, None);
    }
}

impl<K: OfKind> Visit for RefTo<Source, K> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.document(&mut self.document, Some(K::KIND));
    }
}

impl Visit for Link<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.link(self);
    }
}

impl Visit for SchoolRef {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.school(self);
    }
}

impl Visit for SourceMarkup {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.markup(self);
    }
}
