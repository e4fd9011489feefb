#!/usr/bin/env python3
"""Places that schedules do not print, told by other texts: what the program stops, and what it lets through.

    telling.py BIN                      the table telling.tsv, its half that no rule was learnt from
    telling.py BIN --part dev -v        the other half, with every miss and false alarm
    telling.py BIN SET.jsonl            a set of the same kind, with the registry that its cases name beside it

Each text is put into a small site of its own whose schedule has a row for every school of the registry: as a piece of
news, as its title, as what was done in a roadmap's row, as a clause; tables, pages and files as attachments. A text is
caught where the build stops with a finding `disclosure.…`. A day that a telling text says is the day of the row of its
municipality, as an operator would meet it; `--no-days` leaves it out.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
REGISTRY = """protected:
  - {id: t-01, name: "МБОУ «Еланская СОШ»", municipality: "Ольховый район", settlement: "село Еланка"}
  - {id: t-02, name: "МКОУ «Сухологская ООШ»", municipality: "Ольховый район", settlement: "деревня Сухой Лог"}
  - {id: t-03, name: "МБОУ «Гимназия № 9»", municipality: "город Белорецк-Северный"}
  - {id: t-04, name: "МКОУ «Тургайская вечерняя школа»", municipality: "Тургайский улус", settlement: "село Тургай"}
  - {id: t-05, name: "МБОУ «Новокаменская СОШ»", municipality: "Верхнекаменский район", settlement: "посёлок Новокаменный"}
  - {id: t-06, name: "МБОУ СОШ с. Журавлиха", municipality: "Приозёрный муниципальный округ", settlement: "село Журавлиха"}
public:
  - {name: "МАОУ «Ольховская СОШ»", municipality: "Ольховый район"}
  - {name: "МАОУ СОШ № 4", municipality: "город Белорецк-Северный"}
  - {name: "МБОУ «Каменская СОШ № 1»", municipality: "Верхнекаменский район"}
municipalities:
  - {name: "Ольховый район", schools: 4}
  - {name: "город Белорецк-Северный", schools: 3}
  - {name: "Тургайский улус", schools: 2}
  - {name: "Верхнекаменский район", schools: 3}
  - {name: "Приозёрный муниципальный округ", schools: 2}
  - {name: "Степной район", schools: 25}
  - {name: "город Заречный", schools: 40}
