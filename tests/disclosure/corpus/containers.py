"""Carriers that are containers: office files, PDF, pictures, archives. (before, mention, after) in, bytes out."""

import binary as bn
import office as of
from carriers import cut, page
from office import para, run, tp, x

P1 = "Рабочая группа рассмотрела план на полугодие."
TXT = lambda b, m, a: (P1 + "\n" + b + m + a + "\n").encode()


def hyphen(m):
    """The longest word broken with a hyphen at the end of a line; addresses are left whole."""
    word = max(m.split(), key=len)
    half = len(word) // 2
    return [m] if "@" in m or "-" in word else m.replace(word, word[:half] + "-\n" + word[half:]).split("\n")


def docx(body, extra=(), links=()):
    return of.docx(para(P1) + body + para("Контроль за исполнением оставляю за собой."), extra, links)


DOCX = {
    "plain": lambda b, m, a: docx(para(b + m + a)),
    "split-runs": lambda b, m, a: docx(para([b] + [run(p, "<w:b/>" if i % 2 else "") for i, p in enumerate(cut(m, 4))] + [a])),
    "spell-marks": lambda b, m, a: docx(para([b] + [r for p in cut(m) for r in ('<w:proofErr w:type="spellStart"/>', run(p), '<w:bookmarkStart w:id="1" w:name="_x"/>')] + [a])),
    "cell": lambda b, m, a: docx(of.wtable([["№", "Участник"], ["14", m]])),
    "soft-hyphen": lambda b, m, a: docx(para([b, m[:5], "<w:r><w:softHyphen/></w:r>", m[5:], a])),
    "no-break-hyphen": lambda b, m, a: docx(para([b] + [r for i, p in enumerate(m.split("-")) for r in ((["<w:r><w:noBreakHyphen/></w:r>"] if i else []) + [run(p)])] + [a])),
    "line-break": lambda b, m, a: docx(para([b] + [r for i, p in enumerate(m.split(" ")) for r in ((["<w:r><w:br/></w:r>"] if i else []) + [run(p)])] + [a])),
    "header": lambda b, m, a: docx(para("Пункт 1."), [("word/header1.xml", of.wpart("hdr", para(m)))]),
    "footer": lambda b, m, a: docx(para("Пункт 2."), [("word/footer1.xml", of.wpart("ftr", para([b] + cut(m))))]),
    "comments": lambda b, m, a: docx(para("Пункт 3."), [("word/comments.xml", of.wpart("comments", '<w:comment w:id="0" w:author="отдел">%s</w:comment>' % para(b + m)))]),
    "footnotes": lambda b, m, a: docx(para("Пункт 4."), [("word/footnotes.xml", of.wpart("footnotes", '<w:footnote w:id="2">%s</w:footnote>' % para(m + a)))]),
    "deleted": lambda b, m, a: docx('<w:p><w:r><w:t>Пункт 5.</w:t></w:r><w:del w:id="3" w:author="отдел"><w:r><w:delText xml:space="preserve">%s</w:delText></w:r></w:del></w:p>' % x(" " + m)),
    "vanish": lambda b, m, a: docx(para(["Пункт 6. ", run(m, "<w:vanish/>")])),
    "instr": lambda b, m, a: docx('<w:p><w:r><w:instrText xml:space="preserve"> DOCPROPERTY "%s" </w:instrText></w:r></w:p>' % x(m)),
    "link": lambda b, m, a: docx(para("Пункт 7."), links=["https://site.example/?q=" + m]),
    "core-title": lambda b, m, a: docx(para("Пункт 8."), [("docProps/core.xml", of.core(title=b + m))]),
    "core-keywords": lambda b, m, a: docx(para("Пункт 9."), [("docProps/core.xml", of.core(title="План", keywords="план; " + m))]),
    "company": lambda b, m, a: docx(para("Пункт 10."), [("docProps/app.xml", of.app(m))]),
    "custom": lambda b, m, a: docx(para("Пункт 11."), [("docProps/custom.xml", of.custom("Организация", m))]),
    "alt": lambda b, m, a: docx('<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="Схема" descr="%s"/></wp:inline></w:drawing></w:r></w:p>' % of.x(m, {'"': "&quot;"})),
    "textbox": lambda b, m, a: docx("<w:p><w:r><w:pict><w:txbxContent>%s</w:txbxContent></w:pict></w:r></w:p>" % para([b] + cut(m, 3))),
}

