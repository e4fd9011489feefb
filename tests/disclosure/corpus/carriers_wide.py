"""Shapes that real programs write and that the tables before lack: what is drawn out of order, shown by a format, cut into
strings, cells of old formats; the same (before, mention, after) in, bytes out."""

import binary as bn
import office as of
from carriers import E, XML, cut, page
from containers import P1
from office import x

Q = {'"': "&quot;"}


def references(m):
    """Every letter as a reference, as programs write that keep their files in ASCII."""
    return "".join("&#%d;" % ord(c) for c in m)


def drawn(m, order=lambda places: places, step=7.2, twice=False):
    """A page whose letters are placed one by one; `step` is how far they stand apart, each being 7.2 wide."""
    places = [(50 + i * step, 700, c) for i, c in enumerate(m) if c != " "]
    places = order(places)
    if twice:
        places = [p for q in places for p in (q, (q[0] + 1, q[1], q[2]))]
    return bn.pdf([], drawn=[(50, 780, P1)] + places)


def shuffled(places):
    return places[1::3] + places[::3] + places[2::3]


def columns(m):
    """Two columns of running text, drawn line by line over both; a word goes on in the next line of its column."""
    at = max(i for i in range(3, len(m) - 2) if m[i - 2:i + 2].isalpha()) if any(m[i - 2:i + 2].isalpha() for i in range(3, len(m) - 2)) else 0
    left = ["Участники сезона назвали", m[:at] + "-" if at else "", m[at:], "и другие площадки региона"]
    right = ["Материалы семинара будут", "разосланы до конца марта", "в электронном виде всем", "участникам без оплаты"]
    return bn.pdf([], drawn=[(px, 700 - 14 * i, t) for i, pair in enumerate(zip(left, right)) for px, t in zip((40, 340), pair) if t])


def rtf_bytes(t):
    return "".join("\\'%02x" % b if b > 127 or b in b"\\{}" else chr(b) for b in t.replace("ё", "е").encode("cp1251", "replace"))


def rtf(body):
    return ("{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 Arial;}}\\pard %s\\par\n%s}" % (rtf_bytes(P1), body)).encode()


def box(m):
    line = "│ %s │" % m.replace("«", '"').replace("»", '"').replace("—", "-").replace("–", "-")
    rule = "─" * (len(line) - 2)
    return ("┌%s┐\r\n%s\r\n└%s┘\r\n" % (rule, line, rule)).encode("cp866", "replace")


def entry_comment(m):
    """A zip whose entry has a comment, in UTF-8 that nothing declares."""
    raw, plain = m.encode(), of.pack([("plan.txt", P1)])
    at = plain.rindex(b"PK\x01\x02")
    end = plain.rindex(b"PK\x05\x06")
    entry = plain[at:end]
    entry = entry[:32] + len(raw).to_bytes(2, "little") + entry[34:] + raw
    tail = plain[end:]
    return plain[:at] + entry + tail[:12] + len(entry).to_bytes(4, "little") + tail[16:]


def styles(code):
    return of.HEAD + ('<styleSheet %s><numFmts count="1"><numFmt numFmtId="170" formatCode="%s"/></numFmts><cellXfs count="2"><xf numFmtId="0"/>'
                      '<xf numFmtId="170"/></cellXfs></styleSheet>' % (of.S, x(code, Q)))


HTML = {
    "php": lambda b, m, a: page("<p>Итог: <?php echo '%s' . '%s'; ?></p>" % (m[:5].replace("'", ""), m[5:].replace("'", ""))),
    "drawing": lambda b, m, a: page("<svg>%s</svg>" % "".join('<text x="%d" y="20"><tspan>%s</tspan></text>' % (60 * i, E(w)) for i, w in enumerate([m]))),
}

