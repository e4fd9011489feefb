#!/usr/bin/env python3
"""Measures an audit on sets whose authors have not seen its rules, and on disturbed leaks: `floors.py BIN [--part dev|held] [-v]`.

Takes `sets/` and a sample of the disturbances of `score.py --disturb`; prints figures by class; exit status 1 where one is worse than its
floor in `sets/floors.json`. A mention is found when a finding of its school (or of none) stands on its line; mentions of which a reader
would be certain and those that he would only suspect are counted apart, and so are alarms where nobody is named: all, and certain
ones. `--part dev` measures the half that may be learnt from, without floors; `-v` lists there what was missed or cried at.
`--write` raises the floors to what was measured and puts the figures into `docs/guard.md`. It lowers none.
"""

import argparse
import collections
import json
import os
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True

import make  # noqa: E402
import score  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SETS, FLOORS = os.path.join(HERE, "sets"), os.path.join(HERE, "sets", "floors.json")
DOCS = os.path.join(HERE, "..", "..", "docs", "guard.md")
BEGIN, END = "<!-- figures: tests/disclosure/floors.py BIN --write -->\n", "<!-- /figures -->\n"
# One disturbance in so many: enough to see a rule break, few enough for every run of the tests.
SAMPLE = 5
# They are told only beside the coarsened schedules of a site.
BESIDE_A_SITE = ("telling", "telling-clean")
CLASSES = {"everyday": "обычные сообщения", "awkward": "неудобные обороты", "adversarial": "намеренно искажённые", "document": "целые документы",
           "clean": "тексты, где школа не названа"}
GROUPS = {"mark": "знак сноски", "number": "число рядом", "quantity": "количество", "words": "слова о коллективе", "town": "другой город",
          "person": "человек с инициалами", "institution": "другое учреждение", "invisible": "невидимый знак внутри", "direction": "знак направления",
          "letters": "буквы-двойники", "column": "соседний столбец", "none": "без помехи"}


def half(ident):
    """The half a case belongs to, once and for all."""
    return "held" if zlib.crc32(ident.encode()) % 2 else "dev"


def cases(part):
    out = []
    for name in sorted(os.listdir(SETS)):
        if name.endswith(".jsonl"):
            with open(os.path.join(SETS, name), encoding="utf-8") as f:
                out += [json.loads(line) for line in f if line.strip()]
    return [c for c in out if half(c["id"]) == part and c["class"] not in BESIDE_A_SITE]


def findings(binary, every):
    """The disclosure findings of each case."""
    out = collections.defaultdict(list)
    for registry in sorted({c["registry"] for c in every}):
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for c in every:
                if c["registry"] == registry:
                    names.append("%s.%s" % (c["id"], c["ext"]))
                    with open(os.path.join(folder, names[-1]), "w", encoding="utf-8", newline="") as f:
                        f.write(c["text"])
            for f in score.audit(binary, folder, os.path.join(SETS, registry), names):
                if f["code"].startswith("disclosure."):
                    out[os.path.basename(f["path"]).rsplit(".", 1)[0]].append(f)
    return out


def certain(found):
    return any(f["code"] != "disclosure.ambiguous" for f in found)


def held(binary, part, verbose):
    """Counts by class: `mentions` and `suspected` (all, found, named), `alarms` (all, certain) in `texts` that name nobody, and, where a
    class has documents of some length, `words` and findings `astray` from the lines of their mentions."""
    every = cases(part)
    by_case = findings(binary, every)
    table = collections.defaultdict(collections.Counter)
    for c in every:
        counts, found = table[c["class"]], by_case[c["id"]]
        if not c["mentions"]:
            counts.update(texts=1, alarms=bool(found), certain_alarms=certain(found))
            if verbose and found:
                print("ALARM %s %s %r" % (c["id"], sorted({(f["code"], f.get("subject"), f.get("line")) for f in found}), c["text"][:160]))
            continue
        lines = c["text"].split("\n")
        for m in c["mentions"]:
            there = [f for f in found if f.get("line") == m["line"] and (not score.subjects(f.get("subject")) or m["subject"] in score.subjects(f.get("subject")))]
            kind = "" if m.get("certain", True) else "suspected_"
            counts.update({kind + "mentions": 1, kind + "found": bool(there), kind + "named": certain(there)})
            if verbose and not there:
                print("MISS %s %s %r | %r" % (c["id"], m["subject"], m["quote"], lines[m["line"] - 1][:200]))
        if c["class"] == "document":
            near = {m["line"] + n for m in c["mentions"] for n in (0, 1)}
            counts.update(words=len(c["text"].split()), astray=sum(f.get("line") not in near for f in found))
    return {name: {k: int(v) for k, v in row.items()} for name, row in sorted(table.items())}


def disturbed(binary):
    """Counts by group of disturbances: `texts`, `found`, `named`."""
    table = collections.defaultdict(collections.Counter)
    corpus = make.corpus()
    with tempfile.TemporaryDirectory() as root:
        corpus.write(root)
        every, _ = score.disturbances(corpus, root, SAMPLE)
        for result, _, (group, _), _, _ in score.judged(binary, root, every):
            table[group].update(texts=1, found=result != "missed", named=result == "certain")
    return {name: {k: int(v) for k, v in row.items()} for name, row in sorted(table.items())}


