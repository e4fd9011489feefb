"""Cases that no sentence pool makes: names of files and folders, districts in other cells, files to be refused.

`FILES`: (kind, class, registry, ids, path inside the case's own folder, bytes). `REFUSED`: (name, bytes).
"""

import base64

import binary as bn
import office as of
from carriers import XML, page
from containers import P1, Z, docx
from office import para, x

T = (P1 + "\n").encode()

NAMES_LEAK = """
r-01 | olshanskaya-sosh.txt
r-01 | Ольшанская СОШ/план.txt
r-01 | отчёт_Ольшанской_СОШ_2025.txt
r-01 | 2025-03-12-olshanskaya-shkola/index.txt
r-02 | Verhnepokrovskaya_OOSH_samoanaliz.txt
r-03 | ЗеленорощинскаяСОШ.txt
r-06 | Усть-Шуйская школа.txt
r-06 | ust-shuiskaya-sosh/doc/1.txt
r-07 | staroignatyevskaya_shkola_internat.txt
r-08 | %D0%94%D0%B0%D0%BB%D1%8C%D0%BD%D0%B5%D0%B1%D0%BE%D1%80%D1%81%D0%BA%D0%B0%D1%8F-%D0%A1%D0%9E%D0%A8.txt
r-09 | KrasnomysskayaSosh-foto.txt
r-11 | blizhneborskaya.nosh.plan.txt
r-12 | Верх-Ирмизская_СОШ_(протокол).txt
g-01 | klyuchegorsk/sosh-14/plan.txt
g-01 | Ключегорск_СОШ14.txt
g-02 | Старомежск/СОШ № 7/расписание.txt
g-04 | Лицей_21_Ключегорск.txt
g-05 | staromezhsk_co_36.txt
s-02 | Лицей им. Зарубина Синегорье.txt
s-03 | gimnaziya_sozvezdie_sinegore.txt
s-10 | СОШ им. лётчика Аржанова, Лебедяны.txt
g-08 | Вишневецкая О.Р. презентация.txt
r-04 | Вересовский район/Кленовская СОШ.txt
"""

NAMES_CLEAN = """
luga | olshanskaya-biblioteka.txt
luga | Ольшанское поселение/план.txt
luga | nizhnepokrovskaya-sosh.txt
luga | Новоигнатьевская СОШ.txt
luga | krasnomayakskaya-shkola/index.txt
luga | Сосновецкий район/Кленовская СОШ.txt
luga | veresovskiy-rayon/grafik-2025.txt
gorod | klyuchegorsk/sosh-42/plan.txt
gorod | prikaz-14-klyuchegorsk.txt
gorod | 2025-03-14/7/36.txt
gorod | Старомежск/СОШ № 14/план.txt
gorod | ds-14-klyuchegorsk.txt
gorod | klyuchegorsk-14-shkol-itogi.txt
sever | orion-gimnaziya-sinegore.txt
sever | Ансамбль Созвездие.txt
sever | verhnetalcevskaya_sosh.txt
sever | ulica-zarubina.txt
"""


def html_table(rows, caption="", before=""):
    cells = lambda r: "".join(c if c.startswith("<t") else "<td>%s</td>" % x(c) for c in r)
    return page("%s<table>%s%s</table>" % (before, "<caption>%s</caption>" % caption if caption else "", "\n".join("<tr>%s</tr>" % cells(r) for r in rows)))


def span(t, n):
    return '<td rowspan="%d">%s</td>' % (n, x(t))


HEAD = ["<th>Муниципалитет</th>", "<th>Организация</th>", "<th>Дата</th>"]


