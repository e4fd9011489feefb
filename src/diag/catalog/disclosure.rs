//! The guard: protected names, and what cannot be cleared of them. No message holds a name.

entries! {
    NAME = "disclosure.name", Error {
        "здесь названа защищаемая школа: {class}", "a protected school is named here: {class}";
        "уберите название или замените его нейтральными словами; школа указана по id из реестра", "remove the name or use neutral words; the school is given by its id" }
    AMBIGUOUS = "disclosure.ambiguous", Error {
        "здесь может быть названа защищаемая школа: {class}; {reason}", "a protected school may be named here: {class}; {reason}";
        "уточните место или номер; если это другая школа, запишите проверенное исключение в content/private/exceptions.yaml (context: {context})", "state the place or number; if it is another school, record a reviewed exception in content/private/exceptions.yaml (context: {context})" }
    REPLACED = "disclosure.replaced", Warning {
        "названа защищаемая школа ({class}); на сайте вместо названия — нейтральные слова", "a protected school is named ({class}); the site has neutral words instead";
        "если фраза вышла нескладной, перепишите её без названия", "if the sentence reads badly, rewrite it without the name" }
    UNREADABLE = "carrier.broken-picture", Error {
        "не удаётся прочитать, а непрочитанное не публикуется: {why}", "cannot be read, and what cannot be read is not published: {why}";
        "{what}", "{what}" }
    LOCATION = "carrier.location", Warning {
        "в картинке записано, где она снята", "the picture records where it was taken";
        "при сборке сайта эти сведения удаляются; если файл выложен, замените его", "the build removes it; if the file is online, replace it" }
    NO_REGISTRY_FILE = "system.no-registry", Error {
        "нет файла реестра: {path}", "there is no registry file: {path}";
        "проверьте путь после --registry", "check the path after --registry" }
    NO_PATH = "system.no-path", Error {
        "нет такого файла или папки: {path}", "there is no such file or folder: {path}";
        "проверьте путь", "check the path" }
    UNREADABLE_FILE = "system.unreadable", Error {
        "не удаётся открыть: {why}", "cannot be opened: {why}";
        "проверьте права и не занят ли файл", "check the permissions and whether the file is locked" }
}
