"""Carriers of text: each function takes (before, mention, after) and gives the bytes of one file.

The mention may be cut, escaped, hidden or moved, as that carrier allows; the rest is harmless.
"""

import base64
import json
from html import escape
from urllib.parse import quote

E = escape
PAGE = '<!doctype html>\n<html lang="ru">\n<head>\n<meta charset="utf-8">\n<title>%s</title>\n%s</head>\n<body>\n%s\n</body>\n</html>\n'
INTRO = "<p>Рабочая группа рассмотрела план на полугодие; 19 из 27 мероприятий выполнены.</p>"


def page(body, head="", title="Новости проекта"):
    return (PAGE % (title, head, INTRO + "\n" + body)).encode()


def cut(m, n=2):
    """The mention cut inside words into about `n + 1` pieces."""
    step = max(2, len(m) // (n + 1))
    return [m[i:i + step] for i in range(0, len(m), step)]


def ent(m):
    return "".join("&#%d;" % ord(c) if i % 2 else "&#x%x;" % ord(c) for i, c in enumerate(m))


JS_SAFE = " .,@"


def js(m):
    return "".join(c if c in JS_SAFE else "\\u%04x" % ord(c) for c in m)


HTML = {
    "inline-tags": lambda b, m, a: page("<p>%s%s%s</p>" % (b, "".join("<b>%s</b>" % E(p) if i % 2 else E(p) for i, p in enumerate(cut(m, 3))), a)),
    "span-letters": lambda b, m, a: page("<h2>%s%s</h2>" % (b, "".join("<span>%s</span>" % E(c) for c in m))),
    "wbr-shy": lambda b, m, a: page("<p>%s%s%s</p>" % (b, "<wbr>".join(E(p).replace("ск", "&shy;ск") for p in cut(m)), a)),
    "entities": lambda b, m, a: page("<p>%s%s%s</p>" % (b, ent(m), a)),
    "nbsp": lambda b, m, a: page("<p>%s%s%s</p>" % (b, E(m).replace(" ", "&nbsp;"), a)),
    "comment": lambda b, m, a: page("<p>Данные обновлены.</p><!-- %s%s%s -->" % (b, m.replace("--", ""), a)),
    "alt": lambda b, m, a: page('<p><img src="/f/1.svg" alt="%s"></p>' % E(b + m)),
    "title-attr": lambda b, m, a: page('<p><a href="/plan/" title="%s">план</a></p>' % E(m)),
    "data-attr": lambda b, m, a: page('<div data-org=\'%s\' data-no="14">строка</div>' % E(m)),
    "aria": lambda b, m, a: page('<button aria-label="%s">открыть</button>' % E(m)),
    "meta": lambda b, m, a: page("<p>Текст.</p>", '<meta name="description" content="%s">\n' % E(b + m + a)),
    "og-title": lambda b, m, a: page("<p>Текст.</p>", '<meta property="og:title" content="%s">\n' % ent(m)),
    "title": lambda b, m, a: page("<p>Текст.</p>", "", E(m)),
    "script": lambda b, m, a: page('<script>var o={id:14,name:"%s"};</script>' % m.replace('"', "'")),
    "script-escapes": lambda b, m, a: page("<script>window.__d={t:'%s'};</script>" % js(m)),
    "json-ld": lambda b, m, a: page("<p>Текст.</p>", '<script type="application/ld+json">%s</script>\n' % json.dumps({"@type": "Event", "name": "Семинар", "location": {"@type": "Place", "name": m}})),
    "template": lambda b, m, a: page("<template><p>%s%s</p></template>" % (b, E(m))),
    "hidden": lambda b, m, a: page('<div hidden>%s%s</div><p style="display:none">служебное</p>' % (b, E(m))),
    "noscript": lambda b, m, a: page("<noscript>%s</noscript>" % E(m)),
    "data-url": lambda b, m, a: page('<a download href="data:text/plain;charset=utf-8;base64,%s">скачать</a>' % base64.b64encode((b + m + a).encode()).decode()),
    "data-url-percent": lambda b, m, a: page('<a href="data:text/plain;charset=utf-8,%s">скачать</a>' % quote(b + m)),
    "href-percent": lambda b, m, a: page('<a href="/news/%s/">подробнее</a>' % quote(m.replace(" ", "-"))),
    "select": lambda b, m, a: page("<select><option>Все</option><option value='2'>%s</option></select>" % E(m)),
    "list": lambda b, m, a: page("<ol><li>Дом творчества</li><li>%s</li><li>Колледж</li></ol>" % E(m)),
    "line-breaks": lambda b, m, a: page("<p>%s%s%s</p>" % (b, E(m).replace(" ", "<br>\n"), a)),
    "cell": lambda b, m, a: page("<table><tr><th>№</th><th>Участник</th><th>Срок</th></tr><tr><td>1</td><td>%s</td><td>май</td></tr></table>" % E(m)),
    "css-content": lambda b, m, a: page("<p class=org>Участник:</p>", '<style>.org::after{content:"%s"}</style>\n' % m.replace('"', "")),
    "cp1251-meta": lambda b, m, a: ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Отчёт</title></head><body><p>%s%s%s</p></body></html>' % (b, E(m), a)).encode("cp1251", "xmlcharrefreplace"),
    "srcdoc": lambda b, m, a: page('<iframe srcdoc="&lt;p&gt;%s&lt;/p&gt;"></iframe>' % E(E(m))),
    "details": lambda b, m, a: page("<details><summary>Ещё</summary><dl><dt>Школа</dt><dd>%s</dd></dl></details>" % E(m)),
}

INTRO_T = "Рабочая группа рассмотрела план на полугодие; 19 из 27 мероприятий выполнены.\n\n"


def fold(line):
    """An ICS content line folded at 60 octets without cutting a character."""
    out, cur = [], b""
    for c in line:
        e = c.encode()
        if len(cur) + len(e) > 60:
            out.append(cur)
            cur = b" "
        cur += e
    return b"\r\n".join(out + [cur])


def ics(lines):
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//RU", "BEGIN:VEVENT", "UID:20250312-1@calendar.example", "DTSTART:20250312T090000Z"]
    return b"\r\n".join(l if isinstance(l, bytes) else l.encode() for l in head + lines + ["END:VEVENT", "END:VCALENDAR", ""])


def qp(t):
    out, line = [], ""
    for byte in t.encode():
        piece = "=%02X" % byte
        if len(line) + 3 > 72:
            out.append(line + "=")
            line = ""
        line += piece
    return "\r\n".join(out + [line])


def word(t):
    """RFC 2047 words of at most 24 characters each."""
    return "\r\n ".join("=?UTF-8?B?%s?=" % base64.b64encode(t[i:i + 24].encode()).decode() for i in range(0, len(t), 24))


XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">%s</svg>\n'
j = lambda v, **k: (json.dumps(v, **k) + "\n").encode()

TEXT = {
    "utf16le.txt": lambda b, m, a: b"\xff\xfe" + (INTRO_T + b + m + a + "\r\n").encode("utf-16-le"),
    "utf16be.txt": lambda b, m, a: b"\xfe\xff" + (INTRO_T + b + m + a + "\n").encode("utf-16-be"),
    "cp1251.txt": lambda b, m, a: (INTRO_T + b + m + a + "\r\n").encode("cp1251"),
    "utf8bom.txt": lambda b, m, a: b"\xef\xbb\xbf" + (INTRO_T + b + m + a).encode(),
    "utf16nobom.txt": lambda b, m, a: (INTRO_T * 2 + b + m + a + "\n").encode("utf-16-le"),
    "emphasis.md": lambda b, m, a: (INTRO_T + "%s%s%s\n" % (b, "".join("**%s**" % p if i % 2 else p for i, p in enumerate([m[:4], m[4:7], m[7:]])), a)).encode(),
    "link.md": lambda b, m, a: (INTRO_T + "- [%s](/plan/ \"%s\")\n- [приказ](/doc/14/)\n" % ("план", m.replace('"', ""))).encode(),
    "comment.md": lambda b, m, a: (INTRO_T + "<!-- %s%s -->\n" % (b, m)).encode(),
    "front.md": lambda b, m, a: ("---\ntitle: Отчёт куратора\norg: '%s'\n---\n\n" % m + INTRO_T).encode(),
    "table.md": lambda b, m, a: (INTRO_T + "| № | Участник | Срок |\n|---|---|---|\n| 1 | %s | май |\n" % m).encode(),
    "image.md": lambda b, m, a: (INTRO_T + "![%s](/f/1.svg)\n" % m).encode(),
    "semicolon.csv": lambda b, m, a: ("№;Участник;Дата;Тема\n1;%s;12.03.2025;наставничество\n2;колледж;14.03.2025;ВПР\n" % ('"%s"' % m.replace('"', '""'))).encode(),
    "cp1251.csv": lambda b, m, a: ("№;Участник;Дата\r\n1;%s;12.03.2025\r\n" % ('"%s"' % m)).encode("cp1251"),
    "comma.csv": lambda b, m, a: ('no,org,date\n1,"%s",2025-03-12\n' % m).encode(),
    "multi-line.csv": lambda b, m, a: ('no,org,date\n1,"%s",2025-03-12\n' % m.replace(" ", "\n", 1)).encode(),
    "rows.tsv": lambda b, m, a: ("no\torg\n1\t%s\n" % m).encode(),
    "escaped.json": lambda b, m, a: j({"rows": [{"no": 14, "org": m}]}),
    "plain.json": lambda b, m, a: j({"text": b + m + a}, ensure_ascii=False, indent=1),
    "key.json": lambda b, m, a: j({m: {"visits": 3}}, ensure_ascii=False),
    "nested.json": lambda b, m, a: j({"payload": json.dumps({"org": m})}),
    "lines.ndjson": lambda b, m, a: j({"id": 1, "t": "план"}, ensure_ascii=False) + j({"id": 2, "t": m}),
    "search-index.json": lambda b, m, a: j({"version": 1, "docs": [{"u": "/plan/", "t": "План"}], "terms": [["семинар", [0]], [m.lower(), [0]]]}, ensure_ascii=False),
    "search-index.js": lambda b, m, a: ("window.searchIndex=JSON.parse('%s');\n" % json.dumps([{"t": m}]).replace("\\", "\\\\").replace("'", "\\'")).encode(),
    "data.js": lambda b, m, a: ("export default{rows:[{n:14,t:`%s`}]};\n" % (b + m)).encode(),
    "map.json": lambda b, m, a: j({"version": 3, "sources": ["a.js"], "sourcesContent": ["// " + b + m], "mappings": "AAAA"}),
    "feed.rss": lambda b, m, a: (XML + "<rss version=\"2.0\"><channel><title>Новости</title><item><title>Событие</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item></channel></rss>\n" % E(E(b + m))).encode(),
    "cdata.xml": lambda b, m, a: (XML + "<plan><row no=\"14\"><![CDATA[<p>%s</p>]]></row></plan>\n" % E(b + m + a)).encode(),
    "attr.xml": lambda b, m, a: (XML + '<plan><row org="%s"/></plan>\n' % ent(m)).encode(),
    "cp1251.xml": lambda b, m, a: ('<?xml version="1.0" encoding="windows-1251"?>\n<plan><row>%s</row></plan>\n' % E(m)).encode("cp1251"),
    "text.svg": lambda b, m, a: (SVG % ("<text>%s</text>" % "".join('<tspan dx="1">%s</tspan>' % E(p) for p in cut(m)))).encode(),
    "desc.svg": lambda b, m, a: (SVG % ("<title>Схема</title><desc>%s</desc><rect width='14' height='7'/>" % E(b + m))).encode(),
    "folded.ics": lambda b, m, a: ics(["SUMMARY:Методический выезд", fold("DESCRIPTION:Рабочая группа проводит выезд. " + b + m.replace(",", "\\,") + a.replace(",", "\\,"))]),
    "location.ics": lambda b, m, a: ics([fold("LOCATION;LANGUAGE=ru:" + m.replace(",", "\\,"))]),
    "plain.yaml": lambda b, m, a: ("visits:\n  - date: 2025-03-12\n    where: >-\n      %s\n" % m.replace(" ", "\n      ", 1)).encode(),
    "address.txt": lambda b, m, a: (INTRO_T + "https://site.example/news/%s?from=plan\n" % quote(m.replace(" ", "_"))).encode(),
    "double-percent.html": lambda b, m, a: page('<a href="/go?to=%s">переход</a>' % quote(quote(m))),
    "sitemap.xml": lambda b, m, a: (XML + "<urlset><url><loc>https://site.example/%s/</loc></url></urlset>\n" % quote(m.replace(" ", "-").lower())).encode(),
    "letter.eml": lambda b, m, a: ("From: otdel@mail.example\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n" % (
        word("План"), base64.encodebytes((INTRO_T + b + m + a).encode()).decode().strip().replace("\n", "\r\n"))).encode(),
    "subject.eml": lambda b, m, a: ("From: otdel@mail.example\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%s\r\n" % (word(b + m), qp(INTRO_T))).encode(),
    "card.vcf": lambda b, m, a: b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\xd0\x9f\xd0\xbb\xd0\xb0\xd0\xbd\r\n" + fold("ORG:" + m.replace(",", "\\,")) + b"\r\nEND:VCARD\r\n",
}
