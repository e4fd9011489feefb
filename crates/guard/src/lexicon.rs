//! The closed classes of words that decide what a name is the name of: kinds of school, legal forms, places,
//! things that are no school, units, numerals, prepositions.
//!
//! Gives a [`Lexicon`] from word form to [`Lex`]. Must not hold names of places, people or schools.

mod bend;

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

/// All known forms.
pub(crate) struct Lexicon {
    forms: HashMap<Box<[u8]>, Lex, super::hash::Fx>,
}

const NOUNS: &[(Kind, u16, &str)] = &[
    (Kind::Type, class::SCHOOL, "школа"),
    (
        Kind::Type,
        class::GYMNASIUM,
        "гимназия прогимназия гимназист гимназистка гимка башгимназия татгимназия русгимназия физматгимназия",
    ),
    (
        Kind::Type,
        class::LYCEUM,
        "лицей лицеист лицеистка физматлицей техлицей медлицей агролицей",
    ),
    (Kind::Type, class::OOSH, "девятилетка восьмилетка"),
    (Kind::Type, class::SOSH, "десятилетка одиннадцатилетка"),
    (Kind::Type, class::BOARDING, "интернат школаинтернат"),
    (Kind::Type, class::KINDERGARTEN, "сад детсад ясли"),
    (Kind::Type, class::COMPLEX, "комплекс"),
    (Kind::Type, class::CADET, "корпус кадетка"),
    (Kind::Type, class::EVENING, "вечёрка"),
    (Kind::Type, class::SPECIAL, "коррекционка"),
    (Kind::Type, class::NOSH, "началка"),
    (Kind::Type, class::OTHER, "спортшкола музыкалка художка"),
    (Kind::Type, class::SCHOOL, "филиал"),
    (Kind::Centre, 0, "центр"),
    (Kind::Legal, 0, "учреждение организация"),
    (Kind::NumSign, 0, "номер"),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "село деревня посёлок поселок хутор станица слобода аул станция разъезд кордон",
    ),
    (Kind::Settlement, settlement::CITY, "город городок"),
    (
        Kind::District,
        settlement::DISTRICT,
        "район округ муниципалитет",
    ),
    (
        Kind::Region,
        0,
        "область край республика автономия губерния",
    ),
    (
        Kind::Street,
        0,
        "улица проспект переулок проезд бульвар набережная площадь шоссе тупик тракт аллея микрорайон квартал",
    ),
    (Kind::House, 0, "дом строение"),
    (
        Kind::Unit,
        0,
        "год класс человек ученик учащийся обучающийся место балл процент рубль час минута день неделя месяц квартал урок раз тысяча миллион кабинет этаж команда участник выпускник педагог победитель призёр смена этап занятие",
    ),
    (Kind::Role, 1, "директор заведующий заведующая директриса"),
    (Kind::Role, 0, "руководитель завуч заместитель начальник"),
    (
        Kind::Object,
        0,
        "библиотека клуб дворец больница поликлиника амбулатория поселение сельсовет река речка озеро завод фабрика церковь храм приход администрация магазин ферма совхоз колхоз кооператив парк лес роща гора долина степь волость община отделение почта музей стадион театр хор ансамбль турнир кубок ярмарка фестиваль битва операция электростанция подстанция мост плотина дорога трасса автодорога дума совет комитет суд прокуратура полиция пристань порт аэропорт вокзал заповедник комиссия мечеть монастырь кладбище санаторий лагерь база турбаза техникум колледж училище институт университет академия участок контора аптека рынок столовая пекарня котельная водохранилище месторождение сторона зона территория пойма линия ветка часть кооперация товарищество партия газета волна лига премия выставка студия мастерская родник пруд болото балка поле луг сопка скала бухта залив гавань пляж усадьба поместье имение крепость церковка часовня епархия митрополия больничка диспансер профилакторий пансионат гостиница кафе ресторан рота дивизия бригада заставa артель станичка лавка подворье кафедра галерея филармония изба лесничество хозяйство птицефабрика птицеферма мельница шахта рудник карьер нефтебаза котлован насыпь",
    ),
    (
        Kind::OtherGen,
        0,
        "искусство мастерство наставник наставничество педагог учитель здоровье безопасность лидер актив танец бокс плавание резерв ремесло опыт управление директор методист вожатый волонтёр родитель журналист программист жизнь успех грамотность предприниматель музыка рисование вокал этикет самоуправление",
    ),
    (
        Kind::Document,
        0,
        "приказ протокол постановление распоряжение акт договор письмо устав положение",
    ),
    (
        Kind::Governs,
        0,
        "коллектив ученица учительница здание сайт страница музей спортзал двор территория администрация команда представитель делегация имя",
    ),
];

