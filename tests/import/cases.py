"""The offices: each case makes one file as an office would, and says what must come out of it. Takes `paper` and `words`; must not
know how anything is read."""

from paper import C, P, R, T, docx, html, ods, odt, shown, text, xlsx

# What offices write, to choose from.

MEASURES = """
Издание приказа «Об организации работы со школами с низкими образовательными результатами»
Формирование перечня общеобразовательных организаций – участниц проекта
Назначение муниципального координатора проекта
Закрепление кураторов за школами-участницами
Проведение анализа результатов ВПР, ОГЭ и ЕГЭ за последние три года
Составление рисковых профилей школ и определение мер по каждому из рисков
Разработка и утверждение школьных программ перехода в эффективный режим работы
Проведение установочного совещания с руководителями школ
Организация обучения управленческих команд на курсах повышения квалификации
Заключение договоров о сетевом взаимодействии между школами-лидерами и школами-участницами
Диагностика профессиональных затруднений педагогов
Разработка индивидуальных образовательных маршрутов педагогов по итогам диагностики
Проведение методического десанта в школы (не менее 2 выездов в полугодие)
Посещение уроков русского языка и математики в 5–9 классах с последующим анализом
Проведение единых методических дней «Современный урок»
Организация стажировок учителей на базе школ-партнёров
Консультирование школьных команд по вопросам внутренней системы оценки качества образования
Мониторинг обеспеченности школ учебниками и учебным оборудованием
Организация участия обучающихся в олимпиадах и конкурсах различных уровней
Проведение родительских собраний по вопросам подготовки к государственной итоговой аттестации
Психолого-педагогическое сопровождение обучающихся с трудностями в обучении
Выявление обучающихся группы риска учебной неуспешности, составление планов индивидуальной работы
Проведение диагностических работ по математике в 8 классах
Собеседования с руководителями школ по итогам I полугодия
Размещение информации о ходе реализации проекта на официальном сайте
Подготовка аналитической справки о результатах работы за учебный год
Круглый стол «Трудности и находки первого года»
Семинар-практикум «Формирующее оценивание: от теории к практике»
Муниципальный конкурс «Лучшая практика наставничества»
Проверка объективности проведения всероссийских проверочных работ
Внесение изменений в программы развития школ
Подведение итогов реализации плана, определение задач на следующий год
Создание банка лучших практик работы с обучающимися, имеющими трудности в обучении
Организация горячей линии для педагогов и родителей
Корректировка рабочих программ учебных предметов по итогам ВПР
Комплексная проверка состояния преподавания математики
Организация наставничества молодых специалистов
Вебинар «Анализ рискового профиля школы»
Обновление содержания внеурочной деятельности, в том числе:\v- кружки естественно-научной направленности;\v- спортивные секции
Мониторинг достижения целевых показателей проекта
Работа предметных лабораторий для учителей-предметников
Проведение пробного экзамена по математике (базовый уровень) в 11 классах
Участие в региональном форуме «Школа эффективного роста»
Самодиагностика школ по направлениям: «Низкий уровень оснащения школы», «Дефицит педагогических кадров»
Совещание при начальнике управления «О промежуточных результатах реализации дорожной карты»
Анкетирование участников образовательных отношений
Проведение декады открытых уроков
Разработка методических рекомендаций по работе со слабоуспевающими
Организация летней школы для обучающихся 7–8 классов
Аналитический отчёт о выполнении мероприятий «дорожной карты» за 2025 год
Формирование графика выездов муниципальной методической службы
Контроль за использованием оборудования центров «Точка роста»
""".strip().split("\n")

PERIODS = """
январь 2025 г.
до 01.02.2025
Февраль 2025
до 15 марта 2025 г.
март – апрель 2025 г.
апрель 2025
в течение года
ежеквартально
май 2025 г.
до 30.06.2025
июнь-август 2025
постоянно
сентябрь 2025 года
1 раз в квартал
до 10 октября 2025
октябрь, декабрь 2025
01.09.2025 – 30.11.2025
ноябрь 2025 г.
II квартал 2025 г.
до конца декабря 2025 г.
в течение 2025 года
по отдельному графику
ежемесячно
15.04.2025
по мере необходимости
1–15 марта 2025 г.
первое полугодие 2025 года
весь период
с 1 марта по 30 апреля 2025 года
не реже 1 раза в полугодие
IV квартал 2025
до 25.12.2025
""".strip().split("\n")

SCHOOL_YEAR = """
сентябрь
до 15 сентября
Сентябрь-октябрь
октябрь
Ноябрь
до 20 декабря
декабрь – январь
январь
в течение учебного года
февраль, апрель
март
до 1 апреля
апрель-май
май
ежемесячно
по плану методической службы
июнь
1 раз в четверть
""".strip().split("\n")

# Lists of bodies as cells hold them: one sign between them throughout a document, or several.
BODIES = [
    ["Управление образования"],
    ["Управление образования", "МКУ «Центр развития образования»"],
    ["Руководители школ-участниц"],
    ["МКУ «Центр развития образования»"],
    ["Кураторы проекта", "руководители школ-участниц"],
    ["Муниципальный координатор"],
    ["Управление образования", "школы-лидеры"],
    ["Методисты МКУ «Центр развития образования»"],
    ["Руководители РМО"],
    ["Общеобразовательные организации"],
    ["Управление образования", "общеобразовательные организации"],
    ["Психологическая служба"],
]

POSTS = [
    ["Заместитель начальника управления"],
    ["начальник отдела общего образования"],
    ["Ветрова Н.П., методист"],
    ["Специалист по ГИА"],
    ["Директора ОО"],
    ["Рябинин А.С."],
    ["Рябинин А.С.", "Ветрова Н.П."],
    ["Заместители директоров по УВР"],
    ["Координатор проекта", "директора ОО"],
    ["ММС"],
]

