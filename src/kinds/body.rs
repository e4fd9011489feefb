//! What a document is beside its head, by kind.

use super::fields::FromFields;
use super::shape::{Shape, Shaped};
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use super::visit::{Visit, Visitor};
use super::{Kind, bodies, group, indicators, order, roadmap, schedule, section, seminar, text};
use crate::document::decode::{Cx, Fields};

macro_rules! bodies {
    ($($variant:ident($($ty:ident)::+) $($kind:ident)|+;)*) => {
        /// What a document is, by kind.
        #[derive(Debug, Clone)]
        pub enum Body<S: Stage> {
            $($variant($($ty)::+<S>)),*
        }

        /// The fields that a kind has beside those of all documents.
        pub fn shape(kind: Kind) -> &'static Shape {
            match kind {
                $($(Kind::$kind)|+ => <$($ty)::+<Source> as Shaped>::SHAPE,)*
            }
        }

        impl Body<Source> {
            /// Reads the fields that a kind has beside those of all documents; `text` is what stands below them.
            pub fn read(
                kind: Kind,
                text: Option<SourceText>,
                fields: &Fields<'_>,
                cx: &mut Cx<'_>,
            ) -> Option<Self> {
                let mut body = match kind {
                    $($(Kind::$kind)|+ => Body::$variant(FromFields::from_fields(fields, cx)?),)*
                };
                if let (Body::Text(document), Some(text)) = (&mut body, text) {
                    document.body = SourceMarkup(text);
                }
                Some(body)
            }
        }

        impl Visit for Body<Source> {
            fn visit(&mut self, v: &mut dyn Visitor) {
                match self {
                    $(Body::$variant(body) => body.visit(v),)*
                }
            }
        }
    };
}

bodies! {
    Section(section::Section) Section;
    Bodies(bodies::Bodies) Bodies;
    Order(order::Order) Order;
    Roadmap(roadmap::Roadmap) Roadmap;
    Schedule(schedule::Schedule) Schedule;
    Seminar(seminar::Seminar) Seminar;
    Indicators(indicators::Indicators) Indicators;
    Group(group::Group) Group;
    Text(text::TextDocument) News | Material | Document | Page;
}
