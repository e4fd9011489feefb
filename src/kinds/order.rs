//! Orders, directives, decrees: clauses numbered as printed, the assignments taken out of them, annexes that are
//! published or withheld. A withheld annex has a title and a legal basis, and no content in any stage.

use chrono::NaiveDate;

use super::blank::Blank;
use super::common::{Amended, Done, Original, Responsible};
use super::fields::{Formed, choice, fields, formed};
use super::refs::{DocRef, OrderRef, RowRef};
use super::shape::Shaped;
use super::stage::{Source, SourceText, Stage};
use super::term;
use super::term::Term;
use super::visit::{Visit, Visitor};
use crate::diag::Span;
use crate::diag::catalog::model as messages;
use crate::document::decode::Cx;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "order",
    about: "Приказ, распоряжение, постановление",
    file: "content/ПАПКА-РАЗДЕЛА/orders/12-od.yaml",
    head: &[],
    shape: Order::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "Без `title` страница называется «Приказ от 14.01.2025 № 12-од».",
};

fields! {
    /// An order.
    pub struct Order<S> look cited(number, annexes) {
        order_type = "type": or {OrderType::Order} OrderType => "что это за акт", live "приказ";
        issuer: want Responsible<S> => "кто издал", live "Управление образования";
        letterhead: opt S::Text => "название органа с бланка, если оно другое", eg "Администрация Примерного района";
        date: req NaiveDate, then plan => "дата", live "2025-01-14";
        number: req S::Text => "номер, как напечатан", live "12-од";
        place: opt S::Text => "место издания", eg "с. Примерное";
        subject: req S::Text => "заголовок, как напечатан", live "О плане мероприятий на 2025 год";
        basis: opt S::Markup => "основание: то, что стоит до «приказываю»", eg "В соответствии с планом работы управления";
        clauses: list Clause<S> => "пункты; поручения из них — в assignments: кто, что и к какому сроку",
            live r#"{no: "1.", text: "Утвердить план мероприятий (приложение № 1)."}"#
            | r#"no: "2."
text: "Школам-участницам подготовить программы."
assignments:
  - {who: "Школы-участницы", what: "подготовить программы", by: "до 01.03.2025"}"#;
        control: opt Control<S> => "контроль: оставлен за собой или за кем", live "{kept: true}";
        original: list Original<S> => "подписанный документ: скан или файл", eg "../files/12-od.pdf";
        signed: opt Signature<S> => "кто подписал", live r#"{post: "Начальник управления", name: "И. О. Фамилия"}"#;
        status: opt OrderStatus<S> => "действует ли; без поля о силе акта ничего не сказано", eg "{state: amended, by: 15-od}";
        amends: list OrderRef<S> => "какие акты он изменяет: id приказов; у них status: {state: amended, by: …}", eg "12-od";
        repeals: list OrderRef<S> => "какие акты он отменяет: id приказов; у них status: {state: repealed, by: …}", eg "7-od";
        annexes: list Annex<S> => "приложения: опубликованы или нет",
            live r#"{no: "1", title: "План мероприятий", document: roadmap}"#
            | r#"{no: "2", title: "Список участников", withheld: {basis: "основание, почему не публикуется"}}"#;
    }
}

impl Order<Source> {
    fn plan(date: &Option<NaiveDate>, cx: &mut Cx<'_>) {
        term::after(date, cx);
    }

    fn cited(number: &Option<SourceText>, annexes: &[Annex<Source>], _: Span, cx: &mut Cx<'_>) {
        let Some(number) = number else { return };
        for cites in annexes.iter().filter_map(|a| a.cites.as_ref()) {
            // `sic` has been told already.
            if cites.sic.is_none() && !cites_number(&cites.text, &number.text) {
                cx.say(&messages::CITES_OTHER, cites.at, |x| {
                    x.arg("value", &cites.text).arg("number", &number.text)
                });
            }
        }
    }
}

