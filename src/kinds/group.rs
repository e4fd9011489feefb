//! Working groups: who is in them, by name, by post or many at once, with the columns that are printed.

use super::blank::Blank;
use super::columns::{Cell, announce, cells, printed};
use super::fields::{Formed, fields, formed};
use super::shape::Shaped;
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use super::visit::{Visit, Visitor, nothing_to_see};
use crate::diag::Span;
use crate::diag::catalog::document as forms;
use crate::document::decode::Cx;

/// A new one.
pub static BLANK: Blank = Blank {
    word: "group",
    about: "Рабочая группа",
    file: "content/ПАПКА-РАЗДЕЛА/groups/rabochaya-gruppa.yaml",
    head: &[
        ("title", "Состав рабочей группы"),
        ("order", ""),
        ("annex", ""),
    ],
    shape: Group::<Source>::shape,
    own: None,
    published: Some("2025-01-15"),
    text: None,
    notes: "",
};

/// A column of the printed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberColumn {
    Name,
    Post,
    Role,
    Phone,
    /// By its position among the further columns.
    Further(usize),
}

nothing_to_see!(MemberColumn);

#[derive(Debug, Clone)]
pub struct Group<S: Stage> {
    /// In the printed order, with the printed headings; empty where it has the usual ones.
    pub columns: Vec<(MemberColumn, S::Text)>,
    pub members: Vec<Member<S>>,
    /// «Итого: 13 человек»
    pub total: Option<S::Text>,
    pub note: Option<S::Markup>,
}

/// One member, or several that have a post alone.
#[derive(Debug, Clone)]
pub struct Member<S: Stage> {
    pub role: Option<S::Text>,
    pub name: Option<S::Text>,
    pub post: Option<S::Text>,
    pub phone: Option<S::Text>,
    pub note: Option<S::Text>,
    pub collective: bool,
    pub cells: Vec<Cell<S>>,
}

formed! {
    Group { columns, members, total, note } by GroupForm;
    Member { role, name, post, phone, note, collective, cells } by MemberForm;
}

impl Visit for (MemberColumn, SourceText) {
    fn visit(&mut self, v: &mut dyn Visitor) {
        self.1.visit(v);
    }
}

fields! {
    /// How a working group is written.
    pub struct GroupForm {
        columns: opt MemberHeads, then further => "заголовки граф, если они не обычные: как напечатаны и в том же порядке; графа, которой здесь нет, — под любым своим именем", docs;
        members: list Member<Source> => "состав группы",
            live r#"{role: "руководитель группы", name: "Фамилия И. О.", post: "начальник управления образования"}"#
            | r#"{name: "Фамилия И. О.", post: "главный специалист", note: "по согласованию"}"#;
        total: opt SourceText => "итог, если напечатан", docs;
        note: opt SourceMarkup => "примечание под списком", docs;
    }
}

fields! {
    /// How the headings of its columns are written.
    pub struct MemberHeads {
        name: opt SourceText => "имя", live "Фамилия, имя, отчество";
        post: opt SourceText => "должность", live "Должность";
        role: opt SourceText => "роль", live "Роль в группе";
        phone: opt SourceText => "телефон", live "Телефон";
    }
    rest further: SourceText, any
}

fields! {
    /// How a member is written.
    pub struct MemberForm or Line in "name" any ["name" | "post" | "role"] look somebody(name, post, role) {
        role: opt SourceText => "роль", live "руководитель группы";
        name: opt SourceText => "имя; нет имени — нет поля", live "Фамилия И. О.";
        post: opt SourceText => "должность", live "начальник управления образования";
        phone: opt SourceText => "телефон", eg "8 (000) 000-00-00";
        note: opt SourceText => "пояснение", live "по согласованию";
        collective: def bool => "не один человек, а многие: «главы муниципальных образований»", eg "true";
    }
    rest cells: SourceMarkup, further
}

impl GroupForm {
    fn further(columns: &Option<MemberHeads>, cx: &mut Cx<'_>) {
        if let Some(columns) = columns {
            let described = [
                ("name", columns.name.is_some()),
                ("post", columns.post.is_some()),
                ("role", columns.role.is_some()),
                ("phone", columns.phone.is_some()),
            ];
            announce(&columns.further, &described, cx);
        }
    }
}

impl MemberForm {
    fn somebody(
        name: &Option<SourceText>,
        post: &Option<SourceText>,
        role: &Option<SourceText>,
        at: Span,
        cx: &mut Cx<'_>,
    ) {
        if name.is_none() && post.is_none() && role.is_none() {
            cx.say(&forms::MISSING_FIELD, at, |x| x.arg("field", "name"));
        }
    }
}

impl Formed for Group<Source> {
    type Form = GroupForm;

    fn build(form: GroupForm, _: Span, _: &mut Cx<'_>) -> Option<Self> {
        use MemberColumn::{Further, Name, Phone, Post, Role};
        let columns = form.columns.map_or_else(Vec::new, |heads| {
            let all = [
                (Name, heads.name),
                (Post, heads.post),
                (Role, heads.role),
                (Phone, heads.phone),
            ];
            printed(all, heads.further, Further)
        });
        Some(Group {
            columns,
            members: form.members,
            total: form.total,
            note: form.note,
        })
    }
}

impl Formed for Member<Source> {
    type Form = MemberForm;

    fn build(form: MemberForm, _: Span, cx: &mut Cx<'_>) -> Option<Self> {
        Some(Member {
            role: form.role,
            name: form.name,
            post: form.post,
            phone: form.phone,
            note: form.note,
            collective: form.collective,
            cells: cells(form.cells, cx),
        })
    }
}
