//! A school's «500+» tab: its folder, its making, its check.

entries! {
    NO_SCHOOL = "tab.no-school", Error {
        "в папке школы нет файла school.yaml", "the school's folder has no school.yaml";
        "создайте его: glasno new tab ПАПКА", "make one: glasno new tab FOLDER" }
    NOTHING = "tab.nothing", Error {
        "не сказано, чью вкладку собирать", "it is not said whose tab to build";
        "всех школ: glasno tab build --all; одной: --school ID; отдельная школа запускает команду в папке, где лежит school.yaml", "all schools: glasno tab build --all; one: --school ID; a school alone runs it in the folder with school.yaml" }
    UNKNOWN_SCHOOL = "tab.unknown-school", Error {
        "школы с таким id нет ни в реестре, ни в content/private/tabs", "no such id in the registry or in content/private/tabs";
        "проверьте id после --school", "check the id after --school" }
    FOLDER_NAME = "tab.folder-name", Error {
        "имя папки школы не годится: нужен id из реестра строчной латиницей, цифрами и дефисами", "the folder's name does not fit: an id in lower-case Latin letters, digits and hyphens is needed";
        "переименуйте папку", "rename the folder" }
    STRANGER = "tab.stranger", Error {
        "папка школы, которой нет в реестре, а роль её — participant", "the folder of a school that is not in the registry, though its role is participant";
        "добавьте школу в реестр или исправьте имя папки: так её название не защищено", "add the school to the registry or correct the folder's name: its name is not protected like this" }
    NAME_MISSING = "tab.name-missing", Error {
        "publish_own_name: true, а поле name не заполнено", "publish_own_name: true, but the field name is empty";
        "впишите название школы или поставьте publish_own_name: false", "give the school's name or set publish_own_name: false" }
    FILE_MISSING = "tab.file-missing", Error {
        "нет файла «{value}»", "there is no file {value}";
        "положите файл в папку школы (documents/) или исправьте путь", "put the file into the school's folder (documents/) or correct the path" }
    FILE_OUTSIDE = "tab.file-outside", Error {
        "файл лежит вне папки школы: «{value}»", "the file lies outside the school's folder: {value}";
        "скопируйте его в папку школы: во вкладку попадает только её содержимое", "copy it into the school's folder: a tab holds nothing else" }
    FILE_TYPE = "tab.file-type", Error {
        "файлы такого вида на сайты школ не загружают: «{value}»", "files of this type are not uploaded to schools' sites: {value}";
        "подойдут pdf, doc, docx, xls, xlsx, odt, rtf, jpg, png, zip", "these are: pdf, doc, docx, xls, xlsx, odt, rtf, jpg, png, zip" }
    BAD_LINK = "tab.link", Error {
        "такая ссылка не годится: «{value}»", "this link will not do: {value}";
        "полный адрес с https:// или путь к файлу в папке школы", "a full address with https:// or a path inside the school's folder" }
    NO_TARGET = "tab.no-target", Error {
        "у документа нет ни file, ни link", "the document has neither file nor link";
        "укажите file: documents/… или link: https://…", "give file: documents/… or link: https://…" }
    SHARED_FILE = "tab.shared-file", Error {
        "в общем файле shared.yaml документы задают ссылкой link, а не файлом", "documents of shared.yaml are given by link, not by file";
        "выложите документ на портале и укажите его адрес", "publish the document on the portal and give its address" }
    SECTION = "tab.section", Error {
        "раздела «{value}» на портале нет", "the portal has no section {value}";
        "исправьте поле section; разделы: {known}", "correct the field section; there are: {known}" }
    TWO_ROADMAPS = "tab.two-roadmaps", Error {
        "во вкладке одна дорожная карта школы, а здесь вторая", "a tab has one roadmap of the school, and this is a second";
        "оставьте одну", "keep one" }
    WRONG_KIND = "tab.kind", Error {
        "в папке школы такого документа не бывает: {value}", "a school's folder has no documents of this kind: {value}";
        "здесь место для roadmap.yaml и новостей news/*.md", "it has roadmap.yaml and news/*.md" }
    NO_REGISTRY = "tab.no-registry", Warning {
        "вкладка собрана без реестра: названия других школ не проверены", "built without a registry: other schools' names were not searched for";
        "так бывает, когда вкладку делает сама школа; перечитайте тексты и документы или попросите оператора проверить: glasno audit", "that is so when a school works alone; read the texts again or ask the operator to run glasno audit" }
    UNREVIEWED = "tab.unreviewed", Warning {
        "картинку или скан программа не читает: {path}", "a picture or scan that cannot be read: {path}";
        "посмотрите сами, нет ли на них чужих названий и личных данных", "look yourself for other names and personal data" }
    SKIPPED = "tab.skipped", Error {
        "вкладка этой школы не сделана; остальные готовы", "this school's tab was not made; the others are ready";
        "исправьте замечания по её папке и соберите снова: glasno tab build --school ID", "mend what is said of its folder and build again: glasno tab build --school ID" }
    TEMPLATE_STYLE = "tab.style", Error {
        "вкладка получилась без оформления: в tab/tab.css нет ни одного правила", "the tab has no style: tab/tab.css holds no rule";
        "исправьте tab.css темы или удалите свою копию", "mend the theme's tab.css or delete your copy" }
    IO = "system.tab", Error {
        "система не выполнила действие с «{path}»: {why}", "the system refused to work on {path}: {why}";
        "проверьте диск и права и повторите", "check the disk and the rights and try again" }
    EXISTS = "system.tab-exists", Error {
        "в папке уже есть school.yaml: {path}", "the folder has a school.yaml already: {path}";
        "правьте его или укажите другую папку", "edit it or give another folder" }

    CHECK_NOTHING = "system.tab-check", Error {
        "здесь нет ни одной страницы .html: {path}", "there is no .html page here: {path}";
        "сохраните страницу вкладки из браузера (Ctrl+S) и укажите файл или папку", "save the tab's page from the browser (Ctrl+S) and give the file or folder" }
    PART_MISSING = "tab.part-missing", Error {
        "нет части «{part}»", "the part «{part}» is missing";
        "добавьте её; если сведений нет, так и напишите: «отсутствует»", "add it; where there is nothing to tell, say «отсутствует»" }
    PART_EMPTY = "tab.part-empty", Error {
        "часть «{part}» пуста", "the part «{part}» is empty";
        "внесите сведения: без них вкладка ничего не сообщает", "fill it in: without it the tab tells nothing" }
    STAGE_MISSING = "tab.stage-missing", Error {
        "не видно документов этапа «{part}»", "no documents of the stage «{part}» are seen";
        "добавьте документ или напишите «отсутствует»", "add the document or say «отсутствует»" }
    NO_DATE = "tab.no-date", Warning {
        "у части «{part}» не указано, когда она обновлена", "the part «{part}» does not say when it was updated";
        "напишите «Обновлено ДД.ММ.ГГГГ»", "say «Обновлено ДД.ММ.ГГГГ»" }
    STALE = "tab.stale", Error {
        "часть «{part}» устарела: изменение от {changed}, на странице — {updated}, прошло {n|рабочий день|рабочих дня|рабочих дней}", "the part «{part}» is out of date: changed {changed}, the page says {updated}, {n|working day|working days} ago";
        "обновите её: на это отводится 10 рабочих дней после изменения", "update it: 10 working days after a change are allowed" }
    PAST_AS_NEXT = "tab.past", Error {
        "среди предстоящих событий есть прошедшее: {value}", "a past event stands among those to come: {value}";
        "перенесите его в прошедшие: с тех пор прошло больше 10 рабочих дней", "move it to the past ones: more than 10 working days have gone by" }
    SCAN = "tab.scan", Error {
        "в документе нет текста, только изображение: {value}", "the document has no text, only a picture: {value}";
        "выложите документ с текстом или добавьте к скану текстовый вариант", "publish it with text, or add a text version beside the scan" }
    UNREADABLE = "tab.unreadable", Warning {
        "документ не удалось прочесть: {value}", "the document could not be read: {value}";
        "откройте его и сохраните заново", "open it and save it again" }
    FORMAT = "tab.format", Error {
        "у ссылки на документ не указаны формат и размер: {value}", "the link to a document does not state format and size: {value}";
        "допишите рядом, например: (PDF, 240 КБ)", "add them beside it, for instance: (PDF, 240 КБ)" }
    DEAD = "tab.dead", Error {
        "ссылка ведёт к файлу, которого нет: {value}", "the link leads to a file that is not there: {value}";
        "загрузите файл или исправьте ссылку", "upload the file or correct the link" }
    REMOTE = "tab.remote", Warning {
        "{n|документ|документа|документов} на сайте не проверить без сети: нужны сами файлы", "{n|document|documents} on the net cannot be checked without the files";
        "положите загруженные файлы в одну папку со страницей и проверьте папку", "put the uploaded files into one folder with the page and check the folder" }
}