RESULTS = """
Приказ
Перечень
Аналитическая справка
Протокол совещания
Не менее 80 % педагогов прошли диагностику
План-график
Утверждённые программы
Повышение качества преподавания
Договоры
Рекомендации
100 % охват
Отчёт
Снижение доли неуспевающих на 5 %
Банк практик
""".strip().split("\n")

CASES = {}


class Case:
    """`plans`: for each roadmap its rows (number, measure, period, bodies); `kinds`: further documents, by kind; `doubts`: codes that
    must be told; `people`: for each member of a group name, post, part, and what else stands with them."""

    def __init__(self, ext, data, *plans, kinds=(), doubts=(), check=None, hidden=(), people=()):
        self.ext, self.data, self.plans = ext, data, plans
        self.kinds, self.doubts, self.check, self.hidden = kinds, doubts, check, hidden
        self.people = people


def case(build, name=None):
    CASES[name or build.__name__.strip("_").replace("_", "-")] = build
    return build


def take(start, count, periods=PERIODS, bodies=BODIES, step=1):
    """(measure, period, bodies, result) out of the pools, another choice for each office."""
    out = []
    for i in range(count):
        n = start + i * step
        out.append((MEASURES[n % len(MEASURES)], periods[(start + i * 5) % len(periods)], bodies[(start + i * 7) % len(bodies)], RESULTS[(n * 7) % len(RESULTS)]))
    return out


def row(no, m, measure=None, who=None, period=None):
    """What must come out of a row."""
    return (no, shown(measure or m[0]), shown(period if period is not None else m[1]), who if who is not None else m[2])


def letterhead(issuer, day, number, subject, clauses, signed, act="ПРИКАЗ", place="г. Ключевой", why="В целях повышения качества образования"):
    out = [P(line, "center", True) for line in issuer.split("\n")]
    out += [P(act, "center", True), P(f"от {day} № {number}"), P(place, "center"), P(subject, bold=True),
            P(f"{why} {'п р и к а з ы в а ю' if act == 'ПРИКАЗ' else 'обязываю'}:")]
    out += [P(c) for c in clauses]
    return out + [P(signed)]


STANDARD = ["1. Утвердить прилагаемый план мероприятий («дорожную карту»).",
            "2. Отделу общего образования (Ветрова Н.П.) довести приказ до сведения руководителей общеобразовательных организаций до 20.01.2025.",
            "3. Контроль за исполнением приказа оставляю за собой."]


@case
def a01_word_order_numbered_by_word():
    """Numbers by Word in the column of numbers, sections across the table, a stamp in a text box."""
    ms = take(0, 9)
    sections = {0: "Организационно-правовое обеспечение", 4: "Методическое сопровождение"}
    head = ["№ п/п", "Мероприятия", "Сроки", "Ответственные", "Результат"]
    rows, want, section, n = [R([C(h, bold=True) for h in head], head=True)], [], 0, 0
    for i, m in enumerate(ms):
        if i in sections:
            section, n = section + 1, 0
            rows.append([C(sections[i], cs=5, bold=True, num=("one", 0))])
        n += 1
        rows.append([C("", num=("one", 1)), m[0], m[1], ", ".join(m[2]), m[3]])
        want.append(row(f"{section}.{n}.", m))
    items = letterhead("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nАДМИНИСТРАЦИИ ЯБЛОННОГО РАЙОНА", "15.01.2025", "12-од", "Об утверждении плана мероприятий", STANDARD, "Начальник управления О.С. Ручьёва")
    items += [P("УТВЕРЖДЕНО\nприказом управления образования\nот 15.01.2025 № 12-од", "right", box=True),
              P("План мероприятий («дорожная карта») по поддержке школ с низкими образовательными результатами на 2025 год", "center", True),
              T(rows, [12, 70, 25, 35, 28])]
    return Case("docx", docx(items), want, kinds=["order"])