"""
MONTHS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]


def cases(path):
    if path.endswith(".jsonl"):
        for line in open(path, encoding="utf-8"):
            case = json.loads(line)
            if case["class"].startswith("telling"):
                places = [m["subject"] for m in case["mentions"]]
                registry = os.path.join(os.path.dirname(os.path.abspath(path)), case["registry"])
                registry = open(registry, encoding="utf-8").read()
                yield case["id"], case["class"] == "telling", case["ext"], case["text"], places, registry
        return
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        if line.strip() and not line.startswith("#"):
            what, ext, place, text = line.rstrip("\n").split("\t")
            yield f"t-{n:03}", what == "yes", ext, text.replace("\\n", "\n"), [place], REGISTRY


def days(text):
    found = [(int(d), int(m)) for d, m in re.findall(r"\b(\d{1,2})\.(\d\d)\b", text)]
    for day, word in re.findall(r"(\d{1,2})(?:[–-]\d+)? ([а-я]+)", text):
        found += [(int(day), i + 1) for i, m in enumerate(MONTHS) if word.startswith(m) and len(word) <= len(m) + 2]
    return [(d, m) for d, m in found if 1 <= d <= 28 and 1 <= m <= 12]


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def site(root, text, ext, carrier, places, registry, with_days):
    def write(path, content):
        path = os.path.join(root, "content", path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)

    write("private/registry.yaml", registry)
    write("site.yaml", 'title: "Поддержка"\nbase_url: "https://site.example/"\npublisher: {name: "Оператор"}\nk: 3\nsections: [kray-2024]\n')
    write("kray-2024/section.yaml", 'kind: section\ntitle: "Проект края"\nterritory: "Северогорский край"\nlevel: region\n'
          'summary: "Документы и сроки."\npublished: 2024-09-01\n')
    write("kray-2024/bodies.yaml", 'kind: bodies\nbodies:\n  - {id: dep, name: "Департамент"}\n')
    schools = re.findall(r"id: (\S+?)[,\s].*?municipality: \"([^\"]+)\"", registry.split("public:")[0], re.S)
    said = days(text) if with_days else []
    rows = []
    for n, (school, place) in enumerate(schools):
        here = [d for d in said if place in places] or [(n % 27 + 1, 4)]
        rows += [f'  - {{date: "{d:02}.{m:02}.2024", municipality: "{place}", school: {school}, theme: "Разбор уроков"}}' for d, m in here]
    write("kray-2024/schedules/vizity.yaml", 'kind: schedule\ntype: visits\ntitle: "График"\nrows:\n' + "\n".join(rows) + "\npublished: 2024-09-01\n")
    news = 'kind: news\ntitle: {}\ndate: 2024-12-20\npublished: 2024-12-20\n'
    if carrier == "news":
        title, body = "Новости проекта", text
        if text.startswith("# "):
            title, _, body = text[2:].partition("\n")
        write("kray-2024/news/n.md", f"---\n{news.format(quoted(title.strip()))}---\n{body}\n")
    elif carrier == "title":
        write("kray-2024/news/n.md", f"---\n{news.format(quoted(text))}---\nПодробности позже.\n")
    elif carrier == "done":
        write("kray-2024/roadmap.yaml", 'kind: roadmap\ntitle: "План"\nplan: {from: 2024-01-01, to: 2024-12-31}\ncolumns: {measure: "Мероприятие", period: "Срок"}\n'
              'sections:\n  - {no: "1.", title: "Ход", rows: [{no: "1.1.", measure: "Провести встречу", period: "март 2024", done: {date: 2024-03-20, text: '
              + quoted(text) + "}}]}\npublished: 2024-09-01\n")
    elif carrier == "clause":
        write("kray-2024/orders/1.yaml", 'kind: order\ntype: приказ\nissuer: "Департамент"\ndate: 2024-09-01\nnumber: "1"\nsubject: "О плане"\nbasis: "В целях выполнения плана"\n'
              f'clauses:\n  - {{no: "1.", text: {quoted(text)}}}\nsigned: {{post: "Директор департамента", name: "Звёздный К. Л."}}\npublished: 2024-09-01\n')
    else:
        write("kray-2024/files/svodka." + ext, text)
        write("kray-2024/materials/m.md", '---\nkind: material\ntitle: "Сводка"\npublished: 2024-12-20\nattachments:\n'
              f'  - {{file: "../files/svodka.{ext}", title: "Сводка"}}\n---\nСм. файл.\n')


def carriers(text, ext):
    if ext in ("csv", "html"):
        return ["file"]
    if ext == "md":
        return ["news"]
    return ["news", "done", "clause"] + (["title"] if "\n" not in text and len(text) <= 120 else [])


def main():
    args = sys.argv[1:]
    verbose, with_days = "-v" in args, "--no-days" not in args
    part = args[args.index("--part") + 1] if "--part" in args else "held"
    files = [a for n, a in enumerate(args) if not a.startswith("-") and (n == 0 or args[n - 1] != "--part")]
    binary = os.path.abspath(files[0])
    if verbose and part != "dev":
        sys.exit("-v is for the dev part alone: what is looked at is learnt from")
    table = collections.defaultdict(collections.Counter)
    for name, telling, ext, text, places, registry in cases(files[1] if len(files) > 1 else os.path.join(HERE, "telling.tsv")):
        if part != "all" and (zlib.crc32(name.encode()) % 2 == 0) != (part == "dev"):
            continue
        whole = True
        for carrier in carriers(text, ext):
            with tempfile.TemporaryDirectory() as root:
                site(root, text, ext, carrier, places, registry, with_days and telling)
                run = subprocess.run([binary, "build", root, "--today", "2024-12-21", "--format", "json"], capture_output=True)
                try:
                    findings = json.loads(run.stdout)["findings"]
                except (ValueError, KeyError):
                    sys.exit(f"{name}: {run.stderr.decode()[:2000]}")
            wrong = [f for f in findings if f["severity"] == "error" and not f["code"].startswith("disclosure.")]
            if wrong:
                sys.exit(f"{name} {carrier}: {wrong[0]}")
            source = "schedules/"
            codes = {f["code"] for f in findings if f["code"].startswith("disclosure.") and source not in f["path"] and "registry" not in f["path"]}
            row = table[("telling" if telling else "clean", carrier)]
            row["n"] += 1
            row["touched"] += bool(codes)
            whole &= bool(codes) == telling
            if verbose and bool(codes) != telling:
                print("MISS " if telling else "ALARM", name, carrier, sorted(codes), repr(text))
        table[("telling" if telling else "clean", "every carrier")]["n"] += 1
        table[("telling" if telling else "clean", "every carrier")]["touched"] += whole == telling
    failed = False
    for (kind, carrier), row in sorted(table.items()):
        print(f"{kind:8} {carrier:14} {row['touched']:4} of {row['n']:4} touched, {100 * row['touched'] / row['n']:5.1f} %")
        if carrier == "every carrier":
            failed |= row["touched"] < 0.95 * row["n"] if kind == "telling" else row["touched"] > 0.05 * row["n"]
    sys.exit(failed)


main()