XLSX = {
    "inline": lambda b, m, a: of.xlsx([("Лист1", "", [["№", "Участник"], ["14", m]])]),
    "shared": lambda b, m, a: of.xlsx([("Лист1", "", [[0, 1], [2, 3]])], ["№", "Участник", "1", m]),
    "rich": lambda b, m, a: of.xlsx([("Лист1", "", [[0, 1]])], ["План", of.rich(cut(m, 3))]),
    "hidden": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]]), ("Служебный", "hidden", [["x", m]])]),
    "very-hidden": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]]), ("Справ", "veryHidden", [["x", b + m]])]),
    "comment": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("xl/comments1.xml", of.xcomment(m)), ("xl/worksheets/_rels/sheet1.xml.rels", of.rels([("comments", "../comments1.xml")]))]),
    "sheet-name": lambda b, m, a: of.xlsx([(m, "", [["Срок", "май"]])]),
    "defined-name": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], defined='<definedNames><definedName name="org" comment="%s">План!$A$1</definedName></definedNames>' % of.x(m, {'"': "&quot;"})),
    "header": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("tail:1", "<headerFooter><oddHeader>&amp;C%s</oddHeader></headerFooter>" % x(m))]),
    "formula": lambda b, m, a: of.xlsx([("План", "", [["Срок", '<c r="REF" t="str"><f>CONCATENATE("%s"," ")</f><v>-</v></c>' % x(m)]])]),
    "validation": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("tail:1", '<dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"колледж,%s"</formula1></dataValidation></dataValidations>' % x(m.replace(",", " ")))]),
    "title": lambda b, m, a: of.xlsx([("План", "", [["Срок", "май"]])], extra=[("docProps/core.xml", of.core(subject=m))]),
}

ODF = {
    "text.odt": lambda b, m, a: of.odf("text", tp(P1) + tp(x(b) + "".join('<text:span>%s</text:span>' % x(p) for p in cut(m, 3)) + x(a))),
    "spaces.odt": lambda b, m, a: of.odf("text", tp(x(b) + x(m).replace(" ", "<text:s/>"))),
    "annotation.odt": lambda b, m, a: of.odf("text", tp("Пункт 1.<office:annotation><dc:creator>отдел</dc:creator>%s</office:annotation>" % tp(x(m)))),
    "meta.odt": lambda b, m, a: of.odf("text", tp(P1), "<dc:title>%s</dc:title>" % x(b + m)),
    "user-field.odt": lambda b, m, a: of.odf("text", tp(P1), '<meta:user-defined meta:name="org">%s</meta:user-defined>' % x(m)),
    "footer.odt": lambda b, m, a: of.odf("text", tp(P1), "", tp(x(m))),
    "deleted.odt": lambda b, m, a: of.odf("text", '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>%s</text:deletion></text:changed-region></text:tracked-changes>' % tp(x(m)) + tp(P1)),
    "table.odt": lambda b, m, a: of.odf("text", tp(P1) + of.otable("Т1", [["№", "Участник"], ["14", m]])),
    "cells.ods": lambda b, m, a: of.odf("spreadsheet", of.otable("План", [["№", "Участник"], ["14", m]])),
    "hidden.ods": lambda b, m, a: of.odf("spreadsheet", of.otable("План", [["Срок", "май"]]) + of.otable("Служебный", [["x", b + m]]).replace("<table:table ", '<table:table table:display="false" ', 1)),
    "note.ods": lambda b, m, a: of.odf("spreadsheet", of.otable("План", [["Срок", "<table:table-cell><office:annotation>%s</office:annotation>%s</table:table-cell>" % (tp(x(m)), tp("май"))]])),
    "value.ods": lambda b, m, a: of.odf("spreadsheet", of.otable("План", [["Срок", '<table:table-cell office:value-type="string" office:string-value="%s"/>' % of.x(m, {'"': "&quot;"})]])),
}

PPTX = {
    "runs": lambda b, m, a: of.pptx([of.slide("sld", [["План"], [b] + cut(m, 3) + [a]])]),
    "notes": lambda b, m, a: of.pptx([of.slide("sld", [["План"]])], of.slide("notes", [[b + m]])),
    "alt": lambda b, m, a: of.pptx([of.slide("sld", [["План"]], m)]),
    "second": lambda b, m, a: of.pptx([of.slide("sld", [["План"]]), of.slide("sld", [["Участники"], [m]])]),
    "title": lambda b, m, a: of.pptx([of.slide("sld", [["План"]])], extra=[("docProps/core.xml", of.core(title=m))]),
    "comment": lambda b, m, a: of.pptx([of.slide("sld", [["План"]])], extra=[("ppt/comments/comment1.xml", of.HEAD + '<p:cmLst %s><p:cm authorId="0" idx="1"><p:text>%s</p:text></p:cm></p:cmLst>' % (of.A, x(m)))]),
}