TEXT = {
    "strings.po": lambda b, m, a: ('msgid "footer"\nmsgstr ""\n"%s"\n"%s"\n' % ((b + m[:5]).replace('"', ""), m[5:].replace('"', ""))).encode(),
    "joined.sql": lambda b, m, a: ("UPDATE plan SET place = '%s' || '%s' WHERE id = 14;\n" % (m[:6], m[6:])).encode(),
    "continued.properties": lambda b, m, a: ("title = %s%s\\\n    %s\n" % (b, m[:4], m[4:])).encode(),
    "soft.tex": lambda b, m, a: ("\\section{План}\n%s%s\\-%s%s\n" % (b, m[:4].replace(" ", "~"), m[4:].replace(" ", "~").replace("№~", "№\\,"), a)).encode(),
    "marks.rst": lambda b, m, a: ("%s*%s*\\ %s%s\n" % (b, m[:5].rstrip(), m[5:], a) if m[4:6].isalpha() else "%s*%s*\n" % (b, m)).encode(),
    "cues.srt": lambda b, m, a: "\n".join("%d\n00:00:%02d,000 --> 00:00:%02d,500\n%s\n" % (i, i, i, t) for i, t in enumerate([b or "План"] + m.split(" ") + ["Дальше"], 1)).encode(),
    "frame.txt": lambda b, m, a: box(m),
    "letters.mbox": lambda b, m, a: ("From otdel Mon Jan 15 10:00:00 2024\nSubject: plan\n\nсрок май\n\nFrom otdel Mon Jan 15 11:00:00 2024\nSubject: plan\n"
                                     "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n" % "".join("=%02X" % c for c in m.encode())).encode(),
    "record.xml": lambda b, m, a: (XML + "<plan><row><no>14</no><place>%s</place><until>май</until></row><row><no>15</no><place>колледж</place><until>июнь</until></row></plan>\n" % x(m)).encode(),
    "rows.json": lambda b, m, a: ('{"rows":[["№","Участник","Срок"],[14,"%s","май"],[15,"колледж","июнь"]]}\n' % m.replace('"', '\\"')).encode(),
    "apart.svg": lambda b, m, a: ('<svg xmlns="http://www.w3.org/2000/svg">%s</svg>\n' % "".join('<text x="%d" y="40">%s</text>' % (90 * i, x(w)) for i, w in enumerate(m.split(" ")))).encode(),
    "cells.rtf": lambda b, m, a: rtf("\\trowd\\cellx900\\cellx6000\\intbl 1\\cell %s\\cell\\row\\pard %s\\par" % (rtf_bytes(m), rtf_bytes(P1))),
    "field.rtf": lambda b, m, a: rtf("%s{\\field{\\*\\fldinst REF p1}{\\fldrslt %s}}%s\\par" % (rtf_bytes(b + m[:4]), rtf_bytes(m[4:]), rtf_bytes(a))),
}

DOCX = {}

XLSX = {
    "number-format": lambda b, m, a: of.xlsx([("План", "", [["Срок", '<c r="REF" s="1"><v>1</v></c>']])], extra=[("xl/styles.xml", styles('"%s";General' % m.replace('"', "")))]),
    "prompt": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("tail:1", '<dataValidations count="1"><dataValidation type="list" sqref="C1" prompt="%s"/></dataValidations>' % references(m))]),
    "below-title": lambda b, m, a: of.xlsx([("План", "", [["План на год"], ["№", "Участник", "Срок"], ["1", m, "май"], [], ["Всего", "1"]])]),
}

ODF = {}

PPTX = {}

PDF = {
    "shuffled": lambda b, m, a: drawn(m, shuffled),
    "backwards": lambda b, m, a: drawn(m, lambda places: places[::-1]),
    "spaced": lambda b, m, a: drawn(m, step=14.4),
    "bold-twice": lambda b, m, a: drawn(m, twice=True),
    "two-columns": lambda b, m, a: columns(m),
    "locked": lambda b, m, a: bn.pdf([P1, b + m + a], locked=True),
}

PICTURES = {}

ARCHIVES = {
    "entry-comment.zip": lambda b, m, a: entry_comment(b + m),
}
