"""Metamorphic tests: what may stand beside a mention, or inside its letters, without making it another school's.

`mention(text, schools, registry)` finds where a text names one of `schools`, where its table has no marks `⟦⟧`; `disturbed(text,
mention)` gives (group, name, text) for each disturbance that fits. Every one of them must leave the mention found, for certain or
as ambiguous: so none attaches another place, number or head noun to the mention itself. Knows nothing of the guard.
"""

import collections
import re
import unicodedata

# Stems of the words of which names of schools are made, apart from what is a school's own.
KINDS = tuple("школ шк шкіл сош оош нош сш зош цо всош ншдс лице лиц гимнази гимн интернат центр образован обще учрежден муницип государств бюдж "
              "казен автоном мбоу маоу мкоу гкоу средн сред ср основн осн начальн вечерн сменн кадетск сельск детск сад".split())
# Words that join the parts of one mention, and those that do so between two parts only.
JOINTS = set("№ №№ # no номер им имени город города городе гор село села селе пос поселок поселка поселке рп деревня деревни деревне "
             "район района районе р-н округ округа героя дважды советского союза летчика академика акад генерала « » \" “ ” „ ‚ ' ‹ ›".split())
BETWEEN = set("в из на г с п д р ( ) .".split())
NUMBERS = {1: "перв", 2: "втор", 3: "трет", 4: "четверт", 5: "пят", 7: "седьм семь семер", 9: "девят", 11: "одиннадцат", 14: "четырнадцат",
           21: "двадцат перв", 26: "двадцат шест", 33: "тридцат трет три", 36: "тридцат шест", 112: "сто двенадцат"}
LOOKS = dict(zip("aceopxykmhtbi0", "асеорхукмнтвіо"))
TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|\S")


def folded(text):
    """The letters that count, in lower case (`й` is `и`), and where each stands in `text`; words cut at the end of a line are whole."""
    out, places = [], []
    for at, c in enumerate(text):
        for f in unicodedata.normalize("NFKD", c).casefold():
            if unicodedata.category(f) not in ("Mn", "Cf"):
                out.append("-" if f in "‐‑−" else f)
                places.append(at)
    for cut in reversed([m.start() for m in re.finditer(r"(?<=\w)-\n(?=\w)", "".join(out))]):
        del out[cut:cut + 2], places[cut:cut + 2]
    return "".join(out), places


def tokens(text):
    """(word, start, end); letters of another alphabet inside a Cyrillic word are replaced."""
    letters, places = folded(text)
    for m in TOKEN.finditer(letters):
        word = m.group()
        if re.search("[а-яі]", word):
            word = "".join(LOOKS.get(c, c) for c in word)
        yield word, places[m.start()], places[m.end() - 1] + 1


def school_word(word):
    return any(part.startswith(KINDS) for part in word.split("-"))


def signed(word):
    """The sign of a number, or a number with something that makes it one of a row."""
    return word in "№#" or bool(re.match(r"[^\d]+\d|\d+-?[^\d]", word))


def stems(*texts):
    """Stems of the words that are a name's own, hyphens left out."""
    words = {w for t in texts for w, _, _ in tokens(t) if len(w) > 3 and w[0].isalpha() and w not in JOINTS and not school_word(w)}
    cut = lambda w: w[:max(4, len(w) - (4 if w.endswith(("ская", "скии", "ское")) else 2))] if len(w) > 4 else w.rstrip("аеиоыя")
    return tuple(sorted({cut(w.replace("-", "")) for w in words}))


