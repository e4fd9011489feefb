//! The names of the rules: each way by which the guard comes to weigh a place has an id that `audit --explain` prints.
//!
//! Must not decide anything.

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// By which construct a school could be meant.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            pub const ALL: &[Rule] = &[$(Rule::$name,)*];

            /// Stable id, in kebab case.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$name => $id,)* }
            }
        }
    };
}

rules! {
    /// «Приречная СОШ»
    KindAdjective = "kind-adjective",
    /// «лицей «Горизонт»»
    KindTitle = "kind-title",
    /// «школа № 14»
    KindNumber = "kind-number",
    /// «первая гимназия»
    KindOrdinal = "kind-ordinal",
    /// «школа имени Громобоева»
    Namesake = "namesake",
    /// «школа в Приречном»
    SettlementSchool = "settlement-school",
    /// «Приреченая СОШ»
    NearName = "near-name",
    /// «с. Приречное, СОШ»
    PlaceThenSchool = "place-then-school",
    /// «школа, расположенная в Приречном»
    SchoolThenPlace = "school-then-place",
    /// «Приречное | СОШ» in cells of a row
    RowOfCells = "row-of-cells",
    /// «Приречное | средняя» under «Школа»
    KindUnderHead = "kind-under-head",
    /// «14» under «№ школы»
    NumberInColumn = "number-in-column",
    /// «Приречная» in a list of schools
    NameInList = "name-in-list",
    /// «/prirechnaya/» in an address or a file's name
    NameInAddress = "name-in-address",
    /// «Проверить меню школ: в Приречном едоков мало»
    VillageApart = "village-apart",
    /// «Приречная — 12 ноября» under a district
    NameBeforeDash = "name-before-dash",
    /// «Приречная, как и любая сельская школа»
    NameApart = "name-apart",
    /// «из школ города выделяется четырнадцатая»
    NumberApart = "number-apart",
    /// «школе присвоено имя Громобоева»
    NamesakeGiven = "namesake-given",
    /// ««семнадцатая» имени Громобоева»
    NamesakeApart = "namesake-apart",
    /// «Приречная основная»
    KindLeftOut = "kind-left-out",
    /// «начальная в Приречном»
    KindOfVillage = "kind-of-village",
    /// «шестая основная»
    NumberOfKind = "number-of-kind",
    /// «школы-участницы: 5, 8, 17»
    ListOfNumbers = "list-of-numbers",
    /// «гимназия № 1, а также № 5»
    MeantAgain = "meant-again",
    /// «ООШ деревень: Луговая»
    VillagesOfKind = "villages-of-kind",
    /// «УКСОШ»
    Acronym = "acronym",
    /// «11 (гимназия)» in a list of schools
    SchoolSlot = "school-slot",
    /// «вечерняя школа Ключевого»
    SoleKind = "sole-kind",
    /// «Приехали в Приречное. Школа здесь старая»
    VillageVisited = "village-visited",
    /// «Школа: …» under the village's heading
    UnderItsVillage = "under-its-village",
    /// a village alone under «Средние школы:»
    VillageListed = "village-listed",
    /// «ключевская четырнадцатая»
    OrdinalOfTown = "ordinal-of-town",
    /// «ключевская «семёрка»»
    Nickname = "nickname",
    /// «приречные школьники»
    PeopleByAdjective = "people-by-adjective",
    /// «приречн» beside «школ» in a search index
    StemAlone = "stem-alone",
    /// a surname with initials, names or a post
    Person = "person",
    /// a given name and patronymic whose surname stands apart or has a slip in it
    PersonApart = "person-apart",
    /// a surname, or a given name and patronymic, with nothing that tells the person
    PersonAlone = "person-alone",
    Phone = "phone",
    Email = "email",
    Site = "site",
    Inn = "inn",
    Ogrn = "ogrn",
    Address = "address",
    /// «интернат на Плотинной»
    Street = "street",
    /// the second wall
    Backstop = "backstop",
}
