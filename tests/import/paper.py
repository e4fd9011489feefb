"""Documents as offices make them, in the formats they make them in: `P` and `T` say what stands on paper, `docx`, `odt`, `xlsx`,
`ods`, `html`, `pdf` and `text` give the bytes. Takes Python alone; must not know what a plan is.

In texts: a line end is a paragraph, `\\v` a line break; `⟨+…⟩` inserted, `⟨-…⟩` deleted, `⟨h…⟩` hidden, `⟨f…⟩` a foot note.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

STAMP = (2024, 1, 1, 0, 0, 0)


class P:
    """A paragraph. `num`: (list, level) of automatic numbers; `box`: it stands in a text box."""

    def __init__(self, text="", align="", bold=False, num=None, box=False, page=False, wide=False, head=0):
        self.text, self.align, self.bold, self.num, self.box = text, align, bold, num, box
        self.page, self.wide, self.head = page, wide, head


class C:
    """A cell: its text, the columns and rows it covers. `num`: (list, level) for its first paragraph, or for all with `every`."""

    def __init__(self, text="", cs=1, rs=1, bold=False, num=None, every=False, value=None, deleted=False):
        self.text, self.cs, self.rs, self.bold, self.num = text, cs, rs, bold, num
        self.every, self.value = every, value


class R:
    """A row whose cells carry more: `head` repeats it, `gone` is a tracked deletion, `hidden` a hidden row of a sheet."""

    def __init__(self, cells, head=False, gone=False, hidden=False, cut=False):
        self.cells, self.head, self.gone, self.hidden, self.cut = cells, head, gone, hidden, cut


class T:
    """A table. `widths` in millimetres."""

    def __init__(self, rows, widths=None, name=None, lines=True):
        self.rows = [r if isinstance(r, R) else R(r) for r in rows]
        for row in self.rows:
            row.cells = [c if isinstance(c, C) else C(str(c)) for c in row.cells]
        self.columns = max(sum(c.cs for c in r.cells) for r in self.rows)
        self.widths = widths or [170 // self.columns] * self.columns
        self.name, self.lines = name, lines

    def grid(self):
        """For each row a list of (column, cell, how): "own", or "over" where a cell from above reaches down."""
        open_, out = {}, []
        for row in self.rows:
            line, column, cells = [], 0, list(row.cells)
            while cells or column in open_:
                if column in open_:
                    cell, left = open_[column]
                    line.append((column, cell, "over"))
                    if left == 1:
                        del open_[column]
                    else:
                        open_[column] = (cell, left - 1)
                    column += cell.cs
                    continue
                cell = cells.pop(0)
                line.append((column, cell, "own"))
                if cell.rs > 1:
                    open_[column] = (cell, cell.rs - 1)
                column += cell.cs
            for c in sorted(k for k in open_ if k >= column):
                cell, left = open_[c]
                line.append((c, cell, "over"))
                open_[c] = (cell, left - 1)
                if left == 1:
                    del open_[c]
            out.append((row, line))
        return out


# Automatic numbers: list name -> level -> (format, text). The same in Word's and in OpenDocument's words.
LISTS = {
    "one": [("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3.")],
    "bracket": [("decimal", "%1)"), ("russianLower", "%2)")],
    "bare": [("decimal", "%1"), ("decimal", "%1.%2")],
    "dash": [("bullet", "–"), ("bullet", "•")],
    "roman": [("upperRoman", "%1."), ("decimal", "%2.")],
}
MARK = re.compile(r"⟨([+\-hf])([^⟩]*)⟩")


def pieces(text):
    """(kind, text) of a text with marks: kind is "" for plain words."""
    at = 0
    for m in MARK.finditer(text):
        if m.start() > at:
            yield "", text[at:m.start()]
        yield m.group(1), m.group(2)
        at = m.end()
    if at < len(text):
        yield "", text[at:]


def shown(text):
    """What a reader sees of a text with marks."""
    return "".join(t for k, t in pieces(text) if k in ("", "+"))


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in files:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data if isinstance(data, bytes) else data.encode())
    return out.getvalue()


# ---------------------------------------------------------------- Word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Docx:
    """One Word document while it is written."""

    def __init__(self):
        self.notes, self.lists = [], {}

    def run(self, text, props=""):
        out = []
        for part in re.split(r"(\v|\t)", text):
            if part == "\v":
                out.append("<w:br/>")
            elif part == "\t":
                out.append("<w:tab/>")
            elif part:
                out.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
        return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(out)}</w:r>" if out else ""

    def runs(self, text, bold):
        out, props = [], "<w:b/>" if bold else ""
        by = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
        for kind, words in pieces(text):
            if kind == "+":
                out.append(f"<w:ins {by}>{self.run(words, props)}</w:ins>")
            elif kind == "-":
                out.append(f"<w:del {by}>{self.run(words, props).replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del>")
            elif kind == "h":
                out.append(self.run(words, props + "<w:vanish/>"))
            elif kind == "f":
                self.notes.append(words)
                out.append(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>')
            else:
                # Programs cut words into runs wherever somebody once stopped typing.
                middle = len(words) // 2
                out += [self.run(words[:middle], props), self.run(words[middle:], props)]
        return "".join(out)

    def paragraph(self, text, align="", bold=False, num=None, page=False, head=0):
        props = ""
        if head:
            props += f'<w:pStyle w:val="Heading{head}"/>'
        if num:
            self.lists.setdefault(num[0], len(self.lists) + 1)
            props += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{self.lists[num[0]]}"/></w:numPr>'
        if align:
            props += f'<w:jc w:val="{align}"/>'
        brk = '<w:r><w:br w:type="page"/></w:r>' if page else ""
        return f"<w:p><w:pPr>{props}</w:pPr>{brk}{self.runs(text, bold)}</w:p>"

    def table(self, table):
        sides = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
        out = [f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{f"<w:tblBorders>{sides}</w:tblBorders>" if table.lines else ""}</w:tblPr><w:tblGrid>']
        out += [f'<w:gridCol w:w="{round(w * 56.7)}"/>' for w in table.widths]
        out.append("</w:tblGrid>")
        for row, line in table.grid():
            props = ("<w:tblHeader/>" if row.head else "") + ('<w:del w:id="9" w:author="a" w:date="2024-01-01T00:00:00Z"/>' if row.gone else "")
            out.append(f"<w:tr><w:trPr>{props}</w:trPr>")
            for column, cell, how in line:
                width = sum(table.widths[column:column + cell.cs])
                tc = f'<w:tcW w:w="{round(width * 56.7)}" w:type="dxa"/>'
                if cell.cs > 1:
                    tc += f'<w:gridSpan w:val="{cell.cs}"/>'
                if how == "over":
                    out.append(f"<w:tc><w:tcPr>{tc}<w:vMerge/></w:tcPr><w:p/></w:tc>")
                    continue
                if cell.rs > 1:
                    tc += '<w:vMerge w:val="restart"/>'
                body = ""
                for i, words in enumerate(cell.text.split("\n")):
                    num = cell.num if i == 0 or cell.every else None
                    body += self.paragraph(f"⟨-{words}⟩" if row.gone and words else words, bold=cell.bold, num=num)
                out.append(f"<w:tc><w:tcPr>{tc}</w:tcPr>{body}</w:tc>")
            out.append("</w:tr>")
        out.append("</w:tbl><w:p/>")
        return "".join(out)

    def numbering(self):
        out = [f"<w:numbering {W}>"]
        for name, number in self.lists.items():
            levels = LISTS[name.split("@")[0]]
            out.append(f'<w:abstractNum w:abstractNumId="{number}">')
            for i, (form, text) in enumerate(levels):
                out.append(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>')
            out.append("</w:abstractNum>")
        for name, number in self.lists.items():
            out.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        return "".join(out) + "</w:numbering>"


def docx(items):
    d, body, last = Docx(), [], '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    for item in items:
        if isinstance(item, T):
            body.append(d.table(item))
        elif item.box:
            inner = "".join(d.paragraph(line, item.align, item.bold) for line in item.text.split("\n"))
            body.append(
                '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
                '<w:drawing><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:txbx><w:txbxContent>'
                f"{inner}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox>"
                f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            )
        elif item.wide:
            body.append('<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>')
            last = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
        else:
            for i, line in enumerate(item.text.split("\n")):
                body.append(d.paragraph(line, item.align, item.bold, item.num, item.page and i == 0, item.head))
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>{"".join(body)}{last}</w:body></w:document>'
    notes = "".join(f'<w:footnote w:id="{i}"><w:p>{d.run(t)}</w:p></w:footnote>' for i, t in enumerate(d.notes, 2))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>' for n in (1, 2, 3))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    return zipped([
        ("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         + "".join(f'<Override PartName="/word/{n}.xml" ContentType="{kind}{t}+xml"/>' for n, t in (("document", "document.main"), ("numbering", "numbering"), ("styles", "styles"), ("footnotes", "footnotes"))) + "</Types>"),
        ("_rels/.rels", f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/_rels/document.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         + "".join(f'<Relationship Id="r{i}" Type="{rel}{n}" Target="{n}.xml"/>' for i, n in enumerate(("numbering", "styles", "footnotes"))) + "</Relationships>"),
        ("word/document.xml", document),
        ("word/numbering.xml", d.numbering()),
        ("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>"),
        ("word/footnotes.xml", f"<w:footnotes {W}>{notes}</w:footnotes>"),
    ])


# ---------------------------------------------------------------- OpenDocument

ODF = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in
               (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"))) + \
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'


class Odf:
    def __init__(self):
        self.notes, self.changes, self.last = 0, [], None

    def words(self, text):
        out = []
        for kind, words in pieces(text):
            body = escape(words).replace("\v", "<text:line-break/>").replace("\t", "<text:tab/>")
            if kind == "-":
                self.changes.append(body)
                out.append(f'<text:change text:change-id="ct{len(self.changes)}"/>')
            elif kind == "h":
                out.append(f'<text:span text:style-name="Hidden">{body}</text:span>')
            elif kind == "f":
                self.notes += 1
                out.append(f'<text:note text:note-class="footnote"><text:note-citation>{self.notes}</text:note-citation><text:note-body><text:p>{body}</text:p></text:note-body></text:note>')
            else:
                out.append(f"<text:span>{body}</text:span>")
        return "".join(out)

    def paragraph(self, text, align="", bold=False, num=None, page=False, head=0):
        style = {"center": "Center", "right": "Right"}.get(align, "Bold" if bold else "Standard")
        if page:
            style = "Page"
        inner = f'<text:p text:style-name="{style}">{self.words(text)}</text:p>'
        if head:
            inner = f'<text:h text:outline-level="{head}">{self.words(text)}</text:h>'
        if num:
            name, level = num
            goes = ' text:continue-numbering="true"'
            inner = "<text:list>" * level + f"<text:list-item>{inner}</text:list-item>" + "".join("</text:list>" for _ in range(level))
            if level:
                inner = inner.replace("<text:list>", "<text:list><text:list-item>", level - 1) if level > 1 else inner
                inner = f"<text:list-item>{inner}</text:list-item>"
            inner = f'<text:list text:style-name="{name.replace("@", "_")}"{goes}>{inner}</text:list>'
        return inner

    def table(self, table, sheet=False):
        out = [f'<table:table table:name={quoteattr(table.name or "Таблица")}>', f'<table:table-column table:number-columns-repeated="{table.columns}"/>']
        for row, line in table.grid():
            hidden = ' table:visibility="collapse"' if row.hidden else ""
            body = [f"<table:table-row{hidden}>"]
            for _, cell, how in line:
                if how == "over":
                    body.append("<table:covered-table-cell/>" * cell.cs)
                    continue
                spans = f' table:number-columns-spanned="{cell.cs}" table:number-rows-spanned="{cell.rs}"' if cell.cs + cell.rs > 2 else ""
                kind = ""
                if sheet and isinstance(cell.value, tuple):
                    kind = ' office:value-type="date" office:date-value="%04d-%02d-%02d"' % cell.value
                elif sheet and isinstance(cell.value, (int, float)):
                    kind = f' office:value-type="float" office:value="{cell.value}"'
                elif sheet and cell.text:
                    kind = ' office:value-type="string"'
                inner = "".join(
                    self.paragraph(words, bold=cell.bold, num=cell.num if i == 0 or cell.every else None) for i, words in enumerate(cell.text.split("\n"))) if cell.text or cell.num else ("" if sheet else "<text:p/>")
                body.append(f"<table:table-cell{spans}{kind}>{inner}</table:table-cell>" + "<table:covered-table-cell/>" * (cell.cs - 1))
            body.append("</table:table-row>")
            text = "".join(body)
            out.append(f"<table:table-header-rows>{text}</table:table-header-rows>" if row.head else text)
        return "".join(out) + "</table:table>"


def odf_styles(lists):
    out = ['<style:style style:name="Center" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
           '<style:style style:name="Right" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
           '<style:style style:name="Page" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
           '<style:style style:name="Bold" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
           '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>']
    forms = {"decimal": "1", "upperRoman": "I", "russianLower": "а, б, .., аа, бб, ... (ru)"}
    for name in lists:
        out.append(f'<text:list-style style:name="{name.replace("@", "_")}">')
        for i, (form, text) in enumerate(LISTS[name.split("@")[0]], 1):
            if form == "bullet":
                out.append(f'<text:list-level-style-bullet text:level="{i}" text:bullet-char="{text}"/>')
            else:
                out.append(f'<text:list-level-style-number text:level="{i}" style:num-format="{forms[form]}" style:num-suffix="{text[-1] if text[-1] in ".)" else ""}" text:display-levels="{text.count("%")}"/>')
        out.append("</text:list-style>")
    return "".join(out)


def names(items):
    out = {i.num[0] for i in items if isinstance(i, P) and i.num}
    return sorted(out | {c.num[0] for i in items if isinstance(i, T) for r in i.rows for c in r.cells if c.num})


def odt(items):
    d, body = Odf(), []
    for item in items:
        if isinstance(item, T):
            body.append(d.table(item))
        elif item.box:
            inner = "".join(f"<text:p>{d.words(line)}</text:p>" for line in item.text.split("\n"))
            body.append(f'<text:p><draw:frame text:anchor-type="paragraph" svg:width="8cm" svg:height="2cm"><draw:text-box>{inner}</draw:text-box></draw:frame></text:p>')
        elif not item.wide:
            body += [d.paragraph(line, item.align, item.bold, item.num, item.page and i == 0, item.head) for i, line in enumerate(item.text.split("\n"))]
    changes = "".join(f'<text:changed-region text:id="ct{i}"><text:deletion><office:change-info><dc:creator>a</dc:creator><dc:date>2024-01-01T10:00:00</dc:date></office:change-info><text:p>{t}</text:p></text:deletion></text:changed-region>' for i, t in enumerate(d.changes, 1))
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    return opendocument("text", f"<office:text>{tracked}{''.join(body)}</office:text>", names(items))


def ods(items):
    d = Odf()
    return opendocument("spreadsheet", f"<office:spreadsheet>{''.join(d.table(t, True) for t in items)}</office:spreadsheet>", [])


def opendocument(kind, body, lists):
    return zipped([
        ("mimetype", f"application/vnd.oasis.opendocument.{kind}"),
        ("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF} office:version="1.3"><office:scripts/><office:automatic-styles>{odf_styles(lists)}</office:automatic-styles><office:body>{body}</office:body></office:document-content>'),
        ("styles.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {ODF} office:version="1.3"/>'),
        ("META-INF/manifest.xml", f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'),
    ])


# ---------------------------------------------------------------- Excel

def column(n):
    return (column(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def xlsx(items):
    """Tables, a sheet each. `C.value`: a number, or (year, month, day) for a date."""
    import datetime

    sheets = []
    for table in items:
        rows, merges = [], []
        for r, (row, line) in enumerate(table.grid(), 1):
            cells = []
            for at, cell, how in line:
                if how == "over":
                    continue
                ref = f"{column(at)}{r}"
                if cell.cs + cell.rs > 2:
                    merges.append(f"{ref}:{column(at + cell.cs - 1)}{r + cell.rs - 1}")
                if isinstance(cell.value, tuple):
                    serial = (datetime.date(*cell.value) - datetime.date(1899, 12, 30)).days
                    cells.append(f'<c r="{ref}" s="1"><v>{serial}</v></c>')
                elif isinstance(cell.value, (int, float)):
                    cells.append(f'<c r="{ref}"><v>{cell.value}</v></c>')
                elif cell.text:
                    cells.append(f'<c r="{ref}" s="{2 if cell.bold else 0}" t="inlineStr"><is><t xml:space="preserve">{escape(shown(cell.text)).replace(chr(11), chr(10))}</t></is></c>')
            hidden = ' hidden="1"' if row.hidden else ""
            rows.append(f'<row r="{r}"{hidden}>{"".join(cells)}</row>')
        merged = f'<mergeCells count="{len(merges)}">{"".join(f"<mergeCell ref={quoteattr(m)}/>" for m in merges)}</mergeCells>' if merges else ""
        sheets.append(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>')
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    listed = "".join(f'<sheet name={quoteattr(t.name or f"Лист{i}")} sheetId="{i}" r:id="r{i}"/>' for i, t in enumerate(items, 1))
    styles = (f'<styleSheet xmlns="{ns}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
              '<cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>')
    return zipped([
        ("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
         + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}worksheet+xml"/>' for i in range(1, len(sheets) + 1)) + "</Types>"),
        ("_rels/.rels", f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{ns}" xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         + "".join(f'<Relationship Id="r{i}" Type="{rel}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1)) + f'<Relationship Id="s" Type="{rel}/styles" Target="styles.xml"/></Relationships>'),
        ("xl/styles.xml", styles),
    ] + [(f"xl/worksheets/sheet{i}.xml", s) for i, s in enumerate(sheets, 1)])


# ---------------------------------------------------------------- HTML

class Numbers:
    """The numbers that a program would show."""

    def __init__(self):
        self.counts = {}

    def next(self, num):
        name, level = num
        levels = LISTS[name.split("@")[0]]
        counts = self.counts.setdefault(name, [0] * len(levels))
        counts[level] += 1
        counts[level + 1:] = [0] * (len(levels) - level - 1)
        form, text = levels[level]
        if form == "bullet":
            return text
        roman = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
        for i in range(level, -1, -1):
            one = counts[i] or 1
            kind = levels[i][0]
            text = text.replace(f"%{i + 1}", roman[one] if kind == "upperRoman" else "абвгдежзик"[one - 1] if kind == "russianLower" else str(one))
        return text


def html(items, kind="word"):
    """As Word saves a page (`word`), as LibreOffice does (`writer`), or as a letter holds it (`mail`)."""
    numbers, notes = Numbers(), []

    def words(text):
        out = []
        for k, t in pieces(text):
            t = escape(t).replace("\v", "<br>\n").replace("\xa0", "&nbsp;")
            if k == "+":
                out.append(f'<ins cite="mailto:a" datetime="2024-01-01T10:00">{t}</ins>')
            elif k == "-":
                out.append(f'<del cite="mailto:a" datetime="2024-01-01T10:00">{t}</del>')
            elif k == "h":
                out.append(f"<span style='display:none'>{t}</span>")
            elif k == "f":
                notes.append(t)
                out.append(f'<a href="#_ftn{len(notes)}" name="_ftnref{len(notes)}"><sup>[{len(notes)}]</sup></a>')
            else:
                # Word breaks its lines where the column of the source ends.
                out.append(t.replace(" ", "\n", 1) if kind == "word" and len(t) > 60 else t)
        return "".join(out)

    def p(text, align="", bold=False, num=None, head=0):
        inner = words(text)
        if bold:
            inner = f"<b>{inner}</b>"
        if kind == "word":
            style = f"text-align:{align}" if align else ""
            if num:
                mark = numbers.next(num)
                return (f"<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level{num[1] + 1} lfo1;{style}'><![if !supportLists]><span style='mso-list:Ignore'>{mark}"
                        f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>{inner}<o:p></o:p></p>")
            return f"<p class=MsoNormal style='{style}'>{inner or '&nbsp;'}<o:p></o:p></p>"
        if num:
            inner = f"{numbers.next(num)} {inner}"
        if kind == "mail":
            return f'<div style="text-align:{align or "left"}"><font face="Arial" size="2">{inner or "<br>"}</font></div>'
        tag = f"h{head}" if head else "p"
        return f'<{tag} align="{align or "left"}" style="margin-bottom: 0cm"><font face="Times New Roman, serif">{inner or "<br/>"}</font></{tag}>'

    body = []
    for item in items:
        if isinstance(item, T):
            body.append('<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>' if kind == "word" else '<table border="1" cellpadding="4" cellspacing="0" width="100%">')
            for row, line in item.grid():
                body.append("<tr>" if not row.gone else "<tr style='mso-yfti-irow:1;display:none'>")
                for at, cell, how in line:
                    if how == "over":
                        continue
                    spans = (f" colspan={cell.cs}" if cell.cs > 1 else "") + (f" rowspan={cell.rs}" if cell.rs > 1 else "")
                    inner = "".join(p(t, bold=cell.bold, num=cell.num if i == 0 or cell.every else None) for i, t in enumerate(cell.text.split("\n")))
                    width = item.widths[at] if at < len(item.widths) else 20
                    body.append(f"<td{spans} width={width * 4} valign=top>{inner}" + ("" if kind == "word" and cell.cs == 1 else "</td>"))
                body.append("</tr>")
            body.append("</table>")
        elif not item.wide:
            body += [p(t, item.align, item.bold, item.num, item.head) for t in item.text.split("\n")]
    for i, note in enumerate(notes, 1):
        body.append(f'<div id=ftn{i}><p class=MsoFootnoteText><a href="#_ftnref{i}" name="_ftn{i}"><sup>[{i}]</sup></a> {note}</p></div>')
    text = "\n".join(body)
    if kind == "word":
        page = ('<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1251">'
                "<meta name=Generator content=\"Microsoft Word 15\"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
                f"<style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body lang=RU><div class=WordSection1>{text}</div></body></html>")
        return page.encode("cp1251", "xmlcharrefreplace")
    if kind == "mail":
        return (f'<html><head><meta charset="utf-8"></head><body><div>Добрый день!</div><div>Направляем план для размещения.</div><div><br></div>{text}'
                '<div>--</div><div>С уважением, методист</div></body></html>').encode()
    return f'<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 7.4"/></head><body lang="ru-RU">{text}</body></html>'.encode()


# ---------------------------------------------------------------- plain text

def text(items, kind="tabs", encoding="utf-8", wrap=0):
    """As recognition leaves it (`tabs`), with pipes (`pipes`), with a drawn frame (`frame`), as Markdown (`markdown`), or values
    between semicolons (`csv`)."""
    import textwrap

    numbers, out, notes = Numbers(), [], []

    def words(t, num=None):
        for k, note in pieces(t):
            if k == "f":
                notes.append(note)
        t = shown(t)
        return f"{numbers.next(num)} {t}" if num else t

    for item in items:
        if isinstance(item, T):
            rows = []
            for row, line in item.grid():
                if row.gone:
                    continue
                cells = [""] * item.columns
                for at, cell, how in line:
                    if how == "own":
                        cells[at] = "\n".join(words(t, cell.num if i == 0 or cell.every else None) for i, t in enumerate(cell.text.split("\n"))).replace("\v", "\n")
                rows.append((row, cells))
            if kind == "tabs":
                for _, cells in rows:
                    out.append("\t".join(c.replace("\n", " ") for c in cells))
            elif kind in ("pipes", "markdown"):
                for i, (_, cells) in enumerate(rows):
                    mark = "<br>" if kind == "markdown" else " "
                    out.append("| " + " | ".join(c.replace("\n", mark) for c in cells) + " |")
                    if i == 0:
                        out.append("|" + "---|" * item.columns)
            elif kind == "csv":
                for _, cells in rows:
                    out.append(";".join('"' + c.replace('"', '""') + '"' if re.search('[;"\n]', c) else c for c in cells))
            else:
                widths = [max(4, w // 2) for w in item.widths]
                rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
                out.append(rule)
                for _, cells in rows:
                    lines = [[w for part in c.split("\n") for w in (textwrap.wrap(part, width) or [""])] for c, width in zip(cells, widths)]
                    for i in range(max(len(l) for l in lines)):
                        out.append("|" + "|".join(" " + (l[i] if i < len(l) else "").ljust(w) + " " for l, w in zip(lines, widths)) + "|")
                    out.append(rule)
            out.append("")
        elif not item.wide:
            for t in item.text.split("\n"):
                t = words(t, item.num)
                lines = textwrap.wrap(t, wrap) if wrap and t else [t]
                for line in lines:
                    if kind == "markdown" and item.bold:
                        line = f"**{line}**"
                    out += [line, ""] if kind == "markdown" else [line]
    for i, note in enumerate(notes, 1):
        out.append(f"{'*' * i} {note}")
    return "\n".join(out).encode(encoding, "replace")
