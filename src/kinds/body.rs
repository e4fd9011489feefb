//! A document: its head, and what it is beside that, by kind.

use super::fields::FromFields;
use super::shape::{Shape, Shaped};
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use super::text::TextDocument;
use super::visit::{Visit, Visitor};
use super::{Head, Kind, each_kind};
use crate::document::decode::{Cx, Fields};

/// One document of the site.
#[derive(Debug, Clone)]
pub struct Document<S: Stage> {
    pub head: Head<S>,
    pub body: Body<S>,
}

macro_rules! body {
    (
        $d:tt
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        /// What a document is: one variant for each kind with fields of its own, one for all texts.
        #[derive(Debug, Clone)]
        pub enum Body<S: Stage> {
            $($kind($crate::kinds$(::$body)+<S>),)*
            Text(TextDocument<S>),
        }

        impl Kind {
            /// The fields that a document has beside those of all documents.
            pub fn shape(self) -> &'static Shape {
                match self {
                    $(Kind::$kind => <$crate::kinds$(::$body)+<Source>>::SHAPE,)*
                    $(Kind::$text)|* => TextDocument::<Source>::SHAPE,
                }
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
                match kind {
                    $(Kind::$kind => FromFields::from_fields(fields, cx).map(Body::$kind),)*
                    $(Kind::$text)|* => {
                        let mut document = TextDocument::from_fields(fields, cx)?;
                        document.body = SourceMarkup {
                            words: text?,
                            prose: true,
                        };
                        Some(Body::Text(document))
                    }
                }
            }
        }

        /// `on_body!(body, x => …)`: the same for the value of every kind.
        macro_rules! on_body {
            ($d body:expr, $d x:ident => $d then:expr) => {
                match $d body {
                    $($crate::kinds::Body::$kind($d x) => $d then,)*
                    $crate::kinds::Body::Text($d x) => $d then,
                }
            };
        }
    };
}
each_kind!(body, $);
pub(crate) use on_body;

impl Visit for Body<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        on_body!(self, body => body.visit(v));
    }
}
