#!/usr/bin/env python3
"""Measures an audit on the labelled corpus: `score.py BIN [FOLDER] [-v] [--disturb [--sample N]]`.

The corpus is made from its tables into a temporary folder, or is FOLDER (what `make.py FOLDER` wrote, or any of the same layout).
Runs `BIN audit --registry R --format json` over each registry's files; prints misses and false alarms by class and in all; exit
status 1 if there is any. A file's own findings are told by its path; where a path may be masked, by the case's own folder.
`-v` lists the files. `--disturb` measures instead how many leaks of running text stay found beside or inside a disturbance
(`disturb.py`), or a fixed sample of them, one in N; it judges nothing, so its exit status is 0: `floors.py` judges.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
AT_ONCE = 400


def audit(binary, folder, registry, files):
    """The findings over `files` of `folder`; `registry` is the path of one."""
    out = []
    for at in range(0, len(files), AT_ONCE):
        run = subprocess.run([binary, "audit", "--registry", registry, "--format", "json"] + files[at:at + AT_ONCE],
                             cwd=folder, capture_output=True, timeout=600)
        try:
            out += json.loads(run.stdout)["findings"]
        except (ValueError, KeyError):
            sys.exit("no JSON from %s audit (status %d): %s" % (binary, run.returncode, run.stderr.decode(errors="replace")[:2000]))
        if run.returncode not in (0, 1):
            print("exit status %d on registry %s" % (run.returncode, registry))
    for f in out:
        f["path"] = (f.get("path") or "").replace("\\", "/")
    return out


def found(binary, root, labels):
    """The (subject, code) of the findings of each label's file."""
    by_file = collections.defaultdict(list)
    for registry in sorted({l["registry"] for l in labels}):
        mine = [l for l in labels if l["registry"] == registry]
        keys = {(l.get("folder") or l["file"]): l["file"] for l in mine}
        for f in audit(binary, root, os.path.join("registries", registry + ".yaml"), [l["file"] for l in mine]):
            path, subject, code = f["path"], f.get("subject"), f.get("code") or ""
            tail = path[max(path.find("cases/"), 0):]
            key = tail if tail in keys else max((k for k in keys if tail.startswith(k)), key=len, default=None)
            if key:
                by_file[keys[key]].append((subject, code))
            elif code.startswith("disclosure."):
                print("finding in no known file: %s %s" % (path, code))
    return by_file


def subjects(s):
    """The ids in a finding's subject: one, several (list or comma-separated), or none."""
    if s is None:
        return []
    return s if isinstance(s, list) else [p.strip() for p in str(s).split(",") if p.strip()]


def missed(label, findings):
    """The ids that a leak's file names and `findings` do not; a picture is judged by findings with an id alone."""
    named = {i for s, _ in findings for i in subjects(s)}
    unnamed = any(not subjects(s) for s, _ in findings) and not label.get("picture")
    left = set(label["leaks"]) - named
    caught = len(left) < len(label["leaks"]) if label.get("any") else not left
    # A finding without an id says that a school is named, which is all that one leak needs.
    return set() if caught or (unnamed and (len(label["leaks"]) == 1 or label.get("any"))) else left


def faults(label, findings):
    """What is wrong with the findings of a file: sentences that begin with `missed`, `wrong id`, `alarm` or `not refused`."""
    if label.get("expect") == "refused":
        return [] if findings else ["not refused"]
    ours = [(s, c) for s, c in findings if c.startswith("disclosure.")]
    named = {i for s, _ in ours for i in subjects(s)}
    if not label["leaks"]:
        unnamed = any(not subjects(s) for s, _ in ours) and not label.get("picture")
        return ["alarm " + ",".join(sorted(named) or ["-"])] if named or unnamed else []
    left, extra = missed(label, ours), named - set(label["leaks"]) - set(label.get("may", []))
    return ["missed " + ",".join(sorted(left))] * bool(left) + ["wrong id " + ",".join(sorted(extra))] * bool(extra)