const ADJECTIVES: &[(Kind, u16, &str)] = &[
    (Kind::TypeAdj, class::SOSH, "средний"),
    (
        Kind::TypeAdj,
        class::OOSH,
        "основной неполный восьмилетний девятилетний",
    ),
    (Kind::TypeAdj, class::NOSH, "начальный"),
    (Kind::TypeAdj, class::EVENING, "вечерний сменный заочный"),
    (Kind::TypeAdj, class::CADET, "кадетский казачий"),
    (
        Kind::TypeAdj,
        class::SPECIAL,
        "коррекционный специальный вспомогательный",
    ),
    (Kind::TypeAdj, class::KINDERGARTEN, "детский дошкольный"),
    (
        Kind::TypeAdj,
        0,
        "общеобразовательный образовательный сельский поселковый базовый опорный малокомплектный открытый полный учебный городской местный районный многопрофильный классический английский французский немецкий математический лингвистический гуманитарный экономический",
    ),
    (
        Kind::LegalAdj,
        0,
        "муниципальный бюджетный автономный казённый казенный государственный областной краевой некоммерческий частный",
    ),
    (
        Kind::OtherAdj,
        0,
        "музыкальный художественный спортивный воскресный танцевальный хореографический летний зимний высший автомобильный юношеский духовный театральный шахматный цирковой лыжный педагогический медицинский методический родительский научный морской лётный мореходный балетный архитектурный языковой корпоративный туристический юридический политический партийный",
    ),
    (
        Kind::OtherGen,
        0,
        "молодой юный будущий олимпийский передовой ответственный дорожный",
    ),
    (
        Kind::Rank,
        0,
        "советский российский социалистический народный полный заслуженный почётный почетный отечественный великий преподобный святой",
    ),
    (
        Kind::Plain,
        0,
        "новый старый центральный северный южный восточный западный верхний нижний большой малый лесной луговой полевой сельский красный белый зелёный светлый солнечный молодёжный октябрьский первомайский советский степной горный озёрный речной заречный береговой садовый цветочный весенний школьный юбилейный мирный дружный родной современный хороший лучший другой каждый весь этот наш ваш свой любой самый бывший единственный соседний ближайший дальний крайний главный общий цифровой умный успешный передовой крупный обычный отдельный ведущий пилотный победный славный великий вольный трудовой рабочий комсомольский пионерский колхозный совхозный заводской железнодорожный приозёрный пригородный загородный удалённый малый свободный крепкий сильный слабый",
    ),
];

