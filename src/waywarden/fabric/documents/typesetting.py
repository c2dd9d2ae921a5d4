"""Sets a paper as a tagged PDF (PDF/UA-1): the same paper always gives the same bytes."""

import json
import threading
import unicodedata
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from waywarden.fabric.documents.content import Paper

SOURCE = Path(__file__).with_name("paper.typ")
#: What the typesetter's own fonts can show, as first and last sign. A PDF that everybody can
#: read must not hold a sign that its font lacks, so that others are replaced.
SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203E),
    (0x20A0, 0x20BF),
    (0x2190, 0x22FF),
)
REPLACED = "?"

#: One at a time: it holds the fonts, which take a moment to read, and is not made to be shared.
_turn = threading.Lock()


def as_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF."""
    made: bytes = _compiled(paper, format="pdf", pdf_standards="ua-1")
    return made


def as_picture(paper: Paper, dots_per_inch: int = 80) -> bytes:
    """Return the first page of a paper as PNG, to look at."""
    made = _compiled(paper, format="png", ppi=dots_per_inch)
    return made[0] if isinstance(made, list) else made


def _compiled(paper: Paper, **how: Any) -> Any:
    moment = int(datetime.combine(paper.made_on, time(), UTC).timestamp())
    said = json.dumps(showable(paper.plain()), ensure_ascii=False)
    with _turn:
        return _typesetter().compile(sys_inputs={"paper": said}, timestamp=moment, **how)


@lru_cache(maxsize=1)
def _typesetter() -> Any:
    # Loaded only where something is set: it takes a moment, and most pages are not papers.
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(SOURCE, root=SOURCE.parent, font_paths=fonts)


def showable(value: Any) -> Any:
    """Return plain values in which every text can be shown."""
    if isinstance(value, str):
        return in_fonts(value)
    if isinstance(value, list):
        return [showable(one) for one in value]
    if isinstance(value, dict):
        return {key: showable(one) for key, one in value.items()}
    return value


def in_fonts(text: str) -> str:
    """Return text with a question mark in place of each sign that the fonts lack.

    >>> in_fonts("Llanfair­pwll, Ŵyl – £5"), in_fonts("東京"), in_fonts("a\\tb\\x00")
    ('Llanfairpwll, Ŵyl – £5', '??', 'a b')
    """
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(_shown(sign) for sign in composed)
    # A heading must not become empty: there would be nothing to find it by.
    return shown if shown.strip() or not text.strip() else REPLACED


def _shown(sign: str) -> str:
    if sign in "\t\n\r":
        return " "
    category = unicodedata.category(sign)
    if category in ("Cc", "Cf"):
        return ""
    is_there = any(first <= ord(sign) <= last for first, last in SHOWN)
    return sign if is_there and category != "Cn" else REPLACED
