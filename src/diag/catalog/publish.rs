//! Publishing: what stops the new site from being written or put in place, and what the machine refuses.
//!
//! Codes that begin with `system.` are the machine's refusals (exit status 2), the others are findings (1).

entries! {
    SAME_PATH = "publish.same-path", Error {
        "две страницы или два файла претендуют на один адрес «{path}»", "two pages or files claim one address, {path}";
        "задайте одной из них другой адрес (поле `slug`) или переименуйте вложение", "give one of them another address (the `slug` field) or rename the attachment" }
    BAD_NAME = "publish.name", Error {
        "имя «{path}» не годится для публикуемого файла", "the name {path} is not fit for a published file";
        "оставьте в имени только строчные латинские буквы, цифры, «-», «_» и «.»", "keep to lower-case Latin letters, digits, “-”, “_” and “.”" }
    EMPTY = "publish.empty", Error {
        "сборка не дала ни одной страницы, публиковать нечего", "the build made no page, there is nothing to publish";
        "проверьте, что в `content/` есть исходные файлы; прежний сайт остался на месте", "check that `content/` holds sources; the previous site was left as it was" }
    INCOMPLETE = "publish.incomplete", Error {
        "часть файлов не записана, поэтому сайт не заменён", "some files were not written, so the site was not replaced";
        "устраните причину, названную выше, и повторите сборку; прежний сайт остался на месте", "mend the cause named above and build again; the previous site was left as it was" }
    SOURCES_CHANGE = "publish.sources-change", Error {
        "исходные файлы менялись всё время, пока шла сборка; этот — последним", "the sources kept changing while the site was built, this one last";
        "закончите правку или копирование и повторите сборку; прежний сайт остался на месте", "finish editing or copying and build again; the previous site was left as it was" }
    LEFT_BEHIND = "publish.left-behind", Warning {
        "в служебной папке остался файл, который программа не создавала или не смогла удалить", "a file that the program did not make or could not delete was left in its working folder";
        "перенесите его, если он нужен, и удалите папку «{folder}»", "move it away if you need it, and delete the folder {folder}" }
    KEPT = "publish.kept", Warning {
        "запись о созданных файлах была повреждена; сайт заменён, а то, что лежало на его месте, сохранено в «{folder}»", "the record of made files was damaged; the site was replaced, and what had lain in its place is kept in {folder}";
        "посмотрите, нет ли там ваших файлов; если нет, папку можно удалить", "see whether files of yours are there; if not, the folder may be deleted" }
    FOREIGN = "system.foreign", Error {
        "в папке «{folder}» лежит то, чего программа не создавала: {n|чужой объект|чужих объекта|чужих объектов}, первый — «{path}»; заменять её нельзя", "{folder} holds what the program did not make: {n|foreign item|foreign items}, the first is {path}; it must not be replaced";
        "перенесите эти файлы в другое место или укажите другую папку: `--out ПАПКА`", "move these files elsewhere or name another folder: `--out DIR`" }
    NOT_FOLDER = "system.not-folder", Error {
        "«{path}» — файл или ссылка, а нужна обычная папка", "{path} is a file or a link where an ordinary folder is needed";
        "уберите его или укажите другую папку: `--out ПАПКА`", "take it away or name another folder: `--out DIR`" }
    BUSY = "system.busy", Error {
        "с папкой «{path}» уже работает другой запуск программы", "another run of the program is working on {path}";
        "дождитесь, пока он закончит, и повторите", "wait until it has finished and try again" }
    DISK_FULL = "system.disk-full", Error {
        "не хватило места на диске при записи «{path}»", "the disk is full: {path} could not be written";
        "освободите место и повторите сборку; прежний сайт остался на месте", "free some space and build again; the previous site was left as it was" }
    DENIED = "system.denied", Error {
        "нет прав на «{path}»", "permission denied: {path}";
        "проверьте права на папку вывода и не открыта ли она на другом компьютере только для чтения", "check the rights on the output folder and whether it is read-only" }
    LOCKED = "system.locked", Error {
        "файл «{path}» занят другой программой", "{path} is in use by another program";
        "закройте его (браузер, редактор, архиватор, антивирус) и повторите сборку; прежний сайт остался на месте", "close it (browser, editor, archiver, virus scanner) and build again; the previous site was left as it was" }
    MOUNT_POINT = "system.mount-point", Error {
        "папку «{path}» нельзя заменить целиком: она подключена как отдельный диск или том", "{path} cannot be replaced whole: it is mounted as a disk or volume of its own";
        "подключите том уровнем выше — на папку, в которой лежит `site`, — и повторите сборку", "mount the volume one level up, on the folder that holds `site`, and build again" }
    IO = "system.io", Error {
        "система не выполнила действие с «{path}»: {error}", "the system refused to work on {path}: {error}";
        "проверьте диск и папку вывода и повторите; прежний сайт остался на месте", "check the disk and the output folder and try again; the previous site was left as it was" }
}
