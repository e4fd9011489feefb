//! `school.yaml` as written: who the school is, its part in the project, its documents, events, links.
//!
//! Takes fields; gives typed values with their places. Must not read other files.

use chrono::NaiveDate;

use crate::diag::Span;
use crate::diag::catalog::tab as messages;
use crate::document::decode::{Cx, Decode};
use crate::document::yaml::Node;
use crate::kinds::fields::{Formed, choice, fields};
use crate::kinds::shape::{Described, Shaped, Type};
use crate::kinds::{SourceMarkup, SourceText};

choice! {
    /// What a school does in the project.
    pub enum Role {
        Participant = "participant" "школа-участница",
        Mentor = "mentor" "школа-наставник",
    }
}

impl Role {
    /// Whether such a school's name stands in its own tab when its file does not say.
    pub fn names_itself(self) -> bool {
        self == Role::Mentor
    }
}

choice! {
    /// Who issued a document that the project rests on.
    pub enum Level {
        Federal = "federal" "федеральный",
        Regional = "regional" "региональный",
        Municipal = "municipal" "муниципальный",
        School = "school" "школьный",
    }
}

choice! {
    /// At which stage a school's document is made.
    pub enum Stage {
        RiskProfile = "risk-profile" "рисковый профиль",
        Programme = "programme" "концепция и программа",
        Monitoring1 = "monitoring-1" "первый этап мониторинга",
        Monitoring2 = "monitoring-2" "второй этап мониторинга",
        Other = "other" "другое",
    }
}

choice! {
    /// What becomes of a block without content.
    pub enum Empty {
        /// It stays and says «отсутствует».
        Show = "show" "остаются с пометкой «отсутствует»",
        Hide = "hide" "не показываются",
    }
}

/// A document of the tab.
#[derive(Debug, Clone)]
pub struct Paper<K> {
    pub kind: K,
    pub at: Span,
    pub title: SourceText,
    pub number: Option<SourceText>,
    pub date: Option<NaiveDate>,
    /// When it was put on the site.
    pub published: Option<NaiveDate>,
    pub note: Option<SourceText>,
    /// A path below the school's folder or an address on the net.
    pub target: SourceText,
    pub is_file: bool,
}

/// A document is written in one way, but for the field that says what it is.
macro_rules! papers {
    ($($form:ident $key:literal $kind:ident $means:literal $example:literal;)*) => {
        $(
            fields! {
                /// How a document of the tab is written.
                pub struct $form any ["file" | "link"] look target(file, link) {
                    kind = $key: req $kind => $means, live $example;
                    title: req SourceText => "название", live "Приказ об организации проекта";
                    file: opt SourceText => "файл из папки documents", live "documents/prikaz.pdf";
                    link: opt SourceText => "или адрес страницы", eg "https://…";
                    number: opt SourceText => "номер", live "12";
                    date: opt NaiveDate => "дата документа", live "2025-01-15";
                    published: opt NaiveDate => "когда размещён на сайте", live "2025-01-20";
                    note: opt SourceText => "пояснение", eg "в действующей редакции";
                }
            }

            impl $form {
                fn target(
                    file: &Option<SourceText>,
                    link: &Option<SourceText>,
                    at: Span,
                    cx: &mut Cx<'_>,
                ) {
                    if file.is_none() && link.is_none() {
                        cx.say(&messages::NO_TARGET, at, |x| x);
                    }
                }
            }

            impl Described for Paper<$kind> {
                const TYPE: Type = Type::Map($form::shape);
            }

            impl Formed for Paper<$kind> {
                type Form = $form;

                fn build(form: $form, at: Span, _: &mut Cx<'_>) -> Option<Self> {
                    Some(Paper {
                        kind: form.kind,
                        at,
                        title: form.title,
                        number: form.number,
                        date: form.date,
                        published: form.published,
                        note: form.note,
                        is_file: form.file.is_some(),
                        target: form.file.or(form.link)?,
                    })
                }
            }
        )*
    };
}

papers! {
    NormativeForm "level" Level "чей документ" "regional";
    DocumentForm "stage" Stage "к какому этапу относится" "risk-profile";
}

fields! {
    /// A person to turn to.
    pub struct Contact {
        name: req SourceText => "имя", live "Фамилия Имя Отчество";
        post: opt SourceText => "должность", live "методист";
        organisation: opt SourceText => "организация", live "Управление образования";
        phone: opt SourceText => "телефон", live "+7 (000) 000-00-00";
        email: opt SourceText => "почта", live "obr@example.ru";
    }
}

