//! Schools' numbers and the indicators that are worked out of them. No message repeats a cell.

entries! {
    UNREADABLE = "monitoring.unreadable", Error {
        "таблицу мониторинга не удаётся прочитать: {why}", "cannot read the table of monitoring: {why}";
        "сохраните её как CSV (разделители — точка с запятой)", "save it as CSV (divided by semicolons)" }
    OTHER_FILE = "monitoring.other-file", Warning {
        "этот файл не прочитан: таблицы мониторинга — файлы .csv и .yaml", "this file was not read: tables of monitoring are .csv and .yaml files";
        "сохраните таблицу как CSV или уберите файл из папки", "save the table as CSV, or take the file out of the folder" }
    YAML = "monitoring.yaml", Error {
        "таблицу мониторинга не удаётся прочитать: здесь ошибка записи YAML", "cannot read the table of monitoring: here is a fault of its YAML";
        "проверьте отступы, кавычки и скобки и нет ли графы дважды в одной строке", "check indents, quotes and brackets, and whether a column stands twice in one line" }
    LIST = "monitoring.list", Error {
        "здесь должна быть строка таблицы мониторинга", "a line of the table of monitoring belongs here";
        "пишите список: - {школа: r-01, дата: 2022, графа: число}", "write a list: - {школа: r-01, дата: 2022, column: number}" }
    NO_HEAD = "monitoring.head", Error {
        "в первой строке таблицы нет графы «{value}»", "the first line of the table has no column {value}";
        "первая строка: школа;дата; и названия граф, как в поле data показателей", "the first line is: школа;дата; and names of columns as in the field data of indicators" }
    TWO_HEADS = "monitoring.same-column", Error {
        "графа «{value}» стоит в таблице дважды", "the table has the column {value} twice";
        "оставьте одну", "keep one" }
    NOT_USED = "monitoring.column", Warning {
        "графа «{value}» ни одному показателю не нужна", "no indicator needs the column {value}";
        "назовите её в поле data переменной показателя или уберите", "name it in the field data of an indicator's variable, or take it out" }
    UNKNOWN_SCHOOL = "monitoring.school", Error {
        "школы с таким id нет в реестре", "the registry has no school with this id";
        "пишите id из content/private/registry.yaml; все остальные школы вместе — строкой «прочие»", "give an id of content/private/registry.yaml; all other schools together are the line “прочие”" }
    BAD_DATE = "monitoring.date", Error {
        "это не дата и не год", "this is neither a date nor a year";
        "напишите 31.05.2022, 2022-05-31, 2022 или учебный год 2021/2022", "write 2022-05-31, 31.05.2022, 2022, or a school year 2021/2022" }
    AHEAD = "monitoring.ahead", Warning {
        "значения с этой строки — из дня или года, который ещё не настал: они не учитываются", "the values from this line on are of a day or year that is still to come: they are not counted";
        "если дата написана с ошибкой, исправьте её; если так и задумано, ничего делать не нужно", "correct the date if it is a slip; otherwise there is nothing to do" }
    BAD_VALUE = "monitoring.value", Error {
        "в графе «{value}» не число", "the column {value} has no number here";
        "напишите, сколько (не долю и не процент), да или нет; «–» — если считать нечего", "write how many (no share, no percent), да or нет; “–” where there is nothing to count" }
    TWICE = "monitoring.twice", Error {
        "значение графы «{value}» этой школы на этот день уже есть (строка {line})", "this school's {value} of this day is there already (line {line})";
        "оставьте одно", "keep one" }
    MISSING = "monitoring.missing", Warning {
        "школа не заполнила графу «{value}»: показатели, которым она нужна, за {period} не посчитаны", "the school has no {value}: indicators that need it are not worked out for {period}";
        "впишите число, а если считать нечего — «–»", "enter the number, or “–” where there is nothing to count" }
    NO_COLUMN = "monitoring.no-column", Warning {
        "графы «{value}» нет ни в одной таблице мониторинга", "no table of monitoring has the column {value}";
        "добавьте её в таблицу или исправьте название", "add it to a table, or correct the name" }
    PART = "monitoring.part", Warning {
        "графа таблицы названа не у всех букв формулы: показатель не посчитан", "not all letters of the formula have a column: the indicator is not worked out";
        "добавьте data каждой переменной", "give each variable its data" }
    FORMULA = "monitoring.formula", Error {
        "по этой формуле нельзя считать: место {at}", "this formula cannot be worked out: place {at}";
        "считаются +, −, ·, /, \\frac, скобки, числа и буквы из variables", "understood are +, −, ·, /, \\frac, brackets, numbers and the letters of variables" }
    NO_FORMULA = "monitoring.no-formula", Warning {
        "у переменных есть data, а формулы у показателя нет", "the variables have data, but the indicator has no formula";
        "впишите formula", "enter the formula" }
    NOTHING_BELOW = "monitoring.zero", Warning {
        "за {period} показатель не посчитан: делить не на что или числа слишком велики", "for {period} the indicator has no value: nothing to divide by, or numbers too large";
        "проверьте графы знаменателя", "check the columns of the denominator" }
    WRITTEN = "monitoring.written", Error {
        "значение за {period} вписано в values и посчитано по таблице", "the value of {period} is written in values and worked out from the table";
        "оставьте одно: вписанное рядом с посчитанным может выдать школу", "keep one: what is written beside what is counted may give a school away" }
    FEW = "monitoring.few", Warning {
        "значение за {period} не публикуется: за ним меньше {k} школ", "the value of {period} is not published: fewer than {k} schools stand behind it";
        "так и должно быть; в служебном отчёте оно есть", "this is as it should be; the service report has it" }
    TELLS = "monitoring.tells", Warning {
        "значение за {period} не публикуется: рядом с опубликованными оно выдало бы школы ({schools}) — их меньше {k}", "the value of {period} is not published: beside the published ones it would give schools away ({schools}), fewer than {k}";
        "так и должно быть; чтобы годы сравнивались, оставьте в таблице за {period} тех же школ, что и раньше", "this is as it should be; for years to be compared, keep the same schools in the table of {period}" }
    LARGE = "monitoring.large", Warning {
        "значение за {period} не публикуется: почти всё в нём — одна школа", "the value of {period} is not published: one school is nearly all of it";
        "так и должно быть; в служебном отчёте оно есть", "this is as it should be; the service report has it" }
    TOLD = "monitoring.told", Error {
        "текст называет значение показателя, которое не публикуется ({period})", "the text tells the value of an indicator that is not published ({period})";
        "уберите число: вместе с опубликованными оно выдаёт школы", "take the number out: together with the published ones it gives schools away" }
}
