//! Tables of what must be found and what must not, over one invented registry.

mod clean;
mod disturbed;
mod hostile;
mod leak;
mod measure;
mod names;
mod random;
mod redaction;
mod rules;
mod tables;
mod verdicts;
mod worth;

use crate::registry::{IdentifierKind as K, ProtectedSchool as P, Registry};
use crate::{Mention, Recognizer};
use glasno_passage::{Fragment, Locator, Role};

/// The invented registry that all tables speak of.
pub(super) fn registry() -> Registry {
    Registry::of([
        P::new("k", "МБОУ «Кувшинская СОШ»")
            .full_name("Муниципальное бюджетное общеобразовательное учреждение «Кувшинская средняя общеобразовательная школа»")
            .municipality("Яблонский район").settlement("село Кувшинское").alias("Кувшинская школа")
            .person("Рябова Анна Петровна").identifier(K::Phone, "+7 (34567) 2-14-35").identifier(K::Email, "kuvshin-sosh@mail.test")
            .identifier(K::Site, "https://kuvshin-school.test/").identifier(K::Inn, "7707083893").identifier(K::Ogrn, "1027700132195")
            .identifier(K::Address, "617000, Яблонский район, с. Кувшинское, ул. Школьная, д. 12"),
        P::new("c14", "МАОУ «СОШ № 14»").municipality("город Златополь").person("Ткаченко Олег Ильич")
            .identifier(K::Phone, "8 (3456) 27-81-90").identifier(K::Address, "г. Златополь, ул. Мира, 7а"),
        P::new("g3", "МБОУ Гимназия № 3").municipality("город Златополь").person("Белых Мария Сергеевна"),
        P::new("pet", "МОУ СОШ № 5 имени Героя Советского Союза И. И. Тропинина").municipality("Вишнёвский район").settlement("р.п. Светлояр").person("Мельник Пётр Андреевич"),
        P::new("dec", "МАОУ «СОШ имени Землепроходцев»").municipality("город Камнегорск"),
        P::new("zar", "МКОУ «Заозёрненская ООШ»").municipality("Яблонский район").settlement("деревня Заозёрная").person("Саркисян Ашот Левонович"),
        P::new("va1", "МАОУ Вагранская СОШ").municipality("Яблонский район").settlement("село Вагранское"),
        P::new("va2", "МАОУ Вагранская СОШ").municipality("Вишнёвский район").settlement("деревня Вагранка"),
        P::new("sd", "МБОУ «Северо-Долинская СОШ»").municipality("Вишнёвский район"),
        P::new("bk4", "МБОУ «Берёзкинская СОШ № 4»").municipality("Берёзкинский район").settlement("р.п. Берёзкино").person("Зарецкий Илья Львович"),
        P::new("lic", "МБОУ Лицей «Горизонт»").municipality("город Камнегорск").person("Дорошевич Анна-Мария Юрьевна"),
        P::new("cen", "МБОУ «Центральная СОШ»").municipality("Вишнёвский район").settlement("посёлок Центральный"),
        P::new("co8", "МБОУ ЦО № 36").municipality("город Златополь").identifier(K::Site, "co36-zlat.test"),
        P::new("int", "Ольховская школа-интернат").municipality("Вишнёвский район").settlement("село Ольховка"),
        P::new("kl", "МКОУ СОШ с. Каменный Яр").municipality("Яблонский район"),
        P::new("dub", "МБОУ «Дубковская НОШ»").municipality("Яблонский район").settlement("деревня Дубки").person("Петрова-Ланская Вера Игоревна"),
    ])
    .public("МАОУ СОШ № 14", "город Камнегорск")
    .public("МАОУ «Приозёрская СОШ»", "Вишнёвский район")
    .public("МБОУ «Берёзкинская СОШ № 1»", "Берёзкинский район")
    .public("МАОУ СОШ № 42", "город Златополь")
    .municipality("Яблонский район", 14)
    .municipality("Вишнёвский район", 20)
    .municipality("Хвойный район", 9)
    .municipality("город Южноград", 30)
}

pub(super) fn recognizer() -> Recognizer {
    Recognizer::new(&registry())
}

pub(super) fn ids(found: &[Mention]) -> Vec<String> {
    let mut v: Vec<String> = found
        .iter()
        .flat_map(|m| m.schools.iter().map(|s| s.to_string()))
        .collect();
    v.sort();
    v.dedup();
    v
}

pub(super) fn cell(row: u32, column: u32, text: &str) -> Fragment<'_> {
    Fragment {
        text: text.into(),
        role: Role::Cell {
            table: 0,
            row,
            column,
            head: row == 0,
        },
        at: Locator::default(),
        turns: Default::default(),
    }
}

pub(super) fn part(role: Role, text: &str) -> Fragment<'_> {
    Fragment {
        text: text.into(),
        role,
        at: Locator::default(),
        turns: Default::default(),
    }
}
