//! The desk: the words of its pages, its buttons and its refusals.

use crate::diag::Lang;

entries! {
    SYSTEM = "system.desk", Error {
        "{why}", "{why}";
        "", "" }
}

/// Words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said(&'static str, &'static str);

impl Said {
    pub fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.0,
            Lang::En => self.1,
        }
    }
}

macro_rules! said {
    ($($name:ident: $ru:literal, $en:literal;)*) => {
        $(pub const $name: Said = Said($ru, $en);)*
    };
}

/// What the script of the pages says.
pub const SCRIPT: &[(&str, Said)] = &[
    ("lost", LOST),
    ("merged", MERGED),
    ("theirs", THEIRS),
    ("sure", SURE),
    ("saving", SAVING),
    ("saved", SAVED),
    ("reviewWaits", REVIEW_WAITS),
    ("attached", ATTACHED),
    ("reading", READING),
    ("building", BUILDING),
];

said! {
    TITLE: "Рабочий стол", "Desk";
    TODAY: "Сегодня", "Today";
    DOCUMENTS: "Документы", "Documents";
    BRING: "Добавить готовый документ", "Bring a finished document";
    GIVE: "Проверить и собрать", "Check and build";
    SITE: "Сайт", "Site";
    UNDO: "Отменить", "Undo";
    UNDONE: "Отменено: {what}", "Taken back: {what}";
    SKIP: "К содержанию", "Skip to content";
    SAVE: "Сохранить", "Save";
    ADD: "Добавить", "Add";
    BACK: "Вернуться", "Back";
    REMOVE: "Удалить", "Delete";
    UP: "Выше", "Up";
    DOWN: "Ниже", "Down";
    EDIT: "Править", "Edit";
    MUST: "обязательно", "required";
    MORE_FIELDS: "Ещё поля", "More fields";
    ONE_MORE: "Ещё одна строка", "One more line";
    MORE: "Ещё", "More";
    ELSEWHERE: "Это поле правят в самом файле.", "This field is edited in the file itself.";
    DROP_FILE: "Перетащите файл сюда или выберите:", "Drop a file here or choose one:";
    BODY: "Текст", "Text";
    BODY_HINT: "Пустая строка начинает новый абзац. Школы-участницы по названию не называются.", "An empty line begins a new paragraph. Schools that take part are not named.";
    COLUMN: "Своя графа", "Own column";
    NEW_COLUMN: "Ещё одна графа: её заголовок", "One more column: its heading";
    PAIR_NAME: "Название", "Name";
    PAIR_VALUE: "Значение", "Value";
    LATER: "добавите, когда документ сохранён", "added once this is saved";
    PRINTED_SO: "В документе так и напечатано: оставить слова как есть, с пометкой об ошибке", "The document says so: keep the words, marked as a mistake";
    UNTIL: "до {day}", "until {day}";
    SINCE_DAY: "с {day}", "from {day}";
    PAGE: "Страница", "Page";
    WAY: "Где вы", "Where you are";
    NEW_PART: "Добавить", "Add";
    NEW_DOCUMENT: "Новый документ", "New document";
    NEW_NEWS: "Добавить новость", "Add a piece of news";
    SETTINGS: "Настройки портала", "Settings of the portal";
    SECTIONS: "Разделы", "Sections";
    SECTION: "Раздел", "Section";
    STOPS: "Что мешает публикации", "What stops publication";
    NOTHING_STOPS: "Ничто не мешает: сайт можно собрать.", "Nothing does: the site can be built.";
    WARNINGS: "Стоит посмотреть", "Worth a look";
    MEND: "Исправить", "Mend";
    DUTIES: "Что нужно сделать", "What is to be done";
    COUNTING: "Считается…", "Being worked out…";
    LATE: "Срок прошёл", "Late";
    DUE: "В ближайшие 30 дней", "Within 30 days";
    NOT_SHOWN: "И ещё {n}: весь список после сборки лежит в файле output/report/duties.html.", "And {n} more: after a build, output/report/duties.html has them all.";
    NO_RECORD: "Срок прошёл, записи нет", "Past, without a record";
    NOTHING_DUE: "В ближайшие 30 дней ничего.", "Nothing within 30 days.";
    RECORD: "Записать, что сделано", "Record that it is done";
    GUARD: "Защита", "Guard";
    UNDER_GUARD: "Под защитой: {n|школа|школы|школ}", "Guarded: {n|school|schools}";
    NO_GUARD: "Перечня школ нет, поэтому сайт не собирается. Внесите школы или скажите, что их нет.", "There is no registry, so nothing is built.";
    REPLACED: "Места, где защита заменила название", "Places where the guard replaced a name";
    ENTER_SCHOOL: "Внести школы в перечень", "Enter schools into the registry";
    SCHOOLS: "Полные названия, по одному на строке", "Full names, one a line";
    SCHOOLS_HINT: "Названия попадут только в закрытый перечень и больше нигде не показываются.", "The names go into the private registry and are shown nowhere.";
    ENTER: "Внести", "Enter";
    ENTERED: "Внесено: {added}, уже были: {known}", "Entered: {added}, known: {known}";
    COUNT: "Записать, сколько школ в районе", "Write down how many schools a district has";
    COUNT_HINT: "По открытым сведениям. По этому числу программа решает, можно ли показать район в графике, чтобы школу нельзя было угадать.", "From open data. By this number it is decided whether a schedule may name the district without telling the school.";
    COUNT_PLACE: "Район или город, как в документах", "District or town, as documents have it";
    COUNT_NUMBER: "Сколько в нём школ", "How many schools it has";
    COUNT_HOW: "Напишите район и число школ цифрами.", "Write the district, and the number in digits.";
    COUNTED: "Записано: {place} — {n|школа|школы|школ}", "Written: {place}: {n|school|schools}";
    NO_LIST: "Закрытого перечня у проекта нет", "The project has no list of schools";
    GIVE_HINT: "«Проверить» ничего не меняет. «Собрать» делает папку сайта; выгружаете её вы сами.", "«Check» changes nothing. «Build» makes the folder of the site; you upload it yourself.";
    FIND: "Найти документ", "Find a document";
    FIND_BUTTON: "Найти", "Find";
    FIND_MORE: "Ещё {n} — найдите по словам названия.", "{n} more: find them by words of their titles.";
    FIND_NONE: "Ничего не нашлось: попробуйте другие слова названия или номер.", "Nothing was found: try other words of the title, or the number.";
    UNREAD: "Ещё не показаны на сайте", "Not shown on the site yet";
    MADE: "Документ сохранён. Ниже можно добавить остальное: строки, участников, файлы.", "The document is saved. The rest can be added below: rows, members, files.";
    LAST_UPLOAD: "Последняя выгрузка отмечена {day}.", "The last upload was recorded on {day}.";
    NO_DOUBTS: "Сомнений нет: сверьте с оригиналом", "No doubts: compare it with the original";
    WAITS: "Файл ждёт, пока его посмотрит человек: {path}", "The file waits until somebody has looked at it: {path}";
    LOOK_AT: "Посмотреть", "Look";
    LOOK_HOW: "Посмотрите весь файл: школы в нём не должны быть названы или показаны (вывеска, бланк, печать).", "Look through the whole file: no school may be named or shown in it (sign, letterhead, stamp).";
    WHO: "Кто смотрел (фамилия и инициалы)", "Who looked (name)";
    WHO_LOOKED: "Напишите, кто смотрел.", "Write who looked.";
    LOOKED: "Просмотрел(а): школ нет", "I have looked: no school";
    UNDERSTOOD: "Поймём как {value}", "Read as {value}";
    GUARDED: "Здесь названа защищаемая школа: выйдет «{value}»", "A guarded school is named here; it will come out as “{value}”";
    DID_CHANGE: "изменение в {path}", "change of {path}";
    DID_ADD: "добавление в {path}", "addition to {path}";
    DID_REMOVE: "удаление в {path}", "deletion in {path}";
    DID_MOVE: "перестановка в {path}", "move in {path}";
    DID_MAKE: "новый документ {path}", "new document {path}";
    DID_ATTACH: "файл {path}", "file {path}";
    BUILT: "Сайт собран {day}.", "The site was built on {day}.";
    NOT_BUILT: "Сайт ещё не собран.", "The site has not been built yet.";
    CHECK: "Проверить", "Check";
    BUILD: "Собрать", "Build";
    STOPPED_BY: "Собрать пока нельзя: {n|место|места|мест} нужно исправить.", "It cannot be built yet: {n|place|places} to mend.";
    FOLDER: "Собрано {day}. Папка для выгрузки: {folder}", "Built on {day}. The folder to upload: {folder}";
    ZIP: "Скачать одним архивом (zip)", "Download as a zip";
    UPLOAD: "Выгрузка", "Upload";
    UPLOADED: "Я выгрузил(а) сайт", "I have uploaded the site";
    NEVER_UPLOADED: "О выгрузках записей нет: выгрузите папку целиком и нажмите «Я выгрузил(а) сайт».", "No upload is recorded: upload the whole folder, then say so here.";
    SINCE: "Изменилось с последней выгрузки", "Changed since the last upload";
    SAME: "С последней выгрузки ничего не изменилось.", "Nothing has changed since the last upload.";
    ADDED: "новый:", "new:";
    CHANGED: "изменён:", "changed:";
    REMOVED: "убран:", "gone:";
    DID_BUILD: "Собрано: {pages|страница|страницы|страниц}, {files|файл|файла|файлов}; новых {added}, изменённых {changed}, убранных {removed}.", "Built: {pages|page|pages}, {files|file|files}; {added} new, {changed} changed, {removed} gone.";
    DID_CHECK: "Всё в порядке: {pages|страница|страницы|страниц}.", "All is well: {pages|page|pages}.";
    DID_STOP: "Не собрано: есть что исправить.", "Not built: something has to be mended.";
    BEGIN: "Начать раздел", "Begin a section";
    BEGIN_HOW: "Несколько вопросов о проекте. Чего не знаете, оставьте пустым: потом впишете.", "A few questions about the project. Leave empty what you do not know: it can be written later.";
    BEGIN_DO: "Начать", "Begin";
    Q_TERRITORY: "Где идёт проект: район, город или регион", "Where the project runs: district, town or region";
    Q_TERRITORY_HINT: "«Луговой район»", "“Луговой район”";
    Q_LEVEL: "Чей это проект", "Whose project it is";
    Q_MUNICIPALITY: "района или города", "a district's or town's";
    Q_REGION: "региона", "a region's";
    Q_TITLE: "Как называется проект", "What the project is called";
    Q_TITLE_HINT: "Если пусто — «Поддержка школ»", "If empty: “Поддержка школ”";
    Q_OWNER: "Кто его ведёт: орган или учреждение", "Who runs it";
    Q_PHONE: "Телефон для вопросов", "Phone";
    Q_EMAIL: "Почта для вопросов", "E-mail";
    Q_ADDRESS: "Адрес сайта, на котором будет раздел", "Address of the site";
    Q_ADDRESS_HINT: "obr.example или https://obr.example/500", "obr.example or https://obr.example/500";
    Q_YEARS: "Годы проекта", "Years of the project";
    Q_YEARS_HINT: "2025, 2025-2026 или 2025/2026 учебный год", "2025, 2025-2026 or 2025/2026";
    Q_LIST: "Есть ли закрытый перечень школ, которые нельзя называть", "Is there a list of schools that must not be named";
    Q_LATER: "Можно вписать потом", "May be written later";
    YES: "да", "yes";
    NO: "нет", "no";
    NOT_UNDERSTOOD: "Не понято", "Not understood";
    BRING_HOW: "Приказ, план, график как есть: Word, Excel, PDF, HTML. Вы увидите оригинал рядом с тем, что получится; ничего не запишется, пока вы не согласитесь.", "An order, a plan, a schedule as it is. You will see the original beside the result; nothing is written before you accept.";
    FILE: "Файл: перетащите или выберите", "File: drop or choose";
    ORIGINAL: "Оригинал", "Original";
    RESULT: "Что получится", "Result";
    DOUBTS: "Проверьте по одному", "Check one by one";
    ACCEPT: "Всё верно, записать", "All is right, write it";
    NOT_ACCEPTED: "Записать нельзя, пока не решено отмеченное выше.", "It cannot be written before what is marked above is settled.";
    LOST: "Связь с программой потеряна: проверьте, не закрыто ли её окно.", "The program does not answer: see whether its window is closed.";
    MERGED: "Файл тем временем изменил кто-то ещё; ваше изменение добавлено к его.", "Somebody else has changed the file meanwhile; your change was added to theirs.";
    THEIRS: "Сейчас там: ", "It says now: ";
    SURE: "Удалить? Это можно отменить.", "Delete? It can be undone.";
    SAVING: "Сохраняю…", "Saving…";
    SAVED: "Сохранено.", "Saved.";
    REVIEW_WAITS: "Файл сохранён. Его нужно посмотреть: откройте «Сегодня».", "The file is saved. Somebody has to look at it: open “Today”.";
    ATTACHED: "Файл сохранён.", "The file is saved.";
    READING: "Читаю…", "Reading…";
    BUILDING: "Работаю…", "Working…";
    WRONG_PLACE: "Этого файла рабочий стол не открывает.", "The desk does not open this file.";
    WRONG_GONE: "Такого места больше нет: файл изменён или убран.", "There is no such place any more: the file was changed or removed.";
    WRONG_ENCODING: "Файл не в кодировке UTF-8: сохраните его заново.", "The file is not UTF-8: save it anew.";
    WRONG_FORM: "Здесь это изменить нельзя: правьте файл в редакторе.", "This cannot be changed here: edit the file.";
    WRONG_CHANGED: "Не сохранено: это место тем временем изменил кто-то ещё. Обновите страницу и внесите изменение снова.", "Not saved: somebody else has changed this meanwhile. Reload the page and change it again.";
    WRONG_FINDINGS: "Не сохранено: есть ошибки.", "Not saved: there are errors.";
    WRONG_ASKED: "Запрос не понят.", "The request was not understood.";
    WRONG_NOTHING: "Отменять нечего.", "There is nothing to take back.";
    WRONG_THERE: "Файл с таким именем уже есть.", "There is a file of that name already.";
    WRONG_SYSTEM: "Система отказала: {why}", "The system refuses: {why}";
}
