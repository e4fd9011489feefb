//! The closed classes of words that decide what a name is the name of: kinds of school, legal forms, places,
//! things that are no school, units, numerals, prepositions.
//!
//! Gives a [`Lexicon`] from word form to [`Lex`]. Must not hold names of places, people or schools.

mod bend;
#[cfg(test)]
mod lint;

use std::collections::HashMap;

use bend::{ADJ_FORMS, adjective_forms, noun_forms};

use super::fold::enc;
use super::morph::{Forms, is_in};
use super::translit::skeleton;

/// What a word does in a sentence about a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A kind of school; `value` is a [`class`].
    Type,
    /// An adjective that stands between a school's name and its kind; `value` is the class it makes, or 0.
    TypeAdj,
    /// An adjective of the legal form: муниципальное, бюджетное.
    LegalAdj,
    /// A legal form or «учреждение».
    Legal,
    /// «центр»: a school only with «образования».
    Centre,
    /// «образования» after «центр».
    Education,
    NumSign,
    /// «имени», «им.».
    Named,
    /// A rank or honour before a namesake.
    Rank,
    /// A kind of settlement; `value` as in [`settlement`].
    Settlement,
    /// «район», «округ».
    District,
    /// «область», «край»: too wide to tell places apart.
    Region,
    /// A thing that is no school.
    Object,
    /// What is counted, or makes a number a date.
    Unit,
    Month,
    Role,
    Prep,
    Conj,
    /// An adjective, or a word after «школа», that makes it another kind of school than those guarded.
    OtherAdj,
    OtherGen,
    Street,
    House,
    /// `value` is the number.
    Ordinal,
    Cardinal,
    /// An everyday adjective that can be a name by chance: «новая школа».
    Plain,
    /// «тел.», «телефон».
    Phone,
    /// An order, protocol or letter: its number follows its owner.
    Document,
    /// A word that wants the genitive after it: «директор», «ученики».
    Governs,
}

/// Kinds of school.
pub(crate) mod class {
    pub(crate) const SCHOOL: u16 = 1;
    pub(crate) const SOSH: u16 = 2;
    pub(crate) const OOSH: u16 = 3;
    pub(crate) const NOSH: u16 = 4;
    pub(crate) const GYMNASIUM: u16 = 5;
    pub(crate) const LYCEUM: u16 = 6;
    pub(crate) const CENTRE: u16 = 7;
    pub(crate) const BOARDING: u16 = 8;
    pub(crate) const CADET: u16 = 9;
    pub(crate) const KINDERGARTEN: u16 = 10;
    pub(crate) const EVENING: u16 = 11;
    pub(crate) const SPECIAL: u16 = 12;
    pub(crate) const OTHER: u16 = 13;
    /// Only «учреждение» or a legal form is known.
    pub(crate) const ANY: u16 = 14;
    pub(crate) const COMPLEX: u16 = 15;
}

/// Kinds of place.
pub(crate) mod settlement {
    pub(crate) const VILLAGE: u16 = 1;
    pub(crate) const CITY: u16 = 2;
    pub(crate) const DISTRICT: u16 = 3;
}

/// One reading of a word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lex {
    pub kind: Kind,
    pub value: u16,
    pub forms: Forms,
}

impl Lex {
    /// «начальная», «основная», «средняя»: in brackets behind a number a part of that school.
    pub(crate) fn level(&self) -> bool {
        self.kind == Kind::TypeAdj && matches!(self.value, class::SOSH | class::OOSH | class::NOSH)
    }
}

/// All known forms.
pub(crate) struct Lexicon {
    forms: HashMap<Box<[u8]>, Lex, super::hash::Fx>,
}

