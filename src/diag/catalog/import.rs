//! Taking over finished documents: what was doubtful in them, what was left out, why nothing was written.

entries! {
    EXISTS = "import.exists", Error {
        "файл уже есть, ничего не записано", "the file exists; nothing was written";
        "уберите его или добавьте --force: прежний останется рядом", "move it away, or add --force: the old one is kept beside it" }
    UNREADABLE = "import.unreadable", Error {
        "{file}: прочитать не удалось: {why}", "{file}: cannot be read: {why}";
        "сохраните документ заново в DOCX, XLSX, PDF с текстовым слоем или как обычный текст", "save the document again as DOCX, XLSX, PDF with a text layer or plain text" }
    NOTHING = "import.nothing", Error {
        "{file}: ни приказа, ни таблицы, ни списка в документе не найдено", "{file}: neither an order nor a table nor a list was found";
        "проверьте, тот ли это файл; в скане без текстового слоя распознайте текст: --ocr", "check that it is the right file; a scan without a text layer has to be recognised: --ocr" }
    SECTION_NAME = "import.section", Error {
        "имя раздела «{value}» не годится для адреса", "the section's name {value} cannot stand in an address";
        "строчные латинские буквы, цифры, дефис: rajon-2025", "lower-case Latin letters, digits, hyphens: rajon-2025" }
    REGISTRY_SEALED = "import.registry-sealed", Error {
        "в документе есть список школ, а реестр зашифрован: дописать его нельзя, ничего не записано", "the document lists schools, but the registry is encrypted; nothing was written";
        "расшифруйте реестр (glasno registry decrypt), повторите и зашифруйте снова", "decrypt the registry (glasno registry decrypt), repeat, encrypt it again" }
    REGISTRY_SHAPE = "import.registry-shape", Error {
        "в реестр не удалось дописать школы: он устроен необычно; ничего не записано", "schools could not be added to the registry: it is laid out unusually; nothing was written";
        "запишите раздел protected списком, по школе на «- id: …»", "write `protected` as a list, a school on each `- id: …`" }
    REGISTRY_ADDED = "import.registry-added", Warning {
        "{from}: в реестр внесено: {n|школа|школы|школ}; список на сайте не появится", "{from_en}: {n|school|schools} entered in the registry; the list will not be on the site";
        "сверьте реестр со списком: чего в нём нет, того защита не знает", "compare the registry with the list: what is not in it is not guarded" }
    NAMED_LOW = "import.named-low", Warning {
        "{from}: документ называет школу с низкими результатами; она внесена в реестр как {id}", "{from_en}: the document names a school with low results; it was entered in the registry as {id}";
        "проверьте запись и допишите район; если школу называть можно, перенесите её в раздел public", "check the entry and add the district; if the school may be named, move it to `public`" }
    NO_PLACE = "import.no-place", Warning {
        "{from}: район этой школы в списке неясен, в реестре она без района", "{from_en}: the district of this school is unclear; it stands in the registry without one";
        "допишите municipality в реестре", "add `municipality` in the registry" }
    MASKED = "import.masked", Warning {
        "{from}: названия защищаемых школ заменены нейтральными словами: {n|место|места|мест}", "{from_en}: names of protected schools were replaced by neutral words: {n|place|places}";
        "прочтите эти предложения: падеж или смысл могли пострадать", "read these sentences over: case or meaning may have suffered" }
    LEFT_OUT = "import.left-out", Warning {
        "{from}: не взято: {what}", "{from_en}: left out: {what}";
        "если это нужно на сайте, допишите сами", "if it belongs on the site, add it yourself" }
    LEFT_TEXT = "import.left-out", Warning {
        "{from}: не взято: «{value}»", "{from_en}: left out: {value}";
        "если это нужно на сайте, допишите сами", "if it belongs on the site, add it yourself" }
    REVISIONS = "import.revisions", Warning {
        "{from}: в документе есть непринятые правки; взят текст, каким он будет после их принятия", "{from_en}: the document holds tracked changes; the text was taken as if they were accepted";
        "убедитесь, что подписан именно этот текст", "make sure that this is the text that was signed" }
    NO_TEXT = "import.no-text", Warning {
        "{from}: страница — картинка без текста, с неё ничего не взято", "{from_en}: the page is a picture without text; nothing was taken from it";
        "распознайте её (--ocr) или наберите вручную", "recognise it (--ocr) or type it" }
    OCR_MISSING = "ocr.missing", Error {
        "распознать нечем: программа tesseract не найдена", "nothing can be recognised: the program tesseract was not found";
        "Debian, Ubuntu, Astra: apt install tesseract-ocr tesseract-ocr-rus; Windows: установщик Tesseract (UB Mannheim), при установке отметьте русский язык; macOS: brew install tesseract tesseract-lang; если она стоит в необычном месте, назовите его в переменной GLASNO_TESSERACT", "Debian, Ubuntu, Astra: apt install tesseract-ocr tesseract-ocr-rus; Windows: the installer of Tesseract (UB Mannheim), tick Russian in it; macOS: brew install tesseract tesseract-lang; where it stands in an unusual place, name it in the variable GLASNO_TESSERACT" }
    OCR_LANGUAGE = "ocr.language", Error {
        "программа tesseract есть, но русского языка она не знает", "the program tesseract is there, and knows no Russian";
        "Debian, Ubuntu, Astra: apt install tesseract-ocr-rus; Windows: запустите установщик Tesseract ещё раз и отметьте русский язык; macOS: brew install tesseract-lang", "Debian, Ubuntu, Astra: apt install tesseract-ocr-rus; Windows: run the installer of Tesseract again and tick Russian; macOS: brew install tesseract-lang" }
    OCR_BLIND = "ocr.blind", Warning {
        "{from}: картинку распознать не удалось", "{from_en}: the picture could not be recognised";
        "отсканируйте страницу заново в JPEG, PNG или PDF (300 точек на дюйм) или наберите её", "scan the page again to JPEG, PNG or PDF (300 dots an inch), or type it" }
    OCR_UNSURE = "ocr.unsure", Warning {
        "{from}: распознано неуверенно: {value}", "{from_en}: recognised without certainty: {value}";
        "сверьте эти слова со сканом", "compare these words with the scan" }
    RECOGNISED = "import.recognised", Warning {
        "{from}: распознано с картинки", "{from_en}: recognised off a picture";
        "прочтите строку рядом со сканом: цифры, сроки и названия распознаются с ошибками", "read the line beside the scan: numbers, dates and names are recognised with errors" }
    UNCERTAIN = "import.uncertain", Warning {
        "{from}: {what}", "{from_en}: {what}";
        "сверьте это место с оригиналом", "compare this place with the original" }
    HYPHEN = "import.hyphen", Warning {
        "{from}: слово «{value}» было разорвано концом строки, дефис {kept}", "{from_en}: the word {value} was broken at a line's end; the hyphen was {kept}";
        "проверьте слово", "check the word" }
    LOOK_ALIKE = "import.look-alike", Warning {
        "{from}: в слове «{value}» есть латинские буквы, похожие на русские", "{from_en}: the word {value} holds Latin letters that look Russian";
        "наберите слово заново русскими буквами", "type the word again in Russian letters" }
    LITTER = "import.litter", Warning {
        "{from}: «{value}» похоже на ошибку распознавания", "{from_en}: {value} looks like an error of recognition";
        "сверьте с оригиналом и исправьте", "compare with the original and correct it" }
    DATE_GUESSED = "import.date", Warning {
        "{from}: дата документа читается плохо («{value}»); взято {date}", "{from_en}: the document's date is hard to read ({value}); {date} was taken";
        "сверьте с оригиналом", "compare with the original" }
    DATE_MISSING = "import.date-missing", Warning {
        "{from}: даты документа не видно; записан день импорта, {date}", "{from_en}: the document shows no date; the day of the import, {date}, was written";
        "впишите дату документа в поле date", "write the document's date into `date`" }
    NUMBER_MISSING = "import.number", Warning {
        "{from}: номера документа не видно; записано «б/н»", "{from_en}: the document shows no number; «б/н» was written";
        "впишите номер в поле number и переименуйте файл", "write the number into `number` and rename the file" }
    TYPE_UNKNOWN = "import.type", Warning {
        "{from}: вид документа «{value}» записан как «{as}»", "{from_en}: the kind {value} was written as {as}";
        "проверьте поле type", "check the field `type`" }
    PERIOD = "import.period", Warning {
        "{from}: срок «{value}» не понят и записан как ошибка оригинала", "{from_en}: the period {value} was not understood and is marked as a mistake of the original";
        "если в документе так и напечатано, ничего делать не нужно; иначе исправьте", "nothing to do if it is printed so; else correct it" }
    PERIOD_ASSUMED = "import.period-year", Warning {
        "{from}: у срока «{value}» нет года; взят первый подходящий год плана", "{from_en}: the period {value} has no year; the first that fits the plan was taken";
        "проверьте год", "check the year" }
    PERIOD_MONTH = "import.period-month", Warning {
        "{from}: срок «{value}» стоит под месяцем; прочитан как «{as}»", "{from_en}: the period {value} stands under a month; it was read as {as}";
        "проверьте поля from и to", "check `from` and `to`" }
    ISSUER = "import.issuer", Warning {
        "{from}: кто издал документ, в нём не видно; записано «{value}»", "{from_en}: who issued the document is not seen in it; {value} was written";
        "впишите орган в поле issuer", "write the body into `issuer`" }
    PLAN_YEARS = "import.plan-years", Warning {
        "{from}: годы плана в документе не названы; взяты {value}", "{from_en}: the plan's years are not named; {value} was taken";
        "проверьте поле plan", "check the field `plan`" }
    TABLE_NOTE = "import.note", Warning {
        "{from}: примечание к таблице записано под ней", "{from_en}: a note to the table was written below it";
        "прочтите поле note", "read the field `note`" }
    CUT_ROW = "import.cut-row", Warning {
        "{from}: строка, разорванная страницей, соединена с предыдущей", "{from_en}: a row cut by a page was joined to the one before";
        "сверьте её с оригиналом", "compare it with the original" }
    NO_COLUMNS = "import.head", Warning {
        "{from}: у таблицы нет понятной шапки; графы определены по содержанию", "{from_en}: the table has no telling head; its columns were told by what they hold";
        "проверьте, что в графах стоит то, что названо", "check that the columns hold what they say" }
    NOT_TYPED = "import.as-text", Warning {
        "{from}: таблица не похожа ни на план, ни на список, ни на показатели; она записана в текст документа", "{from_en}: the table is neither a plan nor a list nor indicators; it was written into a text";
        "если это план или график, разложите её по полям сами", "if it is a plan or a schedule, sort it into fields yourself" }
    BODIES_SPLIT = "import.bodies", Warning {
        "{from}: ответственные написаны без знака между ними; разделены так: {value}", "{from_en}: the bodies are written without a sign between them; they were parted so: {value}";
        "проверьте, кто здесь назван", "check who is named here" }
    BODIES_ADDED = "import.bodies-added", Warning {
        "в справочник дописано {n|написание|написания|написаний}", "{n|spelling was|spellings were} added to the directory of bodies";
        "соедините разные написания одной организации: aliases", "put different spellings of one body together: `aliases`" }
    FORMULA = "import.formula", Warning {
        "{from}: формула показателя повреждена или не видна: {value}", "{from_en}: the indicator's formula is damaged or missing: {value}";
        "перепишите её с оригинала в поле formula", "copy it from the original into `formula`" }
    ASSIGNMENT = "import.assignment", Warning {
        "{from}: поручение предложено по тексту пункта", "{from_en}: an assignment was proposed from the clause";
        "проверьте, кто, что и когда", "check who, what and when" }
    TERRITORY = "import.section-new", Warning {
        "создан раздел: территория, уровень и краткое описание взяты из документа", "a section was made: territory, level and summary were taken from the document";
        "прочтите section.yaml и поправьте", "read section.yaml and correct it" }
    SITE_NEW = "import.site-new", Warning {
        "настроек портала не было; записаны самые краткие", "there were no settings of the portal; the shortest ones were written";
        "впишите настоящий адрес и название", "write the real address and title" }
    NO_REGISTRY = "import.no-registry", Warning {
        "реестра защищаемых школ не было, и в документе перечня нет: реестр создан пустым и никого не защищает", "there was no registry of protected schools, and the document lists none: it was made empty and guards nobody";
        "если перечень есть, внесите его: glasno registry import СПИСОК", "if there is a list, enter it: glasno registry import LIST" }
    NO_SCHOOLS = "import.no-schools", Error {
        "{file}: ни одной школы в файле не найдено; ничего не записано", "{file}: no school was found in the file; nothing was written";
        "нужен список: таблица с графой «Наименование» или строки с названиями школ («МБОУ «…», СОШ № …»)", "a list is needed: a table with a column of names, or lines with names of schools" }
    NOT_SCHOOLS = "import.not-schools", Warning {
        "{from}: в таблице нет графы с названиями школ; она пропущена", "{from_en}: the table has no column with names of schools and was left out";
        "если школы в ней есть, назовите графу «Наименование школы»", "if schools stand in it, head their column «Наименование школы»" }
    LINE_LEFT = "import.line-left", Warning {
        "{from}: часть строки не понята и в реестр не внесена", "{from_en}: a part of the line was not understood and not entered";
        "допишите её в запись сами, если она выдаёт школу", "add it to the entry yourself where it tells the school" }
    WRONG_NUMBER = "import.number-wrong", Warning {
        "{from}: контрольные цифры ({field}) не сходятся; номер в реестр не внесён", "{from_en}: wrong check digits ({field}); the number was not entered";
        "сверьте номер с выпиской из ЕГРЮЛ и впишите его в запись", "compare it with the state register and write it into the entry" }
    ORIGINAL_LEFT = "import.original-left", Warning {
        "{from}: сам файл на сайт не положен: {why}", "{from_en}: the file itself is not put on the site: {why}";
        "если его можно показать, положите исправленный файл в папку files раздела и сошлитесь на него полем {field}", "if it may be shown, put a corrected file into the section's folder `files` and refer to it by the field {field}" }
    ORIGINAL_LOOK = "import.original-look", Warning {
        "{from}: файл положен в {path}; в нём картинки, и пока их никто не посмотрел, на сайт он не попадёт", "{from_en}: the file was put to {path}; it holds pictures and will not be on the site until somebody has looked at them";
        "посмотрите и запишите просмотр: glasno review {path} — и добавьте строку {line}", "look at it and record that: glasno review {path}; then add the line {line}" }
    NOT_WRITTEN = "system.import", Error {
        "записать не удалось: {why}; ничего не изменено", "it could not be written: {why}; nothing was changed";
        "проверьте права на папку и место на диске", "check the rights on the folder and the space on the disk" }
    BROKEN = "import.broken", Error {
        "записать так, чтобы сайт собирался, не удалось: {why}", "it could not be written so that the site builds: {why}";
        "пришлите документ разработчикам: это ошибка программы", "send the document to the developers: it is an error of the program" }
}

