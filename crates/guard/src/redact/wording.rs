//! The neutral words that stand for a school or a person.
//!
//! Takes and decides nothing: a site may bring words of its own.

use crate::morph::GrammaticalCase;

/// Words that stand for a school in one number: six cases and a form that fits any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseForms {
    pub nominative: String,
    pub genitive: String,
    pub dative: String,
    pub accusative: String,
    pub instrumental: String,
    pub prepositional: String,
    /// Where the case is not known.
    pub indeclinable: String,
}

impl CaseForms {
    fn of(words: [&str; 7]) -> Self {
        let [n, g, d, a, i, p, x] = words.map(str::to_string);
        CaseForms {
            nominative: n,
            genitive: g,
            dative: d,
            accusative: a,
            instrumental: i,
            prepositional: p,
            indeclinable: x,
        }
    }

    /// All of them.
    pub fn all(&self) -> [&str; 7] {
        [
            &self.nominative,
            &self.genitive,
            &self.dative,
            &self.accusative,
            &self.instrumental,
            &self.prepositional,
            &self.indeclinable,
        ]
    }

    pub(super) fn get(&self, case: Option<GrammaticalCase>) -> &str {
        match case {
            Some(GrammaticalCase::Nominative) => &self.nominative,
            Some(GrammaticalCase::Genitive) => &self.genitive,
            Some(GrammaticalCase::Dative) => &self.dative,
            Some(GrammaticalCase::Accusative) => &self.accusative,
            Some(GrammaticalCase::Instrumental) => &self.instrumental,
            Some(GrammaticalCase::Prepositional) => &self.prepositional,
            None => &self.indeclinable,
        }
    }
}

/// The neutral wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub school: CaseForms,
    pub schools: CaseForms,
    pub person: CaseForms,
    pub identifier: String,
}

impl Default for Wording {
    fn default() -> Self {
        Wording {
            school: CaseForms::of([
                "школа-участница",
                "школы-участницы",
                "школе-участнице",
                "школу-участницу",
                "школой-участницей",
                "школе-участнице",
                "ОО — участник проекта",
            ]),
            schools: CaseForms::of([
                "школы-участницы",
                "школ-участниц",
                "школам-участницам",
                "школы-участницы",
                "школами-участницами",
                "школах-участницах",
                "ОО — участники проекта",
            ]),
            person: CaseForms::of([
                "руководитель школы-участницы",
                "руководителя школы-участницы",
                "руководителю школы-участницы",
                "руководителя школы-участницы",
                "руководителем школы-участницы",
                "руководителе школы-участницы",
                "руководитель школы-участницы",
            ]),
            identifier: "[сведения не публикуются]".to_string(),
        }
    }
}