def tables(city, a, b):
    """Every way in which a table or its surroundings gives the city of the school `a` (beside a harmless `b`)."""
    merged = lambda v: '<w:tcPr><w:vMerge%s/></w:tcPr>' % v
    wrow = lambda m, t, c: "<w:tr><w:tc>%s%s</w:tc><w:tc>%s</w:tc></w:tr>" % (merged(m), para(t), para(c))
    return {
        "before.html": html_table([HEAD, [city, a, "12.03"], [city, b, "14.03"]]),
        "after.html": html_table([["<th>Организация</th>", "<th>Город</th>"], [a, city], [b, city]]),
        "rowspan.html": html_table([HEAD, [span(city, 2), b, "12.03"], [a, "14.03"]]),
        "group-row.html": html_table([["<th>№</th>", "<th>Организация</th>"], ['<td colspan="2">%s</td>' % city], ["1", b], ["2", a]]),
        "caption.html": html_table([["<th>№</th>", "<th>Организация</th>"], ["1", a]], city),
        "heading.html": html_table([["<th>№</th>", "<th>Организация</th>"], ["1", b], ["2", a]], "", "<h2>%s</h2>" % city),
        "list-heading.html": page("<h3>%s</h3><ul><li>%s</li><li>%s</li></ul>" % (city, b, a)),
        "dl.html": page("<dl><dt>%s</dt><dd>%s</dd><dd>%s</dd></dl>" % (city, b, a)),
        "rows.csv": ("Муниципалитет;Организация;Дата\n%s;%s;12.03\n%s;%s;14.03\n" % (city, b, city, a)).encode(),
        "group.csv": ("Муниципалитет;Организация;Дата\n%s;%s;12.03\n;%s;14.03\n" % (city, b, a)).encode(),
        "rows.xlsx": of.xlsx([("План", "", [["Муниципалитет", "Организация"], [city, a], [city, b]])]),
        "shared.xlsx": of.xlsx([("План", "", [[0, 1], [2, 4], [2, 3]])], ["Муниципалитет", "Организация", city, a, b]),
        "sheet-title.xlsx": of.xlsx([(city, "", [["№", "Организация"], ["1", a]])]),
        "rows.docx": docx(of.wtable([["Муниципалитет", "Организация"], [city, b], [city, a]])),
        "merged.docx": docx("<w:tbl>%s%s</w:tbl>" % (wrow(' w:val="restart"', city, b), wrow("", "", a))),
        "heading.docx": docx(para(city, "Heading1") + para("1. " + b) + para("2. " + a)),
        "rows.ods": of.odf("spreadsheet", of.otable("План", [["Муниципалитет", "Организация"], [city, a], [city, b]])),
        "rows.json": ('[{"no":1,"municipality":"%s","org":"%s"},{"no":2,"municipality":"%s","org":"%s"}]\n' % (city, b, city, a)).encode(),
        "rows.xml": (XML + "<plan><row><mun>%s</mun><org>%s</org></row></plan>\n" % (city, a)).encode(),
        "table.md": ("# План\n\n| Муниципалитет | Организация |\n|---|---|\n| %s | %s |\n| %s | %s |\n" % (city, a, city, b)).encode(),
        "heading.md": ("# План\n\n## %s\n\n- %s\n- %s\n" % (city, b, a)).encode(),
        "heading.txt": ("ПЛАН\n\n%s\n\n1. %s\n2. %s\n" % (city, b, a)).encode(),
        "lines.pdf": bn.pdf(["График", city, "1. " + b, "2. " + a]),
        "slide.pptx": of.pptx([of.slide("sld", [[city], [b], [a]])]),
    }


TABLES_LEAK = [("g-02", "город Старомежск", "СОШ № 7", "СОШ № 14"), ("g-01", "г. Ключегорск", "Школа № 14", "Школа № 42"),
               ("r-10", "Вересовский район", "Полянская СОШ", "Вересовская гимназия"), ("g-05", "Старомежск", "Центр образования № 36", "Лицей № 3"),
               ("r-04", "Вересовский район", "Кленовская СОШ", "Красномаякская СОШ")]
TABLES_CLEAN = [("gorod", "город Старомежск", "СОШ № 14", "СОШ № 8"), ("luga", "Камышетский район", "Полянская СОШ", "Новоигнатьевская СОШ"),
                ("gorod", "г. Верхозёрск", "СОШ № 7", "Гимназия № 3")]