/// Words of this area that arguments may name as `@word`: Russian and English.
pub(super) fn word(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "@hidden-text" => ("скрытый текст", "hidden text"),
        "@hidden-row" => ("скрытая строка", "a hidden row"),
        "@hidden-column" => ("скрытая графа", "a hidden column"),
        "@hidden-sheet" => ("скрытый лист", "a hidden sheet"),
        "@comments" => ("примечания рецензентов", "comments"),
        "@picture" => ("картинка", "a picture"),
        "@cut" => (
            "конец документа: он больше допустимого",
            "the end of the document: it is larger than allowed",
        ),
        "@nested-table" => (
            "таблица стояла внутри ячейки и взята отдельно",
            "a table stood inside a cell and was taken apart from it",
        ),
        "@uncomputed" => (
            "в ячейке формула, её значения в файле нет",
            "the cell holds a formula whose value is not in the file",
        ),
        "@formula" => (
            "формула записана не полностью",
            "a formula could not be written in full",
        ),
        "@layout" => (
            "порядок слов на странице неясен",
            "the order of words on the page is uncertain",
        ),
        "@unmapped" => (
            "буквы этой части файла читаются неверно",
            "the letters of this part of the file cannot be told",
        ),
        "@cells" => ("границы ячеек неясны", "the borders of cells are uncertain"),
        "@encoding" => (
            "кодировка файла определена по содержанию",
            "the file's encoding was guessed",
        ),
        "@too-large" => ("файл слишком велик", "the file is too large"),
        "@encrypted" => (
            "файл защищён паролем",
            "the file is protected by a password",
        ),
        "@damaged" => ("файл повреждён", "the file is damaged"),
        "@ocr-needed" => (
            "это картинка, её нужно распознать: glasno import --ocr",
            "it is a picture and has to be recognised: glasno import --ocr",
        ),
        "@ocr-blind" => (
            "распознать картинку не удалось",
            "the picture could not be recognised",
        ),
        "@format" => (
            "такие файлы не читаются",
            "files of this format are not read",
        ),
        "@original-conceals" => (
            "в нём есть непринятые правки, примечания или скрытое",
            "it holds tracked changes, comments or hidden parts",
        ),
        "@original-places" => (
            "в нём расписание с местами, которые на сайте пишутся общо",
            "it holds a schedule whose places are published coarser",
        ),
        "@original-names" => (
            "в нём названы школы из реестра",
            "it names schools of the registry",
        ),
        "@original-location" => (
            "в его картинках записано, где они сняты",
            "its pictures record where they were taken",
        ),
        "@original-runs" => (
            "в нём есть то, что запускается при открытии",
            "it holds what runs when it is opened",
        ),
        "@original-unread" => (
            "его нельзя прочитать до конца",
            "it cannot be read to its end",
        ),
        "@kept" => ("оставлен", "kept"),
        "@joined" => ("убран", "removed"),
        _ => return None,
    })
}
