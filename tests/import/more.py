"""Further offices, less tidy ones: what documents that nobody made for a program look like. Adds to the cases."""

from cases import Case, case, letterhead, row, take
from paper import C, P, R, T, docx, html, ods, odt, shown, text, xlsx
from words import POSTS, SCHOOL_YEAR


@case
def h01_word_head_of_three_rows():
    """A head whose first row is a title across the table, then two storeys; the numbers of columns in brackets."""
    ms = take(7, 7, step=3)
    rows = [[C("План-график мероприятий", cs=6, bold=True)],
            [C("№\nп/п", rs=2), C("Наименование\nмероприятия", rs=2), C("Период реализации", rs=2), C("Исполнители", cs=2), C("Форма завершения", rs=2)],
            ["ответственный", "соисполнители"], ["1", "2", "3", "4", "5", "6"]]
    want = []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}.", m[0], m[1], m[2][0], ", ".join(m[2][1:]) or "–", m[3]])
        want.append((f"{i + 1}.", shown(m[0]), m[1], m[2][:1]))
    return Case("docx", docx([P("Приложение к письму", "right"), T(rows, [10, 60, 25, 30, 25, 20])]), want)


@case
def h02_word_period_first():
    """The day stands first, the number nowhere, who answers in the middle."""
    ms = take(21, 8, SCHOOL_YEAR, POSTS, step=5)
    rows, want = [["Месяц", "Кто проводит", "Что проводится", "Итог"]], []
    for m in ms:
        rows.append([m[1], ", ".join(m[2]), m[0], m[3]])
        want.append(row(None, m))
    return Case("docx", docx([P("Циклограмма методической помощи школам", "center", True), P("2024–2025 учебный год", "center"), T(rows)]), want)