PDF = {
    "plain": lambda b, m, a: bn.pdf([P1, b + m + a]),
    "kern": lambda b, m, a: bn.pdf([P1, b + m + a], mode="kern"),
    "range": lambda b, m, a: bn.pdf([P1, b + m], mode="range"),
    "pieces": lambda b, m, a: bn.pdf([P1, [b] + cut(m, 3) + [a]]),
    "raw": lambda b, m, a: bn.pdf([P1, m], compress=False),
    "two-lines": lambda b, m, a: bn.pdf([P1, b + m.rsplit(" ", 1)[0], m.rsplit(" ", 1)[-1] + a]),
    "hyphen": lambda b, m, a: bn.pdf([P1] + hyphen(m) + [a.strip(", ") or "план"]),
    "info-title": lambda b, m, a: bn.pdf([P1], [("Title", b + m)]),
    "info-subject": lambda b, m, a: bn.pdf([P1], [("Title", "План"), ("Subject", m), ("Author", "отдел")]),
    "info-keywords": lambda b, m, a: bn.pdf([P1], [("Keywords", "план, " + m)], compress=False),
    "xmp": lambda b, m, a: bn.pdf([P1], meta=bn.xmp(m, "dc:title")),
    "annotation": lambda b, m, a: bn.pdf([P1], annot=b + m),
    "outline": lambda b, m, a: bn.pdf([P1], outline=m),
    "field": lambda b, m, a: bn.pdf([P1], field=m),
    "attachment": lambda b, m, a: bn.pdf([P1], attach=("план.txt", TXT(b, m, a))),
}

PICTURES = {
    "exif-description.jpg": lambda b, m, a: bn.jpeg(bn.tiff([(0x010E, b + m)])),
    "exif-artist.jpg": lambda b, m, a: bn.jpeg(bn.tiff([(0x013B, m)])),
    "exif-xp.jpg": lambda b, m, a: bn.jpeg(bn.tiff(xp=[(0x9C9B, m)])),
    "exif-comment.jpg": lambda b, m, a: bn.jpeg(bn.tiff(user_comment=b + m)),
    "xmp.jpg": lambda b, m, a: bn.jpeg(xmp_packet=bn.xmp(m)),
    "iptc.jpg": lambda b, m, a: bn.jpeg(iptc=[(105, "План"), (120, b + m)]),
    "com.jpg": lambda b, m, a: bn.jpeg(comment=m),
    "itxt.png": lambda b, m, a: bn.png([bn.itxt("Description", b + m)]),
    "itxt-z.png": lambda b, m, a: bn.png([bn.itxt("Title", m, True)]),
    "text-utf8.png": lambda b, m, a: bn.png([bn.text_chunk("Comment", m.encode())]),
    "ztxt.png": lambda b, m, a: bn.png([bn.ztxt("Comment", m.encode())]),
    "exif.png": lambda b, m, a: bn.png([(b"eXIf", bn.tiff(xp=[(0x9C9F, m)]))]),
    "xmp.png": lambda b, m, a: bn.png([bn.itxt("XML:com.adobe.xmp", bn.xmp(m).decode())]),
    "comment.gif": lambda b, m, a: bn.gif(b + m),
    "xmp.webp": lambda b, m, a: bn.webp(bn.xmp(m)),
}

Z = of.pack
ARCHIVES = {
    "text.txt.gz": lambda b, m, a: of.gz(TXT(b, m, a)),
    "name.gz": lambda b, m, a: of.gz(TXT("", "", ""), "plan.txt").replace(b"plan.txt", m.replace(" ", "_").encode("utf-8"), 1),
    "page.svgz": lambda b, m, a: of.gz(('<svg xmlns="http://www.w3.org/2000/svg"><text>%s</text></svg>' % x(m)).encode()),
    "text.zip": lambda b, m, a: Z([("plan/readme.txt", P1), ("plan/2.txt", TXT(b, m, a))]),
    "entry-name.zip": lambda b, m, a: Z([("plan/%s.txt" % m.replace("/", "-").replace('"', ""), P1)]),
    "comment.zip": lambda b, m, a: Z([("readme.txt", P1)], (b + m).encode()),
    "nested.zip": lambda b, m, a: Z([("a.zip", Z([("b.zip", Z([("c.txt", TXT(b, m, a))]))]))]),
    "docx-in.zip": lambda b, m, a: Z([("doc/1.docx", DOCX["split-runs"](b, m, a))]),
    "html-gz-in.zip": lambda b, m, a: Z([("site/index.html.gz", of.gz(page("<p>%s</p>" % x(m))))]),
    "xlsx-in.zip": lambda b, m, a: Z([("t.xlsx", XLSX["hidden"](b, m, a))]),
    "wrong-name.txt": lambda b, m, a: DOCX["plain"](b, m, a),
    "docx-holds.docx": lambda b, m, a: docx(para("Приложение."), [("word/embeddings/sheet1.xlsx", XLSX["inline"](b, m, a))]),
    "pdf-in.zip": lambda b, m, a: Z([("1.pdf", PDF["info-title"](b, m, a))]),
}
