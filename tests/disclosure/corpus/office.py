"""Minimal office containers, written by hand: DOCX, XLSX, PPTX, ODT, ODS.

Each builder takes text already cut as the case wants it and gives bytes; nothing here knows a school.
"""

from xml.sax.saxutils import escape as x

from deflate import gz, pack  # noqa: F401

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
       'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"')


def rels(items):
    body = "".join('<Relationship Id="rId%d" Type="%s%s" Target="%s"%s/>' % (i + 1, REL, t, x(target), ' TargetMode="External"' if t == "hyperlink" else "")
                   for i, (t, target) in enumerate(items))
    return HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % body


def types(overrides):
    body = "".join('<Override PartName="/%s" ContentType="%s"/>' % o for o in overrides)
    return (HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="png" ContentType="image/png"/><Default Extension="xlsx" ContentType="application/octet-stream"/>'
            '<Default Extension="xml" ContentType="application/xml"/>%s</Types>' % body)


def core(title="", subject="", creator="", keywords="", description=""):
    tag = lambda t, v: "<%s>%s</%s>" % (t, x(v), t) if v else ""
    return (HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">' + tag("dc:title", title) + tag("dc:subject", subject)
            + tag("dc:creator", creator) + tag("cp:keywords", keywords) + tag("dc:description", description) + "</cp:coreProperties>")


def app(company):
    return HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>%s</Company></Properties>' % x(company)


def custom(name, value):
    return (HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
            'pid="2" name="%s"><vt:lpwstr>%s</vt:lpwstr></property></Properties>' % (x(name), x(value)))


def run(t, props=""):
    return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % ("<w:rPr>%s</w:rPr>" % props if props else "", x(t))


def para(runs, style=""):
    """A paragraph of runs: each a string, or ready XML (starting with '<w:')."""
    body = "".join(r if r.startswith("<w:") else run(r) for r in ([runs] if isinstance(runs, str) else runs))
    return "<w:p>%s%s</w:p>" % ('<w:pPr><w:pStyle w:val="%s"/></w:pPr>' % style if style else "", body)


def wtable(rows):
    return "<w:tbl>%s</w:tbl>" % "".join("<w:tr>%s</w:tr>" % "".join("<w:tc>%s</w:tc>" % para(c) for c in row) for row in rows)


CT = "application/vnd.openxmlformats-officedocument."


def docx(body, extra=(), links=()):
    """`body`: XML of paragraphs and tables. `extra`: (part under word/ or docProps/, xml)."""
    over = [("word/document.xml", CT + "wordprocessingml.document.main+xml")]
    doc_rels = [("hyperlink", t) for t in links]
    top = [("officeDocument", "word/document.xml")]
    for name, _ in extra:
        kind = name.split("/")[-1].split(".")[0].rstrip("0123456789")
        if "/media/" in name or "/embeddings/" in name:
            doc_rels.append(("image" if "/media/" in name else "package", name[5:]))
        elif name.startswith("word/"):
            over.append((name, CT + "wordprocessingml.%s+xml" % kind))
            doc_rels.append((kind, name[5:]))
        else:
            top.append(("metadata/core-properties" if kind == "core" else "extended-properties", name))
    parts = [("[Content_Types].xml", types(over)), ("_rels/.rels", rels(top)),
             ("word/document.xml", HEAD + "<w:document %s %s><w:body>%s</w:body></w:document>" % (W, R, body)),
             ("word/_rels/document.xml.rels", rels(doc_rels))]
    return pack(parts + list(extra))


def wpart(tag, inner):
    return HEAD + "<w:%s %s>%s</w:%s>" % (tag, W, inner, tag)


