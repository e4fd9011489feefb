//! What every document has: its kind, id, title, dates, and what it rests on.
//!
//! Takes the fields that all kinds share ([`HeadForm`]); gives the [`Head`].

use chrono::NaiveDate;

use super::Kind;
use super::common::Original;
use super::fields::{fields, references};
use super::ids::{Address, Folder, Id, SourcePath};
use super::refs::{OrderRef, RowRef};
use super::stage::{At, Source, SourceText, Stage};
use crate::diag::Span;

/// What every document has.
#[derive(Debug, Clone)]
pub struct Head<S: Stage> {
    /// Path of the source, for findings and the operator's report; never printed on a page.
    pub path: SourcePath,
    /// Folder of the section.
    pub section: Folder,
    pub id: Id,
    pub kind: Kind,
    /// Where the document begins.
    pub at: Span,
    pub title: Option<S::Text>,
    pub description: Option<S::Text>,
    pub published: Option<NaiveDate>,
    pub updated: Option<NaiveDate>,
    pub order: Option<OrderRef<S>>,
    pub annex: Option<S::Text>,
    pub row: Option<RowRef<S>>,
    pub file: Vec<Original<S>>,
    pub sample: bool,
    pub draft: bool,
    pub address: Option<Address>,
}

references! {
    Head {
        path, section, id, kind, at, title, description, published, updated, order, annex, row,
        file, sample, draft, address
    }
}

fields! {
    /// The fields that all documents share.
    pub struct HeadForm with at {
        kind: want At<Kind> => "вид документа";
        id: opt Id => "обозначение документа в разделе и в адресе; обычно это имя файла";
        address: opt Address => "свой адрес страницы вместо обычного", eg "/tula-2024/glavnoe/";
        title: opt SourceText => "заголовок", live "…";
        description: opt SourceText => "одно предложение для списков и поисковиков";
        published: opt NaiveDate => "дата публикации на сайте", live "2025-01-15";
        updated: opt NaiveDate => "дата последнего изменения", eg "2025-01-15";
        order: opt OrderRef<Source> => "id приказа, на котором держится документ", eg "12-od";
        annex: opt SourceText => "номер приложения к этому приказу", eg "1";
        row: opt RowRef<Source> => "строка дорожной карты раздела", eg "1.1.";
        file: list Original<Source> => "сам документ файлом: скан, Word, Excel", eg "../files/plan.pdf";
        sample: def bool => "образец: сведения вымышлены, на странице стоит пометка", eg "true";
        draft: def bool => "черновик: не публикуется", eg "true";
    }
}

impl HeadForm {
    /// The head, with what the file's place says.
    pub fn head(self, path: SourcePath, section: Folder, id: Id, kind: Kind) -> Head<Source> {
        Head {
            path,
            section,
            id,
            kind,
            at: self.at,
            title: self.title,
            description: self.description,
            published: self.published,
            updated: self.updated,
            order: self.order,
            annex: self.annex,
            row: self.row,
            file: self.file,
            sample: self.sample,
            draft: self.draft,
            address: self.address,
        }
    }
}