# A name cut up by the columns of a table.
PIECES_LEAK = [
    ("g-01", "type-number.html", html_table([["<th>Город</th>", "<th>Тип</th>", "<th>Номер</th>"], ["Ключегорск", "СОШ", "14"]])),
    ("g-02", "header-number.html", html_table([["<th>Город</th>", "<th>Школа №</th>"], ["Старомежск", "7"]])),
    ("g-03", "type-number.csv", "Город;Тип;№\nКлючегорск;гимназия;3\n".encode()),
    ("g-10", "number-cell.xlsx", of.xlsx([("План", "", [["Город", "Школа", "Срок"], ["Ключегорск", "№ 112", "май"]])])),
    ("r-01", "adjective-type.html", html_table([["<td>Лугинский район</td>", "<td>Ольшанская</td>", "<td>СОШ</td>"]])),
    ("r-06", "column-type.html", html_table([["<th>Школа</th>", "<th>Дата</th>"], ["Усть-Шуйская", "12.03"]])),
    ("r-03", "column-type.csv", "Средняя школа;Дата\nЗеленорощинская;12.03.2025\n".encode()),
    ("s-03", "type-quoted.html", html_table([["<td>гимназия</td>", "<td>«Созвездие»</td>", "<td>г. Синегорье</td>"]])),
    ("r-01", "settlement.html", html_table([["<th>Школа</th>", "<th>Населённый пункт</th>"], ["СОШ", "с. Ольшанка"]])),
    ("s-05", "settlement.csv", "Тип;Населённый пункт\nСОШ;п. Таёжный\n".encode()),
]
PIECES_CLEAN = [
    ("gorod", "type-number.html", html_table([["<th>Город</th>", "<th>Тип</th>", "<th>Номер</th>"], ["Ключегорск", "СОШ", "42"], ["Старомежск", "СОШ", "14"]])),
    ("gorod", "counts.html", html_table([["<th>Город</th>", "<th>Всего школ</th>", "<th>Участвуют</th>"], ["Ключегорск", "48", "14"], ["Старомежск", "31", "7"]])),
    ("gorod", "counts.csv", "Город;Школ;Лицеев;Гимназий\nКлючегорск;33;21;3\nСтаромежск;14;7;1\n".encode()),
    ("gorod", "numbered-rows.html", html_table([["<th>№</th>", "<th>Город</th>", "<th>Мероприятие</th>"], ["14", "Ключегорск", "школа лидера"], ["7", "Старомежск", "семинар"]])),
    ("luga", "column-library.html", html_table([["<th>Библиотека</th>", "<th>Дата</th>"], ["Ольшанская", "12.03"], ["Усть-Шуйская", "13.03"]])),
    ("luga", "settlements.csv", "Населённый пункт;Жителей\nс. Ольшанка;412\nс. Кленовое;377\n".encode()),
    ("sever", "clubs.html", html_table([["<th>Ансамбль</th>", "<th>Город</th>"], ["«Созвездие»", "Синегорье"]])),
    ("gorod", "statistics.xlsx", of.xlsx([("Итоги", "", [["Город", "Школ", "Доля"], ["Ключегорск", "14", "36"], ["Старомежск", "7", "33"]])])),
]


# Thirty million zero bytes, packed three times: to pack them here would take half a minute.
BOMB = base64.b64decode(
    "UEsDBBQAAAAIAABIKVpz9iiS1gAAANoAAAAEAAAAYS5nepPv5mAAAab/b+8a+h0qEGF/EJZ9aQZDaUHRhYPOGyY4OM2RLVGTO2B84YjBRgODCsa05e8EZB+wvEh4xNjTbOhzzKua69Pz"
    "38vM/x+Lj7tnLb888OmCPzFHPpadUK/3j39ZyAI0m0WvvtpizamGF4ti4mPvMwFFFu7ONp28S+SH7JyvRxiB/IPSpbci9yp+sN3jD+Fb360pea2XECmmbv4JyG94sNdKAuTM6qMHQdQN"
    "/c1+vze9Yto0f1NF/o81G6KfuffrX677t6frP6P0kRXeHEUMDABQSwECFAMUAAAACAAASClac/YoktYAAADaAAAABAAAAAAAAAAAAAAApAEAAAAAYS5nelBLBQYAAAAAAQABADIAAAD4"
    "AAAAAAA="
)


def deep(n):
    data, name = T, "a.txt"
    for i in range(n):
        data, name = Z([(name, data)]), "n%d.zip" % i
    return data


_zip = Z([("readme.txt", P1 * 40), ("b.txt", P1)])
REFUSED = [
    ("truncated.zip", _zip[: len(_zip) // 2]), ("bomb.zip", BOMB), ("deep.zip", deep(40)),
    ("truncated.docx", docx(para(P1))[:700]), ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog\n" + b"\xff" * 60),
    ("unknown.bin", bytes((i * 37 + i // 7 * 91) % 256 for i in range(900))), ("broken.gz", of.gz(T * 20)[:-30]),
    # Pictures that may hold text: nobody has recorded a review of them.
    ("scan.png", bn.png()), ("photo.jpg", bn.jpeg()), ("picture-in.docx", docx(para(P1), [("word/media/image1.png", bn.png())])),
]