@case
def a02_word_merged_bodies():
    """Periods and bodies are merged over several rows; a landscape annex; numbers typed without a dot."""
    ms = take(9, 8)
    rows, want = [["№", "Наименование мероприятия", "Срок исполнения", "Исполнитель"]], []
    for i, m in enumerate(ms):
        group = ms[i // 3 * 3]
        cells = [str(i + 1), m[0]]
        if i % 3 == 0:
            span = min(3, len(ms) - i)
            cells += [C(group[1], rs=span), C("\n".join(group[2]), rs=span)]
        rows.append(cells)
        want.append((str(i + 1), shown(m[0]), group[1], group[2]))
    items = letterhead("КОМИТЕТ ПО ОБРАЗОВАНИЮ\nАДМИНИСТРАЦИИ ГОРОДА КЛЮЧЕВОГО", "3 февраля 2025 г.", "45", "О реализации проекта адресной помощи", STANDARD, "Председатель комитета И.И. Ольхин")
    items += [P(wide=True), P("Приложение № 1\nк приказу комитета по образованию\nот 03.02.2025 № 45", "right"),
              P("ПЛАН МЕРОПРИЯТИЙ\nпо повышению качества образования на 2025 год", "center", True), T(rows, [10, 110, 50, 70])]
    return Case("docx", docx(items), want, kinds=["order"])


@case
def a03_word_cut_by_pages():
    """A document that once was a PDF: each page a table with its own head, rows and cells cut between them."""
    ms = take(17, 9)
    head = ["№ п/п", "Мероприятие", "Сроки", "Показатель", "Ответственные"]
    def cells(i, m):
        return [f"{i + 1}.", m[0], m[1], m[3], ", ".join(m[2])]
    first = [head] + [cells(i, m) for i, m in enumerate(ms[:4])]
    cut = cells(4, ms[4])
    words = cut[1].split(" ")
    bodies = cut[4].split(" ")
    first.append([cut[0], " ".join(words[:3]), cut[2], cut[3], cut[4] if len(bodies) < 3 else " ".join(bodies[:2])])
    rest = ["", " ".join(words[3:]), "", "", "" if len(bodies) < 3 else " ".join(bodies[2:])]
    second = [head, rest] + [cells(5 + i, m) for i, m in enumerate(ms[5:])]
    items = [P("Приложение к приказу отдела образования от 20.01.2025 № 8-о", "right"), P("План-график мероприятий по сопровождению школ на 2025 год", "center", True),
             T(first), P("", page=True), T(second)]
    return Case("docx", docx(items), [row(f"{i + 1}.", m) for i, m in enumerate(ms)], doubts=["import.cut-row"])


@case
def a04_word_tracked_changes():
    """Changes that nobody accepted: words in and out, a row taken out, a foot note, a comment's hidden text."""
    ms = take(26, 7)
    rows, want = [["№ п/п", "Мероприятия", "Срок", "Ответственный"]], []
    for i, m in enumerate(ms):
        measure, period = m[0], m[1]
        if i == 1:
            first, _, more = measure.partition(" ")
            measure = f"⟨-{first}⟩⟨+Организация и {first.lower()}⟩ {more}"
        if i == 2:
            period = f"⟨-до 01.01.2024⟩⟨+{period}⟩"
        if i == 4:
            rows.append(R(["5.", "Отменённое мероприятие", "май 2025", "Никто"], gone=True))
        rows.append([f"{i + 1}.", measure, period, ", ".join(m[2])])
        want.append(row(f"{i + 1}.", m, measure, period=period))
    items = [P("УТВЕРЖДАЮ\nНачальник отдела образования\n_________ А.С. Рябинин\n«20» января 2025 г.", "right"),
             P("План работы по повышению качества образования⟨hчерновик⟩ на 2025 год", "center", True), T(rows)]
    return Case("docx", docx(items), want, doubts=["import.revisions", "import.left-out"])


@case
def a05_word_stages_without_numbers():
    """No numbers at all; stages with a period of their own across the table."""
    ms = take(33, 9)
    stages = {0: "I этап. Подготовительный (январь – март 2025 г.)", 3: "II этап. Основной (апрель – ноябрь 2025 г.)", 7: "III этап. Обобщающий (декабрь 2025 г.)"}
    rows, want = [[C(h, bold=True) for h in ("Содержание деятельности", "Сроки реализации", "Ответственные лица", "Планируемый результат")]], []
    for i, m in enumerate(ms):
        if i in stages:
            rows.append([C(stages[i], cs=4)])
        rows.append([m[0], m[1], ";\n".join(m[2]), m[3]])
        want.append(row(None, m))
    items = [P("Программа адресной поддержки школ с низкими результатами обучения на 2025 год", "center", True),
             P("Программа разработана в соответствии с приказом министерства образования от 10.12.2024 № 1500.", "both"), T(rows)]
    return Case("docx", docx(items), want)


@case
def a06_word_start_and_finish():
    """A head of two storeys: the period parted into beginning and end; below it the numbers of columns."""
    days = [("09.01.2025", "31.01.2025"), ("01.02.2025", "28.02.2025"), ("01.03.2025", "15.04.2025"), ("15.04.2025", "30.05.2025"), ("01.09.2025", "31.10.2025"), ("01.11.2025", "25.12.2025")]
    ms = take(42, 6)
    rows = [R([C("№ п/п", rs=2), C("Наименование мероприятия", rs=2), C("Срок реализации", cs=2), C("Ответственный исполнитель", rs=2), C("Ожидаемый результат", rs=2)], head=True),
            R(["начало", "окончание"], head=True), R(list("123456"), head=True)]
    want = []
    for i, (m, (a, b)) in enumerate(zip(ms, days)):
        rows.append([f"{i + 1}", m[0], a, b, ", ".join(m[2]), m[3]])
        want.append((f"{i + 1}", shown(m[0]), f"{a} – {b}", m[2]))
    items = [P("Приложение 2\nк распоряжению администрации\nот 09.01.2025 № 3-р", "right"), P("ПЛАН\nреализации мероприятий по поддержке школ", "center", True), T(rows, [10, 60, 22, 22, 30, 30])]
    return Case("docx", docx(items), want)


@case
def a07_word_quarters():
    """A matrix of quarters with crosses."""
    ms = take(3, 8, step=5)
    marks = [[0], [0, 1], [1], [2], [0, 1, 2, 3], [3], [2, 3], [1, 3]]
    names = ["I кв.", "II кв.", "III кв.", "IV кв."]
    rows = [R([C("№", rs=2), C("Мероприятие", rs=2), C("2025 год", cs=4), C("Ответственные", rs=2)], head=True), R(["I кв.", "II кв.", "III кв.", "IV кв."], head=True)]
    want = []
    for i, (m, on) in enumerate(zip(ms, marks)):
        rows.append([f"{i + 1}.", m[0]] + ["+" if q in on else "" for q in range(4)] + [", ".join(m[2])])
        want.append((f"{i + 1}.", shown(m[0]), ", ".join(names[q] for q in on), m[2]))
    items = [P("Комплекс мер по сопровождению школ, показавших низкие образовательные результаты, на 2025 год", "center", True), T(rows, [10, 70, 12, 12, 12, 12, 40])]
    return Case("docx", docx(items), want)


@case
def a08_word_rows_under_rows():
    """Rows under rows, whose head has neither period nor bodies; three depths."""
    ms = take(11, 10, step=3)
    numbers = ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1", "2.2", "3", "4"]
    heads = {"1.2", "2"}
    rows, want = [["№ п/п", "Мероприятие", "Срок", "Ответственный исполнитель", "Вид документа"]], []
    for no, m in zip(numbers, ms):
        bare = no in heads
        rows.append([no, m[0] + (":" if bare else ""), "" if bare else m[1], "" if bare else "; ".join(m[2]), "" if bare else m[3]])
        want.append((no, shown(m[0]) + (":" if bare else ""), "" if bare else m[1], [] if bare else m[2]))
    # A bare row with rows under it heads them: it may come out as a section instead.
    items = [P("Приложение", "right"), P("к приказу МКУ «Отдел образования»", "right"), P("от 27.01.2025 № 31", "right"), P("Дорожная карта по реализации проекта на 2025 год", "center", True), T(rows)]
    return Case("docx", docx(items), want)


@case
def a09_word_numbers_in_measures():
    """No column of numbers: they are typed before the words."""
    ms = take(20, 8, SCHOOL_YEAR, POSTS, step=3)
    rows, want = [["Мероприятия", "Сроки проведения", "Ответственные"]], []
    for i, m in enumerate(ms):
        if i == 0:
            rows.append([C("1. Работа с педагогическими кадрами", cs=3, bold=True)])
        if i == 5:
            rows.append([C("2. Работа с обучающимися и родителями", cs=3, bold=True)])
        no = f"1.{i + 1}." if i < 5 else f"2.{i - 4}."
        rows.append([f"{no} {m[0]}", m[1], ", ".join(m[2])])
        want.append(row(no, m))
    items = [P("План работы муниципальной методической службы", "center", True), P("со школами с низкими результатами обучения", "center", True), P("на 2024-2025 учебный год", "center", True), T(rows)]
    return Case("docx", docx(items), want)


@case
def a10_word_lists_in_cells():
    """Lists in cells, by Word's bullets and typed ones; bodies a paragraph each."""
    ms = take(6, 6, step=7)
    rows, want = [["№\nп/п", "Направления работы,\nмероприятия", "Сроки\nисполнения", "Ответственные\nза исполнение"]], []
    for i, m in enumerate(ms):
        measure = m[0]
        if i == 1:
            measure = f"{m[0]}:\n- русский язык;\n- математика;\n- физика."
        if i == 3:
            measure = f"{m[0]}\nСобеседование с заместителями директоров."
        rows.append([f"{i + 1}.", measure, m[1], "\n".join(m[2])])
        want.append(row(f"{i + 1}.", m, measure))
    items = [P("Приложение № 1 к приказу управления образования Яблонного района от 14.02.2025 г. № 77-О", "right"),
             P("Муниципальный план мероприятий по обеспечению объективности и повышению качества образования в 2025 году", "center", True), T(rows)]
    return Case("docx", docx(items), want)


@case
def a11_word_directive_with_persons():
    """A directive whose letterhead and stamp are tables without lines; persons and posts answer."""
    ms = take(14, 7, PERIODS, POSTS, step=2)
    rows, want = [["№", "Содержание работы", "Когда", "Кто отвечает", "Чем подтверждается"]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1})", m[0], m[1], ", ".join(m[2]), m[3]])
        want.append(row(f"{i + 1})", m))
    items = [T([["АДМИНИСТРАЦИЯ\nЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА", ""]], [90, 80]), P("РАСПОРЯЖЕНИЕ", "center", True),
             T([["от 05.02.2025", "№ 101-р"]], [85, 85]), P("О мерах по повышению качества общего образования", bold=True),
             P("Во исполнение поручения министерства образования:"),
             P("1. Утвердить план мер по повышению качества общего образования (приложение)."), P("2. Управлению образования (Рябинин А.С.):"),
             P("2.1. обеспечить выполнение плана в установленные сроки;"), P("2.2. представить отчёт до 25 декабря 2025 года."),
             P("3. Контроль за исполнением распоряжения возложить на заместителя главы округа Ветрову Н.П."),
             T([["Глава округа", "И.И. Ольхин"]], [85, 85]),
             T([["", "Приложение\nк распоряжению администрации\nот 05.02.2025 № 101-р"]], [85, 85]),
             P("План мер по повышению качества общего образования на 2025 год", "center", True), T(rows)]
    return Case("docx", docx(items), want, kinds=["order"])


