//! The form of a document: YAML syntax, fields, values.

entries! {
    YAML_SYNTAX = "yaml.syntax", Error {
        "здесь запись YAML не читается", "the YAML cannot be read here";
        "проверьте отступы, кавычки и двоеточия в этой и предыдущей строке", "check indentation, quotes and colons on this line and the one before" }
    YAML_TAB = "yaml.tab", Error {
        "отступ сделан табуляцией", "the line is indented with a tab";
        "замените табуляцию пробелами: по два на уровень", "replace the tab with spaces, two for each level" }
    YAML_QUOTE = "yaml.quote", Error {
        "кавычка не закрыта или за ней стоит лишний текст", "a quote is not closed, or text follows it";
        "поставьте закрывающую кавычку; «ёлочки» внутри \"…\" ставить можно", "close the quote" }
    YAML_BRACKET = "yaml.bracket", Error {
        "здесь или строкой выше скобка [ или { не закрыта или закрыта не той скобкой", "here or on the line before, a bracket [ or { is not closed, or is closed by another kind";
        "проверьте пары скобок", "check that brackets come in pairs" }
    YAML_COLON = "yaml.colon", Error {
        "лишнее двоеточие: YAML принял часть текста за имя поля", "a stray colon: YAML took part of the text for a field's name";
        "возьмите весь текст в кавычки: поле: \"текст: с двоеточием\"", "put the whole text in quotes" }
    YAML_INDENT = "yaml.indent", Error {
        "отступ не совпадает с соседними строками", "the indentation does not match the lines around";
        "поля одного уровня начинаются в одном столбце, вложенные — на два пробела правее", "fields of one level start in one column, nested ones two spaces further" }
    YAML_ESCAPE = "yaml.escape", Error {
        "обратная косая черта в \"…\" начинает неизвестное сочетание", "an unknown escape after a backslash in \"…\"";
        "возьмите текст в одинарные кавычки '…': в них косая черта — обычный знак", "use single quotes '…', where a backslash is an ordinary character" }
    YAML_CHARACTER = "yaml.character", Error {
        "с этого знака значение начинаться не может", "a value cannot begin with this character";
        "возьмите значение в кавычки", "put the value in quotes" }
    YAML_DUPLICATE = "yaml.duplicate-key", Error {
        "поле «{key}» указано дважды, первый раз в строке {line}", "the field {key} is given twice, first on line {line}";
        "оставьте одно", "keep one of them" }
    YAML_ANCHOR = "yaml.anchor", Error {
        "якоря и ссылки YAML (&имя, *имя) не поддерживаются", "YAML anchors and aliases (&name, *name) are not supported";
        "напишите значение целиком; если & или * — часть текста, возьмите его в кавычки", "write the value out; if & or * is part of the text, quote it" }
    YAML_TOO_DEEP = "yaml.too-deep", Error {
        "вложенность или число значений сверх разумного", "nested too deeply, or too many values";
        "проверьте отступы; большой документ разделите", "check the indentation; split a large document" }
    YAML_MANY = "yaml.many-documents", Error {
        "в файле больше одного документа YAML (разделитель ---)", "the file holds more than one YAML document (---)";
        "один файл — один документ", "one file, one document" }
    YAML_KEY = "yaml.key", Error {
        "имя поля должно быть простым словом", "a field's name must be a plain word";
        "исправьте запись: имя: значение", "write it as name: value" }
    YAML_NBSP = "yaml.no-break-space", Error {
        "в записи YAML стоит неразрывный пробел: он выглядит как пробел, а пробелом не считается", "a no-break space stands in the YAML: it looks like a space and is none";
        "сотрите его и поставьте обычный пробел", "delete it and type an ordinary space" }
    NO_SUCH_CODE = "accepted.unknown", Error {
        "замечания с кодом «{value}» нет", "there is no finding with the code {value}";
        "код стоит в квадратных скобках в конце замечания: accepted: row.number-twice", "the code stands in brackets at the end of a finding: accepted: row.number-twice" }
    NOT_A_MAP = "field.not-a-map", Error {
        "здесь ожидаются поля (имя: значение), а стоит {got}", "fields (name: value) are expected here, found {got}";
        "поля: {known}", "fields: {known}" }
    NOT_A_LIST = "field.not-a-list", Error {
        "поле «{field}» — список, а стоит {got}", "{field} is a list, found {got}";
        "начните каждый пункт с дефиса и пробела", "start each item with a hyphen and a space" }
    NOT_TEXT = "field.not-text", Error {
        "поле «{field}» — текст, а стоит {got}", "{field} is text, found {got}";
        "напишите текст после двоеточия, при нужде в кавычках", "write the text after the colon, in quotes if needed" }
    UNKNOWN_FIELD = "field.unknown", Error {
        "неизвестное поле «{field}»", "unknown field {field}";
        "здесь бывают поля: {known}", "the fields here are: {known}" }
    UNKNOWN_FIELD_NEAR = "field.unknown", Error {
        "неизвестное поле «{field}»", "unknown field {field}";
        "может быть, «{nearest}»? Здесь бывают поля: {known}", "did you mean {nearest}? The fields here are: {known}" }
    MISSING_FIELD = "field.missing", Error {
        "не хватает поля «{field}»", "the field {field} is missing";
        "добавьте его: {field}: …", "add it: {field}: …" }
    EMPTY_FIELD = "field.empty", Error {
        "поле «{field}» пусто", "the field {field} is empty";
        "впишите значение или удалите поле", "give a value or delete the field" }
    BAD_DATE = "field.date", Error {
        "«{value}» — не дата", "{value} is not a date";
        "дата пишется как 2025-02-14 или 14.02.2025; проверьте число дней в месяце", "write a date as 2025-02-14 or 14.02.2025; check the days of the month" }
    BAD_CHOICE = "field.choice", Error {
        "«{value}» не подходит для поля «{field}»", "{value} is not allowed for {field}";
        "бывает: {known}", "allowed: {known}" }
    BAD_CHOICE_NEAR = "field.choice", Error {
        "«{value}» не подходит для поля «{field}»", "{value} is not allowed for {field}";
        "может быть, «{nearest}»? Бывает: {known}", "did you mean {nearest}? Allowed: {known}" }
    BAD_NUMBER = "field.number", Error {
        "в поле «{field}» ожидается число, а стоит «{value}»", "{field} is a number, found {value}";
        "напишите число цифрами", "write the number in digits" }
    BAD_BOOL = "field.bool", Error {
        "в поле «{field}» бывает true или false, а стоит «{value}»", "{field} is true or false, found {value}";
        "напишите true (да) или false (нет)", "write true or false" }
    BAD_ID = "field.id", Error {
        "«{value}» не годится для адреса", "{value} cannot stand in an address";
        "строчные латинские буквы, цифры и дефис: naprimer-tak-2025", "lower-case Latin letters, digits and hyphens" }
    BAD_ADDRESS = "field.address", Error {
        "«{value}» — не адрес страницы", "{value} is not a page's address";
        "адрес начинается и кончается косой чертой, внутри строчная латиница, цифры, дефис: /razdel/stranitsa/", "an address begins and ends with a slash: /section/page/" }
    BAD_WITHIN = "field.within", Error {
        "«{value}» — не число дней", "{value} is not a number of days";
        "напишите, например: 10 рабочих дней; если акт срока не называет — без срока", "write for example: 10 рабочих дней (working days), or: без срока (the act sets no day)" }
    BAD_LINK = "field.link", Error {
        "ссылка «{value}» не открывается как адрес сети", "the link {value} is not a web address";
        "ссылка начинается с https:// или http://, почта — с mailto:", "a link begins with https:// or http://, mail with mailto:" }
    BAD_INN = "field.inn", Error {
        "«{value}» — не ИНН организации: в нём десять цифр, и последняя сходится с остальными", "{value} is no INN of a body: ten digits, the last of which follows from the others";
        "перепишите его с документа, в кавычках: inn: \"0000000000\"", "copy it from the document, in quotes" }
    NO_FRONT_MATTER = "markdown.front-matter", Error {
        "в начале файла Markdown нет шапки между строками ---", "the Markdown file has no front matter between --- lines";
        "начните файл строкой ---, затем поля (kind, title, …), затем снова ---", "begin the file with ---, then fields (kind, title, …), then --- again" }
    FRONT_MATTER_OPEN = "markdown.front-matter-open", Error {
        "шапка файла не закрыта строкой ---", "the front matter is not closed by a --- line";
        "поставьте строку --- после полей", "put a --- line after the fields" }
    MD_HTML = "markdown.html", Error {
        "HTML в тексте не поддерживается", "HTML in the text is not supported";
        "используйте разметку Markdown; знак < в тексте пишется как \\<", "use Markdown; write a literal < as \\<" }
    MD_FORMULA = "markdown.formula", Error {
        "формула здесь записана не по правилам LaTeX", "the formula cannot be read: {value}";
        "проверьте скобки и команды; знак доллара в тексте пишется как \\$", "check the braces and commands; write a literal dollar as \\$" }
    FORMULA_BRACKET = "markdown.formula", Error {
        "в формуле скобка без пары", "a bracket of the formula has no pair";
        "у каждой { должна быть своя }; у \\frac две пары: \\frac{числитель}{знаменатель}", "each { needs its }; \\frac takes two pairs: \\frac{above}{below}" }
    FORMULA_COMMAND = "markdown.formula", Error {
        "в формуле неизвестная команда {value}", "the formula holds an unknown command, {value}";
        "проверьте её имя; слова в формуле пишутся как \\text{слова}, знак доллара в тексте — как \\$", "check its name; write words as \\text{words}, and a literal dollar as \\$" }
    FORMULA_SIGN = "markdown.formula", Error {
        "знак «{value}» в формуле не ставится", "the sign {value} cannot stand in a formula";
        "меньше пишется \\lt, больше — \\gt, не больше — \\le, не меньше — \\ge", "write \\lt, \\gt, \\le, \\ge" }
    FORMULA_EMPTY = "markdown.formula", Error {
        "формула пуста", "the formula is empty";
        "впишите формулу; знак доллара в тексте пишется как \\$", "write the formula; write a literal dollar as \\$" }
    FORMULA_TOO_LARGE = "markdown.formula", Error {
        "формула слишком длинная или сложная", "the formula is too long or too deep";
        "разделите её на несколько", "split it" }
    FORMULA_UNSAFE = "markdown.formula", Error {
        "в формуле команда, которая не рисует: ссылка, метка", "the formula holds a command that draws nothing: a link, a label";
        "уберите её", "remove it" }
    MD_PICTURE_ELSEWHERE = "markdown.picture-elsewhere", Error {
        "картинка лежит не на сайте: {value}", "the picture lies elsewhere: {value}";
        "положите её в папку раздела и сошлитесь на файл: страницы не загружают ничего с чужих адресов", "put it into the section's folder and refer to the file: pages load nothing from other hosts" }
    MD_CELLS = "markdown.cells", Error {
        "в строке таблицы ячеек больше, чем граф в её заголовке ({columns}): лишние не были бы видны", "the row has more cells than the table's head ({columns}): the others would not be seen";
        "добавьте графу в заголовок или объедините ячейки; черту внутри ячейки пишите так: \\|", "add a column to the head or join the cells; write a bar inside a cell as \\|" }
    MD_QUOTE = "markdown.lost", Warning {
        "«{value}» выйдет цитатой, и знака > не будет видно", "{value} becomes a quotation, and its > is not seen";
        "если это «больше», напишите \\>; цитату начните словом", "write \\> for «more than»; begin a quotation with a word" }
    MD_EMPTY_ITEM = "markdown.lost", Warning {
        "пункт списка пуст, и его знака не будет видно", "the item is empty, and its sign is not seen";
        "допишите пункт или уберите строку; сам знак пишется с чертой перед ним: \\-", "write the item or remove the line; the sign itself is written with a backslash before it: \\-" }
    MD_IMAGE = "markdown.image-alt", Error {
        "у картинки нет описания", "the picture has no description";
        "напишите его в квадратных скобках: ![что на картинке](файл)", "write it in the brackets: ![what it shows](file)" }
    UNTOUCHED = "template.untouched", Error {
        "здесь ещё слова заготовки: {value}", "the words of the template still stand here: {value}";
        "впишите своё вместе со скобками ‹ › или уберите поле", "write your own instead, marks ‹ › included, or remove the field" }
}
