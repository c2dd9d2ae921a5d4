"""Files that are sent to do harm, and some that only look like it: each with whether it is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument."
TYPES = b'<?xml version="1.0"?><Types xmlns="x"></Types>'
DOC = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"}
SHEET = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}
ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": b"<office/>",
}
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def packed(
    members: dict[str, bytes], *, comment: bytes = b"", how: int = zipfile.ZIP_DEFLATED
) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as file:
        for name, content in members.items():
            file.writestr(name, content)
        file.comment = comment
    return written.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **how: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else None).save(written, kind, **how)
    return written.getvalue()


def pdf(inside: bytes = b"", *, after: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" + inside + b"\ntrailer\n<</Root 1 0 R"
        b">>\nstartxref\n0\n%%EOF\n" + after
    )


def hidden(inside: bytes) -> bytes:
    return (
        b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\n"
        + zlib.compress(inside)
        + b"\nendstream\nendobj"
    )


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IEND", b"")


def bomb() -> bytes:
    return packed({**DOC, "word/media/zeros.xml": b"\0" * 120_000_000})


def lying_bomb() -> bytes:
    """Give a zip file that says of its largest member that it is small."""
    true = packed({**SHEET, "xl/worksheets/sheet1.xml": b" " * 110_000_000})
    return true.replace(struct.pack("<I", 110_000_000), struct.pack("<I", 1_000))


def many_rows() -> bytes:
    row = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    return packed({**SHEET, "xl/worksheets/sheet1.xml": row * 1_300_000})


def locked() -> bytes:
    """Give a zip file whose members say that they have a password."""
    plain = bytearray(packed(DOC))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := plain.find(sign, start)) >= 0:
            plain[found + at] |= 1
            start = found + 4
    return bytes(plain)


def twins() -> bytes:
    return packed({**DOC, "word/a.xml": b"<a/>", "WORD/A.xml": b"<b/>"})


def nested_laughs() -> bytes:
    said = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    return packed({**DOC, "word/document.xml": said})


#: What each is called, what is sent under which name, and whether it is kept.
CORPUS: dict[str, tuple[Callable[[], bytes], str, bool]] = {
    "nothing at all": (lambda: b"", "empty.pdf", False),
    "one blank": (lambda: b" ", "blank.txt", False),
    "a page of the web called a picture": (lambda: HTML, "photo.jpg", False),
    "a page of the web called a text": (lambda: HTML, "notes.txt", False),
    "a page of the web after blank lines": (lambda: b"\n" * 500 + HTML, "notes.txt", False),
    "a page of the web with a mark before it": (lambda: b"\xef\xbb\xbf" + HTML, "a.csv", False),
    "a page of the web in wide signs": (lambda: HTML.decode().encode("utf-16"), "a.txt", False),
    "a script in the first words of a text": (
        lambda: b"Minutes <script>alert(1)</script>",
        "minutes.txt",
        False,
    ),
    "markup in capitals and gaps": (lambda: b"Hello < SCRIPT >alert(1)", "minutes.txt", False),
    "a frame": (lambda: b"x\n<iframe src=//x>", "minutes.txt", False),
    "a drawing with a script": (lambda: SVG, "logo.svg", False),
    "a drawing called a PNG": (lambda: SVG, "logo.png", False),
    "a drawing with an XML head": (lambda: b'<?xml version="1.0"?>' + SVG, "logo.svg", False),
    "a packed drawing": (lambda: zlib.compress(SVG), "logo.svgz", False),
    "a GIF that is a script": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "x.gif", False),
    "a true GIF": (lambda: picture("GIF"), "x.gif", False),
    "a bitmap": (lambda: picture("BMP"), "x.bmp", False),
    "a TIFF": (lambda: picture("TIFF"), "x.tif", False),
    "an icon": (lambda: picture("ICO"), "favicon.ico", False),
    "a JPEG with a page after it": (lambda: picture("JPEG") + HTML, "photo.jpg", True),
    "a JPEG with a zip after it": (lambda: picture("JPEG") + packed(DOC), "photo.jpg", True),
    "a JPEG with a script as remark": (
        lambda: picture("JPEG", comment=b"*/alert(1)//<script>"),
        "photo.jpg",
        True,
    ),
    "a PNG with a script as text": (
        lambda: (
            png(1, 1, chunk(b"tEXt", b"x\0<script>alert(1)</script>")).replace(
                chunk(b"IEND", b""), chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
            )
            + chunk(b"IEND", b"")
        ),
        "photo.png",
        True,
    ),
    "a JPEG cut off": (lambda: picture("JPEG", (400, 300))[:300], "photo.jpg", False),
    "a JPEG of three bytes": (lambda: b"\xff\xd8\xff", "photo.jpg", False),
    "a PNG cut off": (lambda: picture("PNG", (400, 300))[:40], "photo.png", False),
    "a PNG without points": (lambda: png(10, 10), "photo.png", False),
    "a PNG of no width": (lambda: png(0, 10), "photo.png", False),
    "a flood of points": (lambda: png(60_000, 60_000), "flood.png", False),
    "a flood of points that is true": (lambda: picture("PNG", (6_000, 6_000), "L"), "f.png", False),
    "a JPEG of the most that it can say": (
        lambda: picture("JPEG").replace(struct.pack(">HH", 30, 40), b"\xff\xff\xff\xff"),
        "flood.jpg",
        False,
    ),
    "a PNG whose points are a bomb": (
        lambda: png(3_000, 3_000, chunk(b"IDAT", zlib.compress(b"\0" * 90_000_000))),
        "bomb.png",
        True,
    ),
    "a PNG whose text is a bomb": (
        lambda: png(2, 2, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 50_000_000))),
        "bomb.png",
        False,
    ),
    "a RIFF that is a sound": (lambda: b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 20, "x.webp", False),
    "a WebP": (lambda: picture("WEBP"), "photo.webp", True),
    "a WebP cut off": (lambda: picture("WEBP", (300, 300))[:60], "photo.webp", False),
    "a PDF": (pdf, "minutes.pdf", True),
    "a PDF called a page of the web": (pdf, "minutes.html", True),
    "a PDF with a script": (lambda: pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "m.pdf", False),
    "a PDF with a script by another spelling": (
        lambda: pdf(b"<</S/J#61vaScript/J#53(app.alert(1))>>"),
        "m.pdf",
        False,
    ),
    "a PDF with a packed script": (lambda: pdf(hidden(b"<</JS(app.alert(1))>>")), "m.pdf", False),
    "a PDF that starts programs": (lambda: pdf(b"<</S/Launch/F(cmd.exe)>>"), "m.pdf", False),
    "a PDF with a file inside": (lambda: pdf(b"<</EmbeddedFiles 9 0 R>>"), "m.pdf", False),
    "a PDF with a password": (lambda: pdf(b"<</Encrypt 9 0 R>>"), "m.pdf", False),
    "a PDF that unpacks without end": (lambda: pdf(hidden(b" " * 60_000_000)), "m.pdf", False),
    "a PDF that cannot be unpacked": (
        lambda: pdf(b"<</Type/ObjStm>>stream\nnonsense\nendstream"),
        "m.pdf",
        False,
    ),
    "a PDF cut off": (lambda: pdf()[:60], "m.pdf", False),
    "a PDF with a page after it": (lambda: pdf(after=HTML), "m.pdf", False),
    "a PDF that is also a zip": (
        lambda: pdf(after=packed({"a.js": b"1"}, comment=b"\n%%EOF\n")),
        "m.pdf",
        False,
    ),
    "a page before a PDF": (lambda: HTML + pdf(), "m.pdf", False),
    "a Word file": (lambda: packed(DOC), "letter.docx", True),
    "a Word file called a picture": (lambda: packed(DOC), "letter.jpg", True),
    "a workbook": (lambda: packed(SHEET), "table.xlsx", True),
    "an OpenDocument text": (lambda: packed(ODT), "letter.odt", True),
    "an OpenDocument drawing": (
        lambda: packed({**ODT, "mimetype": b"application/vnd.oasis.opendocument.graphics"}),
        "plan.odg",
        False,
    ),
    "a zip file": (lambda: packed({"a.txt": b"hello"}), "a.zip", False),
    "a Java archive": (
        lambda: packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}),
        "a.docx",
        False,
    ),
    "a Word file with macros": (
        lambda: packed({**DOC, "word/vbaProject.bin": b"x"}),
        "l.docx",
        False,
    ),
    "a Word file that says it has macros": (
        lambda: packed({**DOC, "[Content_Types].xml": b"<Types>macroEnabled</Types>"}),
        "l.docx",
        False,
    ),
    "a Word file with a program inside": (
        lambda: packed({**DOC, "word/embeddings/oleObject1.bin": b"MZ"}),
        "l.docx",
        False,
    ),
    "a Word file that fetches its template": (
        lambda: packed(
            {**DOC, "word/_rels/settings.xml.rels": b'<x Type="attachedTemplate" Target="//x"/>'}
        ),
        "l.docx",
        False,
    ),
    "an OpenDocument text with macros": (
        lambda: packed({**ODT, "Basic/a.xml": b"x"}),
        "l.odt",
        False,
    ),
    "words that unpack without end": (nested_laughs, "l.docx", False),
    "a bomb": (bomb, "l.docx", False),
    "a bomb that lies": (lying_bomb, "l.xlsx", False),
    "a workbook of a million rows": (many_rows, "rows.xlsx", False),
    "more members than any file has": (
        lambda: packed({**DOC, **{f"word/{n}.xml": b"" for n in range(2_100)}}),
        "l.docx",
        False,
    ),
    "a member outside its folder": (
        lambda: packed({**DOC, "../../evil.xml": b"x"}),
        "l.docx",
        False,
    ),
    "a member from the root": (lambda: packed({**DOC, "/etc/x.xml": b"x"}), "l.docx", False),
    "a member on another disk": (lambda: packed({**DOC, "C:x.xml": b"x"}), "l.docx", False),
    "two members of one name": (twins, "l.docx", False),
    "a Word file with a password": (locked, "l.docx", False),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "l.doc", False),
    "a Word file cut off": (lambda: packed(DOC)[:-30], "l.docx", False),
    "a Word file with words after it": (lambda: packed(DOC) + HTML, "l.docx", False),
    "a Word file with words as its remark": (lambda: packed(DOC, comment=HTML), "l.docx", False),
    "a page before a Word file": (lambda: HTML + packed(DOC), "l.docx", False),
    "a member that was altered": (
        lambda: packed(DOC, how=zipfile.ZIP_STORED).replace(b"<w:document/>", b"<w:DOCUMENT/>"),
        "l.docx",
        False,
    ),
    "a program": (lambda: b"MZ\x90\0\x03\0\0\0" + b"\0" * 200, "setup.txt", False),
    "a program of another system": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 200, "a.csv", False),
    "a script of the shell": (lambda: b"#!/bin/sh\nrm -rf /\n", "a.txt", False),
    "rich text": (lambda: b"{\\rtf1 hello}", "a.txt", False),
    "a printer's program": (lambda: b"%!PS\nshowpage", "a.txt", False),
    "a mail with a page in it": (lambda: b"MIME-Version: 1.0\n\n<html>", "a.txt", False),
    "a text with noughts": (lambda: b"Minutes\0of May", "a.txt", False),
    "a text with signals": (lambda: b"Minutes\x1b]0;x\x07of May", "a.txt", False),
    "a table that is a formula": (lambda: b"Place,Area\n=cmd|'/c calc'!A1,2\n", "a.csv", True),
    "a line of ten million signs": (lambda: b"a" * 10_000_000, "a.txt", True),
    "a table of a million columns": (lambda: b"," * 1_000_000 + b"\n1", "a.csv", True),
    "text in the code of Windows": (lambda: "Fête – £5".encode("cp1252"), "a.txt", True),
    "text in wide signs": (lambda: "Minutes of May".encode("utf-16"), "a.txt", True),
    "half a wide sign": (lambda: b"\xff\xfeM\0i", "a.txt", False),
}

NAMES = {
    "../../../etc/passwd": "passwd.txt",
    "..\\..\\windows\\system32\\a.txt": "a.txt",
    "/absolute/path.txt": "path.txt",
    "C:\\Users\\x\\minutes.txt": "minutes.txt",
    "minutes.txt\0.html": "minutes.txt.txt",
    "minutes\r\nSet-Cookie: x.txt": "minutesSet-Cookie x.txt",
    "invoice\u202etxt.exe": "invoicetxt.txt",
    "zero\u200bwidth.txt": "zerowidth.txt",
    "<script>alert(1)</script>.txt": "script.txt",
    'quote".txt': "quote.txt",
    "photo.html": "photo.txt",
    "minutes.txt.exe": "minutes.txt.txt",
    ".htaccess": "htaccess.txt",
    "..": "file.txt",
    "": "file.txt",
    "   ": "file.txt",
    "x" * 5_000 + ".txt": "x" * 120 + ".txt",
    "protokoll – straße.txt": "protokoll – straße.txt",
    "e\u0301te\u0301.txt": "été.txt",
    "会議.txt": "会議.txt",
    "NUL.txt": "NUL.txt",
}
