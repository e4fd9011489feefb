//! Reading files: encodings, sizes, links out of the tree.

entries! {
    NO_CONTENT = "system.no-content", Error {
        "в папке «{root}» нет папки content", "there is no content folder in {root}";
        "перейдите в папку с проектом или назовите её: glasno build ПАПКА", "go to the project's folder or name it: glasno build FOLDER" }
    NOT_UTF8 = "source.encoding", Error {
        "файл записан не в UTF-8 (похоже на {encoding})", "the file is not UTF-8 (it looks like {encoding})";
        "сохраните его в кодировке UTF-8: в «Блокноте» — «Сохранить как», поле «Кодировка»", "save it as UTF-8 (in Notepad: Save as, Encoding)" }
    EMPTY = "source.empty", Error {
        "файл пуст", "the file is empty";
        "заполните его (образец: glasno new) или удалите", "fill it in (glasno new prints a sample) or delete it" }
    TOO_BIG = "source.too-big", Error {
        "файл слишком велик: {size} МБ, допустимо {limit} МБ", "the file is too big: {size} MB, the limit is {limit} MB";
        "проверьте, тот ли это файл; большой документ разделите на части", "check that it is the right file; split a large document" }
    UNREADABLE = "source.unreadable", Error {
        "не удаётся прочитать: {why}", "cannot be read: {why}";
        "проверьте, что файл на месте, не занят другой программой и у вас есть право его читать", "check that the file exists, is not locked and that you may read it" }
    LINK_OUT = "source.link-out", Error {
        "ссылка (symlink) ведёт за пределы папки content", "the symbolic link leads out of the content folder";
        "положите в content сам файл", "put the file itself into content" }
    LINK_PRIVATE = "source.link-private", Error {
        "ссылка (symlink) ведёт в служебную папку private", "the symbolic link leads into a private folder";
        "служебные файлы не публикуются: уберите ссылку", "private files are never published: remove the link" }
    LINK_FOLDER = "source.link-folder", Error {
        "ссылка (symlink) на папку не поддерживается", "a symbolic link to a folder is not supported";
        "положите в content саму папку", "put the folder itself into content" }
    CONTROL = "text.control", Error {
        "в тексте управляющий знак {character}, которого не видно", "the text holds a control character, {character}, which cannot be seen";
        "удалите его: обычно он попадает в текст при вставке из другой программы; наберите это место заново", "delete it: such characters usually come with text pasted from another program; type this place anew" }
    LOCK = "source.lock", Warning {
        "рядом лежит служебный файл: документ открыт в офисной программе", "a lock file lies here: a document is open in an office program";
        "сохраните документ и закройте его; если он закрыт, удалите этот файл", "save and close the document; if it is closed, delete this file" }
    TXT = "source.txt", Error {
        "файл не прочитан: у него лишнее расширение .txt", "the file was not read: it ends in .txt as well";
        "переименуйте его в «{value}» (в Проводнике включите «Вид» → «Расширения имён файлов»)", "rename it to {value} (in Explorer turn on View, File name extensions)" }
    NAME_NOT_UNICODE = "source.name", Error {
        "имя файла записано в непонятной кодировке", "the file's name is not valid Unicode";
        "переименуйте файл: строчные латинские буквы, цифры, дефис", "rename it: lower-case Latin letters, digits, hyphens" }
}