const NOUNS: &[(Kind, u16, &str)] = &[
    (Kind::Type, class::SCHOOL, "школа"),
    (
        Kind::Type,
        class::GYMNASIUM,
        "башгимназия гимка гимназист гимназистка гимназия прогимназия русгимназия татгимназия физматгимназия",
    ),
    (
        Kind::Type,
        class::LYCEUM,
        "агролицей лицеист лицеистка лицей медлицей техлицей физматлицей",
    ),
    (Kind::Type, class::OOSH, "восьмилетка девятилетка"),
    (Kind::Type, class::SOSH, "десятилетка одиннадцатилетка"),
    (Kind::Type, class::BOARDING, "интернат школаинтернат"),
    (Kind::Type, class::KINDERGARTEN, "детсад сад ясли"),
    (Kind::Type, class::COMPLEX, "комплекс"),
    (Kind::Type, class::CADET, "кадетка корпус"),
    (Kind::Type, class::EVENING, "вечорка вечёрка"),
    (Kind::Type, class::SPECIAL, "коррекционка спецшкола"),
    (Kind::Type, class::NOSH, "началка"),
    (Kind::Type, class::OTHER, "музыкалка спортшкола художка"),
    (Kind::Type, class::SCHOOL, "филиал"),
    (Kind::Centre, 0, "центр"),
    (Kind::Legal, 0, "организация учреждение"),
    (Kind::NumSign, 0, "номер"),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "аул деревня кордон поселок посёлок разъезд село слобода станица станция хутор",
    ),
    (Kind::Settlement, settlement::CITY, "город городок"),
    (
        Kind::District,
        settlement::DISTRICT,
        "муниципалитет округ район",
    ),
    (
        Kind::Region,
        0,
        "автономия губерния край область республика",
    ),
    (
        Kind::Street,
        0,
        "аллея бульвар квартал микрорайон набережная переулок площадь проезд проспект тракт тупик улица шоссе",
    ),
    (Kind::House, 0, "дом строение"),
    (
        Kind::Unit,
        0,
        "балл выпускник год день занятие кабинет квартал класс команда место месяц миллион минута неделя обучающийся педагог победитель призёр процент раз рубль смена тысяча урок участник учащийся ученик час человек этаж этап",
    ),
    (Kind::Role, 1, "директор директриса заведующая заведующий"),
    (Kind::Role, 0, "завуч заместитель начальник руководитель"),
    (
        Kind::Object,
        0,
        "автодорога администрация академия амбулатория ансамбль аптека артель аэропорт база балка библиотека битва болото больница больничка бригада бухта ветка водохранилище вокзал волна волость выставка гавань газета галерея гора гостиница дворец дивизия диспансер долина дорога дума епархия завод залив заповедник застава зона изба имение институт карьер кафе кафедра кладбище клуб колледж колхоз комиссия комитет контора кооператив кооперация котельная котлован крепость кубок лавка лагерь лес лесничество лига линия луг магазин мастерская мельница месторождение мечеть митрополия монастырь мост музей насыпь нефтебаза община озеро операция отделение пансионат парк партия пекарня плотина пляж подворье подстанция пойма поле поликлиника полиция поместье порт поселение почта премия пристань приход прокуратура профилакторий пруд птицефабрика птицеферма река ресторан речка родник рота роща рудник рынок санаторий сельсовет скала совет совхоз сопка стадион станичка степь столовая сторона студия суд театр территория техникум товарищество трасса турбаза турнир университет усадьба участок училище фабрика ферма фестиваль филармония хозяйство хор храм церковка церковь часовня часть шахта электростанция ярмарка",
    ),
    (
        Kind::OtherGen,
        0,
        "актив безопасность бокс вожатый вокал волонтёр грамотность директор жизнь журналист здоровье искусство лидер мастерство методист музыка наставник наставничество опыт педагог плавание предприниматель программист резерв ремесло рисование родитель самоуправление танец управление успех учитель этикет",
    ),
    (
        Kind::Document,
        0,
        "акт договор письмо положение постановление приказ протокол распоряжение устав",
    ),
    (
        Kind::Governs,
        0,
        "администрация двор делегация здание имя коллектив команда музей представитель сайт спортзал страница территория ученица учительница",
    ),
];