@case
def a12_word_recognised_scan():
    """Recognised in Word: Latin letters inside words, broken hyphens, litter."""
    ms = take(22, 6, step=4)
    rows, want = [["№ п/п", "Mероприятие", "Сроки", "Ответственныe"]], []
    for i, m in enumerate(ms):
        measure = m[0]
        if i == 1:
            measure = measure.replace("о", "o", 1)
        if i == 2:
            measure = "Организация работы муни-\vципальных методических объединений"
        rows.append([f"{i + 1}.", measure, m[1], ", ".join(m[2])])
        want.append((f"{i + 1}.", "Организация работы муниципальных методических объединений" if i == 2 else measure, m[1], m[2]))
    items = [P("П Р И К А З", "center", True), P("« 17 » января 2025 г.\t\t\t\t№ 9/1"), P("Об утверждении дорожной карты"), P("На основании письма министерства приказываю:"),
             P("1. Утвердить дорожную карту (приложение)."), P("2. Контроль за исполнением возложить на методиста Ветрову Н.П."), P("Начальник отдела ___________ А.С. Рябинин"),
             P("Приложение к приказу № 9/1 от 17.01.2025"), P("Дорожная карта на 2025 год"), T(rows)]
    return Case("docx", docx(items), want, kinds=["order"], doubts=["import.look-alike", "import.hyphen"])