const FIXED: &[(Kind, u16, &str)] = &[
    (Kind::Type, class::SOSH, "сош сш срш срш"),
    (Kind::Type, class::OOSH, "оош ош ооош"),
    (Kind::Type, class::NOSH, "нош нш ншдс"),
    (Kind::Type, class::SCHOOL, "шк пш кш общеобразовательн"),
    (Kind::Type, class::CENTRE, "цо"),
    (Kind::Type, class::COMPLEX, "ук оц ок"),
    (Kind::Type, class::GYMNASIUM, "гимн гимназ гзия"),
    (Kind::Type, class::LYCEUM, "лиц лцей"),
    // Slips of the hand in the commonest of these words
    (
        Kind::Type,
        class::SCHOOL,
        "шкла шокла шоклы шокле шоклу шклоа шкоал школла школлы школле",
    ),
    (
        Kind::Type,
        class::GYMNASIUM,
        "гимнзия гимназя гимнация гимназиия гимнозия гимнозии гимнозию гимзия",
    ),
    (Kind::Type, class::EVENING, "восш вош осош всош вш"),
    (Kind::Type, class::SPECIAL, "скош скоши"),
    (
        Kind::Type,
        class::BOARDING,
        "ши шинт кши оши соши инт интрнат шки",
    ),
    (
        Kind::Type,
        class::KINDERGARTEN,
        "доу дс мдоу мбдоу мадоу мкдоу цррдс гбдоу",
    ),
    (
        Kind::Type,
        class::OTHER,
        "дюсш дши дмш дхш сшор сдюсшор сюц цдт ддт дюц цдо удод дод спту пту гапоу гбпоу спо автошкола",
    ),
    // Tatar, Bashkir and Chuvash words for the same, without the letters that Russian has not
    (
        Kind::Type,
        class::SCHOOL,
        "мактап мактабе мактаба мактабенда мактабендэ мактабенен мактабена мактабеннан шкул шкуле шкулен шкулта",
    ),
    (
        Kind::Type,
        class::GYMNASIUM,
        "гимназиясе гимназиясенда гимназиясенен гимназияхы гимназияхында гимназияхынын",
    ),
    (
        Kind::Type,
        class::LYCEUM,
        "лицейы лицейында лицейынын лицеенда лицеенен",
    ),
    (Kind::TypeAdj, class::SOSH, "урта"),
    (Kind::TypeAdj, class::NOSH, "башлангыс башлангыч"),
    (Kind::TypeAdj, 0, "башкорт татар"),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "ауылы авылы ауылынын авылынын ауылында авылында",
    ),
    (
        Kind::Settlement,
        settlement::CITY,
        "калахы калахынын калахында шахаре шахаренен шахаренда",
    ),
    (Kind::OtherGen, 0, "танцев танца"),
    // Ukrainian and Belarusian words for the same
    (Kind::Type, class::SCHOOL, "школи шкіл ззсо"),
    (Kind::Type, class::SOSH, "зош сзш"),
    (Kind::Type, class::LYCEUM, "ліцэй ліцэя ліцэю ліцэі"),
    (
        Kind::TypeAdj,
        class::SOSH,
        "середня середньої середній середню сярэдняя сярэдняй сярэднюю",
    ),
    (
        Kind::TypeAdj,
        class::OOSH,
        "основна основної основній базавая базавай",
    ),
    (
        Kind::TypeAdj,
        class::NOSH,
        "початкова початкової початковій пачатковая пачатковай",
    ),
    (
        Kind::TypeAdj,
        0,
        "загальноосвітня загальноосвітньої загальноосвітній агульнаадукацыйная агульнаадукацыйнай",
    ),
    (
        Kind::District,
        settlement::DISTRICT,
        "раён раёна раёне раёну",
    ),
    (Kind::Type, class::CADET, "ккк кшк"),
    (Kind::Type, class::BOARDING, "скши кшиит"),
    (Kind::TypeAdj, class::SOSH, "ср сред средн"),
    (Kind::TypeAdj, class::OOSH, "осн основн"),
    (Kind::TypeAdj, class::NOSH, "нач начальн"),
    (Kind::TypeAdj, 0, "общеобр общеобраз общ образ обр"),
    (Kind::TypeAdj, class::KINDERGARTEN, "дет"),
    (
        Kind::Legal,
        0,
        "мбоу маоу мкоу моу мобу моау моку мкооу гбоу гкоу гоу гаоу коу боу аоу оу оо мсоу чоу ноу анoо мбооу маооу мказоу кгбоу кгкоу огбоу огкоу оаоу обоу огоу бобу мбу мау мку учр орг мун муницип бюдж автон бюджетн автономн муниципальн казенн фгкоу фгбоу го",
    ),
    (
        Kind::Legal,
        1,
        "мбоусош маоусош мкоусош моусош мбоуоош маоуоош мкоуоош моуоош гбоусош мобусош",
    ),
    (Kind::Education, 0, "образования обря обрния образя"),
    (
        Kind::NumSign,
        0,
        "ном no nr num nomer number numbers numb н",
    ),
    (Kind::Named, 0, "памяти имени им im imeni"),
    (
        Kind::Rank,
        0,
        "героя союза федерации рф ссср труда генерала майора лейтенанта полковника подполковника капитана сержанта старшины маршала адмирала академика профессора учителя летчика летчика космонавта лётчика братьев брата сестер кавалера кавалеров ордена славы поэта писателя художника композитора ученого конструктора атамана князя княгини святителя святого гвардии рядового матроса разведчика партизана партизанки революционера земляка героев войны воина воинов интернационалиста доктора наук мужества подвига россии дважды трижды четырежды акад ген кап лейт подполк адм марш проф докт космон летч гв серж худ засл комиссара командира основателя лауреата чемпиона чемпионки строителя врача инженера",
    ),
    (
        Kind::Settlement,
        settlement::VILLAGE,
        "пос дер пгт рп стца хут ст дп нп снт",
    ),
    (Kind::Settlement, settlement::CITY, "гор"),
    (
        Kind::District,
        settlement::DISTRICT,
        "рн рна рне рну рном мр мо гo ",
    ),
    (Kind::Region, 0, "обл респ кр"),
    (
        Kind::Street,
        0,
        "ул пер пр прт пркт просп бул бр бвр наб набя пл плдь мкр мкрн шос шсе прд прзд туп ал",
    ),
    (Kind::House, 0, "зд стр корп вл"),
    (
        Kind::Unit,
        0,
        "лет гг года годов чел руб тыс млн мин класса классов классы человек мест учеников учащихся обучающихся детей детям детьми школьников педагогов баллов процентов раза раз уч кв куб км м2 минут часов часа дней дня суток сентябрьский",
    ),
    (
        Kind::Month,
        0,
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь янв фев мар апр авг сен сент окт ноя дек",
    ),
    (Kind::Role, 0, "зам врио рук зав дир"),
    (
        Kind::Prep,
        0,
        "в во на из от до для у без с со к ко по о об обо при над под между за через про около возле вокруг среди кроме вместо после против ради",
    ),
    (Kind::Conj, 0, "и или либо а также да плюс and"),
    (
        Kind::Object,
        0,
        "дк сдк црб фап сп сельпо сх гэс тэц аэс грэс спк кфх ооо оао ао зао пао ип тсж цнппм имц муп мупп цгб рдк цкб",
    ),
    (
        Kind::Phone,
        0,
        "тел телефон телефона телефоны телефону моб факс т phone tel fax",
    ),
    (
        Kind::Governs,
        0,
        "директор директора директору учитель учителя учителей учителям учеников ученики ученик учащиеся учащихся обучающиеся обучающихся выпускник выпускники педагог педагоги педагогов педагогам коллектива родители родителей базе воспитанники завуч школьники",
    ),
    // English words met in addresses and file names
    (
        Kind::Type,
        class::SCHOOL,
        "school schools shkola schkola chkola",
    ),
    (Kind::Type, class::OOSH, "oosh"),
    (Kind::Type, class::SOSH, "ssh"),
    (Kind::Centre, 0, "centre center"),
    (Kind::Education, 0, "education educational"),
    (Kind::Type, class::CENTRE, "co"),
    (Kind::Type, class::LYCEUM, "lyceum liceum lycee"),
    (Kind::Type, class::GYMNASIUM, "gymnasium gymnasia gimnasium"),
    (Kind::Type, class::KINDERGARTEN, "kindergarten"),
    (
        Kind::Object,
        0,
        "library hospital church club river street college park factory district administration",
    ),
    (Kind::Settlement, settlement::VILLAGE, "village settlement"),
    (Kind::TypeAdj, class::SOSH, "secondary"),
    (Kind::TypeAdj, class::NOSH, "primary elementary"),
    (
        Kind::TypeAdj,
        0,
        "basic rural high middle general comprehensive municipal state",
    ),
    (
        Kind::Unit,
        0,
        "years year class grade pupils students px em rem pt vh vw kb mb",
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
