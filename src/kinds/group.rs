//! Working groups.

use super::blank::Blank;
use super::common::Person;
use super::fields::fields;
use super::shape::Shaped;
use super::stage::Source;

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

fields! {
    /// A working group.
    pub struct Group<S> {
        members: list Person<S> => "состав группы",
            live r#"{role: "руководитель группы", name: "Фамилия И. О.", post: "начальник управления образования"}"#
            | r#"{name: "Фамилия И. О.", post: "главный специалист", note: "по согласованию"}"#;
    }
}