/// Whether `cites` names `number` after the last number sign, blanks aside.
fn cites_number(cites: &str, number: &str) -> bool {
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let cited = cites.rsplit(['№', 'N']).next().unwrap_or(cites);
    plain(cited).trim_matches(['.', ',', '»', '"']) == plain(number)
}

choice! {
    /// What sort of act it is.
    pub enum OrderType {
        Order = "приказ" "",
        Directive = "распоряжение" "",
        Decree = "постановление" "",
        Decision = "решение" "",
        Letter = "письмо" "",
        Regulation = "положение" "",
        Protocol = "протокол" "",
        Agreement = "соглашение" "",
        Instruction = "инструкция" "",
    }
}

impl OrderType {
    /// «Приказ», «Распоряжение», «Постановление» …
    pub fn word(self) -> &'static str {
        match self {
            OrderType::Order => "Приказ",
            OrderType::Directive => "Распоряжение",
            OrderType::Decree => "Постановление",
            OrderType::Decision => "Решение",
            OrderType::Letter => "Письмо",
            OrderType::Regulation => "Положение",
            OrderType::Protocol => "Протокол",
            OrderType::Agreement => "Соглашение",
            OrderType::Instruction => "Инструкция",
        }
    }
}

fields! {
    /// A clause, with those under it.
    pub struct Clause<S> with at {
        no: opt S::Number => "номер, как напечатан; у безномерного подпункта поля нет", live "1.";
        text: req S::Markup => "текст пункта", live "Утвердить план мероприятий (приложение № 1).";
        amended: opt Amended<S> => "пункт изменён: каким актом и что было", eg r#"{by: 15-od, was: "Утвердить план."}"#;
        assignments: list Assignment<S> => "поручения, вынутые из пункта";
        clauses: list Clause<S> => "подпункты, тот же вид";
    }
}

fields! {
    /// Who does what by when.
    pub struct Assignment<S> with at {
        who: req Responsible<S> => "кто", live "Школы-участницы";
        what: req S::Markup => "что", live "подготовить программы";
        by: opt Term<S> => "к какому сроку, как напечатано", live "до 01.03.2025";
        row: opt RowRef<S> => "строка дорожной карты раздела, которой оно исполняется: запись о ней служит и здесь", eg "1.1.";
        done: some Done<S> => "выполнено, с подтверждением", eg r#"{date: 2025-02-25, text: "Программы приняты"}"#;
    }
}

fields! {
    /// Who sees to it that the order is carried out.
    pub struct Control<S> {
        text: opt S::Markup => "как напечатано", live "Контроль за исполнением приказа возложить на заместителя начальника.";
        who: opt S::Text => "должность и имя", live "заместитель начальника И. О. Фамилия";
        kept: def bool => "«контроль оставляю за собой»", live "true";
    }
}

fields! {
    /// Who signed.
    pub struct Signature<S> {
        post: req S::Text => "должность", live "Начальник управления";
        name: req S::Text => "имя", live "И. О. Фамилия";
    }
}

choice! {
    /// Whether the act is in force.
    pub enum OrderState {
        InForce = "in-force" "действует",
        Amended = "amended" "изменён",
        Repealed = "repealed" "отменён",
    }
}

#[derive(Debug, Clone)]
pub struct OrderStatus<S: Stage> {
    pub state: OrderState,
    /// The act that amended or repealed it: a document here, or words.
    pub by: Option<OrderRef<S>>,
    pub by_text: Option<S::Text>,
    pub date: Option<NaiveDate>,
}

fields! {
    /// How a status is written.
    pub struct StatusForm {
        state: req OrderState => "действует ли", live "amended";
        by: opt SourceText => "каким актом: id приказа этого раздела или слова", live "15-od";
        date: opt NaiveDate => "когда", live "2025-06-02";
    }
}

formed! {
    OrderStatus { state, by, by_text, date } by StatusForm;
    Annex { no, title, state, file, cites } by AnnexForm;
}

impl Formed for OrderStatus<Source> {
    type Form = StatusForm;

