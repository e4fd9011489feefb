#!/usr/bin/env python3
"""Builds the labelled corpus: `registries/`, `cases/` and `labels.json` from the tables in `corpus/`.

Takes nothing but those tables; gives the same bytes on every run. Run it after editing a table.
"""

import importlib
import json
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "corpus"))

import carriers  # noqa: E402
import carriers_more  # noqa: E402
import carriers_wide  # noqa: E402
import containers  # noqa: E402
import neutral  # noqa: E402


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Corpus:
    """Collects files and their labels under `root`."""

    def __init__(self, root, registries):
        self.root, self.registries, self.labels = root, registries, []
        self.prefix = {r["protected"][0]["id"][0]: n for n, r in registries.items()}
        self.schools = {s["id"]: s for r in registries.values() for s in r["protected"]}

    def write(self, path, data):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(data)

    def add(self, kind, cls, who, path, data, running, note="", **more):
        """`who`: ids (`a,b` all, `a/b` either, `~c` may be reported too) for a leak, else a registry's name."""
        self.write(path, data)
        label = {"file": path}
        if kind == "clean":
            label.update(registry=who, leaks=[])
        else:
            words = who.split()
            ids = [i for w in words if w[0] != "~" for i in re.split("[,/]", w)]
            assert all(i in self.schools for i in ids), who
            label.update(registry=self.prefix[ids[0][0]], leaks=ids)
            if "/" in who:
                label["any"] = True
            if any(w[0] == "~" for w in words):
                label["may"] = [w[1:] for w in words if w[0] == "~"]
        label.update({"class": cls, "running": running, "note": note}, **more)
        self.labels.append(label)

    def fill(self, text):
        """Puts identifiers of a school into `{inn:id}` and the like, and line ends into `\\n`."""
        def value(m):
            key, spaced, ident = m.groups()
            v = self.schools[ident]["identifiers"][key]
            return " ".join(v[i:i + 4] for i in range(0, len(v), 4)) if spaced else v
        text = re.sub(r"\{(inn|ogrn)(2?):([a-z]+-\d+)\}", value, text)
        return text.replace("{{", "{").replace("}}", "}").replace("\\n", "\n")

    def texts(self, kind, tables, **more):
        for cls, block in tables.items():
            for n, line in enumerate(block.strip("\n").splitlines(), 1):
                who, text = line.split(" | ", 1)
                key = "%s/%s/%02d" % (kind, cls, n)
                text = self.fill(text)
                ext = "md" if text.startswith("|") else "txt" if "\n" in text else None
                ext, body = neutral.compose(key, text, ext)
                self.add(kind, cls, who, "cases/%s.%s" % (key, ext), body.encode(), True, **more)

    def raw(self, kind, tables):
        """Files that hold nothing but the case."""
        for cls, rows in tables.items():
            for n, (who, ext, text) in enumerate(rows, 1):
                self.add(kind, cls, who, "cases/%s/%s/%02d.%s" % (kind, cls, n, ext), text.encode(), ext == "txt")

    def pools(self, leak, clean, leaks_each=2, cleans_each=1, only=None):
        groups = [("html", carriers.HTML, ".html"), ("text-formats", carriers.TEXT, ""), ("docx", containers.DOCX, ".docx"),
                  ("xlsx", containers.XLSX, ".xlsx"), ("odf", containers.ODF, ""), ("pptx", containers.PPTX, ".pptx"),
                  ("pdf", containers.PDF, ".pdf"), ("pictures", containers.PICTURES, ""), ("archives", containers.ARCHIVES, "")]
        rarer = ("HTML", "TEXT", "DOCX", "XLSX", "ODF", "PPTX", "PDF", "PICTURES", "ARCHIVES")
        groups = [(cls, {**v, **getattr(carriers_more, k)}, ext) for (cls, v, ext), k in zip(groups, rarer)]
        groups += [(cls, getattr(carriers_wide, k), ext) for (cls, _, ext), k in zip(groups, rarer)]
        at = {"leak": 0, "clean": 0}
        for cls, variants, ext in groups:
            for n, (name, build) in enumerate(variants.items()):
                if only and not only(cls, n):
                    continue
                for kind, pool, each in (("leak", leak, leaks_each), ("clean", clean, cleans_each)):
                    for k in range(each):
                        # A stride that shares no factor with the pool's length brings every sentence to every carrier in turn.
                        who, before, mention, after = pool[at[kind] * 7 % len(pool)]
                        at[kind] += 1
                        stem, dot, end = (name + ext).partition(".")
                        path = "cases/%s/%s/%s-%d.%s" % (kind, cls, slug(stem), k + 1, end)
                        more = {"picture": True} if cls == "pictures" else {}
                        self.add(kind, cls, who, path, build(before, mention, after), False, name, **more)

    def special(self, m):
        for kind, block in (("leak", m.NAMES_LEAK), ("clean", m.NAMES_CLEAN)):
            for n, line in enumerate(block.strip().splitlines(), 1):
                who, name = line.split(" | ")
                folder = "cases/%s/file-names/%02d/" % (kind, n)
                self.add(kind, "file-names", who, folder + name, m.T, False, folder=folder)
        for kind, rows in (("leak", m.TABLES_LEAK), ("clean", m.TABLES_CLEAN)):
            for n, (who, city, a, b) in enumerate(rows, 1):
                for k, (name, data) in enumerate(m.tables(city, a, b).items()):
                    # Every shape gets two of the leaking rows, and one of the clean ones.
                    if (k + n) % len(rows) < (2 if kind == "leak" else 1):
                        self.add(kind, "tables", who, "cases/%s/tables/%d-%s" % (kind, n, name), data, False, name)
        for kind, rows in (("leak", m.PIECES_LEAK), ("clean", m.PIECES_CLEAN)):
            for n, (who, name, data) in enumerate(rows, 1):
                self.add(kind, "cell-pieces", who, "cases/%s/cell-pieces/%02d-%s" % (kind, n, name), data, False)

    def refused(self, files):
        name = sorted(self.registries)[0]
        for path, data in files:
            path = "cases/refused/" + path
            self.write(path, data)
            self.labels.append({"file": path, "registry": name, "leaks": [], "class": "refused", "running": False, "note": "", "expect": "refused"})

    def finish(self, to_yaml):
        for name, reg in self.registries.items():
            self.write("registries/%s.yaml" % name, to_yaml(reg).encode())
        rows = ",\n".join(json.dumps(l, ensure_ascii=False) for l in self.labels)
        self.write("labels.json", ("[\n%s\n]\n" % rows).encode())
        count = lambda f: sum(1 for l in self.labels if f(l))
        print("leaks %d (running text %d), clean %d (running text %d), ambiguous %d, refused %d" % (
            count(lambda l: l["leaks"] and "expect" not in l), count(lambda l: l["leaks"] and "expect" not in l and l["running"]),
            count(lambda l: not l["leaks"] and "expect" not in l), count(lambda l: not l["leaks"] and "expect" not in l and l["running"]),
            count(lambda l: l.get("expect") == "ambiguous"), count(lambda l: l.get("expect") == "refused")))


def main():
    names = ("registries", "leak_names", "leak_context", "leak_ident", "clean_text", "pools", "special", "mixed", "harder", "around", "in_part", "ways")
    reg, names_, context, ident, clean, pools, special, mixed, harder, around, in_part, ways = map(importlib.import_module, names)
    shutil.rmtree(os.path.join(HERE, "cases"), ignore_errors=True)
    c = Corpus(HERE, reg.REGISTRIES)
    for m in (names_, context, ident, mixed, harder):
        c.texts("leak", m.LEAKS)
    c.texts("leak", ident.AMBIGUOUS, expect="ambiguous")
    for m in (clean, mixed, harder):
        c.texts("clean", m.CLEAN)
    c.raw("leak", around.LEAKS)
    c.raw("clean", around.CLEAN)
    c.raw("leak", in_part.LEAKS)
    c.raw("clean", in_part.CLEAN)
    c.raw("leak", ways.LEAKS)
    c.raw("clean", ways.CLEAN)
    c.pools(pools.parse(pools.LEAK), pools.parse(pools.CLEAN))
    c.special(special)
    c.refused(special.REFUSED)
    c.finish(reg.to_yaml)


if __name__ == "__main__":
    main()
