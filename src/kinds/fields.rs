//! One declaration of a map: from it come the type, its reader, its [`Shape`](super::shape::Shape) and the walk over
//! its references.
//!
//! Takes the declaration; gives code. What becomes public of a type is not among it: that is said, field by field, in
//! `disclosure`, and the compiler asks for it.
//!
//! ```text
//! fields! {
//!     /// Who does what by when.
//!     pub struct Assignment<S> {
//!         who: req Responsible<S> => "кто исполняет", live "Управление образования";
//!         what: req S::Markup => "что сделать", live "подготовить программы";
//!         by: opt Term<S> => "срок, как напечатан", live "до 01.03.2025";
//!         done: some Done<S> => "выполнено, с подтверждением";
//!     }
//! }
//! ```
//!
//! Of each field, in this order:
//! - its name, and where it is called otherwise in the source, that: `printed = "body"`;
//! - its need: `req` (must be there), `want` (the same, but without it the rest stands: an `Option`), `opt` (an
//!   `Option`), `list` (a `Vec`), `some` (a list, or a single one alone), `def` (else the type's default), `or {value}` (else that value);
//! - its type, and where that is read in a way of its own, by whom: `, by Formula` (see [`Reader`]);
//! - `, then hook`: a function of the type that is called with the value and the context;
//! - its meaning, in Russian, as it stands in samples, schemas and the documentation;
//! - what a new source has of it, and examples in YAML, `|` between items of a list: `live "…"` where it has the field
//!   from the beginning and its text has to be replaced, `keep "…"` where the text may stay, `eg "…"` where it has it as a comment, `docs` where only the documentation has it (see
//!   [`Shown`](super::shape::Shown)).
//!
//! Before the fields, in this order:
//! - `with at`: the place where the map begins is kept in a field of this name;
//! - `or Line in "name"`: words of that sort may stand for the whole, meaning this field;
//! - `any ["a" | "b"]`, `one ["a" | "b"]`: at least, or exactly, one of them must be there;
//! - `look check(a, b)`: a function of the type that is called with these values as they were read (`&Option<…>` where
//!   a field must be there), the place and the context, to say what is wrong among them;
//! - `seen by method`: the reference is visited as a whole, by that method of the visitor.
//!
//! After the fields, `later { name: Type }`: what no source says and another step finds. Of a map without stages,
//! `rest name: Type, any` or `…, further`: fields besides these, of any name or of those of the table's further columns.
//!
//! Without `<S>`, the map is no part of a document's public stage: a form that something else is built from
//! ([`Formed`]), or settings.

use crate::diag::Span;
use crate::document::decode::{Cx, Decode, Fields, Read};
use crate::document::yaml::Node;

use super::shape::{Described, Shaped};

/// Reads itself from fields, without saying which others are unknown: they may belong to another part of the document.
pub trait FromFields: Sized {
    fn from_fields(fields: &Fields<'_>, cx: &mut Cx<'_>) -> Option<Self>;
}

/// A way of reading a value, and its description.
pub trait Reader<T>: Described {
    const READ: Read<T>;
}

/// The type in which a field with a need is kept: an `Option` for `opt`, and so on.
pub type Kept<N, T> = <N as Need<T>>::Kept;

/// How a need changes the type.
pub trait Need<T> {
    type Kept;
}

/// The needs, by the words that declarations use.
#[allow(non_camel_case_types)]
pub mod need {
    macro_rules! needs {
        ($($need:ident: $t:ident => $kept:ty;)*) => {
            $(
                #[derive(Debug)]
                pub enum $need {}
                impl<$t> super::Need<$t> for $need {
                    type Kept = $kept;
                }
            )*
        };
    }
    needs! {
        req: T => T;
        want: T => Option<T>;
        opt: T => Option<T>;
        list: T => Vec<T>;
        some: T => Vec<T>;
        def: T => T;
        or: T => T;
    }
}

