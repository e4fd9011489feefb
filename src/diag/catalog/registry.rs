//! The registry of protected schools: what is wrong in it, without a word of what it protects.

entries! {
    SYNTAX = "registry.syntax", Error {
        "реестр не читается: в этом месте нарушен порядок записи YAML или значение не того вида",
        "the registry cannot be read: broken YAML, or a value of the wrong kind, at this place";
        "проверьте отступы, кавычки и двоеточия; строка не показана, потому что в ней могут быть защищаемые сведения",
        "check indentation, quotes and colons; the line is not shown, as it may hold protected data" }
    EMPTY = "registry.empty", Error {
        "в реестре нет ни одной защищаемой школы", "the registry holds no protected school";
        "внесите школы (glasno registry import СПИСОК) или, если перечня у проекта нет, напишите об этом: empty: \"почему реестр пуст\"",
        "enter the schools (glasno registry import LIST) or, where the project has no list, say so: empty: \"why the registry is empty\"" }
    UNGUARDED = "registry.unguarded", Warning {
        "реестр пуст: ни одна школа не защищена", "the registry is empty: no school is guarded";
        "так записано в поле empty; как только перечень появится, внесите его: glasno registry import СПИСОК", "the field `empty` says so; enter the list as soon as there is one: glasno registry import LIST" }
    NOT_EMPTY = "registry.not-empty", Error {
        "поле empty говорит, что реестр пуст, а в нём есть школы", "the field `empty` says that the registry is empty, and it holds schools";
        "уберите поле empty", "remove the field `empty`" }
    LIST_WITHOUT_SCHOOLS = "registry.empty", Error {
        "приложение с закрытым перечнем есть, а в реестре нет ни одной школы", "an annex with a withheld list is here, and the registry holds no school";
        "внесите школы этого перечня: glasno registry import СПИСОК", "enter the schools of that list: glasno registry import LIST" }
    UNKNOWN_FIELD = "registry.unknown-field", Error {
        "неизвестное поле «{field}»; ближайшее — «{nearest}»", "unknown field `{field}`; the nearest is `{nearest}`";
        "здесь бывают: {known}", "there are: {known}" }
    NO_ID = "registry.no-id", Error {
        "у школы нет поля id", "the school has no `id`";
        "дайте ей условное обозначение, например r-07: только оно попадёт в отчёты", "give it an opaque mark such as r-07: reports print nothing else" }
    BAD_ID = "registry.bad-id", Error {
        "условное обозначение не годится для имени папки и адреса", "the id can be neither a folder's name nor stand in an address";
        "строчные латинские буквы, цифры и дефис между ними, например r-07; название школы здесь не пишут", "lower-case Latin letters, digits and hyphens between them, such as r-07; no school's name stands here" }
    NO_NAME = "registry.no-name", Error {
        "нет поля name", "there is no `name`";
        "впишите название, как в уставе", "write the name as in the charter" }
    DUPLICATE_ID = "registry.duplicate-id", Error {
        "это обозначение уже занято в строке {line}", "this id is already used on line {line}";
        "у каждой школы своё обозначение", "each school needs its own id" }
    PROTECTED_AND_PUBLIC = "registry.protected-and-public", Error {
        "школа названа и защищаемой (строка {line}), и открытой", "the school is both protected (line {line}) and public";
        "оставьте её в одном из разделов", "keep it in one of the sections" }
    WRONG_INN = "registry.inn", Error {
        "контрольные цифры ИНН не сходятся", "the check digits of the INN are wrong";
        "сверьте номер с выпиской из ЕГРЮЛ: с ошибкой он не защитит", "compare it with the state register: a wrong number guards nothing" }
    WRONG_OGRN = "registry.ogrn", Error {
        "контрольная цифра ОГРН не сходится", "the check digit of the OGRN is wrong";
        "сверьте номер с выпиской из ЕГРЮЛ: с ошибкой он не защитит", "compare it with the state register: a wrong number guards nothing" }
    WRONG_COUNT = "registry.count", Error {
        "число школ записано не целым числом", "the number of schools is not a whole number";
        "например: schools: 14", "for example: schools: 14" }
    NOTHING = "registry.unrecognised", Error {
        "ни по одному названию этой записи программа школу не узнаёт: в тексте её не заметят", "the program recognises the school by no name of this entry: no text would be stopped";
        "впишите в name название с тем, что отличает школу от других: номером («СОШ № 14»), собственным именем или прилагательным места («Приречная СОШ»); заполните settlement и municipality", "write the name with what tells the school from others: a number, a name of its own, the adjective of its village; fill in `settlement` and `municipality`" }
    UNSEEN = "registry.unrecognised-name", Warning {
        "по этой записи ({field}) программа школу не узнаёт, найдёт её разве что буква в букву", "the program does not recognise the school by this entry ({field}), unless it is written letter by letter";
        "добавьте, что отличает школу от других: номер, собственное имя, прилагательное места; если так её не называют, уберите запись", "add what tells the school from others: a number, a name of its own, the adjective of its village; remove the entry where nobody calls the school so" }
    UNSEEN_PERSON = "registry.unrecognised-person", Warning {
        "по этой записи ({field}) программа человека не узнаёт", "the program does not recognise the person by this entry ({field})";
        "впишите полностью: фамилия, имя, отчество; должность сюда не пишут", "write surname, given name and patronymic in full; no post stands here" }
    UNSEEN_ADDRESS = "registry.unrecognised-address", Warning {
        "по этому адресу программа школу не узнаёт", "the program does not recognise the school by this address";
        "впишите улицу и дом («ул. Набережная, д. 12») или уберите поле", "write street and house, or remove the field" }
    UNSEEN_IDENTIFIER = "registry.unrecognised-identifier", Warning {
        "по этой записи ({field}) программа школу не узнаёт", "the program does not recognise the school by this entry ({field})";
        "впишите телефон с кодом города, почту со знаком @, адрес сайта с точкой; если сведений нет, уберите поле", "write the telephone with its code, the e-mail with @, the site with its domain; remove the field where nothing is known" }
    MISSED = "registry.missed", Warning {
        "эту запись ({field}) программа узнаёт не в каждом предложении: {missed} из {tried} пробных пропущены", "the program recognises this entry ({field}) not in every sentence: {missed} of {tried} were missed";
        "впишите в aliases, как ещё называют школу, и заполните settlement", "add to `aliases` what else the school is called, and fill in `settlement`" }
    EVERYDAY = "registry.everyday", Warning {
        "эту запись не отличить от обычного слова: замечаний будет много и не к месту", "this entry cannot be told from a common word: there will be findings everywhere";
        "напишите со словом «школа», «лицей» и подобным или уберите запись", "write it with a word for a school, or remove the entry" }
    EVERYDAY_PERSON = "registry.everyday-person", Warning {
        "эту запись не отличить от однофамильцев и обычных слов: замечаний будет много и не к месту", "this entry cannot be told from namesakes and common words: there will be findings everywhere";
        "впишите полностью: фамилия, имя, отчество", "write surname, given name and patronymic in full" }
}
