//! The pages of each kind of documents: one module a kind, all texts in one.
//!
//! A module implements [`Listed`](super::listed::Listed) and [`Paged`](super::paged::Paged) for the body of its kind and
//! keeps its views. Nothing is called here by name: `on_body!` finds the implementation, and where one is missing the
//! program does not compile.

use crate::kinds::each_kind;

macro_rules! modules {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        $(mod $word;)*
    };
}
each_kind!(modules);
mod text;
