#!/usr/bin/env python3
"""Makes the labelled corpus from the tables in `corpus/`: `make.py FOLDER` writes `registries/`, `cases/` and `labels.json` there.

Takes nothing but those tables and Python alone; gives the same bytes on every run and every machine. Must not write beside the
tables: what they say is kept nowhere else. `FOLDER/cases` is made anew.
"""

import collections
import importlib
import json
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus"))

import carriers  # noqa: E402
import carriers_more  # noqa: E402
import carriers_wide  # noqa: E402
import containers  # noqa: E402
import neutral  # noqa: E402
import registries  # noqa: E402


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def marked(text):
    """A text without the marks `⟦⟧` round the mention, and where the mention stands (None without marks)."""
    before, opened, rest = text.partition("⟦")
    mention, closed, after = rest.partition("⟧")
    assert bool(opened) == bool(closed) and "⟦" not in after, text
    return before + mention + after, (len(before), len(before) + len(mention)) if opened else None


# Running text with its label, the place of the mention where the table marks it, and what makes the file of such a text:
# `compose(text)` gives (extension, bytes).
Text = collections.namedtuple("Text", "label text span compose")


class Corpus:
    """Collects files, their labels and the texts behind them, all in memory."""

    def __init__(self, registries):
        self.registries, self.files, self.labels, self.running = registries, {}, [], []
        self.prefix = {r["protected"][0]["id"][0]: n for n, r in registries.items()}
        self.schools = {s["id"]: s for r in registries.values() for s in r["protected"]}

    def add(self, kind, cls, who, path, data, running, note="", **more):
        """`who`: ids (`a,b` all, `a/b` either, `~c` may be reported too) for a leak, else a registry's name."""
        assert path not in self.files, path
        self.files[path] = data
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
        return label

    def fill(self, text):
        """Puts identifiers of a school into `{inn:id}` and the like, and line ends into `\\n`."""
        def value(m):
            key, spaced, ident = m.groups()
            v = self.schools[ident]["identifiers"][key]
            return " ".join(v[i:i + 4] for i in range(0, len(v), 4)) if spaced else v
        text = re.sub(r"\{(inn|ogrn)(2?):([a-z]+-\d+)\}", value, text)
        return text.replace("{{", "{").replace("}}", "}").replace("\\n", "\n")

    def text(self, kind, cls, who, key, text, compose, **more):
        text, span = marked(text)
        ext, data = compose(text)
        label = self.add(kind, cls, who, "cases/%s.%s" % (key, ext), data, **more)
        if label["running"]:
            self.running.append(Text(label, text, span, compose))

    def texts(self, kind, tables, **more):
        """Lines that stand in a page of neutral prose."""
        def composer(key):
            def compose(text):
                ext, body = neutral.compose(key, text, "md" if text.startswith("|") else "txt" if "\n" in text else None)
                return ext, body.encode()
            return compose

        for cls, block in tables.items():
            for n, line in enumerate(block.strip("\n").splitlines(), 1):
                who, text = line.split(" | ", 1)
                key = "%s/%s/%02d" % (kind, cls, n)
                self.text(kind, cls, who, key, self.fill(text), composer(key), running=True, **more)

    def raw(self, kind, tables):
        """Files that hold nothing but the case."""
        for cls, rows in tables.items():
            for n, (who, ext, text) in enumerate(rows, 1):
                self.text(kind, cls, who, "%s/%s/%02d" % (kind, cls, n), text, lambda t, ext=ext: (ext, t.encode()), running=ext == "txt")

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
            self.files[path] = data
            self.labels.append({"file": path, "registry": name, "leaks": [], "class": "refused", "running": False, "note": "", "expect": "refused"})

    def write(self, folder):
        """Writes all of it below `folder`."""
        shutil.rmtree(os.path.join(folder, "cases"), ignore_errors=True)
        rows = ",\n".join(json.dumps(l, ensure_ascii=False) for l in self.labels)
        files = {"registries/%s.yaml" % name: registries.to_yaml(reg).encode() for name, reg in self.registries.items()}
        for path, data in {**files, **self.files, "labels.json": ("[\n%s\n]\n" % rows).encode()}.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as f:
                f.write(data)


def corpus():
    """The whole of it, out of the tables."""
    names = ("leak_names", "leak_context", "leak_ident", "clean_text", "pools", "special", "mixed", "harder", "around", "in_part", "ways")
    names_, context, ident, clean, pools, special, mixed, harder, around, in_part, ways = map(importlib.import_module, names)
    c = Corpus(registries.REGISTRIES)
    for m in (names_, context, ident, mixed, harder):
        c.texts("leak", m.LEAKS)
    c.texts("leak", ident.AMBIGUOUS, expect="ambiguous")
    for m in (clean, mixed, harder):
        c.texts("clean", m.CLEAN)
    for m in (around, in_part, ways):
        c.raw("leak", m.LEAKS)
        c.raw("clean", m.CLEAN)
    c.pools(pools.parse(pools.LEAK), pools.parse(pools.CLEAN))
    c.special(special)
    c.refused(special.REFUSED)
    return c


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    c = corpus()
    c.write(sys.argv[1])
    count = lambda f: sum(1 for l in c.labels if f(l))
    print("leaks %d (running text %d), clean %d (running text %d), ambiguous %d, refused %d" % (
        count(lambda l: l["leaks"] and "expect" not in l), count(lambda l: l["leaks"] and "expect" not in l and l["running"]),
        count(lambda l: not l["leaks"] and "expect" not in l), count(lambda l: not l["leaks"] and "expect" not in l and l["running"]),
        count(lambda l: l.get("expect") == "ambiguous"), count(lambda l: l.get("expect") == "refused")))


if __name__ == "__main__":
    main()
