"""One paper as page, PDF and Word: tagged, in English, in words that are never markup."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from docx import Document

from tests.documents.reading import pdf_words, said_in, word_texts, words_of
from tests.pages.reading import Page
from tools import word_template
from waywarden.fabric.documents import word
from waywarden.fabric.documents.content import (
    Heading,
    Listed,
    Note,
    Paper,
    Paragraph,
    Table,
)
from waywarden.fabric.documents.typesetting import SHOWN, as_pdf, as_picture, in_fonts
from waywarden.fabric.documents.word import BadTemplate, as_word

PAPER = Paper(
    title="Minutes of Coldbrook",
    author="Coldbrook Parish Council",
    about="Meeting of 11 May 2026",
    made_on=date(2026, 5, 11),
    parts=(
        Heading("Who was there"),
        Paragraph("Colm, and three councillors."),
        Listed(("Hedges", "Verges")),
        Table(
            "What was spent",
            ("On", "Pounds"),
            (("Hedges", "£120"), ("Verges", "£80")),
            frozenset({1}),
        ),
        Note("From the cash book."),
    ),
)


def with_text(text: str) -> Paper:
    parts = (Heading(text), Paragraph(text), Listed((text,)), Note(text))
    return Paper(
        "Title", "Author", "About", date(2026, 1, 1), (*parts, Table(text, (text,), ((text,),)))
    )


def test_a_pdf_is_tagged_for_those_who_hear_it() -> None:
    said = said_in(as_pdf(PAPER))

    assert b"<pdfuaid:part>1</pdfuaid:part>" in said
    assert b"/StructTreeRoot" in said
    assert b"/MarkInfo<</Marked true" in said
    assert b"/DisplayDocTitle true" in said
    assert re.search(rb"/Lang ?\(en-GB\)", said)
    assert b"Minutes of Coldbrook</rdf:li>" in said
    for tag in (b"/S/H1", b"/S/P", b"/S/L", b"/S/Table", b"/S/TH", b"/S/TD", b"/S/Caption"):
        assert tag in said, tag


def test_a_paper_is_dated_by_what_it_says_and_not_by_the_clock() -> None:
    assert b"2026-05-11" in said_in(as_pdf(PAPER))
    about = Document(io.BytesIO(as_word(PAPER))).core_properties
    assert about.created is not None
    assert about.created.date() == date(2026, 5, 11)
    assert {
        entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(as_word(PAPER))).infolist()
    } == {1980}


def test_page_pdf_and_word_say_every_word_of_a_paper_in_its_order() -> None:
    wanted = words_of(PAPER.texts())

    page = Page(
        f"<h1>{PAPER.title}</h1>" + render_to_string("documents/paper.html", {"paper": PAPER})
    )
    printed = pdf_words(as_pdf(PAPER)).replace("•", "")

    assert words_of([page.words]) == wanted
    assert words_of([printed]) == wanted + words_of([PAPER.about, "1of1"])
    assert words_of(word_texts(as_word(PAPER))) == wanted


def test_a_word_file_has_headings_a_header_row_and_its_language() -> None:
    made = Document(io.BytesIO(as_word(PAPER)))

    styles = {paragraph.text: paragraph.style.name for paragraph in made.paragraphs}
    assert styles["Minutes of Coldbrook"] == "Title"
    assert styles["Who was there"] == "Heading 1"
    assert styles["Hedges"] == "List Bullet"
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["On", "Pounds"],
        ["Hedges", "£120"],
        ["Verges", "£80"],
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert 'w:lang w:val="en-GB"' in made.styles.element.xml
    assert made.core_properties.title == PAPER.title


def test_every_sign_that_is_said_to_be_shown_can_be() -> None:
    signs = "".join(chr(code) for first, last in SHOWN for code in range(first, last + 1))

    assert as_pdf(with_text("x" + in_fonts(signs))).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text", ["東京", "\U0001f600", "\u202egnirts", "a\x00b\x1f", "\u2028x", "\u200b"]
)
def test_signs_that_no_font_has_stop_nobody_from_having_a_letter(text: str) -> None:
    paper = with_text(text)

    assert as_pdf(paper).startswith(b"%PDF-")
    assert zipfile.is_zipfile(io.BytesIO(as_word(paper)))


def test_a_paper_can_be_looked_at() -> None:
    assert as_picture(PAPER).startswith(b"\x89PNG")


def test_a_heading_says_something() -> None:
    with pytest.raises(ValueError, match="says something"):
        Heading(" ")


def test_a_row_must_have_a_cell_for_each_heading() -> None:
    with pytest.raises(ValueError, match="a cell for each heading"):
        Table("Spent", ("On", "Pounds"), (("Hedges",),))


def test_the_word_template_is_what_its_tool_makes() -> None:
    assert word.SHIPPED.read_bytes() == word_template.template()


def test_an_installation_may_have_a_word_template_of_its_own(
    settings: object, tmp_path: Path
) -> None:
    settings.INSTANCE = tmp_path  # type: ignore[attr-defined]
    own = Document()
    own.add_paragraph("From the county: {{ title }}")
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "paper.docx"))

    assert word_texts(as_word(PAPER)) == ["From the county: Minutes of Coldbrook"]


@pytest.mark.parametrize(
    "said",
    [
        "{{ title.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__.__base__ }}",
        "{% if %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)
def test_a_template_reaches_nothing_but_the_paper(
    settings: object, tmp_path: Path, said: str
) -> None:
    settings.INSTANCE = tmp_path  # type: ignore[attr-defined]
    own = Document()
    own.add_paragraph(said)
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "paper.docx"))

    with pytest.raises(BadTemplate, match="cannot be filled in"):
        as_word(PAPER)
