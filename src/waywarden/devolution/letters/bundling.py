"""All letters of a plan in one ZIP file: made outside of requests, as 300 of them take a while."""

import io
import zipfile
from collections.abc import Callable, Iterator

from django.utils.timezone import localdate
from django_tasks import task

from waywarden.devolution.letters import actions
from waywarden.devolution.letters.models import LetterBundle
from waywarden.devolution.letters.writing import letter_to
from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.queries import PlacedCouncil
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.kinds import ZIP
from waywarden.fabric.documents.typesetting import as_pdf
from waywarden.fabric.documents.word import as_word, member
from waywarden.fabric.tables.columns import Column, write_csv

#: How often it is said how far the work is.
EVERY = 20

INDEX: list[Column[PlacedCouncil]] = [
    Column("council", "The council's place", "text", lambda one: one.council.name),
    Column("place_key", "Its key in addresses", "text", lambda one: one.council.key),
    Column(
        "clusters",
        "The numbers of its clusters; none where it goes alone",
        "text",
        lambda one: " ".join(str(cluster.number) for cluster in one.clusters),
    ),
    Column(
        "alone_expected_estimate",
        "What it would pay alone, pounds a year at expected prices: an estimate",
        "pence",
        lambda one: one.council.alone.expected,
    ),
    Column(
        "together_expected_estimate",
        "What it would pay in the plan, pounds a year at expected prices: an estimate",
        "pence",
        lambda one: one.council.together.expected,
    ),
    Column("pdf", "The file of its letter", "text", lambda one: f"{one.council.key}.pdf"),
    Column("word", "The same letter for Word", "text", lambda one: f"{one.council.key}.docx"),
]


@task()
def make_letters(bundle: int) -> None:
    """Make the file that somebody asked for, unless it is made already."""
    wanted = LetterBundle.objects.select_related("run__county").get(pk=bundle)
    if wanted.file_id is not None:
        return
    content = zipped(wanted.run, lambda done: actions.count_letters(bundle=wanted, done=done))
    ready = documents.made(
        content=content, media_type=ZIP, name=f"plan-{wanted.run.number}-letters.zip"
    )
    by = Actor(wanted.asked_by_key, wanted.asked_by_shown_as)
    actions.finish_letters(bundle=wanted, ready=ready, by=by, today=localdate())


def zipped(run: PlanRun, tell: Callable[[int], object]) -> bytes:
    """Return a PDF and a Word file for each council of a plan, and an index of them all."""
    placed = queries.placed_councils(run)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(member("index.csv"), write_csv(INDEX, placed))
        for done, one in enumerate(placed, start=1):
            for name, content in _files(one):
                file.writestr(member(name), content)
            if done % EVERY == 0:
                tell(done)
    return packed.getvalue()


def _files(one: PlacedCouncil) -> Iterator[tuple[str, bytes]]:
    letter = letter_to(one)
    yield f"{one.council.key}.pdf", as_pdf(letter)
    yield f"{one.council.key}.docx", as_word(letter)