/// What is written otherwise than it is kept.
pub trait Formed: Sized {
    type Form: FromFields + Decode + Shaped;

    /// `at` is where the map begins.
    fn build(form: Self::Form, at: Span, cx: &mut Cx<'_>) -> Option<Self>;
}

impl<T: Formed> Decode for T {
    const IN_WORDS: bool = T::Form::IN_WORDS;

    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let form = T::Form::decode(node, field, cx)?;
        T::build(form, node.at, cx)
    }
}

impl<T: Formed> FromFields for T {
    fn from_fields(fields: &Fields<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let form = T::Form::from_fields(fields, cx)?;
        T::build(form, fields.at, cx)
    }
}

/// Declares a map; see the head of this module.
macro_rules! fields {
    // A map of both stages.
    (
        $(#[$meta:meta])*
        pub struct $name:ident<S>
        $(with $at:ident)?
        $(or $sort:ident in $words:literal)?
        $(any [$($any:literal)|+])?
        $(one [$($one:literal)|+])?
        $(look $look:ident($($seen:ident),*))?
        $(seen by $visit:ident)?
        {$(
            $(#[$field_meta:meta])*
            $field:ident $(= $key:literal)? : $need:ident $({$default:expr})? $ty:ty
            $(, by $by:ty)? $(, then $then:ident)?
            => $means:literal $(, $shown:ident $($example:literal)|*)? ;
        )*}
        $(later {$(
            $(#[$later_meta:meta])*
            $later:ident : $later_ty:ty
        ),* $(,)?})?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name<S: $crate::kinds::Stage> {
            $(
                /// Where it stands in its source.
                pub $at: $crate::diag::Span,
            )?
            $(
                #[doc = concat!($means, ".")]
                $(#[$field_meta])*
                pub $field: $crate::kinds::fields::Kept<$crate::kinds::fields::need::$need, $ty>,
            )*
            $($(
                $(#[$later_meta])*
                pub $later: $later_ty,
            )*)?
        }

        impl<S: $crate::kinds::Stage> $crate::kinds::shape::Shaped for $name<S> {
            const SHAPE: &'static $crate::kinds::shape::Shape = $crate::kinds::fields::shape! {
                $name
                $(any [$($any)|+])?
                $(one [$($one)|+])?
                {$($field $(= $key)? : $need [$ty $(, $by)?] => $means $(, $shown $($example)|*)?;)*}
            };
        }

        impl<S: $crate::kinds::Stage> $crate::kinds::shape::Described for $name<S> {
            const TYPE: $crate::kinds::shape::Type =
                $crate::kinds::fields::described!(<Self as $crate::kinds::shape::Shaped>::shape $(, $sort)?);
        }

        $crate::kinds::fields::reader! {
            $name<$crate::kinds::Source>
            $(with $at)?
            $(or $words)?
            $(look $look($($seen),*))?
            {$($field $(= $key)? : $need $({$default})? $(, by $by)? $(, then $then)?;)*}
            $(later {$($later),*})?
        }

        impl $crate::kinds::visit::Visit for $name<$crate::kinds::Source> {
            fn visit(&mut self, v: &mut dyn $crate::kinds::visit::Visitor) {
                $crate::kinds::fields::visits!(self v [$($visit)?] $($($later)*)? $($field)*);
            }
        }
    };

    // A map that is only read.
    (
        $(#[$meta:meta])*
        pub struct $name:ident
        $(with $at:ident)?
        $(or $sort:ident in $words:literal)?
        $(any [$($any:literal)|+])?
        $(one [$($one:literal)|+])?
        $(look $look:ident($($seen:ident),*))?
        {$(
            $(#[$field_meta:meta])*
            $field:ident $(= $key:literal)? : $need:ident $({$default:expr})? $ty:ty
            $(, by $by:ty)? $(, then $then:ident)?
            => $means:literal $(, $shown:ident $($example:literal)|*)? ;
        )*}
        $(rest $rest:ident : $rest_ty:ty, $which:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $(
                /// Where it stands in its source.
                pub $at: $crate::diag::Span,
            )?
            $(
                #[doc = concat!($means, ".")]
                $(#[$field_meta])*
                pub $field: $crate::kinds::fields::Kept<$crate::kinds::fields::need::$need, $ty>,
            )*
            $(
                /// Fields besides these, with the place of each name.
                pub $rest: Vec<(Box<str>, $crate::diag::Span, $rest_ty)>,
            )?
        }

        impl $crate::kinds::shape::Shaped for $name {
            const SHAPE: &'static $crate::kinds::shape::Shape = $crate::kinds::fields::shape! {
                $name
                $(any [$($any)|+])?
                $(one [$($one)|+])?
                {$($field $(= $key)? : $need [$ty $(, $by)?] => $means $(, $shown $($example)|*)?;)*}
                $(rest $rest_ty)?
            };
        }

        impl $crate::kinds::shape::Described for $name {
            const TYPE: $crate::kinds::shape::Type =
                $crate::kinds::fields::described!(<Self as $crate::kinds::shape::Shaped>::shape $(, $sort)?);
        }

        $crate::kinds::fields::reader! {
            $name
            $(with $at)?
            $(or $words)?
            $(look $look($($seen),*))?
            {$($field $(= $key)? : $need $({$default})? $(, by $by)? $(, then $then)?;)*}
            $(rest $rest $which)?
        }
    };
}
pub(crate) use fields;

/// The name of a field in its source.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
pub(crate) use key;

macro_rules! described {
    ($shape:expr) => {
        $crate::kinds::shape::Type::Map($shape)
    };
    ($shape:expr, $sort:ident) => {
        $crate::kinds::shape::Type::Either($crate::kinds::shape::Words::$sort, $shape)
    };
}
pub(crate) use described;

/// The data of a [`Shape`](super::shape::Shape).
macro_rules! shape {
    (
        $name:ident
        $(any [$($any:literal)|+])?
        $(one [$($one:literal)|+])?
        {$(
            $field:ident $(= $key:literal)? : $need:ident [$ty:ty $(, $by:ty)?]
            => $means:literal $(, $shown:ident $($example:literal)|*)?;
        )*}
        $(rest $rest:ty)?
    ) => {
        &$crate::kinds::shape::Shape {
            name: stringify!($name),
            fields: &[$($crate::kinds::shape::Field {
                name: $crate::kinds::fields::key!($field $($key)?),
                required: matches!(stringify!($need).as_bytes(), b"req" | b"want"),
                many: matches!(stringify!($need).as_bytes(), b"list" | b"some"),
                alone: matches!(stringify!($need).as_bytes(), b"some"),
                is: $crate::kinds::fields::typed!($ty $(, $by)?),
                means: $means,
                example: &[$($($example),*)?],
                shown: $crate::kinds::shape::Shown::of(concat!($(stringify!($shown))?)),
            }),*],
            names: &[$($crate::kinds::fields::key!($field $($key)?)),*],
            choose: $crate::kinds::fields::choose!($(any [$($any),+])? $(one [$($one),+])?),
            rest: $crate::kinds::fields::rest!($($rest)?),
        }
    };
}
pub(crate) use shape;

macro_rules! typed {
    ($ty:ty) => {
        <$ty as $crate::kinds::shape::Described>::TYPE
    };
    ($ty:ty, $by:ty) => {
        <$by as $crate::kinds::shape::Described>::TYPE
    };
}
pub(crate) use typed;

macro_rules! rest {
    () => {
        None
    };
    ($ty:ty) => {
        Some(<$ty as $crate::kinds::shape::Described>::TYPE)
    };
}
pub(crate) use rest;

macro_rules! choose {
    () => { None };
    (any [$($name:literal),+]) => { Some($crate::kinds::shape::Choose::Any(&[$($name),+])) };
    (one [$($name:literal),+]) => { Some($crate::kinds::shape::Choose::One(&[$($name),+])) };
}
pub(crate) use choose;

/// The readers of a map.
macro_rules! reader {
    (
        $name:ident $(<$stage:ty>)?
        $(with $at:ident)?
        $(or $words:literal)?
        $(look $look:ident($($seen:ident),*))?
        {$($field:ident $(= $key:literal)? : $need:ident $({$default:expr})? $(, by $by:ty)? $(, then $then:ident)?;)*}
        $(later {$($later:ident),*})?
        $(rest $rest:ident $which:ident)?
    ) => {
        impl $crate::kinds::fields::FromFields for $name $(<$stage>)? {
            fn from_fields(
                fields: &$crate::document::decode::Fields<'_>,
                cx: &mut $crate::document::decode::Cx<'_>,
            ) -> Option<Self> {
                $(
                    let $field = $crate::kinds::fields::get!(
                        $need fields cx $crate::kinds::fields::key!($field $($key)?), [$($by)?] [$($default)?]
                    );
                    $(Self::$then(&$field, cx);)?
                )*
                $(let $rest = fields.rest(cx);)?
                $(Self::$look($(&$seen,)* fields.at, cx);)?
                Some($name {
                    $($at: fields.at,)?
                    $($field: $crate::kinds::fields::given!($need $field),)*
                    $($($later: Default::default(),)*)?
                    $($rest,)?
                })
            }
        }

        impl $crate::document::decode::Decode for $name $(<$stage>)? {
            const IN_WORDS: bool = $crate::kinds::fields::in_words!($($words)?);

            fn decode(
                node: &$crate::document::yaml::Node,
                field: &str,
                cx: &mut $crate::document::decode::Cx<'_>,
            ) -> Option<Self> {
                let names = <Self as $crate::kinds::shape::Shaped>::SHAPE.names;
                let fields = $crate::kinds::fields::open!(node names field cx $($words)?);
                $(
                    let mut fields = fields;
                    fields.$which(cx);
                )?
                let read = <Self as $crate::kinds::fields::FromFields>::from_fields(&fields, cx);
                fields.finish(cx);
                read
            }
        }
    };
}
pub(crate) use reader;

macro_rules! get {
    (req $fields:ident $cx:ident $key:expr, [] []) => { $fields.req($key, $cx) };
    (req $fields:ident $cx:ident $key:expr, [$by:ty] []) => {
        $fields.req_by($key, $cx, <$by as $crate::kinds::fields::Reader<_>>::READ)
    };
    (want $($rest:tt)*) => { $crate::kinds::fields::get!(req $($rest)*) };
    (opt $fields:ident $cx:ident $key:expr, [] []) => { $fields.opt($key, $cx) };
    (opt $fields:ident $cx:ident $key:expr, [$by:ty] []) => {
        $fields.opt_by($key, $cx, <$by as $crate::kinds::fields::Reader<_>>::READ)
    };
    (list $fields:ident $cx:ident $key:expr, [] []) => { $fields.list($key, $cx) };
    (some $fields:ident $cx:ident $key:expr, [] []) => { $fields.some($key, $cx) };
    (def $fields:ident $cx:ident $key:expr, [$($by:ty)?] []) => {
        $crate::kinds::fields::get!(opt $fields $cx $key, [$($by)?] []).unwrap_or_default()
    };
    (or $fields:ident $cx:ident $key:expr, [$($by:ty)?] [$default:expr]) => {
        $crate::kinds::fields::get!(opt $fields $cx $key, [$($by)?] []).unwrap_or($default)
    };
}
pub(crate) use get;

macro_rules! given {
    (req $field:ident) => {
        $field?
    };
    ($need:ident $field:ident) => {
        $field
    };
}
pub(crate) use given;

macro_rules! in_words {
    () => {
        false
    };
    ($words:literal) => {
        true
    };
}
pub(crate) use in_words;

macro_rules! open {
    ($node:ident $names:ident $field:ident $cx:ident) => {{
        let _ = $field;
        $crate::document::decode::Fields::of($node, $names, $cx)?
    }};
    ($node:ident $names:ident $field:ident $cx:ident $words:literal) => {
        $crate::document::decode::Fields::or_words($node, $names, $words, $field)
    };
}
pub(crate) use open;

macro_rules! visits {
    ($self:ident $v:ident [] $($field:ident)*) => {
        $($crate::kinds::visit::Visit::visit(&mut $self.$field, $v);)*
    };
    ($self:ident $v:ident [$visit:ident] $($field:ident)*) => { $v.$visit($self) };
}
pub(crate) use visits;

/// Describes maps that another room reads in its own way.
macro_rules! outlines {
    ($(
        $(#[$meta:meta])*
        $name:ident {$(
            $field:ident: $need:ident $ty:ty => $means:literal $(, $shown:ident $($example:literal)|*)?;
        )*}
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug)]
            pub enum $name {}

            impl $crate::kinds::shape::Shaped for $name {
                const SHAPE: &'static $crate::kinds::shape::Shape = $crate::kinds::fields::shape! {
                    $name {$($field: $need [$ty] => $means $(, $shown $($example)|*)?;)*}
                };
            }

            impl $crate::kinds::shape::Described for $name {
                const TYPE: $crate::kinds::shape::Type =
                    $crate::kinds::shape::Type::Map(<Self as $crate::kinds::shape::Shaped>::shape);
            }
        )*
    };
}
pub(crate) use outlines;

/// Describes a type by the form that it is built from, and lets its references be visited. All its fields must be named.
macro_rules! formed {
    ($($name:ident { $($field:ident),* } by $form:ty;)*) => {
        $(
            impl<S: $crate::kinds::Stage> $crate::kinds::shape::Described for $name<S> {
                const TYPE: $crate::kinds::shape::Type = <$form as $crate::kinds::shape::Described>::TYPE;
            }

            impl<S: $crate::kinds::Stage> $crate::kinds::shape::Shaped for $name<S> {
                const SHAPE: &'static $crate::kinds::shape::Shape = <$form as $crate::kinds::shape::Shaped>::SHAPE;
            }

            $crate::kinds::fields::references! { $name { $($field),* } }
        )*
    };
}
pub(crate) use formed;

/// Lets the references of a type be visited. All its fields must be named.
macro_rules! references {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::kinds::visit::Visit for $name<$crate::kinds::Source> {
            fn visit(&mut self, v: &mut dyn $crate::kinds::visit::Visitor) {
                let $name { $($field),* } = self;
                $($crate::kinds::visit::Visit::visit($field, v);)*
            }
        }
    };
}
pub(crate) use references;

/// Declares a fixed set of words: `Region = "region" "регион"`, with an empty meaning where the word says it.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {$(
            $(#[$variant_meta:meta])*
            $variant:ident = $word:literal $means:literal
        ),* $(,)?}
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_meta])* $variant),*
        }

        impl $name {
            /// The word in sources.
            pub fn key(self) -> &'static str {
                match self {
                    $($name::$variant => $word),*
                }
            }
        }

        impl $crate::kinds::shape::Described for $name {
            const TYPE: $crate::kinds::shape::Type = $crate::kinds::shape::Type::Words(
                $crate::kinds::shape::Words::Choice(&[
                    $($crate::kinds::shape::Choice { word: $word, means: $means }),*
                ]),
            );
        }

        impl $crate::document::decode::Decode for $name {
            fn decode(
                node: &$crate::document::yaml::Node,
                field: &str,
                cx: &mut $crate::document::decode::Cx<'_>,
            ) -> Option<Self> {
                const WORDS: &[(&str, $name)] = &[$(($word, $name::$variant)),*];
                $crate::document::decode::choice(node, field, WORDS, cx)
            }
        }

        $crate::kinds::visit::nothing_to_see!($name);
    };
}
pub(crate) use choice;
