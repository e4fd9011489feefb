//! The meaning of documents: kinds, references, periods, numbers, addresses.

entries! {
    PERIOD_INVALID = "period.invalid", Error {
        "срок «{value}» не понят", "the period {value} cannot be understood";
        "пишите как в документах: «Январь 2025», «до 25.12.2024», «апрель, октябрь 2025», «ежеквартально», «по отдельному графику»; иначе добавьте даты: {text: \"…\", from: 2025-01-01, to: 2025-01-31}, а ошибку оригинала пометьте sic: true", "write it as documents do, or add dates by hand, or mark a mistake of the original with sic: true" }
    PERIOD_NO_SUCH_DATE = "period.invalid", Error {
        "«{value}» — нет такого дня: в этом месяце {last|день|дня|дней}", "{value}: there is no such day, the month has {last|day|days}";
        "исправьте дату; если так напечатано в документе — {text: \"…\", sic: true}", "correct the date; if the document prints it so: {text: \"…\", sic: true}" }
    PERIOD_NO_SUCH_MONTH = "period.invalid", Error {
        "«{value}» — нет такого месяца", "{value}: there is no such month";
        "исправьте дату; если так напечатано в документе — {text: \"…\", sic: true}", "correct the date; if the document prints it so: {text: \"…\", sic: true}" }
    PERIOD_NO_SUCH_PART = "period.invalid", Error {
        "«{value}» — такого не бывает, самое большее {last}", "{value}: there is no such part, the largest is {last}";
        "исправьте срок", "correct the period" }
    PERIOD_ORDER = "period.order", Error {
        "начало срока позже конца", "the period begins after its end";
        "поменяйте даты местами или исправьте год", "swap the dates or correct the year" }
    PERIOD_NO_YEAR = "period.no-year", Error {
        "у срока «{value}» не указан год", "the period {value} has no year";
        "допишите год или укажите годы плана: plan: {from: 2025-01-01, to: 2025-12-31}", "add the year, or give the plan's bounds: plan: {from: …, to: …}" }
    PERIOD_OUTSIDE = "period.outside", Warning {
        "срок «{value}» вне годов плана ({from} — {to})", "the period {value} lies outside the plan ({from} — {to})";
        "проверьте год; если так напечатано в документе — {text: \"…\", sic: true, note: \"…\"}", "check the year; if the document prints it so, add sic: true" }
    PERIOD_ASSUMED = "period.assumed", Warning {
        "у срока «{value}» не напечатан год, а в плане подходит не один: принят {year}", "the period {value} has no year, and more than one year of the plan fits: {year} was taken";
        "назовите год в заголовке раздела или дайте этапу period; если принят не тот год — {text: \"…\", from: 2025-01-01, to: 2025-01-31}", "name the year in the section's heading or give the stage a period; if the wrong year was taken: {text: …, from: …, to: …}" }
    NO_SUCH_TIME = "time.invalid", Warning {
        "«{value}» — нет такого времени", "{value}: there is no such time of day";
        "исправьте время; в календарь оно не попадёт", "correct the time; it is left out of the calendar" }
    TIME_ORDER = "time.order", Warning {
        "«{value}»: начало позже конца", "{value}: it begins after its end";
        "исправьте время; в календарь оно не попадёт", "correct the time; it is left out of the calendar" }
    NO_EVIDENCE = "done.no-evidence", Error {
        "выполнение указано без подтверждения", "done, but without evidence";
        "добавьте text: \"…\" или link: … — документ, новость, материал", "add text or link" }
    UNKNOWN_KIND = "kind.unknown", Error {
        "вид документа «{value}» неизвестен", "unknown kind {value}";
        "бывает: {known}", "kinds are: {known}" }
    WRONG_FORM = "kind.form", Error {
        "документ вида {kind} пишется в файле {form}", "a document of kind {kind} is written as {form}";
        "перенесите его в файл с другим расширением", "move it to a file of that form" }
    NO_SITE = "site.missing", Error {
        "нет настроек портала: файла content/site.yaml", "the settings content/site.yaml are missing";
        "создайте его: glasno new site", "create it: glasno new site" }
    NO_SECTION = "section.missing", Error {
        "в папке «{section}» нет файла section.yaml", "the folder {section} has no section.yaml";
        "создайте его (glasno new section) или перенесите файлы в папку раздела", "create it (glasno new section), or move the files into a section" }
    SECTION_UNLISTED = "section.unlisted", Warning {
        "раздела «{section}» нет в списке sections файла site.yaml", "the section {section} is not listed in site.yaml";
        "добавьте его в список: так вы зададите его место", "add it to the list to give it its place" }
    SECTION_UNKNOWN = "section.unknown", Error {
        "раздела «{section}» нет: нет папки с section.yaml", "there is no section {section}";
        "исправьте имя или создайте раздел", "correct the name or create the section" }
    SECTION_TWICE = "section.twice", Error {
        "в разделе два документа вида {kind}; первый: {first}", "the section has two documents of kind {kind}; the first is {first}";
        "оставьте один", "keep one" }
    ID_TWICE = "id.twice", Error {
        "id «{id}» в разделе уже занят: {first}", "the id {id} is already taken in this section: {first}";
        "переименуйте файл или укажите другой id", "rename the file or give another id" }
    ADDRESS_OWN = "address.twice", Error {
        "адрес {address} занят страницей, которую программа делает сама", "the address {address} belongs to a page that the program makes itself";
        "дайте документу другой id или address", "give the document another id or address" }
    ADDRESS_TWICE = "address.twice", Error {
        "у двух страниц один адрес {address}; вторая: {other}", "two pages have one address {address}; the other is {other}";
        "дайте одной из них другой id или address", "give one of them another id or address" }
    NO_DOCUMENT = "reference.unresolved", Error {
        "документа «{value}» нет", "there is no document {value}";
        "укажите id документа этого раздела или раздел/id; есть: {known}", "give the id of a document of this section, or section/id; there are: {known}" }
    NO_DOCUMENT_NEAR = "reference.unresolved", Error {
        "документа «{value}» нет", "there is no document {value}";
        "может быть, «{nearest}»? Есть: {known}", "did you mean {nearest}? There are: {known}" }
    WRONG_KIND = "reference.kind", Error {
        "здесь {expected}, а «{value}» — документ другого вида", "{expected} is needed here, and {value} is a document of another kind";
        "укажите id документа, у которого kind: {kind}", "give the id of a document with kind: {kind}" }
    REFERS_TO_DRAFT = "reference.draft", Error {
        "ссылка на черновик «{value}», которого на сайте не будет", "the reference leads to the draft {value}, which is not published";
        "снимите draft с того документа или уберите ссылку", "publish that document or remove the reference" }
    REFERS_AHEAD = "reference.ahead", Warning {
        "ссылка ведёт к «{value}», а день этой публикации ещё не настал", "the reference leads to {value}, whose day is still to come";
        "до того дня здесь останутся слова без ссылки; если это изменение акта, до того дня нужны прежние слова", "until that day the words stand here without a link; where an act changes them, the former words are needed until then" }
    AHEAD = "date.ahead", Warning {
        "день публикации — {day}: до него документ не показывается", "the day of publication is {day}: until then the document is not shown";
        "если год или месяц написан с ошибкой, исправьте дату; если так и задумано, ничего делать не нужно", "correct the date if it is a slip; otherwise there is nothing to do" }
    VALUE_AHEAD = "value.ahead", Warning {
        "значение за {year} год, а он ещё не начался: до него оно не показывается", "a value of {year}, which has not begun: until then it is not shown";
        "если это план, перенесите его в planned; если год написан с ошибкой, исправьте его", "move it to planned if it is a plan; correct the year if it is a slip" }
    RECORD_AHEAD = "done.ahead", Warning {
        "запись о выполнении датирована {day}: до этого дня она не показывается", "the record is dated {day}: until then it is not shown";
        "если дата написана с ошибкой, исправьте её", "correct the date if it is a slip" }
    RECORD_UNPROVED = "done.no-evidence", Warning {
        "выполнение отмечено, а подтверждения пока нет", "recorded as done, without evidence so far";
        "добавьте text, link или file — чем подтверждается", "add text, link or file" }
    RECORD_ASTRAY = "done.for", Warning {
        "мероприятие повторяется, и не видно, за какой срок эта запись", "this recurs, and the record does not say which time it is for";
        "напишите for: \"{times}\" или дату", "write for: {times}, or a date" }
    NO_ROW = "row.unresolved", Error {
        "в дорожной карте раздела нет строки «{value}»", "the section's roadmap has no row {value}";
        "номер пишется, как напечатан: есть {known}", "write the number as printed: {known}" }
    ROW_AMBIGUOUS = "row.ambiguous", Error {
        "строк с номером «{value}» несколько", "there are several rows numbered {value}";
        "уточните раздел: {no: \"{value}\", section: 2}", "name the section too: {no: \"{value}\", section: 2}" }
    ROW_TWICE = "row.number-twice", Warning {
        "номер «{value}» стоит дважды, первый раз в строке файла {line}", "the number {value} stands twice, first on line {line}";
        "если так напечатано в документе, ничего делать не нужно", "nothing to do if the document prints it so" }
    NO_ROWS = "roadmap.empty", Error {
        "в дорожной карте нет ни одной строки", "the roadmap has no rows";
        "добавьте разделы со строками (sections, в каждом rows) или просто строки (rows)", "add sections with rows, or rows alone" }
    PLACE_COLUMN = "schedule.place", Error {
        "графа «{value}» называет место или школу, а своя графа публикуется как есть", "the column {value} names a place or a school, and a further column is published as it is";
        "пишите место в municipality (сайт покажет его не точнее, чем можно), школу — в school, открытую площадку — в place", "use municipality, school or place: these are published no more precisely than is allowed" }
    NO_COLUMN = "roadmap.column", Error {
        "в строке есть «{field}», а такой графы в columns нет", "the row has {field}, but columns do not";
        "добавьте графу в columns или уберите значение", "add the column or remove the value" }
    NO_BODY = "body.unresolved", Error {
        "«{value}» нет в справочнике ответственных (bodies.yaml)", "{value} is not in the directory of bodies (bodies.yaml)";
        "добавьте это написание в aliases нужной организации или новую запись", "add this spelling to the body's aliases, or a new entry" }
    NO_BODY_NEAR = "body.unresolved", Error {
        "«{value}» нет в справочнике ответственных (bodies.yaml)", "{value} is not in the directory of bodies (bodies.yaml)";
        "может быть, «{nearest}»? Если это другое написание, добавьте его в aliases", "did you mean {nearest}? If it is another spelling, add it to aliases" }
    BODY_ID_TWICE = "id.twice", Error {
        "id «{id}» уже занят в строке {line}", "the id {id} is already taken on line {line}";
        "у каждой организации свой id", "each body needs its own id" }
    BODY_TWICE = "body.twice", Error {
        "«{value}» значится у двух организаций: {first} и {second}", "{value} belongs to two bodies: {first} and {second}";
        "оставьте написание у одной", "leave the spelling with one of them" }
    CITES_OTHER = "order.cites-other", Warning {
        "приложение ссылается на приказ «{value}», а сам приказ — № {number}", "the annex cites {value}, but the order is № {number}";
        "проверьте номер; если так напечатано — {text: \"…\", sic: true, note: \"…\"}", "check the number; if it is printed so, add sic: true" }
    ANNEX_STATE = "annex.state", Error {
        "у приложения не сказано, опубликовано оно (document) или нет (withheld)", "the annex is neither published (document) nor withheld";
        "укажите document: id, file: путь к файлу или withheld: {basis: \"основание\"}", "give document: id, file: path, or withheld: {basis: …}" }
    ANNEX_BOTH = "annex.both", Error {
        "приложение и опубликовано, и закрыто", "the annex is both published and withheld";
        "оставьте withheld или document и file", "keep withheld, or document and file" }
    NO_SCHOOL = "school.unresolved", Error {
        "в реестре нет школы с таким id", "the registry has no school with this id";
        "поле school — только id из content/private/registry.yaml; названия здесь быть не должно", "school holds an id of the registry, never a name" }
    NO_FILE = "file.unresolved", Error {
        "файла «{value}» нет", "there is no file {value}";
        "путь пишется от папки этого файла или раздела; проверьте имя и регистр букв", "the path starts at this file's folder or the section; check the name and its case" }
    PRIVATE_FILE = "file.private", Error {
        "файл «{value}» лежит в папке private: из неё ничего не публикуется", "the file {value} lies in a folder named private: nothing is published from there";
        "если файл для всех, положите его в другую папку раздела; если нет, уберите ссылку", "if the file is for everybody, put it into another folder of the section; if not, remove the link" }
    BAD_FILE_NAME = "file.name", Error {
        "имя файла «{value}» не годится для адреса", "the file name {value} cannot stand in an address";
        "переименуйте: строчные латинские буквы, цифры, дефис; имена con, aux, nul и подобные Windows держит за собой", "rename it: lower-case Latin letters, digits, hyphens; Windows keeps con, aux, nul and the like for itself" }
    BAD_FOLDER = "section.folder", Error {
        "имя папки раздела «{value}» не годится для адреса", "the name of the section's folder, {value}, cannot stand in an address";
        "переименуйте папку: строчные латинские буквы, цифры, дефис; имена con, aux, nul и подобные Windows держит за собой", "rename it: lower-case Latin letters, digits, hyphens; Windows keeps con, aux, nul and the like for itself" }
    EMPTY_FILE = "file.empty", Error {
        "файл «{value}» пуст: в нём 0 байт", "the file {value} is empty: it has 0 bytes";
        "скопируйте его заново: обычно копирование или выгрузка прервались", "copy it again: most likely copying was interrupted" }
    NOT_USED = "file.unused", Warning {
        "на этот файл никто не ссылается, он не публикуется", "nothing refers to this file; it is not published";
        "сошлитесь на него из документа или уберите", "refer to it, or remove it" }
    NO_ANCHOR = "anchor.unresolved", Error {
        "на странице нет места «#{value}»", "the page has no place #{value}";
        "уберите часть после # или проверьте её", "remove or correct the part after #" }
    NO_REGISTRY = "registry.missing", Error {
        "нет реестра защищаемых школ: {path}", "the registry of protected schools is missing: {path}";
        "без него сборки нет: положите файл на место или укажите --registry ФАЙЛ", "there is no build without it: put the file in place or give --registry FILE" }
    SITE_OUTSIDE = "kind.place", Error {
        "этот файл лежит вне раздела", "this file lies outside a section";
        "перенесите его в папку раздела", "move it into a section's folder" }
    NO_K = "site.k", Error {
        "k: 0 — ни одно место не было бы огрублено", "k: 0 would make no place coarser";
        "напишите, сколько школ самое малое должно быть в названном месте: 3 или больше", "write how many schools a named place must have at least: 3 or more" }
    OPEN_LACKS = "opendata.passport", Error {
        "в паспорте открытых данных не хватает поля {field}", "the passport of open data lacks {field}";
        "добавьте {field} в opendata файла site.yaml; owner, phone и email берутся и из publisher (name, phone, email)", "add {field} to opendata in site.yaml; owner, phone and email are also taken from publisher" }
    OPEN_NO_SET = "opendata.set", Error {
        "«{value}» — не таблица портала: набор делается из дорожной карты, графика или показателей", "{value} is no table of the portal: a set is made of a roadmap, a schedule or indicators";
        "пишите раздел/id; есть: {known}", "write section/id; there are: {known}" }
    OPEN_SAMPLE = "opendata.set", Error {
        "«{value}» — образец: вымышленные сведения открытыми данными не публикуются", "{value} is a sample: what is invented is not published as open data";
        "уберите набор из списка sets", "take it out of sets" }
    OPEN_NAME = "opendata.name", Error {
        "имя набора «{value}» занято или не годится для адреса", "the name {value} is taken, or cannot stand in an address";
        "напишите name: строчные латинские буквы, цифры, дефис; у каждого набора своё", "give a name of its own: lower-case Latin letters, digits, hyphens" }
    OPEN_NO_DAY = "opendata.day", Warning {
        "у документа нет дня публикации, поэтому в открытые данные он не вошёл", "the document has no day of publication, so it is not among the open data";
        "добавьте документу published или набору created", "add published to the document, or created to the set" }
    ORDER_NOT_TOLD = "order.reverse", Warning {
        "приказ изменяет или отменяет другой, а у того об этом не сказано", "the order amends or repeals another, which does not say so";
        "добавьте тому приказу status: {state: {state}, by: {id}}", "add status with state {state}, by {id} to that order" }
    ORDER_NOT_NAMED = "order.reverse", Warning {
        "приказ изменён или отменён другим, а тот его не называет", "the order is amended or repealed by another, which does not name it";
        "добавьте тому приказу {field}: [{id}]", "add {field}: [{id}] to that order" }
    ORDER_BY_REPEALED = "order.by-repealed", Warning {
        "акт, которым изменён или отменён этот, сам утратил силу", "the act that amended or repealed this one is itself repealed";
        "проверьте по его тексту, что с этим актом теперь: прежняя редакция сама не возвращается. Если его снова изменили или отменили, укажите новый акт в by; пока state: {state}, страница говорит и о том, что изменивший акт отменён", "see in its text how this act stands now: the former wording does not come back by itself. If another act changed or repealed it since, name that one in by; while state is {state}, the page says too that the other act is repealed" }
    ORDER_LOOP = "order.self", Warning {
        "приказ ссылается сам на себя", "the order refers to itself";
        "проверьте поле", "check the field" }
}
