"""Reading what we write: the text and structure of a PDF, the text of a Word file."""

from __future__ import annotations

import io
import re
import zlib
from xml.etree import ElementTree

from docx import Document

HEX = r"<([0-9A-Fa-f]+)>"


def streams(pdf: bytes) -> list[bytes]:
    """Give every stream of a PDF, unpacked."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            # What is packed may end in a return itself: what follows its end is left alone.
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def said_in(pdf: bytes) -> bytes:
    """Give everything a PDF says of its structure, what is packed included."""
    return pdf + b"\n".join(streams(pdf))


def words_of(texts: object) -> str:
    """Give text without blanks: lines and columns break it elsewhere in each file."""
    return re.sub(r"[\s\u00ad]+", "", "".join(str(one) for one in texts))  # type: ignore[attr-defined]


def word_texts(content: bytes) -> list[str]:
    """Give the text of each paragraph of a Word file, those in tables included."""
    made = Document(io.BytesIO(content))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    tree = ElementTree.fromstring(made.part.blob)  # noqa: S314 - our own file
    return ["".join(t.text or "" for t in p.iter(f"{space}t")) for p in tree.iter(f"{space}p")]


def pdf_words(pdf: bytes) -> str:
    """Give the text that a reader finds in a PDF, by the signs its fonts name for each shape."""
    objects = dict(re.findall(rb"(?:^|\n)(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL))
    fonts = {}
    for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", said_in(pdf)):
        font = objects[number]
        mapped = re.search(rb"/ToUnicode (\d+) 0 R", font)
        if mapped:
            fonts[name] = signs_of(streams(objects[mapped[1]] + b"\n")[0].decode("latin-1"))
    pages = [one for one in streams(pdf) if b"BT" in one and b"Tf" in one]
    return "".join(page_words(page, fonts) for page in pages)


def signs_of(table: str) -> dict[int, str]:
    """Give the sign for each shape of a font, from its table."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, sign in re.findall(rf"{HEX}\s*{HEX}", block):
            found[int(code, 16)] = bytes.fromhex(sign).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, sign in re.findall(rf"{HEX}\s*{HEX}\s*{HEX}", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(sign, 16) + step)
    return found


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
#: The choice of a font, an escape, or a bracket: all that matters in what draws a page.
SIGNS = re.compile(rb"/Lang\([^)]*\)|/(f\d+) [\d.]+ Tf|(\\[0-7]{1,3}|\\.)|([()])|(.)", re.DOTALL)


def page_words(page: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """Give the text of one page: what stands in brackets, in the font chosen before."""
    said, font, codes, depth = "", b"", b"", 0
    for name, escaped, bracket, other in SIGNS.findall(page):
        if name and not depth:
            font = name
        elif bracket == b"(" and depth == 0:
            codes, depth = b"", 1
        elif bracket == b")" and depth == 1:
            depth = 0
            said += "".join(
                fonts[font].get(codes[at] * 256 + codes[at + 1], "")
                for at in range(0, len(codes), 2)
            )
        elif depth:
            depth += {b"(": 1, b")": -1}.get(bracket, 0)
            codes += unescaped(escaped) if escaped else bracket + other
    return said


def unescaped(said: bytes) -> bytes:
    """Give the sign that an escape in a PDF's text stands for."""
    rest = said[1:]
    return bytes([int(rest, 8)]) if rest[:1].isdigit() else ESCAPES.get(rest, rest)