@case
def a13_word_several_annexes():
    """An order with a list of schools that nobody may name, a plan, a group and a schedule."""
    ms = take(30, 6, step=2)
    schools = [("Яблонный район", "МБОУ «Верхнекувшинская СОШ»"), ("Яблонный район", "МБОУ «Ольховатовская ООШ»"), ("Заречный район", "МКОУ «Сухоруковская СОШ»")]
    plan = [["№ п/п", "Мероприятие", "Срок", "Ответственные"]]
    for i, m in enumerate(ms):
        plan.append([f"{i + 1}.", m[0], m[1], ", ".join(m[2])])
    items = letterhead("МИНИСТЕРСТВО ОБРАЗОВАНИЯ\nКЛЮЧЕВСКОЙ ОБЛАСТИ", "20.01.2025", "77/01", "О реализации проекта «500+» в 2025 году",
                       ["1. Утвердить:", "1.1. Список школ – участниц проекта (приложение № 1).", "1.2. План мероприятий (приложение № 2).", "1.3. Состав рабочей группы (приложение № 3).",
                        "2. Региональному координатору (Ольхин И.И.) обеспечить реализацию плана до 25.12.2025.", "3. Контроль за исполнением настоящего приказа оставляю за собой."], "Министр С.А. Ветрова")
    items += [P("Приложение № 1\nк приказу министерства образования\nот 20.01.2025 № 77/01", "right", page=True), P("Список школ с низкими образовательными результатами – участниц проекта", "center", True),
              T([["№", "Муниципалитет", "Наименование школы", "ФИО директора"]] + [[str(i), a, b, "Полосухина Римма Львовна"] for i, (a, b) in enumerate(schools, 1)]),
              P("Приложение № 2\nк приказу министерства образования\nот 20.01.2025 № 77/01", "right", page=True), P("План мероприятий проекта на 2025 год", "center", True), T(plan),
              P("Приложение № 3\nк приказу министерства образования\nот 20.01.2025 № 77/01", "right", page=True), P("Состав рабочей группы", "center", True),
              T([["№", "ФИО", "Должность", "Роль в группе"], ["1", "Ветрова Светлана Андреевна", "министр", "руководитель группы"], ["2", "Ольхин Игорь Иванович", "начальник отдела", "секретарь"], ["3", "Рябинин А.С.", "методист", "член группы"]])]
    return Case("docx", docx(items), [row(f"{i + 1}.", m) for i, m in enumerate(ms)], kinds=["order", "group"], hidden=["Верхнекувшин", "Ольховатов", "Сухоруков", "Полосухин"])


@case
def a14_word_two_plans():
    """Two plans in one file, an annex each."""
    one, two = take(2, 5, step=6), take(41, 5, SCHOOL_YEAR, POSTS)
    def table(ms):
        return T([["№", "Мероприятия", "Сроки", "Ответственные"]] + [[f"{i}.", m[0], m[1], ", ".join(m[2])] for i, m in enumerate(ms, 1)])
    items = letterhead("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЗАРЕЧНОГО ОКРУГА", "10.01.2025", "3", "Об утверждении планов", ["1. Утвердить план управления (приложение 1) и план методической службы (приложение 2).", "2. Контроль оставляю за собой."], "Начальник И.И. Ольхин")
    items += [P("Приложение 1\nк приказу от 10.01.2025 № 3", "right", page=True), P("План мероприятий управления образования на 2025 год", "center", True), table(one),
              P("Приложение 2\nк приказу от 10.01.2025 № 3", "right", page=True), P("План работы методической службы на 2024/2025 учебный год", "center", True), table(two)]
    return Case("docx", docx(items), [row(f"{i}.", m) for i, m in enumerate(one, 1)], [row(f"{i}.", m) for i, m in enumerate(two, 1)], kinds=["order"])


@case
def a15_word_directions_at_the_left():
    """The direction of work stands at the left, merged over its rows; the number between it and the words."""
    ms = take(37, 8, step=3)
    rows, want = [["Направление", "№ п/п", "Мероприятия", "Сроки", "Ответственные", "Ожидаемые результаты"]], []
    for i, m in enumerate(ms):
        cells = [f"{i + 1}.", m[0], m[1], ", ".join(m[2]), m[3]]
        if i == 0:
            cells.insert(0, C("Нормативное обеспечение", rs=3))
        if i == 3:
            cells.insert(0, C("Работа с кадрами", rs=5))
        rows.append(cells)
        want.append(row(f"{i + 1}.", m))
    return Case("docx", docx([P("Дорожная карта «Школа возможностей» на 2025 год", "center", True), T(rows, [28, 10, 60, 22, 30, 25])]), want)


@case
def a16_word_two_columns_of_bodies():
    """Who answers and who helps in two columns, money and a mark of fulfilment beside the plan, a note below."""
    ms = take(44, 6, step=5)
    rows, want = [["№ п/п", "Наименование мероприятия", "Срок реализации", "Ответственный исполнитель", "Источник финансирования", "Отметка о выполнении"]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}", m[0] + ("*" if i == 2 else ""), m[1], ", ".join(m[2]), "без финансирования" if i % 2 else "муниципальный бюджет", "выполнено" if i == 0 else ""])
        want.append(row(f"{i + 1}", m, m[0] + ("*" if i == 2 else "")))
    items = [P("План первоочередных мероприятий на 2025 год", "center", True), T(rows), P("* При наличии финансирования.")]
    return Case("docx", docx(items), want, check=["Источник финансирования", "муниципальный бюджет", "Отметка о выполнении", "При наличии финансирования"])


@case
def a17_word_tasks_and_notes():
    """Tasks above their measures, without bold; rows without a number in between; «Примечание» in the table."""
    ms = take(50, 8, step=3)
    rows, want = [["№", "Мероприятие", "Дата", "Исполнители"]], []
    rows.append(["", "Задача 1. Создание условий для профессионального роста", "", ""])
    for i, m in enumerate(ms):
        if i == 4:
            rows.append(["", "Задача 2. Повышение мотивации обучающихся", "", ""])
        no = "" if i == 6 else f"{i + 1 - (i > 6)}."
        rows.append([no, m[0], m[1], ", ".join(m[2])])
        want.append(row(no or None, m))
    rows.append([C("Примечание: сроки могут быть изменены.", cs=4)])
    return Case("docx", docx([P("Перспективный план работы на 2025 год", "center", True), T(rows)]), want, doubts=["import.note"])


