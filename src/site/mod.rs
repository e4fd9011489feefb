//! Pages, addresses, menus and view values made from public documents.

pub mod view;
