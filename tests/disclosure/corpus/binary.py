"""Minimal PDF and picture files, written by hand: CID fonts with ToUnicode, Info and XMP, EXIF, IPTC, PNG text.

Each builder takes ready text and gives bytes; nothing here knows a school.
"""

import base64
import hashlib
import struct
import zlib
from xml.sax.saxutils import escape as x

import deflate


def u16(t):
    return b"<" + (b"\xfe\xff" + t.encode("utf-16-be")).hex().upper().encode() + b">"


def xmp(text, tag="dc:description"):
    return ('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
            '<%s><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></%s></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
            % (tag, x(text), tag)).encode("utf-8")


def pdf(lines, info=None, mode="plain", compress=True, meta=None, annot="", outline="", field="", attach=None, packed=False, drawn=None, locked=False):
    """One page. `lines`: each a string, or a list of pieces shown by separate operators.

    `mode`: "plain" one Tj per piece; "kern" a TJ array of single letters; "range" bfrange in the CMap. `packed`: plain objects in an object stream, cross-references in a stream.
    `drawn`: (x, y, text) instead of lines, each placed by itself. `locked`: encrypted (RC4, 40 bits) with an empty user password.
    """
    if drawn:
        lines = [t for _, _, t in drawn]
    flat = "".join(p for line in lines for p in ([line] if isinstance(line, str) else line))
    glyphs = {c: i + 3 for i, c in enumerate(sorted(set(flat)))}
    enc = lambda t: ("<" + "".join("%04X" % glyphs[c] for c in t) + ">").encode()
    ops = [b"BT /F1 12 Tf 14 TL 50 780 Td"]
    for line in lines:
        for piece in [line] if isinstance(line, str) else line:
            if mode == "kern":
                ops.append(b"[" + b" -12 ".join(enc(c) for c in piece) + b"] TJ")
            else:
                ops.append(enc(piece) + b" Tj")
        ops.append(b"T*")
    if drawn:
        ops = [b"BT /F1 12 Tf"] + [b"1 0 0 1 %d %d Tm %s Tj" % (px, py, enc(t)) for px, py, t in drawn]
    content = b"\n".join(ops + [b"ET"])
    if mode == "range":
        rows = "".join("%d beginbfrange\n%s\nendbfrange\n" % (len(part), "\n".join(
            "<%04X> <%04X> <%04X>" % (g, g, ord(c)) for c, g in part)) for part in chunks(sorted(glyphs.items()), 90))
    else:
        rows = "".join("%d beginbfchar\n%s\nendbfchar\n" % (len(part), "\n".join(
            "<%04X> <%04X>" % (g, ord(c)) for c, g in part)) for part in chunks(sorted(glyphs.items()), 90))
    cmap = ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /T def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n%sendcmap\nend\nend" % rows).encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R%s >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"", None,
               b"<< /Type /Font /Subtype /Type0 /BaseFont /Text /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
               b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Text /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R /DW 600 >>",
               None, b"<< /Type /FontDescriptor /FontName /Text /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"]

    def stream(data, head=b""):
        body = deflate.compress(data, 9) if compress else data
        return b"<< /Length %d%s%s >>\nstream\n" % (len(body), b" /Filter /FlateDecode" if compress else b"", head) + body + b"\nendstream"

    objects[3], objects[6] = stream(content), stream(cmap)
    add = lambda o: objects.append(o) or len(objects)
    page, cat = b"", b""
    if annot:
        page += b" /Annots [%d 0 R]" % add(b"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents " + u16(annot) + b" >>")
    if outline:
        n = len(objects)
        add(b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count 1 >>" % (n + 2, n + 2))
        add(b"<< /Title " + u16(outline) + b" /Parent %d 0 R /Dest [3 0 R /Fit] >>" % (n + 1))
        cat += b" /Outlines %d 0 R" % (n + 1)
    if field:
        n = add(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (org) /Rect [10 10 200 30] /V " + u16(field) + b" >>")
        cat += b" /AcroForm << /Fields [%d 0 R] >>" % n
        page += b" /Annots [%d 0 R]" % n
    if meta:
        cat += b" /Metadata %d 0 R" % add(b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % len(meta) + meta + b"\nendstream")
    if attach:
        n = add(stream(attach[1], b" /Type /EmbeddedFile"))
        n = add(b"<< /Type /Filespec /F (file.txt) /UF " + u16(attach[0]) + b" /EF << /F %d 0 R >> >>" % n)
        cat += b" /Names << /EmbeddedFiles << /Names [(file.txt) %d 0 R] >> >>" % n
    objects[0] = objects[0] % cat
    objects[2] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R%s >>" % page
    trailer = b""
    if info:
        trailer = b" /Info %d 0 R" % add(b"<< " + b" ".join(b"/" + k.encode() + b" " + u16(v) for k, v in info) + b" >>")
    if packed:
        return pack_objects(objects, trailer)
    if locked:
        key, entry = lock()
        for i, o in enumerate(objects, 1):
            head, sep, body = o.partition(b"stream\n")
            if sep:
                own = hashlib.md5(key + struct.pack("<I", i)[:3] + b"\0\0").digest()[:10]
                objects[i - 1] = head + sep + rc4(own, body[:-len(b"\nendstream")]) + b"\nendstream"
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (add(entry), ID.hex().encode(), ID.hex().encode())
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for i, o in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % i + o + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, xref)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
ID = bytes(range(16))


def rc4(key, data):
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for b in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(b ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def lock():
    """The key of a file that opens without a password, and the object that says how."""
    owner = rc4(hashlib.md5(PAD).digest()[:5], PAD)
    rights = -44
    key = hashlib.md5(PAD + owner + struct.pack("<i", rights) + ID).digest()[:5]
    return key, b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (owner.hex().encode(), rc4(key, PAD).hex().encode(), rights)


def pack_objects(objects, trailer):
    """The file in the form of PDF 1.5: one object stream and a cross-reference stream."""
    out, places, inner, index, body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}, [], b"", b""
    for i, o in enumerate(objects, 1):
        if b"stream\n" in o:
            places[i] = (1, len(out), 0)
            out += b"%d 0 obj\n" % i + o + b"\nendobj\n"
        else:
            places[i] = (2, len(objects) + 1, len(inner))
            inner.append(i)
            index += b"%d %d " % (i, len(body))
            body += o + b"\n"
    n = len(objects) + 1
    places[n] = (1, len(out), 0)
    data = deflate.compress(index + body, 9)
    out += b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n" % (n, len(inner), len(index), len(data)) + data + b"\nendstream\nendobj\n"
    places[0], places[n + 1] = (0, 0, 65535), (1, len(out), 0)
    rows = deflate.compress(b"".join(struct.pack(">BIH", *places[i]) for i in range(n + 2)), 9)
    at = len(out)
    return (out + b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R%s /Filter /FlateDecode /Length %d >>\nstream\n" % (n + 1, n + 2, trailer, len(rows))
            + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)


def pdf_glyph_names(lines):
    """One page in a simple font without ToUnicode: its letters are told by glyph names (`uni0410`) in Differences."""
    codes = {c: i + 33 for i, c in enumerate(sorted(set("".join(lines))))}
    show = b"".join(b"<" + b"".join(b"%02X" % codes[c] for c in line) + b"> Tj T*\n" for line in lines)
    content = deflate.compress(b"BT /F1 12 Tf 14 TL 50 780 Td\n" + show + b"ET", 9)
    names = " ".join("/uni%04X" % ord(c) for c in codes).encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
               b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content + b"\nendstream",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Text /Encoding << /Type /Encoding /Differences [33 %s] >> >>" % names]
    return pack_objects(objects, b"")


def chunks(items, n):
    return [items[i:i + n] for i in range(0, len(items), n)]


def tiff(ascii_tags=(), xp=(), user_comment=""):
    """EXIF body (little endian): ASCII tags as UTF-8, XP* tags as UTF-16LE, UserComment as UNICODE."""
    entries = [(t, 2, v.encode("utf-8") + b"\0") for t, v in ascii_tags] + [(t, 1, v.encode("utf-16-le") + b"\0\0") for t, v in xp]
    sub = b"UNICODE\0" + user_comment.encode("utf-16-le") if user_comment else b""
    count = len(entries) + bool(sub)
    pos = 8 + 2 + 12 * count + 4
    table, data = b"", b""
    for tag, kind, val in sorted(entries):
        table += struct.pack("<HHII", tag, kind, len(val), pos + len(data)) if len(val) > 4 else struct.pack("<HHI", tag, kind, len(val)) + val.ljust(4, b"\0")
        data += (val + b"\0" * (len(val) % 2)) if len(val) > 4 else b""
    if sub:
        at = pos + len(data)
        table += struct.pack("<HHII", 0x8769, 4, 1, at)
        data += struct.pack("<H", 1) + struct.pack("<HHII", 0x9286, 7, len(sub), at + 18) + struct.pack("<I", 0) + sub
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", count) + table + struct.pack("<I", 0) + data


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(exif=b"", xmp_packet=b"", iptc=(), comment=""):
    """A grey 8×8 picture with the metadata asked for."""
    out = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    if exif:
        out += segment(0xE1, b"Exif\0\0" + exif)
    if xmp_packet:
        out += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet)
    if iptc:
        data = b"\x1c\x01\x5a\0\3\x1b%G" + b"".join(b"\x1c\x02" + bytes([n]) + struct.pack(">H", len(v.encode())) + v.encode() for n, v in iptc)
        data += b"\0" * (len(data) % 2)
        out += segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data)
    if comment:
        out += segment(0xFE, comment.encode("utf-8"))
    table = bytes([1] + [0] * 15 + [0])
    return (out + segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC0, b"\x08\0\x08\0\x08\1\1\x11\0") + segment(0xC4, b"\0" + table)
            + segment(0xC4, b"\x10" + table) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f\xff\xd9")


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(chunks_=()):
    """A 2×2 picture; `chunks_`: (kind, body) before the pixels."""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)) + b"".join(chunk(k, b) for k, b in chunks_)
            + chunk(b"IDAT", deflate.compress(b"\0\x80\x80\0\x80\x80")) + chunk(b"IEND", b""))


def itxt(key, text, packed=False):
    body = text.encode("utf-8")
    return b"iTXt", key.encode() + (b"\0\1\0" if packed else b"\0\0\0") + b"ru\0\0" + (deflate.compress(body) if packed else body)


def text_chunk(key, raw):
    return b"tEXt", key.encode() + b"\0" + raw


def ztxt(key, raw):
    return b"zTXt", key.encode() + b"\0\0" + deflate.compress(raw)


def gif(comment):
    raw = comment.encode("utf-8")
    blocks = b"".join(bytes([len(p)]) + p for p in (raw[i:i + 200] for i in range(0, len(raw), 200)))
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xfe" + blocks + b"\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def webp(packet, kind=b"XMP "):
    """A 1×1 lossless picture in the extended form with an XMP or EXIF chunk."""
    simple = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
    riff = lambda k, b: k + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2)
    body = b"WEBP" + riff(b"VP8X", (b"\x04" if kind == b"XMP " else b"\x08") + b"\0" * 9) + simple[12:] + riff(kind, packet)
    return b"RIFF" + struct.pack("<I", len(body)) + body
