//! What is kept under `content/private/` beside the registry: its encryption, exceptions of the audit, reviews of
//! pictures. Like the registry's own, these findings repeat nothing that such a file says.

entries! {
    BOTH = "registry.both", Error {
        "рядом лежат и открытый реестр, и зашифрованный «{other}»: неясно, который из них верен", "the open registry and the encrypted one, {other}, lie side by side: it is not clear which is right";
        "сверьте их и оставьте один; открытый шифрует `glasno registry encrypt`", "compare them and keep one; `glasno registry encrypt` encrypts the open one" }
    UNREADABLE = "registry.unreadable", Error {
        "файл не читается: {why}", "the file cannot be read: {why}";
        "проверьте права на файл и диск", "check the rights on the file, and the disk" }
    UNWRITABLE = "registry.unwritable", Error {
        "файл не записывается: {why}; прежний остался на месте", "the file cannot be written: {why}; the old one is still there";
        "проверьте место на диске и права на папку и повторите", "check the free space and the rights on the folder, and try again" }
    TOO_BIG = "registry.too-big", Error {
        "файл больше {limit} МБ: реестр школ таким не бывает", "the file is larger than {limit} MB: no registry of schools is";
        "проверьте, тот ли это файл", "check that this is the right file" }
    ENCODING = "registry.encoding", Error {
        "реестр записан не в кодировке UTF-8", "the registry is not written in UTF-8";
        "сохраните его как «UTF-8» и повторите", "save it as UTF-8 and try again" }
    LINK = "registry.link", Error {
        "это ссылка, а не файл: после замены сам реестр остался бы открытым", "this is a link and not a file: the registry itself would stay open";
        "укажите путь к самому файлу", "give the path of the file itself" }
    NOT_ENCRYPTED = "registry.not-encrypted", Error {
        "это не зашифрованный файл age", "this is no file encrypted with age";
        "открытый реестр называется registry.yaml, зашифрованный — registry.yaml.age", "an open registry is named registry.yaml, an encrypted one registry.yaml.age" }
    ENCRYPTED_ALREADY = "registry.encrypted-already", Error {
        "файл уже зашифрован", "the file is encrypted already";
        "переименуйте его в registry.yaml.age", "rename it to registry.yaml.age" }
    NOT_BUILT = "registry.encryption-left-out", Error {
        "реестр зашифрован, а эта сборка программы шифрования не умеет", "the registry is encrypted, and this build of the program cannot decrypt";
        "возьмите выпуск программы или соберите её с признаком `encryption`", "take a release of the program or build it with the feature `encryption`" }
    NO_PASSPHRASE = "registry.no-passphrase", Error {
        "реестр зашифрован парольной фразой, а она не задана", "the registry is encrypted with a passphrase, and none was given";
        "задайте переменную среды {variable} или запустите программу в терминале: она спросит", "set the environment variable {variable}, or run the program in a terminal: it will ask" }
    WRONG_PASSPHRASE = "registry.wrong-passphrase", Error {
        "парольная фраза не подходит", "the passphrase does not fit";
        "проверьте раскладку и регистр; если фраза верна, повреждён сам файл: возьмите его копию", "check the keyboard layout and the case; if the phrase is right, the file is damaged: take a copy of it" }
    WEAK_PASSPHRASE = "registry.weak-passphrase", Error {
        "парольная фраза короче {least|знака|знаков|знаков}", "the passphrase is shorter than {least|character|characters}";
        "возьмите несколько случайных слов: файл могут подбирать без спешки на своей машине", "take several random words: whoever gets the file can try phrases at leisure" }
    NO_IDENTITY = "registry.no-identity", Error {
        "реестр зашифрован для ключа, а файл ключа не указан", "the registry is encrypted for a key, and no identity file was given";
        "укажите его: `--identity ФАЙЛ`", "give it: `--identity FILE`" }
    WRONG_IDENTITY = "registry.wrong-identity", Error {
        "ни один ключ из этого файла к реестру не подходит", "no key in this identity file fits the registry";
        "возьмите ключ, для которого реестр зашифрован, или попросите зашифровать его и для вашего", "take the key the registry was encrypted for, or ask to have it encrypted for yours too" }
    BAD_IDENTITY = "registry.identity", Error {
        "в файле ключа нет ключа, который можно прочесть", "the identity file holds no key that can be read";
        "в нём должна быть строка AGE-SECRET-KEY-1…, как её записывает age-keygen", "it needs a line AGE-SECRET-KEY-1… as age-keygen writes it" }
    BAD_RECIPIENT = "registry.recipient", Error {
        "получатель № {number} не читается как открытый ключ age", "recipient {number} is not a public age key";
        "открытый ключ начинается с age1; его печатает `age-keygen -y ФАЙЛ`", "a public key begins with age1; `age-keygen -y FILE` prints it" }
    DAMAGED = "registry.damaged", Error {
        "зашифрованный реестр повреждён или обрезан", "the encrypted registry is damaged or cut short";
        "возьмите копию; если файл пришёл через git или почту, проверьте, не изменены ли в нём концы строк", "take a copy; if it came through git or mail, check that its line ends were not changed" }
    TOO_HARD = "registry.work-factor", Error {
        "файл требует при расшифровке слишком много времени и памяти: степень {work} при допустимой {limit}", "decrypting the file would cost too much time and memory: factor {work}, allowed {limit}";
        "зашифруйте реестр заново этой программой", "encrypt the registry anew with this program" }
    NOT_VERIFIED = "registry.not-verified", Error {
        "записанный файл при проверке не дал того же текста; прежний файл остался на месте", "the written file did not give the same text when checked; the old one is still there";
        "проверьте диск и ключ и повторите", "check the disk and the key, and try again" }
    OLD_COPIES = "registry.old-copies", Warning {
        "открытый реестр удалён, но его прежние копии могли остаться на диске, в резервных копиях и в истории git", "the open registry is deleted, but older copies may be left on the disk, in backups and in git's history";
        "проверьте, где он побывал; если он был в git, перепишите историю", "see where it has been; if it was in git, rewrite the history" }
    LIES_OPEN = "registry.lies-open", Warning {
        "реестр теперь лежит открытым текстом", "the registry now lies in the open";
        "когда закончите, зашифруйте его снова: `glasno registry encrypt`; в git его не кладите", "when you are done encrypt it again: `glasno registry encrypt`; keep it out of git" }

    CACHE = "cache.unreadable", Warning {
        "запись прежних сборок не читается: {why}; всё сделано и проверено заново", "what earlier builds left cannot be read: {why}; everything was made and searched anew";
        "уберите то, что лежит на этом месте: программа запишет файл сама", "remove what lies there: the program writes the file itself" }

    NOT_A_LIST = "private.not-a-list", Error {
        "здесь ожидается список записей, а стоит {got}", "a list of entries is expected here, found {got}";
        "каждая запись начинается с дефиса; поля: {known}", "each entry begins with a hyphen; the fields are: {known}" }
    BAD_HASH = "private.hash", Error {
        "поле «{field}» — не отпечаток: нужны шестнадцатеричные цифры, не меньше {least}", "{field} is not a fingerprint: it takes hexadecimal digits, {least} at least";
        "скопируйте отпечаток из отчёта о проверке целиком", "copy the fingerprint from the audit's report as a whole" }
    EXCEPTION_PATTERN = "exceptions.pattern", Error {
        "исключение записано на шаблон пути или на папку, а не на один файл", "the exception names a pattern or a folder, not one file";
        "укажите путь одного файла, как в отчёте; шаблонов здесь нет", "give the path of one file as in the report; there are no patterns here" }
    EXCEPTION_EXPIRED = "exceptions.expired", Warning {
        "срок исключения истёк {until}: оно больше не действует", "the exception ended on {until} and no longer holds";
        "проверьте место заново и продлите срок или удалите запись", "review the place again, then extend the entry or delete it" }
    EXCEPTION_DUPLICATE = "exceptions.duplicate", Warning {
        "такое же исключение уже записано в строке {line}", "the same exception stands on line {line} already";
        "оставьте одно", "keep one of them" }
    EXCEPTION_UNUSED = "exceptions.unused", Warning {
        "исключение ни к чему не подошло: текст изменился или исправлен", "the exception fitted nothing: the text has changed or was mended";
        "удалите запись; если место осталось, его отпечаток теперь другой и проверить его надо снова", "delete the entry; if the place is still there its fingerprint is new and it needs another review" }
    EXCEPTION_CERTAIN = "exceptions.certain", Error {
        "исключение записано на однозначное упоминание защищаемой школы; такое исключить нельзя", "the exception is for a mention of a protected school that leaves no doubt; that cannot be excepted";
        "уберите упоминание из файла, а запись удалите; исключают только то, что по тексту не решить", "take the mention out of the file and delete the entry; only what the text leaves open can be excepted" }
    REVIEW_FUTURE = "reviews.future", Error {
        "день просмотра ещё не наступил", "the day of the review is still to come";
        "впишите день, когда картинку просмотрели", "give the day on which the picture was looked at" }
    REVIEW_DUPLICATE = "reviews.duplicate", Warning {
        "эта же картинка уже записана в строке {line}", "the same picture stands on line {line} already";
        "оставьте одну запись", "keep one entry" }
    REVIEW_UNUSED = "reviews.unused", Warning {
        "такой картинки среди публикуемых нет", "no such picture is among those published";
        "если картинку заменили, просмотрите новую и запишите её отпечаток; иначе удалите запись", "if the picture was replaced look at the new one and note its fingerprint; else delete the entry" }
    REVIEW_OUTSIDE = "reviews.outside", Error {
        "этот файл не публикуется: он не из папки content/ или лежит в private", "this file is not published: it is not below content/, or lies in private";
        "назовите файл, который лежит в папке раздела, например content/РАЗДЕЛ/files/skan.pdf", "name a file of a section, such as content/SECTION/files/scan.pdf" }
    REVIEWS_SHAPE = "reviews.shape", Error {
        "записи о просмотрах не того вида, чтобы дописать к ним ещё одну", "the records of reviews are not of a form to which another could be added";
        "исправьте файл: в нём должен быть список записей, каждая с дефиса", "mend the file: it holds a list of records, each beginning with a hyphen" }
    REVIEW_NOT_WRITTEN = "system.reviews", Error {
        "записать не удалось: {why}; ничего не изменено", "it could not be written: {why}; nothing was changed";
        "проверьте место на диске и права на папку", "check the disk's space and the folder's permissions" }
}
