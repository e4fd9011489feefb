"""Rarer shapes of the carriers in `carriers` and `containers`; the same (before, mention, after) in, bytes out."""

import binary as bn
import html.entities
import office as of
from carriers import E, INTRO_T, JS_SAFE, XML, cut, ics, page, word
from containers import P1, TXT, docx
from office import para, x

NAMED = {}
for _name, _char in sorted(html.entities.html5.items()):
    if _name.endswith("cy;") and len(_char) == 1:
        NAMED.setdefault(_char, "&" + _name)


def named(m):
    """Cyrillic letters as HTML's own named references."""
    return "".join(NAMED.get(c, E(c)) for c in m)


def css(m):
    return "".join("\\%x " % ord(c) if ord(c) > 127 else c for c in m if c not in '"\\')


def octets(line, n=59):
    """An ICS line folded by octets, in the middle of characters, as careless writers do."""
    raw = line.encode()
    return b"\r\n ".join(raw[i:i + n] for i in range(0, len(raw), n))


def oem_name(m):
    """A zip whose entry is named in the DOS code page, without the UTF-8 flag."""
    raw = m.replace("«", "").replace("»", "").replace("/", "-").encode("cp866", "replace")
    return of.pack([("q" * len(raw), P1)]).replace(b"q" * len(raw), raw)


HTML = {
    "named-entities": lambda b, m, a: page("<p>%s%s%s</p>" % (b, named(m), a)),
    "no-semicolon": lambda b, m, a: page("<p>%s%s.</p>" % (b, "".join("&#%d" % ord(c) if c.isalpha() else E(c) for c in m))),
    "zero-width-entities": lambda b, m, a: page("<p>%s%s%s</p>" % (b, E(m[:4]) + "&#8203;" + E(m[4:9]) + "&zwnj;" + E(m[9:]), a)),
    "script-es6": lambda b, m, a: page("<script>const t=`%s`;</script>" % "".join(c if c in JS_SAFE else "\\u{%x}" % ord(c) for c in m)),
    "css-escapes": lambda b, m, a: page("<p class=o>Участник:</p>", '<style>.o::before{content:"%s"}</style>\n' % css(m)),
    "input-value": lambda b, m, a: page('<form><input name="org" value="%s"><textarea>план</textarea></form>' % E(m)),
    "placeholder": lambda b, m, a: page('<input type="search" placeholder="%s">' % E(m)),
    "textarea": lambda b, m, a: page("<textarea>%s</textarea>" % E(b + m + a)),
    "inline-svg": lambda b, m, a: page('<svg viewBox="0 0 9 9"><title>%s</title><path d="M14 7l3 21z"/></svg>' % E(m)),
    "microdata": lambda b, m, a: page('<div itemscope><meta itemprop="name" content="%s"><span itemprop="date">12.03</span></div>' % E(m)),
    "conditional-comment": lambda b, m, a: page("<!--[if lt IE 9]><p>%s%s</p><![endif]-->" % (b, E(m))),
    "utf16-page": lambda b, m, a: b"\xff\xfe" + page("<p>%s%s%s</p>" % (b, E(m), a)).decode().encode("utf-16-le"),
    "fragment-href": lambda b, m, a: page('<a href="#%s">вниз</a><h2 id="x">План</h2>' % E(m.replace(" ", "_"))),
    "nested-inline": lambda b, m, a: page("<p>%s<em><strong>%s</strong>%s</em><sup></sup>%s%s</p>" % (b, E(m[:3]), E(m[3:6]), E(m[6:]), a)),
    "definition-attr": lambda b, m, a: page("<abbr title='%s'>ОО</abbr>" % E(m)),
    "unclosed": lambda b, m, a: page("<table><tr><td>1<td>%s<td>май<tr><td>2<td>колледж</table>" % E(m)),
}

TEXT = {
    "escapes.md": lambda b, m, a: (INTRO_T + b + m.replace(".", "\\.").replace("-", "\\-").replace("№", "\\№") + a + "\n").encode(),
    "reference.md": lambda b, m, a: (INTRO_T + "См. [план][1].\n\n[1]: /plan/ \"%s\"\n" % m.replace('"', "")).encode(),
    "footnote.md": lambda b, m, a: (INTRO_T + "Выезд состоялся[^1].\n\n[^1]: %s%s\n" % (m, a)).encode(),
    "inline-html.md": lambda b, m, a: (INTRO_T + "%s<mark>%s</mark>%s%s\n" % (b, m[:5], m[5:], a)).encode(),
    "code.md": lambda b, m, a: (INTRO_T + "```text\n%s%s\n```\n" % (b, m)).encode(),
    "entity.xml": lambda b, m, a: (XML + '<!DOCTYPE plan [<!ENTITY org "%s">]>\n<plan><row>&org;</row></plan>\n' % x(m, {'"': "&#34;"})).encode(),
    "utf16.xml": lambda b, m, a: b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>\n<plan><row>%s</row></plan>\n' % x(m)).encode("utf-16-le"),
    "atom.xml": lambda b, m, a: (XML + '<feed xmlns="http://www.w3.org/2005/Atom"><title>Новости</title><entry><title type="html">&lt;b&gt;%s&lt;/b&gt;</title></entry></feed>\n' % E(E(m))).encode(),
    "geo.json": lambda b, m, a: ('{"type":"Feature","geometry":{"type":"Point","coordinates":[70.14,57.36]},"properties":{"name":"%s"}}\n' % m.replace('"', '\\"')).encode(),
    "octets.ics": lambda b, m, a: ics([octets("SUMMARY:Методический выезд рабочей группы. " + m.replace(",", "\\,"))]),
    "attendee.ics": lambda b, m, a: ics(['ATTENDEE;CN="%s":mailto:otdel@mail.example' % m.replace('"', "")]),
    "attachment.eml": lambda b, m, a: ("From: otdel@mail.example\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b14\"\r\n\r\n--b14\r\n"
                                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n--b14\r\nContent-Type: text/html; charset=windows-1251\r\n"
                                       "Content-Transfer-Encoding: 8bit\r\n\r\n" % (word("План"), P1)).encode() + ("<p>%s</p>\r\n--b14--\r\n" % E(b + m)).encode("cp1251"),
    "tabs.txt": lambda b, m, a: ("№\tУчастник\tСрок\n1\t%s\tмай\n2\tколледж\tиюнь\n" % m).encode(),
    "columns.txt": lambda b, m, a: ("%-4s%-60s%s\n%-4s%-60s%s\n" % ("№", "Участник", "Срок", "1", m, "май")).encode(),
}