@case
def a18_word_group_and_clauses_by_word():
    """Clauses numbered by Word, letters under them; a group in numbered lines; the plan is no table but follows another order's."""
    ms = take(5, 5, step=9)
    items = [P("МКУ «УПРАВЛЕНИЕ ОБРАЗОВАНИЯ»", "center", True), P("ПРИКАЗ", "center", True), P("№ 15 от 22.01.2025 г."), P("О создании рабочей группы и утверждении плана"), P("В соответствии с планом работы управления приказываю:"),
             P("Создать рабочую группу в следующем составе:", num=("one@2", 0)), P("Ветрова С.А. – начальник управления, руководитель группы;", num=("dash", 0)), P("Ольхин И.И. – методист, секретарь группы.", num=("dash", 0)),
             P("Утвердить план мероприятий (приложение).", num=("one@2", 0)), P("Руководителям общеобразовательных организаций в срок до 01.02.2025 назначить ответственных.", num=("one@2", 0)),
             P("Контроль за исполнением приказа возложить на заместителя начальника Рябинина А.С.", num=("one@2", 0)), P("Начальник управления\t\t\tС.А. Ветрова"),
             P("Приложение\nк приказу от 22.01.2025 № 15", "right", page=True), P("План мероприятий на первое полугодие 2025 года", "center", True),
             T([[C(h, bold=True) for h in ("№", "Мероприятие", "Срок", "Ответственный")]] + [[C("", num=("one@3", 0)), m[0], m[1], ", ".join(m[2])] for m in ms])]
    return Case("docx", docx(items), [row(f"{i}.", m) for i, m in enumerate(ms, 1)], kinds=["order"])


@case
def b01_excel_title_above():
    """Excel: title and stamp in the rows above the head, sections merged, dates as dates."""
    ms = take(8, 9, step=2)
    dates = [(2025, 1, 20), (2025, 2, 14), (2025, 3, 1), None, (2025, 5, 30), None, (2025, 9, 15), (2025, 10, 1), (2025, 12, 25)]
    rows = [[C("", cs=3), C("УТВЕРЖДЕНО\nприказом управления образования\nот 13.01.2025 № 5", cs=2)], [C("План мероприятий по повышению качества образования на 2025 год", cs=5, bold=True)], [C("", cs=5)],
            [C(h, bold=True) for h in ("№ п/п", "Мероприятие", "Дата", "Ответственный", "Результат")]]
    want = []
    for i, (m, d) in enumerate(zip(ms, dates)):
        if i == 0:
            rows.append([C("I. Анализ", cs=5, bold=True)])
        if i == 5:
            rows.append([C("II. Сопровождение", cs=5, bold=True)])
        period = "%02d.%02d.%d" % (d[2], d[1], d[0]) if d else m[1]
        rows.append([C(str(i + 1), value=i + 1), m[0], C(period, value=d) if d else period, ", ".join(m[2]), m[3]])
        want.append(row(str(i + 1), m, period=period))
    return Case("xlsx", xlsx([T(rows, name="Лист1")]), want)


@case
def b02_excel_sheets_and_hidden():
    """Two sheets hold two halves of a plan under the same head, a third is a directory; a hidden row."""
    one, two = take(16, 5, step=3), take(1, 5, step=8)
    head = ["Номер", "Что делаем", "Срок", "Кто отвечает"]
    def table(ms, name):
        return T([head] + [[f"{i}", m[0], m[1], "\n".join(m[2])] for i, m in enumerate(ms, 1)] + ([R(["9", "Скрытая строка", "май 2025", "Никто"], hidden=True)] if name == "Школы" else []), name=name)
    return Case("xlsx", xlsx([table(one, "Управление"), table(two, "Школы")]), [row(f"{i}", m) for i, m in enumerate(one, 1)], [row(f"{i}", m) for i, m in enumerate(two, 1)], doubts=["import.left-out"])


@case
def b03_excel_months():
    """Months as columns, crosses in them."""
    ms = take(24, 7, step=6)
    months = ["сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"]
    marks = [[0], [0, 1], [3], [2, 5, 8], list(range(9)), [7, 8], [4]]
    rows = [[C("График реализации мер поддержки на 2024-2025 учебный год", cs=12, bold=True)], ["№ п/п", "Мероприятие"] + months + ["Ответственный"]]
    want = []
    for i, (m, on) in enumerate(zip(ms, marks)):
        rows.append([f"{i + 1}.", m[0]] + ["х" if k in on else "" for k in range(9)] + [", ".join(m[2])])
        want.append((f"{i + 1}.", shown(m[0]), ", ".join(months[k] for k in on), m[2]))
    return Case("xlsx", xlsx([T(rows, name="График")]), want)


@case
def b04_excel_start_finish_percent():
    """Beginning and end as dates, readiness in per cent, a total below."""
    ms = take(47, 6, step=2)
    rows, want = [["№", "Задача", "Начало", "Окончание", "Исполнитель", "% выполнения"]], []
    for i, m in enumerate(ms):
        a, b = (2025, i + 1, 10), (2025, i + 2, 15)
        rows.append([C(f"1.{i + 1}"), m[0], C("x", value=a), C("x", value=b), ", ".join(m[2]), C("0", value=0)])
        want.append((f"1.{i + 1}", shown(m[0]), "%02d.%02d.%d – %02d.%02d.%d" % (a[2], a[1], a[0], b[2], b[1], b[0]), m[2]))
    rows.append([C("Итого мероприятий: 6", cs=6)])
    return Case("xlsx", xlsx([T(rows, name="План 2025")]), want)


