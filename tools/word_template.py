"""Makes the Word template of papers, src/waywarden/fabric/documents/paper.docx.

Run it when the template is to look otherwise: `python -m tools.word_template`.
It gives the same bytes each time, so that a test sees when the two have parted.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Made
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from waywarden.fabric.documents.word import SHIPPED, packed_alike

TEAL = RGBColor(0x0B, 0x4F, 0x5C)
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> bytes:
    """Return the template: each kind of part, drawn as often as a paper has it."""
    made = Document()
    _lay_out(made)
    made.add_paragraph("{{ title }}", style="Title")
    made.add_paragraph("{%p for part in parts %}")
    for kind, style, text in (
        ("heading", "Heading 1", "{{ part.text }}"),
        ("paragraph", "Normal", "{{ part.text }}"),
        ("note", "Subtitle", "{{ part.text }}"),
    ):
        made.add_paragraph(f"{{%p if part.kind == '{kind}' %}}")
        made.add_paragraph(text, style=style)
        made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p if part.kind == 'list' %}")
    made.add_paragraph("{%p for item in part['items'] %}")
    made.add_paragraph("{{ item }}", style="List Bullet")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p if part.kind == 'table' %}")
    made.add_paragraph("{{ part.caption }}", style="Caption")
    _add_table(made)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    written = io.BytesIO()
    made.save(written)
    return packed_alike(written.getvalue())


def _lay_out(made: Made) -> None:
    page = made.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin = page.bottom_margin = Mm(22)
    for name, size, colour in (
        ("Normal", 11, None),
        ("Title", 20, TEAL),
        ("Heading 1", 14, TEAL),
        ("Subtitle", 9, RGBColor(0x44, 0x44, 0x44)),
        ("Caption", 11, TEAL),
    ):
        style = made.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the types
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.italic = False
        if colour:
            style.font.color.rgb = colour
    _speak_english(made)
    # The library's own template carries a picture of itself.
    of_all = made.part.package.rels
    for key in [key for key, one in of_all.items() if one.reltype.endswith("/thumbnail")]:
        of_all.pop(key)
    about = made.core_properties
    about.author = about.last_modified_by = "waywarden"
    about.title, about.comments = "Paper", ""
    about.created = about.modified = MADE_AT


def _speak_english(made: Made) -> None:
    """Say that the text is British English, so that it is read aloud as such."""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _add_table(made: Made) -> None:
    table = made.add_table(rows=4, cols=3, style="Table Grid")
    rows = (
        ("{%tc for heading in part.headings %}", "{{ heading }}", "{%tc endfor %}"),
        ("{%tr for row in part.rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    # The first row is repeated on each page, and is read aloud as the headings.
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for run in table.rows[0].cells[1].paragraphs[0].runs:
        run.bold = True


if __name__ == "__main__":
    SHIPPED.write_bytes(template())
