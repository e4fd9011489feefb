//! Files whose text cannot be got at: they cannot be cleared, and are not published.

entries! {
    UNKNOWN = "carrier.unknown", Error {
        "формат не опознан, текста в нём не найти: {part}", "the format is not known and holds no text: {part}";
        "уберите файл из публикации или сохраните его в известном формате (PDF, DOCX, HTML, CSV)", "leave the file out, or save it in a known format (PDF, DOCX, HTML, CSV)" }
    UNSUPPORTED = "carrier.unsupported", Error {
        "этот формат здесь не читается: {part}", "this format is not read here: {part}";
        "распакуйте или пересохраните в другом формате; звук и видео публикуйте вне сайта после проверки человеком", "unpack it or save it in another format; publish sound and film elsewhere after a person has checked it" }
    ENCRYPTED = "carrier.encrypted", Error {
        "защищено паролем, прочесть нельзя: {part}", "protected by a password and cannot be read: {part}";
        "снимите пароль и сохраните файл заново", "remove the password and save the file again" }
    MALFORMED = "carrier.malformed", Error {
        "файл повреждён или части его противоречат друг другу: {part}", "the file is damaged, or its parts contradict each other: {part}";
        "откройте его в программе, где он создан, и сохраните заново", "open it in the program that made it and save it again" }
    TOO_LARGE = "carrier.too-large", Error {
        "файл больше допустимого: {part}", "the file is larger than allowed: {part}";
        "разделите его на части", "split it into parts" }
    BOMB = "carrier.bomb", Error {
        "при распаковке становится больше допустимого: {part}", "it grows beyond the limit when unpacked: {part}";
        "проверьте, откуда этот файл: так устроены архивы-бомбы", "find out where the file comes from: archive bombs are made like this" }
    TOO_DEEP = "carrier.too-deep", Error {
        "слишком много вложений друг в друга: {part}", "nested too deeply: {part}";
        "распакуйте вложенные архивы и документы", "unpack the archives and documents inside" }
    TOO_MANY_ENTRIES = "carrier.too-many-entries", Error {
        "слишком много частей: {part}", "too many parts: {part}";
        "разделите архив на несколько", "split the archive" }
    TOO_MANY_FRAGMENTS = "carrier.too-many-fragments", Error {
        "слишком много отрывков текста: {part}", "too many pieces of text: {part}";
        "разделите файл на части", "split the file into parts" }
    OVERLAP = "carrier.overlap", Error {
        "части архива накладываются друг на друга: {part}", "parts of the archive share bytes: {part}";
        "создайте архив заново обычной программой", "make the archive again with an ordinary program" }
    STOWAWAY = "carrier.stowaway", Error {
        "в файле есть байты, не принадлежащие ни одной его части: {part}", "there are bytes in the file that belong to none of its parts: {part}";
        "сохраните файл заново: в таком месте может быть спрятано что угодно", "save the file again: anything can be hidden in such a place" }
    UNMAPPED = "carrier.unmapped", Error {
        "текст виден, но букв по нему не узнать (шрифт без таблицы символов): {part}", "the text can be seen and not read (a font without a character map): {part}";
        "создайте PDF заново из исходного документа", "make the PDF again from its source document" }
    LEGACY = "carrier.legacy", Error {
        "формат до 2007 года читается лишь отчасти: {part}", "a format of before 2007 is read only in part: {part}";
        "сохраните документ как DOCX, XLSX, PPTX или PDF", "save the document as DOCX, XLSX, PPTX or PDF" }
    BLIND = "ocr.blind", Warning {
        "картинку распознать не удалось: {part}", "the picture could not be recognised: {part}";
        "посмотрите её сами: распознавание лишь помогает найти названия", "look at it yourself: recognition only helps to find names" }
    PICTURE = "carrier.picture", Error {
        "картинку по тексту проверить нельзя, а записи о просмотре нет: {part}", "a picture cannot be cleared by its text, and no review of it is recorded: {part}";
        "посмотрите её и запишите просмотр: glasno review ФАЙЛ; или впишите в content/private/reviews.yaml отпечаток {hash}, кто и когда смотрел", "look at it and record that: glasno review FILE; or enter its hash {hash}, who looked and when into content/private/reviews.yaml" }
    PICTURES = "carrier.picture", Error {
        "{n|картинку|картинки|картинок} в файле по тексту проверить нельзя, а записи о просмотре нет: {part}", "{n|picture|pictures} in the file cannot be cleared by text, and no review of the file is recorded: {part}";
        "просмотрите файл целиком и запишите просмотр: glasno review ФАЙЛ", "look through the whole file and record that: glasno review FILE" }
}
