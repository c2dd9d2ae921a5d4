"""Writes a paper as a Word file, from a template that officers may change in Word.

The package has one, which `tools/word_template.py` makes. An installation that
wants its own puts it in its folder as `templates/paper.docx`.
"""

import io
import unicodedata
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.documents.content import Paper, Paragraph

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

SHIPPED = Path(__file__).with_name("paper.docx")
#: The first day a zip file can name.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
WHAT_TO_DO = "Mend it in Word, or remove it from the installation’s folder."


class BadTemplate(Refusal):
    """An installation's own template that cannot be filled in; the message says which."""


def as_word(paper: Paper) -> bytes:
    """Return a paper as a Word file: the same paper and template always give the same bytes."""
    # Loaded only where a Word file is wanted: it takes a third of a second.
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    place = template()
    filled = _opened(place)
    try:
        # Officers write the template: it may show what it is given, and reach nothing else.
        filled.render(_writable(paper.plain()), SandboxedEnvironment(), autoescape=True)
    except TemplateError as error:
        raise BadTemplate(
            f"The Word template {_called(place)} cannot be filled in: {str(error).rstrip('.')}. "
            f"{WHAT_TO_DO}"
        ) from error
    about = filled.docx.core_properties
    about.title, about.author, about.subject = paper.title, paper.author, paper.about
    about.language, about.last_modified_by = "en-GB", paper.author
    about.created = about.modified = datetime.combine(paper.made_on, time(), UTC)
    written = io.BytesIO()
    filled.save(written)
    return packed_alike(written.getvalue())


def fault_of_template() -> str:
    """Say what is wrong with the installation's own template; blank where nothing is."""
    if template() == SHIPPED:
        return ""
    try:
        as_word(Paper("Title", "Author", "About", date(2026, 4, 1), (Paragraph("Text"),)))
    except BadTemplate as fault:
        return str(fault)
    return ""


def _opened(place: Path) -> "DocxTemplate":
    """Open a template as what Word writes; refuse what is something else under its name."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate

    filled = DocxTemplate(place)
    try:
        filled.init_docx()
    except (zipfile.BadZipFile, OpcError, SyntaxError, KeyError, ValueError, OSError) as error:
        raise BadTemplate(
            f"The Word template {_called(place)} is not a file that Word can open. {WHAT_TO_DO}"
        ) from error
    return filled


def _called(place: Path) -> str:
    return f"{place.parent.name}/{place.name}"


def template() -> Path:
    """Return the template: the installation's own where there is one."""
    own = Path(settings.INSTANCE) / "templates" / "paper.docx"
    return own if own.is_file() else SHIPPED


def packed_alike(content: bytes) -> bytes:
    """Return a zip file without the moment at which it was packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as alike,
    ):
        for name in given.namelist():
            alike.writestr(member(name), given.read(name))
    return packed.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """Return a member of a zip file that says nothing of when or by whom it was packed."""
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _writable(value: object) -> object:
    """Return plain values without the signs that XML cannot hold."""
    if isinstance(value, str):
        return "".join(
            sign
            for sign in value
            if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs")
        )
    if isinstance(value, list):
        return [_writable(one) for one in value]
    if isinstance(value, dict):
        return {key: _writable(one) for key, one in value.items()}
    return value
