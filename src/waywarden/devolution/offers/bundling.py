"""All packs of a round in one ZIP file: made outside of requests, as 300 of them take a while."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

from django.utils.timezone import localdate, localtime
from django_tasks import task

from waywarden.county.offices.telling import reply_address
from waywarden.devolution.offers import bundle_actions, packs, policies, queries
from waywarden.devolution.offers.models import PackBundle, Round
from waywarden.devolution.offers.queries import Pack
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.kinds import ZIP
from waywarden.fabric.documents.typesetting import as_pdf
from waywarden.fabric.documents.word import as_word, member
from waywarden.fabric.tables.columns import Column, write_csv

#: How often it is said how far the work is.
EVERY = 5


def _sent_on(pack: Pack) -> date | None:
    sent_at = pack.offer.sent_at
    return localtime(sent_at).date() if sent_at else None


def _pdf(pack: Pack) -> str:
    return f"{pack.offer.body.key}.pdf"


def _letter(pack: Pack) -> str:
    return f"{pack.offer.body.key}-letter.docx"


def columns(on: date) -> list[Column[Pack]]:
    """Say what the index tells of each pack on a day."""
    return [*INDEX, *_of_letters(on)]


INDEX: list[Column[Pack]] = [
    Column("council", "The council", "text", lambda pack: pack.offer.body.name),
    Column("council_key", "Its key in addresses", "text", lambda pack: pack.offer.body.key),
    Column("stage", "Where it stands", "text", lambda pack: pack.offer.stage),
    Column(
        "letters",
        "How many e-mails with a link it was sent",
        "whole number",
        lambda pack: pack.offer.letters,
    ),
    Column("last_sent_on", "The day of the last of them", "date", _sent_on),
    Column(
        "county_pays",
        "What the county would pay in a year, in pounds; none where a quantity is not known",
        "pence",
        lambda pack: pack.county_pays,
    ),
    Column(
        "is_estimate",
        "Whether any of its quantities is an estimate",
        "yes or no",
        lambda pack: pack.is_estimated,
    ),
    Column(
        "disputed",
        "How many of its quantities it disputes",
        "whole number",
        lambda pack: len(pack.disputed),
    ),
    Column("pdf", "The file of its pack", "text", _pdf),
]


def _of_letters(on: date) -> list[Column[Pack]]:
    """Name the letter of each pack, or say why none goes with it."""
    return [
        Column(
            "letter",
            "The letter that goes with it, for Word; none where the council is not asked",
            "text",
            lambda pack: "" if _no_letter(pack, on) else _letter(pack),
        ),
        Column(
            "no_letter", "Why no letter goes with it", "text", lambda pack: _no_letter(pack, on)
        ),
    ]


def _no_letter(pack: Pack, on: date) -> str:
    return " ".join(policies.obstacles_to_a_letter(pack.offer, today=on))


@task()
def make_packs(bundle: int) -> None:
    """Make the file that somebody asked for, unless it is made already, and perhaps forgotten."""
    wanted = PackBundle.objects.select_related("round__body").filter(pk=bundle).first()
    if wanted is None or wanted.file_id is not None:
        return
    of, on = wanted.round, localdate()
    tell = lambda done: bundle_actions.count_packs(bundle=wanted, done=done)  # noqa: E731
    content = zipped(of, on=on, tell=tell)
    ready = documents.made(content=content, media_type=ZIP, name=f"{of.key}-packs-{on}.zip")
    by = Actor(wanted.asked_by_key, wanted.asked_by_shown_as, of.body.key)
    bundle_actions.finish_packs(bundle=wanted, ready=ready, by=by, today=on)


def zipped(of: Round, *, on: date, tell: Callable[[int], object]) -> bytes:
    """Return the pack of each council of a round, its letter if it is asked, and an index."""
    every, contact = queries.packs_of(of, on=on), reply_address(of.body)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(member("index.csv"), write_csv(columns(on), every))
        for done, pack in enumerate(every, start=1):
            for name, content in _files(pack, contact, on):
                file.writestr(member(name), content)
            if done % EVERY == 0:
                tell(done)
    return packed.getvalue()


def _files(pack: Pack, contact: str, on: date) -> Iterator[tuple[str, bytes]]:
    yield _pdf(pack), as_pdf(packs.paper_of(pack, contact=contact, on=on))
    if not _no_letter(pack, on):
        yield _letter(pack), as_word(packs.letter_of(pack, contact=contact, on=on))