    fn build(form: StatusForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        // An id is short Latin; anything else is the act's own words.
        let is_id = |t: &str| {
            t.bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'))
        };
        let (by, by_text) = match form.by {
            Some(t) if is_id(&t.text) => (
                Some(OrderRef::from(DocRef {
                    text: t.text,
                    at: t.at,
                    target: None,
                })),
                None,
            ),
            other => (None, other),
        };
        Some(OrderStatus {
            state: form.state,
            by,
            by_text,
            date: form.date,
        })
    }
}

#[derive(Debug, Clone)]
pub struct Annex<S: Stage> {
    pub no: Option<S::Text>,
    pub title: S::Text,
    pub state: AnnexState<S>,
    pub file: Vec<Original<S>>,
    /// How the annex itself cites the order.
    pub cites: Option<S::Text>,
}

impl<S: Stage> Order<S> {
    /// Whether it is no longer in force on a day, as far as it says. An act that waits for its day repeals nothing yet.
    pub fn is_repealed(&self, today: NaiveDate) -> bool {
        self.status.as_ref().is_some_and(|status| {
            status.state == OrderState::Repealed
                && status.date.is_none_or(|day| day <= today)
                && status.by.as_ref().is_none_or(|by| by.target.is_some())
        })
    }
}

impl Order<Source> {
    /// Where the first withheld annex stands.
    pub fn withheld(&self) -> Option<Span> {
        self.annexes.iter().find_map(|annex| match &annex.state {
            AnnexState::Withheld { basis } => Some(basis.at),
            AnnexState::Published(_) | AnnexState::File => None,
        })
    }
}

/// Published as a document of this section or as a file alone, or withheld: then there is nothing but the legal basis.
#[derive(Debug, Clone)]
pub enum AnnexState<S: Stage> {
    Published(DocRef<S>),
    File,
    Withheld { basis: S::Text },
}

impl Visit for AnnexState<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        match self {
            AnnexState::Published(document) => document.visit(v),
            AnnexState::File => {}
            AnnexState::Withheld { basis } => basis.visit(v),
        }
    }
}

fields! {
    /// How an annex is written.
    pub struct AnnexForm any ["document" | "withheld" | "file"] {
        no: opt SourceText => "номер", live "1";
        title: req SourceText => "название", live "План мероприятий";
        document: opt DocRef<Source> => "опубликовано: id документа", live "roadmap";
        withheld: opt Withheld => "или не публикуется, и вот основание", eg r#"{basis: "основание, почему не публикуется"}"#;
        file: list Original<Source> => "само приложение файлом: вместе с документом раздела или вместо него", eg "../files/prilozhenie-1.pdf";
        cites: opt SourceText => "как приложение ссылается на приказ; с ошибкой — {text: …, sic: true}", eg "от 14.01.2025 № 12-од";
    }
}

fields! {
    /// Why an annex is not published.
    pub struct Withheld or Line in "basis" {
        basis: want SourceText => "основание: закон, пункт приказа", live "основание, почему не публикуется";
    }
}

impl Formed for Annex<Source> {
    type Form = AnnexForm;

    fn build(form: AnnexForm, at: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let state = match (form.document, form.withheld) {
            (Some(document), None) => AnnexState::Published(document),
            (None, Some(_)) if !form.file.is_empty() => {
                cx.say(&messages::ANNEX_BOTH, at, |x| x);
                return None;
            }
            (None, Some(withheld)) => AnnexState::Withheld {
                basis: withheld.basis?,
            },
            (None, None) if !form.file.is_empty() => AnnexState::File,
            (None, None) => {
                cx.say(&messages::ANNEX_STATE, at, |x| x);
                return None;
            }
            (Some(_), Some(_)) => {
                cx.say(&messages::ANNEX_BOTH, at, |x| x);
                return None;
            }
        };
        Some(Annex {
            no: form.no,
            title: form.title,
            state,
            file: form.file,
            cites: form.cites,
        })
    }
}