const ADJECTIVES: &[(Kind, u16, &str)] = &[
    (Kind::TypeAdj, class::SOSH, "средний"),
    (
        Kind::TypeAdj,
        class::OOSH,
        "восьмилетний девятилетний неполный основной",
    ),
    (Kind::TypeAdj, class::NOSH, "начальный"),
    (Kind::TypeAdj, class::EVENING, "вечерний заочный сменный"),
    (Kind::TypeAdj, class::CADET, "кадетский казачий"),
    (
        Kind::TypeAdj,
        class::SPECIAL,
        "вспомогательный коррекционный специальный",
    ),
    (Kind::TypeAdj, class::KINDERGARTEN, "детский дошкольный"),
    (
        Kind::TypeAdj,
        0,
        "английский базовый городской гуманитарный классический лингвистический малокомплектный математический местный многопрофильный немецкий образовательный общеобразовательный опорный открытый полный поселковый районный сельский учебный французский экономический",
    ),
    (
        Kind::LegalAdj,
        0,
        "автономный бюджетный государственный казенный казённый краевой муниципальный некоммерческий областной частный",
    ),
    (
        Kind::OtherAdj,
        0,
        "автомобильный архитектурный балетный воскресный высший духовный зимний корпоративный летний лыжный лётный медицинский методический мореходный морской музыкальный научный партийный педагогический политический родительский спортивный танцевальный театральный туристический хореографический художественный цирковой шахматный юношеский юридический языковой",
    ),
    (
        Kind::OtherGen,
        0,
        "будущий дорожный молодой олимпийский ответственный передовой юный",
    ),
    (
        Kind::Rank,
        0,
        "великий заслуженный народный отечественный полный почетный почётный преподобный российский святой советский социалистический",
    ),
    (
        Kind::Plain,
        0,
        "белый береговой ближайший большой бывший ваш ведущий великий верхний весенний весь вольный восточный главный горный дальний другой дружный единственный железнодорожный заводской загородный западный заречный зелёный каждый колхозный комсомольский крайний красный крепкий крупный лесной луговой лучший любой малый мирный молодёжный наш нижний новый общий обычный озёрный октябрьский отдельный первомайский передовой пилотный пионерский победный полевой пригородный приозёрный рабочий речной родной садовый самый светлый свободный свой северный сельский сильный слабый славный советский современный совхозный солнечный соседний старый степной трудовой удалённый умный успешный хороший цветочный центральный цифровой школьный этот юбилейный южный",
    ),
];

