//! The registry of protected schools, as far as a person writes it. It is read in `registry`, which may quote nothing of
//! it; a test there holds the two to each other.

use super::blank::Blank;
use super::fields::outlines;
use super::shape::{Described, Shaped, Type, Words};

/// A new one.
pub static BLANK: Blank = Blank {
    word: "registry",
    about: "Реестр защищаемых школ",
    file: "content/private/registry.yaml",
    head: &[],
    shape: RegistryFile::shape,
    own: None,
    published: None,
    text: None,
    notes: "",
};

outlines! {
    /// `content/private/registry.yaml`
    RegistryFile {
        protected: list Protected => "школы, которые нельзя называть; эта папка никогда не публикуется";
        public: list Public => "кого называть можно: партнёры, наставники, площадки",
            live r#"{name: "МАОУ СОШ № 100", municipality: "город Образцов"}"#;
        municipalities: list Counted => "сколько всего школ",
            live r#"{name: "Примерный район", schools: 12}"#;
        empty: opt Box<str> => "почему школ в реестре нет: только если перечня у проекта нет или он ещё не получен", docs;
    }

    /// A school that no page may name.
    Protected {
        id: req Box<str> => "любое короткое обозначение; только его показывают отчёты", keep "r-01";
        name: req Box<str> => "название", live "МБОУ «Примерная СОШ»";
        full_name: opt Box<str> => "полное название", eg "Муниципальное бюджетное общеобразовательное учреждение «Примерная средняя общеобразовательная школа»";
        municipality: opt Box<str> => "район или город", live "Примерный район";
        settlement: opt Box<str> => "населённый пункт", live "село Примерное";
        aliases: list Box<str> => "как её называют ещё", eg "Примерная школа";
        people: list Box<str> => "директор и другие, кого не называть", eg "Фамилия Имя Отчество";
        identifiers: opt Identifiers => "что выдаёт школу и без названия", eg r#"{phone: "…", email: "…", site: "…", address: "…"}"#;
    }

    /// What tells a school without its name.
    Identifiers {
        inn: opt Box<str> => "ИНН";
        ogrn: opt Box<str> => "ОГРН";
        phone: opt Box<str> => "телефон";
        email: opt Box<str> => "почта";
        site: opt Box<str> => "сайт";
        address: opt Box<str> => "почтовый адрес";
    }

    /// A school that may be named.
    Public {
        name: req Box<str> => "название", live "МАОУ СОШ № 100";
        full_name: opt Box<str> => "полное название";
        municipality: opt Box<str> => "район или город", live "город Образцов";
        settlement: opt Box<str> => "населённый пункт";
        aliases: list Box<str> => "как её называют ещё";
    }

    /// How many schools a municipality has.
    Counted {
        name: req Box<str> => "район или город", live "Примерный район";
        schools: opt u32 => "сколько в нём школ: по открытым сведениям", live "12";
        kinds: opt Kinds => "сколько из них школ каждого вида, если график его называет: вечерняя, начальная, основная, 11 класс, малокомплектная, интернат, гимназия, лицей, кадетская, коррекционная, национальная", eg r#"{вечерняя: 1, начальная: 3}"#;
    }
}

/// Kinds of schools with their numbers.
#[derive(Debug)]
pub enum Kinds {}

impl Described for Kinds {
    const TYPE: Type = Type::Pairs(Words::Line, Words::Whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields that the registry's own reader knows, as its finding on an unknown one names them.
    fn known(text: &str) -> String {
        let (_, findings) = crate::registry::parse("registry.yaml", text);
        let unknown = findings
            .iter()
            .find(|f| f.code() == "registry.unknown-field");
        let args = unknown.map_or(&[][..], |f| &f.args);
        let known = args.iter().find(|(name, _)| *name == "known");
        known.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    #[test]
    fn the_description_is_what_is_read() {
        let texts = [
            ("x: 1\n", RegistryFile::SHAPE),
            ("protected:\n  - x: 1\n", Protected::SHAPE),
            (
                "protected:\n  - id: a\n    name: b\n    identifiers: {x: 1}\n",
                Identifiers::SHAPE,
            ),
            ("public:\n  - x: 1\n", Public::SHAPE),
            ("municipalities:\n  - x: 1\n", Counted::SHAPE),
        ];
        for (text, shape) in texts {
            assert_eq!(known(text), shape.names.join(", "), "{}", shape.name);
        }
    }
}