def xlsx(sheets, shared=None, extra=(), defined=""):
    """`sheets`: (name, state, rows); a cell is a string (inline), an int (shared string index) or XML ('<c')."""
    parts, over = [], [("xl/workbook.xml", CT + "spreadsheetml.sheet.main+xml")]
    names, relations = "", []
    for i, (name, state, rows) in enumerate(sheets, 1):
        data = ""
        for r, row in enumerate(rows, 1):
            cells = ""
            for c, v in enumerate(row):
                ref = "ABCDEFGH"[c] + str(r)
                if isinstance(v, int):
                    cells += '<c r="%s" t="s"><v>%d</v></c>' % (ref, v)
                elif v.startswith("<c"):
                    cells += v.replace("REF", ref)
                else:
                    cells += '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, x(v))
            data += '<row r="%d">%s</row>' % (r, cells)
        tail = "".join(e[1] for e in extra if e[0] == "tail:%d" % i)
        parts.append(("xl/worksheets/sheet%d.xml" % i, HEAD + "<worksheet %s><sheetData>%s</sheetData>%s</worksheet>" % (S, data, tail)))
        names += '<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>' % (x(name), i, ' state="%s"' % state if state else "", i)
        relations.append(("worksheet", "worksheets/sheet%d.xml" % i))
        over.append(("xl/worksheets/sheet%d.xml" % i, CT + "spreadsheetml.worksheet+xml"))
    if shared:
        parts.append(("xl/sharedStrings.xml", HEAD + "<sst %s>%s</sst>" % (S, "".join(
            "<si>%s</si>" % (v if v.startswith("<r>") else "<t>%s</t>" % x(v)) for v in shared))))
        relations.append(("sharedStrings", "sharedStrings.xml"))
        over.append(("xl/sharedStrings.xml", CT + "spreadsheetml.sharedStrings+xml"))
    book = HEAD + "<workbook %s %s><sheets>%s</sheets>%s</workbook>" % (S, R, names, defined)
    return pack([("[Content_Types].xml", types(over)), ("_rels/.rels", rels([("officeDocument", "xl/workbook.xml")])),
                 ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", rels(relations))]
                + parts + [e for e in extra if not e[0].startswith("tail:")])


def rich(pieces):
    return "".join('<r><t xml:space="preserve">%s</t></r>' % x(p) for p in pieces)


def xcomment(text):
    return HEAD + '<comments %s><authors><author>отдел</author></authors><commentList><comment ref="A1" authorId="0"><text>%s</text></comment></commentList></comments>' % (S, rich([text]))


def slide(tag, paragraphs, descr=""):
    """A slide or notes part; each paragraph is a list of runs."""
    body = "".join("<a:p>%s</a:p>" % "".join('<a:r><a:rPr lang="ru-RU"/><a:t>%s</a:t></a:r>' % x(r) for r in p) for p in paragraphs)
    return (HEAD + '<p:%s %s %s><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="Объект 1"%s/></p:nvSpPr>'
            "<p:txBody><a:bodyPr/>%s</p:txBody></p:sp></p:spTree></p:cSld></p:%s>"
            % (tag, A, R, ' descr="%s"' % x(descr, {'"': "&quot;"}) if descr else "", body, tag))


def pptx(slides, notes="", extra=()):
    """`slides`: slide XML parts."""
    over = [("ppt/presentation.xml", CT + "presentationml.presentation.main+xml")]
    parts, ids, relations = [], "", []
    for i, s in enumerate(slides, 1):
        parts.append(("ppt/slides/slide%d.xml" % i, s))
        ids += '<p:sldId id="%d" r:id="rId%d"/>' % (255 + i, i)
        relations.append(("slide", "slides/slide%d.xml" % i))
        over.append(("ppt/slides/slide%d.xml" % i, CT + "presentationml.slide+xml"))
    if notes:
        parts += [("ppt/notesSlides/notesSlide1.xml", notes), ("ppt/slides/_rels/slide1.xml.rels", rels([("notesSlide", "../notesSlides/notesSlide1.xml")]))]
        over.append(("ppt/notesSlides/notesSlide1.xml", CT + "presentationml.notesSlide+xml"))
    show = HEAD + "<p:presentation %s %s><p:sldIdLst>%s</p:sldIdLst></p:presentation>" % (A, R, ids)
    return pack([("[Content_Types].xml", types(over)), ("_rels/.rels", rels([("officeDocument", "ppt/presentation.xml")])),
                 ("ppt/presentation.xml", show), ("ppt/_rels/presentation.xml.rels", rels(relations))] + parts + list(extra))


def odf(kind, body, meta="", styles=""):
    """ODT (`text`) or ODS (`spreadsheet`); `meta` is the inside of office:meta, `styles` of a page footer."""
    mime = "application/vnd.oasis.opendocument." + kind
    content = HEAD + "<office:document-content %s><office:body><office:%s>%s</office:%s></office:body></office:document-content>" % (ODF, kind, body, kind)
    parts = [("mimetype", mime), ("content.xml", content)]
    if meta:
        parts.append(("meta.xml", HEAD + "<office:document-meta %s><office:meta>%s</office:meta></office:document-meta>" % (ODF, meta)))
    if styles:
        parts.append(("styles.xml", HEAD + '<office:document-styles %s xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:master-styles>'
                      "<style:master-page><style:footer>%s</style:footer></style:master-page></office:master-styles></office:document-styles>" % (ODF, styles)))
    manifest = HEAD + ('<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                       '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/></manifest:manifest>' % mime)
    return pack(parts + [("META-INF/manifest.xml", manifest)], stored=("mimetype",))


def tp(inner):
    return "<text:p>%s</text:p>" % inner


def otable(name, rows):
    return '<table:table table:name="%s">%s</table:table>' % (x(name), "".join(
        "<table:table-row>%s</table:table-row>" % "".join(
            c if c.startswith("<table:") else "<table:table-cell>%s</table:table-cell>" % tp(x(c)) for c in row) for row in rows))