@case
def b05_excel_indicators_by_year():
    """No plan: indicators with values by year."""
    rows = [[C("Показатели эффективности реализации программы", cs=7, bold=True)], ["№", "Наименование показателя", "Ед. изм.", "2023 год (факт)", "2024 год (план)", "2025 год (план)", "Ответственный"],
            ["1", "Доля школ, вышедших из числа школ с низкими результатами", "%", C("12", value=12), C("18.5", value=18.5), C("25", value=25), "Управление образования"],
            ["2", "Доля педагогов, прошедших диагностику", "%", C("40", value=40), C("65", value=65), C("90", value=90), "Методический центр"],
            ["3", "Число школ, имеющих наставников", "ед.", C("4", value=4), C("7", value=7), C("11", value=11), "Методический центр"]]
    return Case("xlsx", xlsx([T(rows, name="Показатели")]), kinds=["indicators"], check=["18,5", "2025", "90"])


@case
def c01_ods_plan():
    """ODS: title rows, merged sections, dates, numbers as numbers."""
    ms = take(13, 8, step=4)
    rows = [[C("План мероприятий на 2025 год", cs=5, bold=True)], ["№ п/п", "Наименование мероприятия", "Срок исполнения", "Ответственный", "Примечание"]]
    want = []
    for i, m in enumerate(ms):
        if i in (0, 4):
            rows.append([C("Раздел 1. Управление" if i == 0 else "Раздел 2. Методическая работа", cs=5, bold=True)])
        d = (2025, i + 2, 5) if i % 3 == 0 else None
        period = "%02d.%02d.%d" % (d[2], d[1], d[0]) if d else m[1]
        rows.append([C(str(i + 1), value=i + 1), m[0], C(period, value=d), ", ".join(m[2]), ""])
        want.append(row(str(i + 1), m, period=period))
    return Case("ods", ods([T(rows, name="Лист1")]), want)