@case
def h03_word_months_as_sections():
    """Months across the table, under which rows have no period of their own."""
    ms = take(36, 8, step=7)
    rows, want = [["№", "Мероприятие", "Ответственные", "Результат"]], []
    for i, m in enumerate(ms):
        if i % 3 == 0:
            rows.append([C(["Январь", "Февраль", "Март"][i // 3], cs=4, bold=True)])
        rows.append([f"{i + 1}.", m[0], ", ".join(m[2]), m[3]])
        want.append(row(f"{i + 1}.", m, period=""))
    return Case("docx", docx([P("План работы на I квартал 2025 года", "center", True), T(rows)]), want)


@case
def h04_word_numbers_restart():
    """Numbers begin anew in each section, one is missing, one stands twice, one lost its dot."""
    ms = take(2, 9, step=4)
    numbers = ["1.", "2.", "3", "1.", "2.", "2.", "", "1.", "2."]
    rows, want = [["№ п/п", "Мероприятия", "Сроки", "Ответственные"]], []
    for i, (no, m) in enumerate(zip(numbers, ms)):
        if i in (0, 3, 7):
            rows.append([C(["Организационный этап", "Практический этап", "Аналитический этап"][{0: 0, 3: 1, 7: 2}[i]], cs=4)])
        rows.append([no, m[0], m[1], "; ".join(m[2])])
        want.append(row(no or None, m))
    return Case("docx", docx([P("Дорожная карта на 2025 год", "center", True), T(rows)]), want)


@case
def h05_word_section_beside_number():
    """Sections: a number in its cell, words in one merged over the rest."""
    ms = take(14, 7, step=6)
    rows, want = [[C(h, bold=True) for h in ("№", "Мероприятия", "Срок", "Ответственные", "Показатель")]], []
    for i, m in enumerate(ms):
        if i in (0, 4):
            rows.append([f"{i // 4 + 1}.", C("Повышение квалификации" if i == 0 else "Поддержка обучающихся", cs=4)])
        no = f"{i // 4 + 1}.{i % 4 + 1}."
        rows.append([no, m[0], m[1], ", ".join(m[2]), m[3]])
        want.append(row(no, m))
    return Case("odt", odt([P("План мероприятий на 2025 год", "center", True), T(rows)]), want)


@case
def h06_word_indicator_and_target():
    """Indicator, its target and the result in columns of their own; bodies by «/» and «и»."""
    ms = take(40, 6, step=7)
    who = [["Управление образования/МКУ «Центр развития образования»"], ["Руководители школ и методисты"], ["ОО"], ["ОО, МКУ «Центр развития образования»"], ["Управление образования"], ["Муниципальный координатор"]]
    rows, want = [["№ п/п", "Мероприятие", "Срок реализации", "Показатель", "Целевое значение", "Ответственный исполнитель"]], []
    for i, (m, w) in enumerate(zip(ms, who)):
        w = w if i != 3 else ["ОО", "МКУ «Центр развития образования»"]
        rows.append([f"{i + 1}", m[0], m[1], m[3], "100 %", ", ".join(w)])
        want.append(row(f"{i + 1}", m, who=w))
    return Case("docx", docx([P("План мероприятий («дорожная карта») на 2025 год", "center", True), T(rows)]), want, check=["Целевое значение"])


@case
def h07_word_nested_table_and_picture():
    """A letterhead with a table in it, an emblem's place, the plan's head repeated by the program."""
    ms = take(25, 6, step=9)
    rows, want = [R([C(h, bold=True) for h in ("№", "Мероприятие", "Сроки", "Ответственный")], head=True)], []
    for i, m in enumerate(ms):
        rows.append([C("", num=("bare", 0)), m[0], m[1], m[2][0]])
        want.append(row(f"{i + 1}", m, who=m[2][:1]))
    items = [T([["Российская Федерация\nЗаречный муниципальный округ\nУПРАВЛЕНИЕ ОБРАЗОВАНИЯ\n600000, с. Ручьи, ул. Лесная, 1\nтел. 8 (000) 00-00-00", "Руководителям общеобразовательных организаций"]], [85, 85], lines=False),
             P("от 30.01.2025 № 118\nна № ____ от ________"), P("О направлении плана", bold=True), P("Уважаемые коллеги!", "center"), P("Управление образования направляет план мероприятий на 2025 год."),
             P("Начальник управления\t\tИ.И. Ольхин"), P("План мероприятий на 2025 год", "center", True, page=True), T(rows)]
    return Case("docx", docx(items), want)


@case
def h08_excel_wide_and_untidy():
    """Empty columns and rows, the head at the sixth row, a note and a signature below, a filter's sheet beside."""
    ms = take(19, 7, step=4)
    rows = [[C("", cs=7)], [C("", cs=4), C("Приложение № 2 к приказу от 10.01.2025 № 1-о", cs=3)], [C("", cs=7)], [C("", cs=1), C("ПЛАН МЕРОПРИЯТИЙ ПО ПОДДЕРЖКЕ ШКОЛ", cs=6, bold=True)], [C("", cs=1), C("на 2025 год", cs=6)],
            ["", "№", "Мероприятие", "", "Срок", "Ответственный", "Статус"]]
    want = []
    for i, m in enumerate(ms):
        rows.append(["", C(str(i + 1), value=i + 1), m[0], "", m[1], ", ".join(m[2]), "в работе"])
        want.append(row(str(i + 1), m))
    rows += [[C("", cs=7)], ["", C("* сроки уточняются", cs=6)], ["", C("Исполнитель: Ветрова Н.П.", cs=6)]]
    return Case("xlsx", xlsx([T(rows, name="План"), T([["Статус"], ["в работе"], ["выполнено"]], name="Справочник")]), want)


@case
def h09_excel_numbers_as_numbers():
    """«1.1» and «1.10» typed as numbers, periods as months, a percent."""
    ms = take(33, 6, step=5)
    rows, want = [["п/п", "Мероприятия", "Сроки", "Ответственные"]], []
    numbers = [("1", 1), ("1.1", 1.1), ("1.2", 1.2), ("2", 2), ("2.1", 2.1), ("2.2", 2.2)]
    for (no, value), m in zip(numbers, ms):
        rows.append([C(no, value=value), m[0], m[1], ", ".join(m[2])])
        want.append(row(no, m))
    return Case("xlsx", xlsx([T([[C("Перечень мероприятий на 2025 год", cs=4)]] + [R(r) for r in rows], name="Лист1")]), want)


@case
def h10_ods_stage_column():
    """ODS: stages at the left over their rows, the period merged with them."""
    ms = take(5, 7, step=8)
    rows, want = [["Этап", "Мероприятия", "Сроки", "Исполнители"]], []
    for i, m in enumerate(ms):
        period = "январь – март 2025 г." if i < 3 else "апрель – декабрь 2025 г."
        cells = [m[0]]
        if i in (0, 3):
            cells = [C("Подготовительный" if i == 0 else "Основной", rs=3 if i == 0 else 4), m[0], C(period, rs=3 if i == 0 else 4)]
        rows.append(cells + [", ".join(m[2])])
        want.append(row(None, m, period=period))
    return Case("ods", ods([T(rows, name="Дорожная карта 2025")]), want)


@case
def h11_html_outlook():
    """A letter from Outlook: a plan among quoted replies, a signature in a table."""
    ms = take(47, 6, step=3)
    rows, want = [[C(h, bold=True) for h in ("№ п/п", "Наименование мероприятия", "Сроки", "Ответственные")]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}", m[0], m[1], ", ".join(m[2])])
        want.append(row(f"{i + 1}", m))
    items = [P("От: Методический центр"), P("Тема: План на 2025 год"), P("План мероприятий муниципальной команды на 2025 год", bold=True), T(rows), T([["С уважением,", "Ветрова Н.П."], ["тел.", "8 (000) 00-00-00"]])]
    return Case("html", html(items, "mail"), want)


@case
def h12_text_rows_in_pieces():
    """Recognised text where each printed line of a cell is a row of its own."""
    ms = take(38, 6, step=2)
    lines, want = ["План мероприятий на 2025 год", "", "№\tМероприятие\tСрок\tОтветственный"], []
    for i, m in enumerate(ms):
        measure = shown(m[0]).replace("\v", " ")
        words = measure.split(" ")
        who = ", ".join(m[2])
        half = max(2, len(words) // 2)
        lines.append(f"{i + 1}.\t{' '.join(words[:half])}\t{m[1]}\t{who}")
        if words[half:]:
            lines.append(f"\t{' '.join(words[half:])}\t\t")
        want.append((f"{i + 1}.", measure, m[1], m[2]))
    return Case("txt", "\n".join(lines).encode(), want)


@case
def h13_text_pipes_of_recogniser():
    """Pipes, a rule under the head alone, HTML breaks, bold heads, litter after the table."""
    ms = take(46, 7, step=6)
    lines = ["# ДОРОЖНАЯ КАРТА", "## по поддержке школ на 2025 год", "", "| **№** | **Мероприятие** | **Срок** | **Ответственные** |", "|:-:|---|---|---|"]
    want = []
    for i, m in enumerate(ms):
        if i == 3:
            lines.append("| **II. Работа с родителями** | | | |")
        lines.append(f"| {i + 1}. | {shown(m[0]).replace(chr(11), '<br>')} | {m[1]} | {'<br>'.join(m[2])} |")
        want.append(row(f"{i + 1}.", m))
    lines += ["", "~ 3 ~", "l|"]
    return Case("md", "\n".join(lines).encode(), want)


@case
def h14_word_decision_of_council():
    """A decision of a council with minutes' style clauses; the plan has «Дата» and «Время»."""
    ms = take(16, 5, step=11)
    days = ["15.01.2025", "12.02.2025", "14.03.2025", "16.04.2025", "21.05.2025"]
    rows, want = [["№ п/п", "Наименование мероприятия", "Дата", "Ответственные"]], []
    for i, (m, d) in enumerate(zip(ms, days)):
        rows.append([f"{i + 1}.", m[0], d, ", ".join(m[2])])
        want.append(row(f"{i + 1}.", m, period=d))
    items = [P("МУНИЦИПАЛЬНЫЙ СОВЕТ ПО КАЧЕСТВУ ОБРАЗОВАНИЯ", "center", True), P("РЕШЕНИЕ", "center", True), P("от 14.01.2025 № 2"), P("О плане работы совета на 2025 год"), P("Заслушав информацию координатора, совет решил:"),
             P("1. Утвердить план работы (приложение)."), P("2. Рекомендовать общеобразовательным организациям до 01.02.2025 внести изменения в свои планы."), P("Председатель совета\t\tС.А. Ветрова"),
             P("Приложение к решению совета от 14.01.2025 № 2", "right"), P("План работы муниципального совета на 2025 год", "center", True), T(rows)]
    return Case("docx", docx(items), want, kinds=["order"])


@case
def h15_word_half_cells_empty():
    """Cells left empty where nothing changes: the period and the bodies of the row above hold, without being merged."""
    ms = take(28, 6, step=5)
    rows, want = [["№", "Мероприятие", "Срок", "Ответственные", "Документ"]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}.", m[0], m[1] if i % 2 == 0 else "", ", ".join(m[2]) if i % 3 != 1 else "", m[3]])
        want.append(row(f"{i + 1}.", m, who=m[2] if i % 3 != 1 else [], period=m[1] if i % 2 == 0 else ""))
    return Case("docx", docx([P("План организационных мероприятий на 2025 год", "center", True), T(rows)]), want)


@case
def h16_word_schedule_and_programme():
    """A schedule of visits and a programme of a seminar as annexes."""
    visits = [["№", "Дата", "Муниципалитет", "Образовательная организация", "Тема", "Специалисты"]] + [
        ["1", "14.02.2025", "Яблонный район", "МБОУ «Кувшинская СОШ»", "Посещение уроков математики", "Ветрова Н.П., методист"],
        ["2", "20.03.2025", "Заречный округ", "МКОУ «Сухоруковская СОШ»", "Анализ внутренней системы оценки", "Ольхин И.И."]]
    agenda = [["Время", "Содержание", "Выступающий"], ["10.00–10.15", "Открытие семинара", "Ветрова С.А., начальник управления"], ["10.15–11.00", "Рисковый профиль школы", "Ольхин И.И., методист"], [C("Перерыв", cs=3)], ["11.15–12.00", "Практикум", "Рябинин А.С."]]
    items = letterhead("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЗАРЕЧНОГО ОКРУГА", "27.01.2025", "22", "О проведении методических выездов", ["1. Утвердить график посещений (приложение 1) и программу семинара (приложение 2).", "2. Контроль оставляю за собой."], "Начальник И.И. Ольхин")
    items += [P("Приложение 1\nк приказу от 27.01.2025 № 22", "right", page=True), P("График посещений школ с низкими образовательными результатами на 2025 год", "center", True), T(visits),
              P("Приложение 2\nк приказу от 27.01.2025 № 22", "right", page=True), P("Программа установочного семинара", "center", True), P("Дата проведения: 5 февраля 2025 г.", "center"), P("Место проведения: Центр «Точка роста», с. Ручьи", "center"), T(agenda)]
    return Case("docx", docx(items), kinds=["order", "schedule", "seminar"], hidden=["Кувшинск", "Сухоруков"], check=["Рисковый профиль школы", "14.02.2025", "Перерыв", "10.15–11.00"])
