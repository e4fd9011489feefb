//! Texts: news, materials, long documents, pages. They are Markdown; their fields stand in the front matter.

use chrono::NaiveDate;

use super::blank::Blank;
use super::common::Attached;
use super::fields::fields;
use super::shape::Shaped;
use super::stage::Source;

/// News, materials, documents and pages are written alike: they differ in what a new one says.
const PLAIN: Blank = Blank {
    word: "",
    about: "",
    file: "",
    head: &[],
    shape: TextDocument::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "",
};

/// A new piece of news.
pub static NEWS: Blank = Blank {
    word: "news",
    about: "Новость",
    file: "content/ПАПКА-РАЗДЕЛА/news/2025-02-14-seminar.md",
    head: &[("title", "Прошёл установочный семинар"), ("row", "")],
    own: Some(&["date"]),
    published: Some("2025-02-14"),
    text: Some(
        "Первый абзац: что произошло. Школы-участницы по названию не называются.\n\n\
         Второй абзац. Ссылка на документ раздела: путь к его файлу в круглых скобках, как в Markdown.\n",
    ),
    ..PLAIN
};

/// A new material.
pub static MATERIAL: Blank = Blank {
    word: "material",
    about: "Материал, рекомендации",
    file: "content/ПАПКА-РАЗДЕЛА/materials/pamyatka.md",
    head: &[("title", "Памятка для школ")],
    own: Some(&["category", "attachments"]),
    published: Some("2025-02-01"),
    text: Some("О чём этот материал и кому он пригодится.\n"),
    ..PLAIN
};

/// A new long document.
pub static DOCUMENT: Blank = Blank {
    word: "document",
    about: "Длинный документ: модель, программа",
    file: "content/ПАПКА-РАЗДЕЛА/documents/model.md",
    head: &[
        ("title", "Модель поддержки школ"),
        ("order", ""),
        ("annex", ""),
    ],
    own: Some(&[]),
    text: Some(
        "## Общие положения\n\n\
         Текст. Заголовки второго уровня станут оглавлением.\n\n\
         | Направление | Результат |\n|---|---|\n| Методическая помощь | План и отчёт |\n",
    ),
    ..PLAIN
};

/// A new page.
pub static PAGE: Blank = Blank {
    word: "page",
    about: "Простая страница",
    file: "content/ПАПКА-РАЗДЕЛА/pages/voprosy.md",
    head: &[("title", "Вопросы и ответы")],
    own: Some(&[]),
    text: Some("Текст страницы.\n"),
    ..PLAIN
};

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