# What a floor holds, and which way is worse. How many cases there are says whether the floor is theirs.
SIZES = ("texts", "mentions", "suspected_mentions", "words")
WORSE = {"found": -1, "suspected_found": -1, "alarms": 1, "certain_alarms": 1, "astray": 1, "percent": -1}


def comparable(figures):
    """The figures as they are held against floors. The corpus grows, so of disturbed leaks the share counts, in whole percents."""
    held = {n: {k: v for k, v in r.items() if k in SIZES or k in WORSE} for n, r in figures["held"].items()}
    return {"held": held, "disturbed": {n: {"percent": 100 * r["found"] // r["texts"]} for n, r in figures["disturbed"].items()}}


def pairs(figures, floors):
    """(kind, class, figures, their floor or None) of each row."""
    for what, table in comparable(figures).items():
        for name, row in table.items():
            floor = floors.get(what, {}).get(name)
            yield what, name, row, floor if floor and all(floor.get(k, 0) == row.get(k, 0) for k in SIZES) else None


def below(figures, floors):
    """Sentences on what is worse than its floor."""
    out = []
    for what, name, row, floor in pairs(figures, floors):
        if floor is None:
            out.append("%s %s: other cases than the floor's; --write makes one" % (what, name))
            continue
        out += ["%s %s: %s %d, floor %d" % (what, name, key, row.get(key, 0), floor.get(key, 0))
                for key, way in WORSE.items() if (row.get(key, 0) - floor.get(key, 0)) * way > 0]
    return out


def raised(figures, floors):
    """The floors with what is better in `figures`."""
    out = {}
    for what, name, row, floor in pairs(figures, floors):
        best = {-1: max, 1: min}
        out.setdefault(what, {})[name] = {k: best[WORSE[k]](v, floor.get(k, 0)) if floor and k in WORSE else v for k, v in row.items()}
    return out


def share(n, of):
    return ("%.1f %%" % (100 * n / of)).replace(".", ",") if of else "—"


def row(cells):
    return "| " + " | ".join(str(c or "—") for c in cells) + " |"


def tables(figures):
    """The figures in Markdown, for the operators' docs."""
    out = [row(["отложенная половина чужих наборов", "упоминаний", "найдено в своей строке", "из них без сомнения", "предположений", "найдено", "чистых текстов",
                "ложных тревог", "из них без сомнения"]), "|---|" + "---:|" * 8]
    for name in [n for n in CLASSES if n in figures["held"]]:
        r = collections.Counter(figures["held"][name])
        out.append(row([CLASSES[name], r["mentions"], share(r["found"], r["mentions"]), share(r["named"], r["found"]), r["suspected_mentions"],
                        share(r["suspected_found"], r["suspected_mentions"]), r["texts"], share(r["alarms"], r["texts"]), share(r["certain_alarms"], r["alarms"])]))
    words = collections.Counter(figures["held"].get("document", {}))
    if words["words"]:
        out += ["", "В целых документах замечаний не к месту — %s на 1 000 слов." % ("%.2f" % (1000 * words["astray"] / words["words"])).replace(".", ",")]
    out += ["", row(["помеха рядом с названием или внутри него", "текстов", "осталось найденным", "из них без сомнения"]), "|---|---:|---:|---:|"]
    disturbed = figures["disturbed"]
    every = sum((collections.Counter(r) for n, r in disturbed.items() if n != "none"), collections.Counter())
    for name, r in [(GROUPS[n], disturbed[n]) for n in GROUPS if n in disturbed] + [("все помехи", every)]:
        out.append(row([name, r["texts"], share(r["found"], r["texts"]), share(r["named"], r["found"])]))
    return "\n".join(out) + "\n"


def write(figures, floors):
    with open(FLOORS, "w", encoding="utf-8", newline="\n") as f:
        rows = ['  "%s": {\n%s\n  }' % (what, ",\n".join('    "%s": %s' % (n, json.dumps(r, sort_keys=True)) for n, r in sorted(t.items())))
                for what, t in sorted(raised(figures, floors).items())]
        f.write("{\n%s\n}\n" % ",\n".join(rows))
    with open(DOCS, encoding="utf-8") as f:
        before, begin, rest = f.read().partition(BEGIN)
    assert begin and END in rest, "docs/guard.md has no place for the figures"
    with open(DOCS, "w", encoding="utf-8", newline="\n") as f:
        f.write(before + begin + tables(figures) + END + rest.partition(END)[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--part", choices=("dev", "held"), default="held")
    parser.add_argument("-v", action="store_true", dest="verbose")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    # What is listed is learnt from.
    if args.part == "held" and args.verbose or args.part == "dev" and args.write:
        parser.error("-v is for the dev part, --write for the held one")
    binary = os.path.abspath(args.binary)
    figures = {"held": held(binary, args.part, args.verbose)}
    if args.part == "held":
        figures["disturbed"] = disturbed(binary)
    for what, table in figures.items():
        for name, counts in table.items():
            print("%-10s %-12s %s" % (args.part if what == "held" else what, name, "  ".join("%s %d" % i for i in sorted(counts.items()))))
    if args.part == "dev":
        return
    with open(FLOORS, encoding="utf-8") as f:
        floors = json.load(f)
    if args.write:
        write(figures, floors)
        return
    worse = below(figures, floors)
    print("\n".join(worse) or "\nno figure is below its floor")
    sys.exit(bool(worse))


if __name__ == "__main__":
    main()
