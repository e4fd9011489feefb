//! The guard's own words: by what a school is recognised, why a finding is doubtful, what clears a place.
//!
//! Gives both languages for `@class-…`, `@reason-…`, `@clear-…` and `@verdict-…`; the ids are the guard's.

/// Russian and English.
pub(super) fn word(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "@class-name" => ("имя школы", "the school's name"),
        "@class-number" => ("номер школы", "the school's number"),
        "@class-namesake" => (
            "имя, которое носит школа",
            "the person the school is named after",
        ),
        "@class-settlement" => (
            "школа по населённому пункту",
            "the school by its settlement",
        ),
        "@class-person" => ("руководитель школы", "the head of the school"),
        "@class-phone" => ("телефон", "phone"),
        "@class-email" => ("электронная почта", "e-mail"),
        "@class-site" => ("сайт", "site"),
        "@class-inn" => ("ИНН", "INN"),
        "@class-ogrn" => ("ОГРН", "OGRN"),
        "@class-address" => ("адрес", "address"),
        "@class-exact" => (
            "точное название из реестра",
            "an exact name of the registry",
        ),
        "@reason-no-place" => (
            "рядом не сказано, где эта школа",
            "nothing near tells where the school is",
        ),
        "@reason-several-schools" => (
            "подходят несколько защищаемых школ",
            "several protected schools fit",
        ),
        "@reason-public-namesake" => (
            "так же называется школа, которую называть можно",
            "a school that may be named has the same name",
        ),
        "@reason-number-missing" => ("номер школы не указан", "the number is missing"),
        "@reason-name-alone" => (
            "рядом нет слова «школа»",
            "there is no word for a school near",
        ),
        "@reason-surname-only" => (
            "фамилия без инициалов рядом с должностью",
            "a surname without initials beside a post",
        ),
        "@reason-other-kind" => (
            "вид школы иной, чем в реестре",
            "the kind of school differs from the registry",
        ),
        "@reason-sole-kind" => (
            "других школ этого вида здесь в реестре нет",
            "the registry knows no other school of this kind here",
        ),
        "@reason-misspelt" => ("название написано с опечаткой", "the name is misspelt"),
        "@reason-other-place" => (
            "имя той самой школы, но речь о другом месте",
            "the name is the school's, but the text speaks of another place",
        ),
        "@reason-number-beside" => (
            "рядом с именем число без знака «№»: номер другой школы или просто число",
            "a number without its sign stands beside the name: another school's, or any number",
        ),
        "@reason-stem-near" => (
            "рядом со словом о школе стоит слово, которое есть в имени одной этой школы",
            "near a word for a school stands a word that only this school has in its name",
        ),
        "@reason-other-post" => (
            "фамилия и инициалы руководителя школы, но должность другая или не названа",
            "the surname and initials of a school's head, but another post or none",
        ),
        "@verdict-named" => ("названа", "named"),
        "@verdict-ambiguous" => ("сомнительно", "ambiguous"),
        "@verdict-cleared" => ("снято", "cleared"),
        "@clear-another-number" => (
            "при имени или слове о школе другой номер со знаком: «№ 2», «СОШ-2», «2-я»",
            "another number with its sign stands by the name or the word for a school",
        ),
        "@clear-no-school" => (
            "слово относится не к школе: музыкальная школа, школа искусств, библиотека",
            "the word belongs to something that is no school",
        ),
        "@clear-another-kind" => (
            "школа другого вида: гимназия, а в реестре — средняя школа",
            "a school of another kind",
        ),
        "@clear-another-place" => (
            "при самом названии другое место: «школа № 14 города Южнограда»; номеру без имени довольно места в предложении, строке или заголовке",
            "another place belongs to the mention itself; for a bare number the sentence, row or heading is enough",
        ),
        "@clear-public-school" => (
            "так называется школа, которую называть можно, и она подходит лучше",
            "a school that may be named has this very name and fits better",
        ),
        "@clear-another-person" => (
            "другие инициалы, имя или отчество",
            "other initials, given name or patronymic",
        ),
        "@clear-surname-alone" => (
            "одна фамилия: рядом нет ни имени, ни инициалов, ни должности руководителя школы",
            "a surname alone, without names, initials or a head's post",
        ),
        "@clear-another-name" => (
            "часть другого имени: «Верхне-Кувшинская»; номер при имени другой школы",
            "part of another name, or a number that goes with another name",
        ),
        "@clear-many-schools" => (
            "речь о многих школах: «кувшинские школы»",
            "many schools are meant",
        ),
        "@clear-everyday-word" => (
            "обычное слово, написанное не как имя: «центральная школа района»",
            "an everyday word, not written as a name",
        ),
        "@clear-no-school-near" => (
            "рядом нет слова о школе",
            "there is no word for a school near",
        ),
        _ => return None,
    })
}