class Entry:
    """What the words of one school look like."""

    def __init__(self, school):
        town = school["municipality"] == school["settlement"]
        self.own = stems(school["name"], school["full_name"], *school["aliases"], *([] if town else [school["settlement"]]))
        self.place = stems(school["municipality"], school["settlement"])
        self.short = tuple(w for w, _, _ in tokens(school["settlement"]) if len(w) == 3)
        surname, *given = school["people"][0].replace("-", " ").split()
        self.head, self.given = folded(surname)[0], stems(*given)
        number = re.search(r"№ (\d+)", school["name"])
        self.number = number and number.group(1)
        self.ordinal = tuple(NUMBERS.get(int(self.number), "").split()) if number else ()
        v = school["identifiers"]
        digits = lambda t: "[^0-9]{0,3}".join(re.sub("[^0-9]", "", t))
        street, house = v["address"].split(", ", 1)[1].split(", ", 1) if ", " in v["address"] else ("", "")
        self.plain = [r"%s\w*[^0-9\n]{0,12}%s\b" % (stem, re.search(r"\d+", house).group()) for stem in stems(street)]
        self.plain += [digits(v["inn"]), digits(v["ogrn"]), digits(v["phone"][-8:])]
        self.plain += [re.escape(v["email"].split("@")[0]) + r"\b", r"\b" + re.escape(v["site"].replace("www.", "").split(".")[0])]

    def part(self, word, initial):
        """What a word can be in a mention: its core (`head`, `name`, `number`), a `part`, a joint `between` two parts, or None."""
        flat = word.replace("-", "")
        stem = self.head[:-2] if len(self.head) > 5 else self.head.rstrip("аи")
        if word.split("-")[0].startswith(stem) and len(word.split("-")[0]) <= len(self.head) + 3 and word != "цо":
            return "head"
        if flat.startswith(self.own):
            return "name"
        if self.number and (re.sub(r"^\D+|-?\D+$", "", word).lstrip("0") == self.number or word.startswith(self.ordinal)):
            return "number"
        if initial or school_word(word) or word in JOINTS or flat.startswith(self.place + self.given) or (word.startswith(self.short) and len(word) < 6):
            return "part"
        return "between" if word in BETWEEN else None


def runs(text, entry):
    """Stretches of words that can make one mention: lists of (part, word, start, end)."""
    run = []
    for word, start, end in tokens(text):
        initial = len(word) == 1 and word.isalpha() and text[end:end + 1] == "."
        part = None if word == "¶" else entry.part(word, initial)
        if part is None or (run and re.search("\n\n|¶", text[run[-1][3]:start])):
            yield run
            run = []
        if part:
            run.append((part, word, start, end))
    yield run


def trimmed(run):
    while run and (run[0][0] == "between" and run[0][1] not in "гспд" or run[0][1] in "»”"):
        run = run[1:]
    initial = lambda r: len(r) > 1 and r[-1][1] == "." and r[-2][0] == "part" and len(r[-2][1]) == 1
    while run and not initial(run) and (run[-1][0] == "between" or run[-1][1] in ("«", "„", "#", "№", "им", "имени", "город", "города", "село", "села")):
        run = run[:-1]
    return run


# Where a text tells a school, as what; `complete`: with a word for a school, so that what stands beside it is beside the mention;
# `anchored`: by a name that no other school of the registry has, or with its place, so that another town takes nothing from it.
Mention = collections.namedtuple("Mention", "start end kind complete anchored")


def judged(entry, run, core, start, end, shared, kind=None):
    words = [word for _, word, *_ in run]
    placed = any(word.replace("-", "").startswith(entry.place) for word in words)
    complete = core == "head" or any(map(school_word, words)) or (core == "number" and any(signed(word) for word in words))
    named = core != "number" and not (core == "name" and shared)
    return Mention(start, end, kind or core, complete, named or placed)


def mention(text, schools, registry, span=None):
    """The mention of the first of `schools` that the text tells in words that can be recognised, or None; with `span` that one."""
    for school in schools:
        entry, found = Entry(school), []
        names = [s["name"] for s in registry["protected"] if s is not school] + [name for name, _ in registry["public"]]
        shared = any(stems(name) == stems(school["name"]) for name in names)
        if span:
            run = [r for r in tokens(text) if span[0] <= r[1] < span[1]]
            core = "number" if entry.number and not any(w.startswith(entry.own) for w, *_ in run) else "name"
            return judged(entry, [("part", *r) for r in run], core, *span, shared, "marked")._replace(complete=True)
        letters, places = folded(text)
        for pattern in entry.plain:
            m = re.search(pattern, letters)
            if m:
                end = places[m.end() - 1] + 1
                end += len(re.match(r"[\w.@/-]*", text[end:]).group().rstrip("."))
                found.append((4, 0, -end, Mention(places[m.start()], end, "identifier", True, True)))
        for run in runs(text, entry):
            parts = {part for part, *_ in run}
            core = next((c for c in ("head", "name", "number") if c in parts), None)
            run = trimmed(run)
            if run and core:
                start, end = run[0][2], run[-1][3]
                if text[start:end].count("(") > text[start:end].count(")") and text[end:end + 1] == ")":
                    end += 1
                m = judged(entry, run, core, start, end, shared)
                found.append(({"head": 5, "name": 3, "number": 1 + m.complete}[core], m.complete, -start, m))
        if found:
            return max(found)[3]
    return None


TOWN, TOWN_OF, PERSON, PERSON_AFTER = "г. Верхозёрск", "города Верхозёрска", "В. Иванова", "А. Петров"