const FIXED: &[(Kind, u16, &str)] = &[
    (Kind::Type, class::SOSH, "сош срш сш"),
    (Kind::Type, class::OOSH, "ооош оош ош"),
    (Kind::Type, class::NOSH, "нош нш ншдс"),
    (Kind::Type, class::SCHOOL, "кш общеобразовательн пш шк"),
    (Kind::Type, class::CENTRE, "цо"),
    (Kind::Type, class::COMPLEX, "ок оц ук"),
    (Kind::Type, class::GYMNASIUM, "гзия гимн гимназ"),
    (Kind::Type, class::LYCEUM, "лиц лцей"),
    // Slips of the hand in the commonest of these words
    (
        Kind::Type,
        class::SCHOOL,
        "шкла шклоа шкоал школла школле школлы шокла шокле шоклу шоклы",
    ),
    (
        Kind::Type,
        class::GYMNASIUM,
        "гимзия гимназиия гимназя гимнация гимнзия гимнозии гимнозию гимнозия",
    ),
    (Kind::Type, class::EVENING, "восш вош всош всш вш осош"),
    (Kind::Type, class::SPECIAL, "скош скоши"),
    (
        Kind::Type,
        class::BOARDING,
        "инт интрнат кши оши соши ши шинт шки",
    ),
    (
        Kind::Type,
        class::KINDERGARTEN,
        "гбдоу доу дс мадоу мбдоу мдоу мкдоу цррдс",
    ),
    (
        Kind::Type,
        class::OTHER,
        "автошкола гапоу гбпоу ддт дмш дод дхш дши дюсш дюц пту сдюсшор спо спту сшор сюц удод цдо цдт",
    ),
    // Tatar, Bashkir, Chuvash and Yakut words for the same, without the letters that Russian has not
    (
        Kind::Type,
        class::SCHOOL,
        "мактаба мактабе мактабена мактабенда мактабендэ мактабенен мактабеннан мактап мектебе мектебене мектеп оскуола оскуолата оскуолатыгар оскуолатын шкул шкуле шкулен шкулта",
    ),
    (
        Kind::Type,
        class::GYMNASIUM,
        "гимназиясе гимназиясенда гимназиясенен гимназияхы гимназияхында гимназияхынын",
    ),
    (
        Kind::Type,
        class::LYCEUM,
        "лицеенда лицеенен лицейы лицейында лицейынын",
    ),
    (Kind::TypeAdj, class::SOSH, "орто урта"),
    (Kind::TypeAdj, class::NOSH, "башлангыс башлангыч"),
    (Kind::TypeAdj, 0, "башкорт татар"),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "авылы авылында авылынын ауылы ауылында ауылынын",
    ),
    (
        Kind::Settlement,
        settlement::CITY,
        "калахы калахында калахынын шахаре шахаренда шахаренен",
    ),
    (Kind::OtherGen, 0, "танца танцев"),
    // Ukrainian and Belarusian words for the same
    (Kind::Type, class::SCHOOL, "ззсо школи шкіл"),
    (Kind::Type, class::SOSH, "зош сзш"),
    (Kind::Type, class::LYCEUM, "ліцэй ліцэю ліцэя ліцэі"),
    (
        Kind::TypeAdj,
        class::SOSH,
        "середньої середню середня середній сярэднюю сярэдняй сярэдняя",
    ),
    (
        Kind::TypeAdj,
        class::OOSH,
        "базавай базавая основна основної основній",
    ),
    (
        Kind::TypeAdj,
        class::NOSH,
        "пачатковай пачатковая початкова початкової початковій",
    ),
    (
        Kind::TypeAdj,
        0,
        "агульнаадукацыйнай агульнаадукацыйная загальноосвітньої загальноосвітня загальноосвітній",
    ),
    (
        Kind::District,
        settlement::DISTRICT,
        "раён раёна раёне раёну",
    ),
    (Kind::Type, class::CADET, "ккк кшк"),
    (Kind::Type, class::BOARDING, "кшиит скши"),
    (Kind::TypeAdj, class::SOSH, "ср сред средн"),
    (Kind::TypeAdj, class::OOSH, "осн основн"),
    (Kind::TypeAdj, class::NOSH, "нач начальн"),
    (Kind::TypeAdj, 0, "обр образ общ общеобр общеобраз"),
    (Kind::TypeAdj, class::KINDERGARTEN, "дет"),
    (
        Kind::Legal,
        0,
        "автон автономн аноо аоу бобу боу бюдж бюджетн гаоу гбоу гкоу го гоу казенн кгбоу кгкоу коу маооу маоу мау мбооу мбоу мбу мказоу мкооу мкоу мку моау мобу моку моу мсоу мун муницип муниципальн ноу оаоу обоу огбоу огкоу огоу оо орг оу учр фгбоу фгкоу чоу",
    ),
    (
        Kind::Legal,
        1,
        "гбоусош маоуоош маоусош мбоуоош мбоусош мкоуоош мкоусош мобусош моуоош моусош",
    ),
    (Kind::Education, 0, "образования образя обрния обря"),
    (
        Kind::NumSign,
        0,
        "no nomer nr num numb number numbers н ном",
    ),
    (Kind::Named, 0, "im imeni им имени памяти"),
    (
        Kind::Rank,
        0,
        "адм адмирала акад академика атамана брата братьев воина воинов войны врача гв гвардии ген генерала героев героя дважды докт доктора засл земляка инженера интернационалиста кавалера кавалеров кап капитана княгини князя командира комиссара композитора конструктора космон космонавта лауреата лейт лейтенанта летч летчика лётчика майора марш маршала матроса мужества наук ордена основателя партизана партизанки писателя подвига подполк подполковника полковника поэта проф профессора разведчика революционера россии рф рядового святителя святого серж сержанта сестер славы союза ссср старшины строителя трижды труда ученого учителя федерации худ художника чемпиона чемпионки четырежды",
    ),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "дер дп нп пгт пос рп снт ст стца хут",
    ),
    (Kind::Settlement, settlement::CITY, "гор"),
    (
        Kind::District,
        settlement::DISTRICT,
        "мо мр рн рна рне рном рну",
    ),
    (Kind::Region, 0, "кр обл респ"),
    (
        Kind::Street,
        0,
        "ал бвр бр бул мкр мкрн наб набя пер пл плдь пр прд прзд пркт просп прт туп ул шос шсе",
    ),
    (Kind::House, 0, "вл зд корп стр"),
    (
        Kind::Unit,
        0,
        "баллов гг года годов детей детьми детям дней дня кв класса классов классы км куб лет м2 мест мин минут млн обучающихся педагогов процентов раз раза руб сентябрьский суток тыс уч учащихся учеников часа часов чел человек школьников",
    ),
    (
        Kind::Month,
        0,
        "авг август августа апр апрель апреля дек декабрь декабря июль июля июнь июня май мар март марта мая ноя ноябрь ноября окт октябрь октября сен сент сентябрь сентября фев февраль февраля янв январь января",
    ),
    (Kind::Role, 0, "врио дир зав зам рук"),
    (
        Kind::Prep,
        0,
        "без в вместо во возле вокруг для до за из к ко кроме между на над о об обо около от по под после при про против ради с со среди у через",
    ),
    (Kind::Conj, 0, "and а да и или либо плюс также"),
    (
        Kind::Object,
        0,
        "ао аэс грэс гэс дк зао имц ип кфх муп мупп оао ооо пао рдк сдк сельпо сп спк сх тсж тэц фап цгб цкб цнппм црб",
    ),
    (
        Kind::Phone,
        0,
        "fax phone tel моб т тел телефон телефона телефону телефоны факс",
    ),
    (
        Kind::Governs,
        0,
        "базе воспитанники выпускник выпускники директор директора директору завуч коллектива обучающиеся обучающихся педагог педагогам педагоги педагогов родителей родители учащиеся учащихся ученик ученики учеников учителей учитель учителя учителям школьники",
    ),
    // English words met in addresses and file names
    (
        Kind::Type,
        class::SCHOOL,
        "chkola schkola school schools shkola",
    ),
    (Kind::Type, class::OOSH, "oosh"),
    (Kind::Type, class::SOSH, "ssh"),
    (Kind::Centre, 0, "center centre"),
    (Kind::Education, 0, "education educational"),
    (Kind::Type, class::CENTRE, "co"),
    (Kind::Type, class::LYCEUM, "liceum lycee lyceum"),
    (Kind::Type, class::GYMNASIUM, "gimnasium gymnasia gymnasium"),
    (Kind::Type, class::KINDERGARTEN, "kindergarten"),
    (
        Kind::Object,
        0,
        "administration church club college district factory hospital library park river street",
    ),
    (Kind::Settlement, settlement::VILLAGE, "settlement village"),
    (Kind::TypeAdj, class::SOSH, "secondary"),
    (Kind::TypeAdj, class::NOSH, "elementary primary"),
    (
        Kind::TypeAdj,
        0,
        "basic comprehensive general high middle municipal rural state",
    ),
    (
        Kind::Unit,
        0,
        "class em grade kb mb pt pupils px rem students vh vw year years",
    ),
];