DOCX = {
    "custom-xml": lambda b, m, a: docx(para("Пункт 1."), [("customXml/item1.xml", "<data><org>%s</org></data>" % x(m))]),
    "smart-tag": lambda b, m, a: docx('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r>%s</w:p>' % (x(b), "".join(
        '<w:smartTag w:element="place"><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:smartTag>' % x(p) for p in cut(m)))),
    "content-control": lambda b, m, a: docx('<w:sdt><w:sdtPr><w:alias w:val="%s"/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>' % (x(m, {'"': "&quot;"}), para("Пункт 2."))),
    "inserted": lambda b, m, a: docx('<w:p><w:ins w:id="4" w:author="отдел"><w:r><w:t>%s</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % (x(m[:6]), x(m[6:]))),
    "tab-in-name": lambda b, m, a: docx("<w:p>%s</w:p>" % "<w:r><w:tab/></w:r>".join("<w:r><w:t>%s</w:t></w:r>" % x(p) for p in m.split(" "))),
    "author": lambda b, m, a: docx(para("Пункт 3."), [("docProps/core.xml", of.core(creator=m))]),
}

DRAWING = ('<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
           "<xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p>%s</a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>")
XLSX = {
    "drawing": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("xl/drawings/drawing1.xml", of.HEAD + DRAWING % "".join("<a:r><a:t>%s</a:t></a:r>" % x(p) for p in cut(m)))]),
    "table-column": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("xl/tables/table1.xml", of.HEAD + '<table %s id="1" name="T1" displayName="T1" ref="A1:B2"><tableColumns count="1"><tableColumn id="1" name="%s"/></tableColumns></table>' % (of.S, x(m, {'"': "&quot;"})))]),
    "threaded": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("xl/threadedComments/threadedComment1.xml", of.HEAD + '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" id="{1}"><text>%s</text></threadedComment></ThreadedComments>' % x(b + m))]),
    "unused-shared": lambda b, m, a: of.xlsx([("План", "", [[0, 1]])], ["Срок", "май", m]),
    "pivot-cache": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("xl/pivotCache/pivotCacheDefinition1.xml", of.HEAD + '<pivotCacheDefinition %s><cacheFields count="1"><cacheField name="Участник"><sharedItems count="1"><s v="%s"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>' % (of.S, x(m, {'"': "&quot;"})))]),
    "hyperlink": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("tail:1", '<hyperlinks><hyperlink ref="A1" location="План!A1" tooltip="%s"/></hyperlinks>' % x(m, {'"': "&quot;"}))]),
}

ODF = {
    "slide.odp": lambda b, m, a: of.odf("presentation", '<draw:page xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" draw:name="1"><draw:frame><draw:text-box>%s</draw:text-box></draw:frame></draw:page>' % of.tp(x(b + m))),
    "sheet-name.ods": lambda b, m, a: of.odf("spreadsheet", of.otable(m, [["Срок", "май"]])),
    "keywords.odt": lambda b, m, a: of.odf("text", of.tp(P1), "<meta:keyword>%s</meta:keyword>" % x(m)),
}

PPTX = {
    "table": lambda b, m, a: of.pptx([of.slide("sld", [["План"]]).replace("</p:spTree>", "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>%s</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame></p:spTree>" % x(m))]),
    "master": lambda b, m, a: of.pptx([of.slide("sld", [["План"]])], extra=[("ppt/slideMasters/slideMaster1.xml", of.slide("sldMaster", [cut(m)]))]),
}

PDF = {
    "glyph-names": lambda b, m, a: bn.pdf_glyph_names([P1, b + m]),
    "object-streams": lambda b, m, a: bn.pdf([P1, b + m + a], packed=True),
    "packed-info": lambda b, m, a: bn.pdf([P1], [("Title", m)], packed=True),
    "columns": lambda b, m, a: bn.pdf([["№   ", "Участник   ", "Срок"], ["1   ", m, "   май"]]),
}

PICTURES = {
    "exif.webp": lambda b, m, a: bn.webp(bn.tiff([(0x010E, m)]), b"EXIF"),
    "exif-copyright.jpg": lambda b, m, a: bn.jpeg(bn.tiff([(0x8298, b + m)])),
    "iptc-byline.jpg": lambda b, m, a: bn.jpeg(iptc=[(80, m)]),
}

ARCHIVES = {
    "oem-name.zip": lambda b, m, a: oem_name(m),
    "gz-in-gz.gz": lambda b, m, a: of.gz(of.gz(TXT(b, m, a))),
    "json.gz": lambda b, m, a: of.gz(('{"org":"%s"}' % "".join("\\u%04x" % ord(c) if ord(c) > 127 else c for c in m.replace('"', ""))).encode()),
    "docx-in-docx.docx": lambda b, m, a: docx(para("Приложение."), [("word/embeddings/doc1.docx", docx(para(m)))]),
}
