#!/usr/bin/env python3
"""Imports every case of `cases` and tells how many rows came out right: `score.py PROGRAM [-v] [CASE…]`. A row is right when number,
measure, period and bodies are, all of them; a case also has to build without an edit, to hold its further documents, and to tell its
doubts, and no word of a Word document may be lost. Prints a line a case and the sum; exits 1 when less than 97 of a hundred rows are right or anything else fails."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import cases  # noqa: E402
import more  # noqa: E402,F401

REGISTRY = 'protected:\n  - id: r-01\n    name: "МБОУ «Кувшинская СОШ»"\n    municipality: "Яблонный район"\n'
ENOUGH = 97

# Words that fields of the model stand for: of an act's form, of stamps, of heads over columns.
FRAME = set("""п р и к а з ы ю от г года приказываю приложение приказу распоряжению постановлению решению письму администрации министерства
утвержден утверждена утверждено приказом наименование муниципалитет фио ф о фамилия имя отчество директора должность роль статус функции
место работы в группе член члены тел направление образовательная организация время содержание выступающий номер этап проведения дата
участники организаторы ответственные""".split())
# Cells that are still lost: the numbers of a group's members. Otherwise written: a day in words in figures, a word cut by a line's end whole. Hidden
# text is told of, not repeated.
KNOWN = {"a04-word-tracked-changes": {"образованиячерновик"}, "a12-word-recognised-scan": {"муни", "ципальных"},
         "k07-word-order-without-numbers": set("десятого две тысячи двадцать пятого".split())}
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def plain(text):
    """One line, without the marks of lists and the sign of a cell that is empty."""
    text = re.sub(r"(^|\s)[-–•]\s+(?=\w)", r"\1", text or "")
    return re.sub(r"\s+", " ", text).strip()


def fold(body):
    return plain(body).lower()


def words(text):
    text = re.sub("[\u00ad\u200b]", "", text).replace("\u2011", "-").lower().replace("ё", "е")
    return set(re.findall(r"[^\W_]+", text))


def printed(data):
    """The text of a Word document as it is once its changes are accepted, read without the program."""
    out = []

    def walk(element):
        for child in element:
            tag = child.tag.rpartition("}")[2]
            if tag == "t":
                out.append(child.text or "")
            elif tag in ("tab", "br", "cr"):
                out.append(" ")
            elif tag == "noBreakHyphen":
                out.append("-")
            elif tag not in ("del", "moveFrom", "Fallback", "instrText", "pPr", "rPr"):
                walk(child)
                out.append("\n" if tag in ("p", "tc") else "")

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        walk(tree.fromstring(archive.read("word/document.xml")))
    return "".join(out)


def lost(root, name, case, said):
    """Words of the document that stand neither in a written file nor in a finding."""
    got = [str(v) for f in said["findings"] for v in f.values()]
    for folder, _, files in os.walk(f"{root}/content"):
        for file in (f for f in files if f.endswith((".yaml", ".md"))):
            with open(os.path.join(folder, file), encoding="utf-8") as f:
                got.append(f.read().replace("\\n", " ").replace("\\", ""))
    got = "\n".join(got)
    for year, month, day in re.findall(r"\b(\d{4})-([01]\d)-(\d\d)\b", got):
        got += f" {year} {month} {day} {int(day)} {MONTHS[int(month) - 1]}"
    for day, month, year in re.findall(r"\b(\d\d)\.([01]\d)\.(\d{4})\b", got):
        got += f" {year} {int(day)} {MONTHS[int(month) - 1]}"
    left = words(printed(case.data)) - words(got) - FRAME - KNOWN.get(name, set())
    return sorted(w for w in left if not (case.people and w.isdigit() and len(w) == 1))


def run(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=600)


def measure(program, name, case, verbose):
    """(right, all, faults)"""
    root = tempfile.mkdtemp()
    try:
        os.makedirs(f"{root}/content/private")
        with open(f"{root}/content/site.yaml", "w", encoding="utf-8") as f:
            f.write('title: "Проба"\nbase_url: "https://example.org/"\nsections: [razdel]\n')
        if not case.hidden:
            with open(f"{root}/content/private/registry.yaml", "w", encoding="utf-8") as f:
                f.write(REGISTRY)
        path = f"{root}/{name}.{case.ext}"
        with open(path, "wb") as f:
            f.write(case.data)
        want = [r for plan in case.plans for r in plan]
        done = run(program, "import", path, root, "--section", "razdel", "--today", "2025-01-10", "--format", "json")
        if done.returncode not in (0, 1) or not done.stdout.startswith("{"):
            return 0, len(want), [f"import: {done.returncode} {done.stderr[-300:]}"]
        said = json.loads(done.stdout)
        codes = {f["code"] for f in said["findings"]}
        faults = [f"import: {f['message']}" for f in said["findings"] if f["severity"] == "error"]
        faults += [f"no doubt {c}" for c in case.doubts if c not in codes]
        faults += [f"no word «{w}»" for w in (lost(root, name, case, said) if case.ext == "docx" else [])]
        kinds = [d["kind"] for d in said["documents"]]
        faults += [f"no {k}" for k in case.kinds if k not in kinds]
        if done.returncode:
            return 0, len(want), faults
        built = run(program, "build", root, "--today", "2025-01-10")
        if built.returncode:
            return 0, len(want), faults + [f"build: {(built.stdout + built.stderr)[:600]}"]
        right = 0
        for i, rows in enumerate(case.plans):
            here = f"{root}/output/site/razdel/" + ("roadmap" if i == 0 else f"roadmaps/roadmap-{i + 1}")
            try:
                with open(f"{here}/data.json", encoding="utf-8") as f:
                    got = json.load(f)["rows"]
            except OSError:
                faults.append(f"no plan {i + 1}")
                continue
            right += compare(rows, got, faults if verbose else [])
        faults += [f"member {p}" for p in strangers(root, case.people)]
        whole = ""
        for folder, _, files in os.walk(root):
            if "/private" not in folder:
                for file in files:
                    if not file.startswith(name):
                        with open(os.path.join(folder, file), encoding="utf-8", errors="replace") as f:
                            whole += f.read()
        faults += [f"«{h}» is published" for h in case.hidden if h in whole]
        faults += [f"«{c}» is lost" for c in case.check or () if c not in whole]
        return right, len(want), faults
    finally:
        if verbose and os.environ.get("KEEP"):
            print(root)
        else:
            shutil.rmtree(root)


def strangers(root, people):
    """Which of the people came out otherwise, and how many there are when their number is wrong."""
    found = []
    folder = f"{root}/content/razdel/groups"
    for file in sorted(os.listdir(folder)) if people else []:
        with open(f"{folder}/{file}", encoding="utf-8") as f:
            members = f.read().partition("\nmembers:\n")[2]
        for one in members.split("\n  - ")[0:] if members else []:
            found.append(dict(re.findall(r'^(?:  - |    )?([\w-]+): "?(.*?)"?$', one, re.M)))
    wrong = [] if len(found) == len(people) else [f"{len(found)} instead of {len(people)}"]
    for name, post, role, more in people:
        said = [m for m in found if m.get("name", "") == name and m.get("post", "") == post and m.get("role", "") == role]
        wrong += [] if any(more in " ".join(m.values()) for m in said) else [(name, post, role, more)]
    return wrong


def key(no, measure, period, who):
    return (plain(no), plain(measure), plain(period), tuple(sorted(fold(w) for w in who)))


def compare(want, got, faults):
    """Rows right, in their order: a row too many or too few moves none of the others."""
    import difflib

    wanted = [key(*r) for r in want]
    found = [key(r.get("no"), r.get("measure"), (r.get("period") or {}).get("text"), r.get("responsible") or []) for r in got]
    match = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    for op, a, b, c, d in match.get_opcodes():
        if op != "equal":
            faults += [f"  - {w}" for w in wanted[a:b]] + [f"  + {g}" for g in found[c:d]]
    return sum(m.size for m in match.get_matching_blocks())


def main():
    verbose = "-v" in sys.argv
    words = [w for w in sys.argv[1:] if w != "-v"]
    program, wanted = words[0], words[1:]
    right = total = bad = files = 0
    for name, build in cases.CASES.items():
        if wanted and not any(name.startswith(w) for w in wanted):
            continue
        case = build()
        if case is None:
            print(f"{name}: skipped, its maker is not installed")
            continue
        files += 1
        good, all_, faults = measure(program, name, case, verbose)
        right, total = right + good, total + all_
        severe = [f for f in faults if not f.startswith("  ")]
        bad += bool(severe)
        print(f"{name}.{case.ext}: {good} of {all_}" + "".join(f"\n    {f}" for f in (faults if verbose else severe)), flush=True)
    share = 100 * right / max(total, 1)
    print(f"{files} files: {right} of {total} rows right, {share:.1f} %; {bad} files with other faults")
    return 0 if share >= ENOUGH and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