const UNITS: &[(&str, &str)] = &[
    ("перв", "один"),
    ("втор", "два"),
    ("", "три"),
    ("четверт", "четыре"),
    ("пят", "пять"),
    ("шест", "шесть"),
    ("седьм", "семь"),
    ("восьм", "восемь"),
    ("девят", "девять"),
    ("десят", "десять"),
    ("одиннадцат", "одиннадцать"),
    ("двенадцат", "двенадцать"),
    ("тринадцат", "тринадцать"),
    ("четырнадцат", "четырнадцать"),
    ("пятнадцат", "пятнадцать"),
    ("шестнадцат", "шестнадцать"),
    ("семнадцат", "семнадцать"),
    ("восемнадцат", "восемнадцать"),
    ("девятнадцат", "девятнадцать"),
    ("двадцат", "двадцать"),
];
const TENS: &[(u16, &str, &str)] = &[
    (30, "тридцат", "тридцать"),
    (40, "сороков", "сорок"),
    (50, "пятидесят", "пятьдесят"),
    (60, "шестидесят", "шестьдесят"),
    (70, "семидесят", "семьдесят"),
    (80, "восьмидесят", "восемьдесят"),
    (90, "девяност", "девяносто"),
    (100, "сот", "сто"),
    (200, "двухсот", "двести"),
    (300, "трехсот", "триста"),
];

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Lexicon {
            forms: HashMap::default(),
        };
        for (kind, value, words) in FIXED {
            for word in words.split_whitespace() {
                lexicon.add(word, *kind, *value, Forms::ANY);
            }
        }
        for (kind, value, words) in NOUNS {
            for word in words.split_whitespace() {
                for (form, forms) in noun_forms(word) {
                    lexicon.add(&form, *kind, *value, forms);
                }
            }
        }
        for (kind, value, words) in ADJECTIVES {
            for word in words.split_whitespace() {
                for (form, forms) in adjective_forms(word) {
                    lexicon.add(&form, *kind, *value, forms);
                }
            }
        }
        let mut number = |value: u16, ordinal: &str, cardinal: &str| {
            for (e, f) in ADJ_FORMS.iter().filter(|_| !ordinal.is_empty()) {
                lexicon.add(&format!("{ordinal}{e}"), Kind::Ordinal, value, Forms::of(f));
            }
            lexicon.add(cardinal, Kind::Cardinal, value, Forms::ANY);
        };
        for (i, (ordinal, cardinal)) in UNITS.iter().enumerate() {
            number(i as u16 + 1, ordinal, cardinal);
        }
        for (value, ordinal, cardinal) in TENS {
            number(*value, ordinal, cardinal);
        }
        for (form, f) in [
            ("третий", "na"),
            ("третья", "n"),
            ("третьей", "gdip"),
            ("третью", "a"),
            ("третьего", "ga"),
            ("третьему", "d"),
            ("третьим", "iD"),
            ("третьем", "p"),
            ("третьи", "NA"),
            ("третьих", "GAP"),
        ] {
            lexicon.add(form, Kind::Ordinal, 3, Forms::of(f));
        }
        for (form, v) in [
            ("две", 2),
            ("двух", 2),
            ("трех", 3),
            ("четырех", 4),
            ("обе", 2),
        ] {
            lexicon.add(form, Kind::Cardinal, v, Forms::ANY);
        }
        for (form, v) in [("первой", 1), ("двести", 200)] {
            lexicon.add(form, Kind::Ordinal, v, Forms::of("gdip"));
        }
        lexicon
    }

    fn add(&mut self, word: &str, kind: Kind, value: u16, forms: Forms) {
        let key = enc(word);
        let lex = Lex { kind, value, forms };
        let latin = matches!(
            kind,
            Kind::Type
                | Kind::Legal
                | Kind::Object
                | Kind::District
                | Kind::Settlement
                | Kind::Street
                | Kind::Named
                | Kind::Role
                | Kind::Centre
                | Kind::Education
                | Kind::TypeAdj
                | Kind::OtherAdj
                | Kind::NumSign
                | Kind::Rank
        );
        if latin && key.len() >= 3 && key.iter().all(|b| *b >= 0xE0) {
            let key = skeleton(&key);
            if key.len() >= 3 {
                self.put(key, lex);
            }
        }
        let key = if key.iter().all(u8::is_ascii_lowercase) && key.len() >= 2 {
            skeleton(&key)
        } else {
            key
        };
        self.put(key, lex);
    }

    fn put(&mut self, key: Vec<u8>, lex: Lex) {
        let entry = self.forms.entry(key.into()).or_insert(lex);
        if entry.kind == lex.kind && entry.value == lex.value {
            entry.forms.0 |= lex.forms.0;
        }
    }

    /// The reading of a folded word; Latin words are asked for by their skeleton.
    pub(crate) fn get(&self, word: &[u8]) -> Option<Lex> {
        self.forms.get(word).copied()
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

/// The number a suffix after digits belongs to: «14-я», «14-й», «14-ой».
pub(crate) fn ordinal_suffix(word: &[u8]) -> Option<Forms> {
    let f = match word
        .iter()
        .map(|b| super::fold::unfold(*b))
        .collect::<String>()
        .as_str()
    {
        "я" | "ая" => "n",
        "й" | "ый" | "ий" => "gdipna",
        "ой" | "ей" => "gdip",
        "ю" | "ую" => "a",
        "го" | "ого" => "ga",
        "му" | "ому" => "d",
        "м" | "ым" | "ом" => "ipD",
        "е" | "ое" => "naNA",
        "х" | "ых" => "GAP",
        "ья" | "ьей" | "ью" => "ngdaip",
        "ми" | "ыми" => "I",
        "th" | "st" | "nd" | "rd" | "ya" => "ngdaip",
        // Tatar and Bashkir
        "нчы" | "нче" | "се" | "сы" | "нсе" | "нсы" => "ngdaip",
        _ => return None,
    };
    Some(Forms::of(f))
}

/// Whether a word looks like an acronym of a legal form that the list does not hold: …ОУ, …ОБУ.
pub(crate) fn looks_legal(word: &[u8], all_caps: bool) -> bool {
    all_caps
        && (4..=8).contains(&word.len())
        && is_in(word[word.len() - 1], "у")
        && is_in(word[word.len() - 2], "о")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found() {
        let l = Lexicon::new();
        for (w, kind, value) in [
            ("школами", Kind::Type, class::SCHOOL),
            ("СОШ", Kind::Type, class::SOSH),
            ("гимназией", Kind::Type, class::GYMNASIUM),
            ("школ", Kind::Type, class::SCHOOL),
            ("средней", Kind::TypeAdj, class::SOSH),
            ("посёлка", Kind::Settlement, 1),
            ("четырнадцатой", Kind::Ordinal, 14),
            ("библиотеки", Kind::Object, 0),
            ("учреждений", Kind::Legal, 0),
        ] {
            let lex = l.get(&enc(w));
            assert!(
                lex.is_some_and(|x| x.kind == kind && x.value == value),
                "{w}: {lex:?}"
            );
        }
        assert!(
            l.get(&skeleton(&enc("shkoly")))
                .is_some_and(|x| x.kind == Kind::Type)
        );
        assert!(
            l.get(&skeleton(&enc("mbou")))
                .is_some_and(|x| x.kind == Kind::Legal)
        );
        assert!(
            l.get(&skeleton(&enc("school")))
                .is_some_and(|x| x.kind == Kind::Type)
        );
        assert!(
            l.get(&enc("школе"))
                .is_some_and(|x| x.forms == Forms::of("dp"))
        );
    }
}
