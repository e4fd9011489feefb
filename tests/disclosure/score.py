#!/usr/bin/env python3
"""Measures an audit on the labelled corpus: `score.py BIN [FOLDER]` (FOLDER: this one, or any of the same layout).

Runs `BIN audit --registry R --format json` over each registry's files; prints misses and false alarms by class
and in all; exit status 1 if there is any. A file's own findings are told by its path; where a path may be masked,
by the case's own folder. `-v` lists the files.
"""

import collections
import json
import os
import subprocess
import sys

ORDER = ("leak", "clean")


def findings(binary, root, registry, files):
    """(path, id or None, code) of the findings over `files`, and the seconds of a broken run as an error."""
    out = []
    for at in range(0, len(files), 400):
        run = subprocess.run([binary, "audit", "--registry", os.path.join("registries", registry + ".yaml"), "--format", "json"] + files[at:at + 400],
                             cwd=root, capture_output=True, timeout=600)
        try:
            out += json.loads(run.stdout)["findings"]
        except (ValueError, KeyError):
            sys.exit("no JSON from %s audit (status %d): %s" % (binary, run.returncode, run.stderr.decode(errors="replace")[:2000]))
        if run.returncode not in (0, 1):
            print("exit status %d on registry %s" % (run.returncode, registry))
    return [(f.get("path") or "", f.get("subject"), f.get("code") or "") for f in out]


def subjects(s):
    """The ids in a finding's subject: one, several (list or comma-separated), or none."""
    if s is None:
        return []
    return s if isinstance(s, list) else [p.strip() for p in str(s).split(",") if p.strip()]


def main():
    args = [a for a in sys.argv[1:] if a != "-v"]
    if not args:
        sys.exit(__doc__)
    binary, root = os.path.abspath(args[0]), os.path.abspath(args[1] if len(args) > 1 else os.path.dirname(os.path.abspath(__file__)))
    labels = json.load(open(os.path.join(root, "labels.json"), encoding="utf-8"))
    by_file = collections.defaultdict(list)
    for registry in sorted({l["registry"] for l in labels}):
        mine = [l for l in labels if l["registry"] == registry]
        keys = {(l.get("folder") or l["file"]): l["file"] for l in mine}
        for path, subject, code in findings(binary, root, registry, [l["file"] for l in mine]):
            at = path.replace("\\", "/").find("cases/")
            tail = path.replace("\\", "/")[at:] if at >= 0 else path
            hit = [k for k in keys if tail.startswith(k)]
            if hit:
                by_file[keys[max(hit, key=len)]].append((subject, code))
            elif code.startswith("disclosure."):
                print("finding in no known file: %s %s" % (path, code))
    table = collections.defaultdict(lambda: collections.Counter())
    listed = []
    for l in labels:
        got = by_file[l["file"]]
        ours = [(s, c) for s, c in got if c.startswith("disclosure.")]
        named = {i for s, _ in ours for i in subjects(s)}
        unnamed = any(not subjects(s) for s, _ in ours) and not l.get("picture")
        key = (l.get("expect") or ("leak" if l["leaks"] else "clean"), l["class"])
        row = table[key]
        row["files"] += 1
        if l.get("expect") == "refused":
            bad = [] if got else ["not refused"]
        elif l["leaks"]:
            missing = set(l["leaks"]) - named
            caught = len(missing) < len(l["leaks"]) if l.get("any") else not missing
            # A finding without an id says that a school is named, which is all that one leak needs.
            bad = [] if caught or (unnamed and len(l["leaks"]) == 1) or (unnamed and l.get("any")) else ["missed " + ",".join(sorted(missing))]
            extra = named - set(l["leaks"]) - set(l.get("may", []))
            if extra:
                bad.append("wrong id " + ",".join(sorted(extra)))
        else:
            bad = ["alarm " + ",".join(sorted(named) or ["-"])] if named or unnamed else []
        for b in bad:
            row[b.split()[0]] += 1
        if bad:
            row["bad"] += 1
            listed.append((l["file"], "; ".join(bad)))
    if "-v" in sys.argv:
        for file, why in listed:
            print("%-60s %s" % (file, why))
        print()
    print("%-10s %-22s %6s %7s %9s %7s" % ("kind", "class", "files", "missed", "wrong id", "alarms"))
    total = collections.defaultdict(collections.Counter)
    for (kind, cls), row in sorted(table.items(), key=lambda i: (i[0][0] != "leak", i[0])):
        total[kind].update(row)
        print("%-10s %-22s %6d %7d %9d %7d" % (kind, cls, row["files"], row["missed"] + row["not"], row["wrong"], row["alarm"]))
    print()
    for kind, row in sorted(total.items()):
        print("%-10s files %d, right %d (%.1f %%)" % (kind, row["files"], row["files"] - row["bad"], 100 * (row["files"] - row["bad"]) / row["files"]))
    sys.exit(1 if listed else 0)


if __name__ == "__main__":
    main()