fields! {
    /// The other school of the pair.
    pub struct Partner {
        id: opt Box<str> => "id в реестре или имя её папки", eg "p-01";
        name: req SourceText => "название", live "Название школы";
        /// A school alone states here that the other agreed.
        agreed: def bool => "школа согласна, чтобы её назвали", live "true";
    }
}

fields! {
    /// What happens at the school.
    pub struct Event {
        date: req NaiveDate => "день", live "2025-04-10";
        until: opt NaiveDate => "последний день, если их несколько", eg "2025-04-11";
        time: opt SourceText => "время", live "14:00";
        title: req SourceText => "что", live "Методический день с куратором";
        place: opt SourceText => "где", live "актовый зал";
    }
}

fields! {
    /// A useful link.
    pub struct UsefulLink {
        title: req SourceText => "название", live "Раздел проекта на сайте оператора";
        address = "link": req SourceText => "адрес", live "https://…";
    }
}

fields! {
    /// What the project is, where no operator's section tells it.
    pub struct Project {
        title: req SourceText => "название", live "Проект «500+»: адресная методическая помощь школам";
        summary: opt SourceText => "что это за проект, в одном-двух предложениях", live "Проект помогает школам повысить образовательные результаты.";
        about: opt SourceMarkup => "подробнее", eg "Школа находит свои трудности и вместе с куратором преодолевает их по дорожной карте.";
        site: opt SourceText => "адрес раздела на сайте оператора", eg "https://…";
    }
}

fields! {
    /// The whole file. `shared.yaml` of the operator has the same fields, as far as they make sense for all.
    pub struct SchoolFile with at {
        name: opt SourceText => "название школы", live "МБОУ «Примерная СОШ»";
        full_name: opt SourceText => "полное название по уставу", eg "Муниципальное бюджетное общеобразовательное учреждение «Примерная средняя общеобразовательная школа»";
        municipality: opt SourceText => "район или город", live "Примерный район";
        address: opt SourceText => "почтовый адрес", eg "Примерный район, с. Примерное, ул. Школьная, д. 1";
        phone: opt SourceText => "телефон", live "+7 (000) 000-00-00";
        email: opt SourceText => "почта", live "shkola@example.ru";
        site: opt SourceText => "сайт", live "https://shkola.example.ru/";
        head: opt SourceText => "директор", eg "Фамилия Имя Отчество";
        role: opt Given<Role> => "роль в проекте", live "participant";
        publish_own_name: opt Given<bool> => "можно ли называть школу на её собственной вкладке", live "false";
        partner: opt Partner => "вторая школа пары; называется, только если обе согласны", eg r#"{name: "Название школы", agreed: true}"#;
        curator: opt Contact => "куратор: кто помогает школе", live r#"{name: "Фамилия Имя Отчество", post: "методист"}"#;
        coordinator: opt Contact => "кто отвечает за проект в школе", eg r#"{name: "Фамилия Имя Отчество", post: "заместитель директора"}"#;
        section: opt SourceText => "папка раздела портала, к которому относится школа", eg "tula-2024";
        project: opt Project => "что это за проект; вкладке, которую собирает оператор, не нужно";
        normative: list Paper<Level> => "нормативные документы";
        documents: list Paper<Stage> => "документы школы";
        events: list Event => "события школы";
        links: list UsefulLink => "полезные ссылки";
        empty: opt Empty => "что делать с пустыми частями", live "show";
        /// Where the school's files will lie on its site.
        base: opt SourceText => "адрес папки, куда загружены файлы на сайте школы", eg "https://shkola.example.ru/files/500/";
        updated: opt NaiveDate => "дата последнего изменения", eg "2025-02-03";
    }
}

/// A value that was given, perhaps so that it cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Given<T>(Option<T>);

impl<T: Described> Described for Given<T> {
    const TYPE: Type = T::TYPE;
}

impl<T: Decode> Decode for Given<T> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(Given(T::decode(node, field, cx)))
    }
}

impl SchoolFile {
    pub fn role(&self, default: Role) -> Role {
        self.role.and_then(|role| role.0).unwrap_or(default)
    }

    /// Whether the school's own name may stand in its tab. A value that cannot be read must not fall back to a default
    /// that names the school.
    pub fn names_itself(&self, default: Role) -> bool {
        match (self.role, self.publish_own_name) {
            (Some(Given(None)), _) | (_, Some(Given(None))) => false,
            (_, Some(Given(Some(named)))) => named,
            (_, None) => self.role(default).names_itself(),
        }
    }

    /// Whether a block without content stays.
    pub fn show_empty(&self) -> Option<bool> {
        self.empty.map(|empty| empty == Empty::Show)
    }
}

/// Reads the file.
pub fn read(node: &Node, cx: &mut Cx<'_>) -> Option<SchoolFile> {
    SchoolFile::decode(node, "school", cx)
}
