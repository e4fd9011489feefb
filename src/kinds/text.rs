//! Texts: news, materials, long documents, pages. They are Markdown; their fields stand in the front matter.

use chrono::NaiveDate;

use super::common::Attached;
use super::fields::fields;

fields! {
    /// News, material, long document, page.
    pub struct TextDocument<S> {
        date: opt NaiveDate => "день события (для новости)", live "2025-02-14";
        category: opt S::Text => "рубрика (для материала)", live "Методические рекомендации";
        attachments: list Attached<S> => "файлы к тексту (для материала)", eg r#"{file: "../files/pamyatka.pdf", title: "Памятка"}"#;
    } later {
        /// What stands below the front matter.
        body: S::Markup,
    }
}