@case
def c02_ods_merged():
    """ODS: bodies merged over rows, a hidden row."""
    ms = take(29, 6, step=5)
    rows, want = [["№", "Мероприятие", "Сроки", "Ответственные"]], []
    for i, m in enumerate(ms):
        cells = [f"{i + 1}.", m[0], m[1]]
        if i % 2 == 0:
            cells.append(C("\n".join(m[2]), rs=2))
        rows.append(cells)
        want.append(row(f"{i + 1}.", m, who=ms[i // 2 * 2][2]))
    rows.append(R(["7.", "Скрытая строка", "май 2025", "Никто"], hidden=True))
    return Case("ods", ods([T(rows, name="План на 2025 год")]), want, doubts=["import.left-out"])


@case
def c03_odt_order_and_plan():
    """ODT: an order, its plan numbered by the program, a text frame, a foot note."""
    ms = take(35, 7, step=4)
    rows, want = [R(["№ п/п", "Мероприятие", "Срок", "Ответственные", "Итоговый документ"], head=True)], []
    for i, m in enumerate(ms):
        measure = m[0] + ("⟨fПо согласованию.⟩" if i == 1 else "")
        rows.append([C("", num=("one", 0)), measure, m[1], ", ".join(m[2]), m[3]])
        want.append(row(f"{i + 1}.", m, shown(measure) + ("¹" if i == 1 else "")))
    items = letterhead("ОТДЕЛ ОБРАЗОВАНИЯ ЯБЛОННОГО РАЙОНА", "24.01.2025", "19", "Об утверждении дорожной карты", STANDARD, "Начальник отдела А.С. Рябинин")
    items += [P("УТВЕРЖДЕНА\nприказом отдела образования\nот 24.01.2025 № 19", "right", box=True), P("Дорожная карта по переходу школ в эффективный режим работы на 2025 год", "center", True), T(rows)]
    return Case("odt", odt(items), want, kinds=["order"])


@case
def c04_odt_merged_sections():
    """ODT: merged cells both ways, sections across, periods over rows, a tracked deletion."""
    ms = take(40, 8, step=5)
    rows, want = [["№", "Мероприятия", "Сроки", "Ответственные"]], []
    for i, m in enumerate(ms):
        if i in (0, 4):
            rows.append([C(f"{i // 4 + 1}. {'Организация' if i == 0 else 'Контроль'}", cs=4, bold=True)])
        group = ms[i // 2 * 2]
        measure = m[0] + ("⟨- (отменено)⟩" if i == 3 else "")
        cells = [f"{i // 4 + 1}.{i % 4 + 1}.", measure]
        cells.append(C(group[1], rs=2)) if i % 2 == 0 else None
        cells.append(", ".join(m[2]))
        rows.append(cells)
        want.append(row(f"{i // 4 + 1}.{i % 4 + 1}.", m, period=group[1]))
    return Case("odt", odt([P("Приложение к приказу от 05.02.2025 № 2", "right"), P("План мероприятий на 2025 год", "center", True), T(rows)]), want)


@case
def d01_html_word():
    """A page saved by Word: windows-1251, numbers as «Ignore» spans, cells without an end, changes inside."""
    ms = take(18, 8, step=5)
    rows, want = [[C(h, bold=True) for h in ("№ п/п", "Мероприятие", "Сроки", "Ответственные")]], []
    for i, m in enumerate(ms):
        if i == 4:
            rows.append([C("Сопровождение школ", cs=4, bold=True)])
        measure = f"⟨-Срочное ⟩{m[0]}" if i == 2 else m[0]
        rows.append([C("", num=("one", 0)), measure, m[1], ", ".join(m[2])])
        want.append(row(f"{i + 1}.", m))
    items = letterhead("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "16.01.2025", "7", "Об утверждении плана", STANDARD, "Начальник управления И.И. Ольхин")
    items += [P("Приложение\nк приказу от 16.01.2025 № 7", "right"), P("План мероприятий на 2025 год", "center", True), T(rows)]
    return Case("htm", html(items), want, kinds=["order"])


@case
def d02_html_writer():
    """A page saved by LibreOffice: merged cells, headings."""
    ms = take(28, 7, step=6)
    rows, want = [["№", "Мероприятие", "Срок", "Ответственные", "Результат"]], []
    for i, m in enumerate(ms):
        cells = [f"{i + 1}", m[0], m[1], "; ".join(m[2])]
        if i % 3 == 0:
            cells.append(C(m[3], rs=min(3, 7 - i)))
        rows.append(cells)
        want.append(row(f"{i + 1}", m))
    return Case("html", html([P("План («дорожная карта») поддержки школ на 2025 год", "center", True, head=1), P("Цель: повышение качества образования."), T(rows)], "writer"), want)


@case
def d03_html_mail():
    """A plan in a letter."""
    ms = take(4, 6, SCHOOL_YEAR, POSTS, step=9)
    rows, want = [["Мероприятие", "Дата", "Ответственный"]], []
    for m in ms:
        rows.append([m[0], m[1], ", ".join(m[2])])
        want.append(row(None, m))
    return Case("html", html([P("План совместной работы на 2024/25 учебный год", bold=True), T(rows)], "mail"), want)


@case
def d04_html_word_with_lists():
    """A page saved by Word: bodies in a list of its own, a cell of three paragraphs, numbers by Word."""
    ms = take(12, 6, step=8)
    rows, want = [["№", "Мероприятие", "Сроки", "Исполнители"]], []
    for i, m in enumerate(ms):
        measure = m[0] + (":\nпо русскому языку;\nпо математике" if i == 2 else "")
        rows.append([C("", num=("one", 0)), measure, m[1], C("\n".join(m[2]), num=("dash", 0), every=True) if i == 4 else "\n".join(m[2])])
        want.append(row(f"{i + 1}.", m, measure))
    return Case("htm", html([P("УТВЕРЖДЕН\nприказом отдела образования\nот 17.01.2025 № 6", "right"), P("План мер на 2025 год", "center", True), T(rows)]), want)


@case
def e01_text_recognised():
    """As a recogniser leaves it: tabs, rows in pieces, the head again on each page, a look-alike in the head."""
    ms = take(31, 9, step=4)
    lines = ["УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "ПРИКАЗ", "от 21.01.2025 № 14", "Об утверждении плана мероприятий", "В целях реализации проекта приказываю:", "- 1. Утвердить план мероприятий (приложение).",
             "- 2. Контроль за исполнением приказа оставляю за собой.", "Начальник", "А.С. Рябинин", "", "Приложение к приказу", "от 21.01.2025 № 14", "", "**План мероприятий на 2025 год**", "", "Nº п/п\tМероприятие\tСроки\tОтветственные"]
    want = []
    for i, m in enumerate(ms):
        measure = shown(m[0]).replace("\v", " ")
        who = ", ".join(m[2])
        if i == 4:
            words = measure.split(" ")
            lines += [f"{i + 1}.\t{' '.join(words[:4])}\t{m[1]}\t{who}", "", "3", "", "Nº п/п\tМероприятие\tСроки\tОтветственные", f"\t{' '.join(words[4:])}\t\t"]
        else:
            lines.append(f"{i + 1}.\t{measure}\t{m[1]}\t{who}")
        want.append((f"{i + 1}.", measure, m[1], m[2]))
    return Case("txt", "\n".join(lines).encode(), want, kinds=["order"])


@case
def e02_text_frame():
    """A drawn frame in a file of the old encoding, words broken between lines."""
    ms = take(15, 6, step=8)
    rows, want = [["№", "Мероприятие", "Срок", "Ответственные"]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}.", m[0], m[1], ", ".join(m[2])])
        want.append(row(f"{i + 1}.", m))
    return Case("txt", text([P("ПЛАН МЕРОПРИЯТИЙ НА 2025 ГОД"), P(""), T(rows, [10, 90, 50, 70])], "frame", "cp1251"), want)


@case
def e03_markdown():
    """Markdown with lists in cells, sections as bold rows."""
    ms = take(23, 7, step=7)
    rows, want = [["№", "Мероприятия", "Сроки", "Ответственные", "Документ"]], []
    for i, m in enumerate(ms):
        if i == 3:
            rows.append(["", "**Методическая помощь**", "", "", ""])
        rows.append([f"{i + 1}.", m[0], m[1], "\n".join(m[2]), m[3]])
        want.append(row(f"{i + 1}.", m))
    return Case("md", text([P("План мероприятий на 2025 год", bold=True), T(rows)], "markdown"), want)


@case
def e04_csv():
    """Values between semicolons, as Excel saves them."""
    ms = take(45, 8, step=5)
    rows, want = [["№ п/п", "Мероприятие", "Срок", "Ответственный"]], []
    for i, m in enumerate(ms):
        rows.append([f"{i + 1}", m[0], m[1], ", ".join(m[2])])
        want.append(row(f"{i + 1}", m))
    return Case("csv", text([T(rows)], "csv", "cp1251"), want)


@case
def e05_text_without_a_head():
    """Tabs and no head at all."""
    ms = take(10, 6, step=9)
    lines = ["План мероприятий по поддержке школ на 2025 год", ""] + [f"{i}.\t{shown(m[0])}\t{m[1]}\t{', '.join(m[2])}".replace("\v", " ") for i, m in enumerate(ms, 1)]
    return Case("txt", "\n".join(lines).encode(), [row(f"{i}.", m) for i, m in enumerate(ms, 1)], doubts=["import.head"])
