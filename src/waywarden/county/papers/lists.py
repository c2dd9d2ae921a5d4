"""The list of a body's papers: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from waywarden.county.papers.models import Paper
from waywarden.fabric.common.wording import day
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.views import listed

SOURCE = "What the body’s own officers added here."
LICENCE = "Each paper is its body’s own: ask it before you publish it again."


def _added_on(paper: Paper) -> date:
    return localtime(paper.file.kept_at).date()


def _readers(paper: Paper) -> str:
    return "Everybody" if paper.is_public else paper.body.name


def _address(paper: Paper, page: str) -> str:
    return reverse(f"papers:{page}", args=[paper.body.key, paper.pk])


def _change(paper: Paper) -> str:
    return format_html(
        '<a href="{}">Withdraw<span class="govuk-visually-hidden"> {}</span></a>',
        _address(paper, "withdraw"),
        paper.title,
    )


def _history(paper: Paper) -> str:
    return format_html(
        '<a href="{}">History<span class="govuk-visually-hidden"> of {}</span></a>',
        reverse("journal:history", args=["paper", paper.subject.key]),
        paper.title,
    )


PAPERS: list[Listed[Paper]] = [
    Listed(
        "title",
        "What the paper is called",
        "text",
        lambda paper: paper.title,
        heading="Title",
        leads=lambda paper: _address(paper, "download"),
        filtered="text",
    ),
    Listed(
        "kind",
        "What kind of paper it is",
        "text",
        lambda paper: paper.get_kind_display(),
        heading="Kind",
        filtered="choice",
    ),
    Listed(
        "file",
        "What kind of file it is",
        "text",
        lambda paper: paper.file.called,
        heading="File",
        cell=lambda paper: f"{paper.file.called}, {filesizeformat(paper.file.size)}",
    ),
    Listed(
        "added_on",
        "The day it was added",
        "date",
        _added_on,
        heading="Added on",
        cell=lambda paper: day(_added_on(paper)),
        starts="most",
    ),
]
#: What only a body's own people see of its papers.
READERS: Listed[Paper] = Listed(
    "readers",
    "Who may read it",
    "text",
    _readers,
    heading="Who may read it",
    filtered="choice",
)
ACTIONS: list[Listed[Paper]] = [
    Listed("history", "", "text", None, heading="History", cell=_history, starts=""),
    Listed("change", "", "text", None, heading="What you can do", cell=_change, starts=""),
]


def papers_list(
    papers: Sequence[Paper], asked: Mapping[str, str], *, is_theirs: bool, may_change: bool
) -> ListPage[Paper]:
    """Return the papers somebody may read, as an address asks for them, the newest first."""
    columns = [*PAPERS, *([READERS] if is_theirs else []), *ACTIONS[: 2 if may_change else 1]]
    return listed(columns, papers, asked, what="papers", usual_sort="added_on")