# (group, name, what stands before, what stands after): nothing of it is part of the mention.
BESIDE = (
    ("mark", "¹", "", "¹"), ("mark", "[3]", "", "[3]"), ("mark", "*", "", "*"),
    ("number", "M 212", "", " 212"), ("number", "1 M 2", "1 ", " 2"), ("number", "M 2024–2028", "", " 2024–2028"),
    ("number", "M, дата", "", ", 14.03.2025"), ("number", "M (25)", "", " (25)"),
    ("quantity", "M 12 учителей", "", " 12 учителей"), ("quantity", "M, 36 ч.", "", ", 36 ч."), ("quantity", "M — 38 %", "", " — 38 %"),
    ("quantity", "12 педагогов M", "12 педагогов ", ""),
    ("words", "педагогическим коллективом M", "педагогическим коллективом ", ""), ("words", "родительским комитетом M", "родительским комитетом ", ""),
    ("words", "методический совет M", "методический совет ", ""),
    ("town", "города T и M", TOWN_OF + " и ", ""), ("town", "M и города T", "", " и " + TOWN_OF), ("town", "в T M", "в Верхозёрске ", ""),
    ("person", "В. Иванова, M", PERSON + ", ", ""), ("person", "M, А. Петров", "", ", " + PERSON_AFTER),
    ("institution", "библиотека и M", "городская библиотека и ", ""), ("institution", "M, лицей № 18", "", ", лицей № 18"),
)

# One or two of each kind that Unicode calls ignorable; the whole property belongs to the tests of the guard itself.
INVISIBLE = {"U+00AD": "\u00ad", "U+034F": "\u034f", "U+061C": "\u061c", "U+115F": "\u115f", "U+17B4": "\u17b4", "U+180B": "\u180b", "U+200B": "\u200b",
             "U+2062": "\u2062", "U+3164": "\u3164", "U+FE0F": "\ufe0f", "U+FFF0": "\ufff0", "U+1D173": "\U0001d173", "U+E0020": "\U000e0020"}
# Letters that are drawn alike; the first two are what an office types by mistake.
LIKE = {"Latin": ("асеорхСОШ", "aceopxCOШ"), "Greek": ("оОкКрР", "οΟκΚρΡ"), "Armenian": ("оО", "օՕ")}


def disturbed(text, m):
    """(group, name, text) for each disturbance of the mention `m` that leaves a careful reader sure of it."""
    before, own, after = text[:m.start], text[m.start:m.end], text[m.end:]
    free_left, free_right = re.search(r"(^|[\s(|¶])$", before), re.match(r"$|[\s,;:!?)»”|¶]|\.(\s|$)", after)
    # «дом 17 212» is another house, «14 212» another number; «№ 14 212» is not.
    digit_left, digit_right = own[0].isdigit() or own[0] in "№#", own[-1].isdigit() and not re.search(r"[№#] ?\d+$", own)
    for group, name, left, right in BESIDE:
        fits = (free_left or not left) and (free_right or not right) and (m.complete or group == "mark") and (m.anchored or group != "town")
        if fits and not (left[:1].isdigit() and digit_left) and not (right[1:2].isdigit() and digit_right):
            yield group, name, before + left + own + right + after
    middle = max((m for m in re.finditer(r"\w+", own)), key=lambda m: len(m.group()), default=None)
    if middle and len(middle.group()) > 1:
        at = (middle.start() + middle.end()) // 2
        for name, c in INVISIBLE.items():
            yield "invisible", name, before + own[:at] + c + own[at:] + after
        yield "direction", "U+200E inside", before + own[:at] + "\u200e" + own[at:] + after
    if own.isprintable():
        yield "direction", "U+202E, reversed", before + "\u202e" + own[::-1] + "\u202c" + after
        yield "direction", "U+2067, isolated", before + "\u2067" + own + "\u2069" + after
    for name, (ours, theirs) in LIKE.items():
        alike = own.translate(str.maketrans(ours, theirs))
        if alike != own:
            yield "letters", name, before + alike + after
    if m.anchored and m.complete:
        head, parted, line = before.rpartition("¶")
        yield "town", "T as heading", head + parted + TOWN + "¶" + line + own + after
    if not re.search(r"[|\n\t¶]", text):
        yield "column", "number beside", "| № | Организация | Педагогов |\n|---|---|---|\n| 7 | %s | 212 |" % text
        if m.anchored:
            yield "column", "town beside", "| Организация | Гости |\n|---|---|\n| %s | %s |" % (text, TOWN)
        if m.complete and free_right and not digit_right:
            yield "column", "M, tab, number", before + own + "\t25\t" + after
