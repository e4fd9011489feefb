//! Working groups.

use super::common::Person;
use super::fields::fields;

fields! {
    /// A working group.
    pub struct Group<S> {
        members: list Person<S> => "состав группы",
            live r#"{role: "руководитель группы", name: "Фамилия И. О.", post: "начальник управления образования"}"#
            | r#"{name: "Фамилия И. О.", post: "главный специалист", note: "по согласованию"}"#;
    }
}