def score(binary, root, verbose):
    """Prints the table; whether all is right."""
    with open(os.path.join(root, "labels.json"), encoding="utf-8") as f:
        labels = json.load(f)
    by_file = found(binary, root, labels)
    table, listed = collections.defaultdict(collections.Counter), []
    for l in labels:
        bad = faults(l, by_file[l["file"]])
        row = table[l.get("expect") or ("leak" if l["leaks"] else "clean"), l["class"]]
        row["files"] += 1
        row["bad"] += bool(bad)
        for b in bad:
            row[b.split()[0]] += 1
        if bad:
            listed.append((l["file"], "; ".join(bad)))
    if verbose:
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
    return not listed


def disturbances(corpus, root, sample=1):
    """Writes every disturbance of every leak of running text below `root`, or one in `sample` of them, the same ones each time:
    (label, (group, name), kind of mention) of each."""
    import disturb
    os.makedirs(os.path.join(root, "cases"), exist_ok=True)
    out, unknown = [], 0
    for text in corpus.running:
        if not text.label["leaks"]:
            continue
        schools = [corpus.schools[i] for i in text.label["leaks"]]
        own = disturb.mention(text.text, schools, corpus.registries[text.label["registry"]], text.span)
        unknown += own is None
        for group, name, changed in [("none", "as it is", text.text)] + (list(disturb.disturbed(text.text, own)) if own else []):
            if zlib.crc32(("%s %s" % (name, text.label["file"])).encode()) % sample:
                continue
            ext, data = text.compose(changed)
            label = {**text.label, "file": "cases/%05d.%s" % (len(out), ext)}
            with open(os.path.join(root, label["file"]), "wb") as f:
                f.write(data)
            out.append((label, (group, name), own and own.kind, changed))
    return out, unknown


def judged(binary, root, every):
    """(result, label, (group, name), kind, text) of each disturbance: `certain`, `ambiguous` or `missed`."""
    by_file = found(binary, root, [d[0] for d in every])
    for label, (group, name), kind, text in every:
        ours = [(s, c) for s, c in by_file[label["file"]] if c.startswith("disclosure.")]
        certain = [(s, c) for s, c in ours if c != "disclosure.ambiguous"]
        yield ("missed" if missed(label, ours) else "ambiguous" if missed(label, certain) else "certain"), label, (group, name), kind, text


def shaken(binary, corpus, root, verbose, sample):
    """Prints the share that stays found: by disturbance, by where it stands and the kind of mention, in all."""
    every, unknown = disturbances(corpus, root, sample)
    print("%d texts, in %d of which no mention was found to disturb" % (sum(d[1][0] == "none" for d in every), unknown))
    tables = [collections.defaultdict(collections.Counter) for _ in range(3)]
    for result, label, (group, name), kind, text in judged(binary, root, every):
        side = "inside" if group in ("invisible", "direction", "letters") else "beside"
        keys = [(group, name)] if group == "none" else [(group, name), (side, kind), (side, "in all")]
        for table, key in zip(tables, keys):
            table[key][result] += 1
        if verbose and result == "missed":
            print("%-14s %-28s %s" % (",".join(label["leaks"]), name, text.replace("\n", "\\n")))
    for table in tables:
        print("\n%-12s %-30s %6s %8s %9s %7s %7s" % ("group", "disturbance", "texts", "certain", "ambiguous", "missed", "found"))
        for (group, name), row in table.items():
            n = sum(row.values())
            print("%-12s %-30s %6d %8d %9d %7d %5.1f %%" % (group, name, n, row["certain"], row["ambiguous"], row["missed"], 100 - 100 * row["missed"] / n))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("-v", action="store_true", dest="verbose")
    parser.add_argument("--disturb", action="store_true")
    parser.add_argument("--sample", type=int, default=1, metavar="N")
    args = parser.parse_args()
    # A console that lacks a letter must not stop a measurement.
    sys.stdout.reconfigure(errors="backslashreplace")
    binary = os.path.abspath(args.binary)
    if args.folder and not args.disturb:
        sys.exit(not score(binary, os.path.abspath(args.folder), args.verbose))
    if args.folder:
        parser.error("--disturb works on the tables, not on a folder")
    import make
    corpus = make.corpus()
    with tempfile.TemporaryDirectory() as root:
        corpus.write(root)
        if args.disturb:
            shaken(binary, corpus, root, args.verbose, args.sample)
        else:
            sys.exit(not score(binary, root, args.verbose))


if __name__ == "__main__":
    main()
