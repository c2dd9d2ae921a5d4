"""AB22: files sent to do harm are refused in a sentence, or kept as what they are and no more."""

import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.documents.hostile import CORPUS, NAMES
from waywarden.county.papers.models import Paper
from waywarden.fabric.documents import limits
from waywarden.fabric.documents.inspecting import (
    CannotAccept,
    inspected,
    plain_name,
)
from waywarden.fabric.documents.kinds import ACCEPTED, TEXT
from waywarden.fabric.documents.models import StoredFile

MOST = 15_000_000
DAY = date(2026, 4, 1)
each = pytest.mark.parametrize(("make", "name", "is_kept"), CORPUS.values(), ids=CORPUS)


def test_ab22_there_are_enough_hostile_files() -> None:
    assert len(CORPUS) + len(NAMES) >= 100


@each
def test_ab22_a_hostile_file_is_refused_in_a_sentence_or_kept_as_it_is_known(
    make: Callable[[], bytes], name: str, is_kept: bool
) -> None:
    content = make()
    before, started = _spent(), time.monotonic()

    try:
        found = inspected(content, most_bytes=MOST)
    except CannotAccept as refused:
        said = str(refused)
        assert not is_kept, said
        assert said.endswith(".")
        assert "Traceback" not in said
    else:
        assert is_kept
        assert found.media_type in ACCEPTED
        assert b"<script>" not in found.content
    assert _spent() - before <= limits.MOST_PROCESSOR_SECONDS + 1
    assert time.monotonic() - started <= limits.MOST_SECONDS


def _spent() -> float:
    """Say how many seconds of the processor all processes that were started here have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.django_db
def test_ab22_no_hostile_file_breaks_the_page_or_comes_back_as_a_page(
    cast: Cast, settings: object, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    papers = "/bodies/coldbrook-council/papers/"

    for what, (make, name, is_kept) in CORPUS.items():
        file = SimpleUploadedFile(name, make(), content_type="text/html")
        said = {
            "title": what,
            "kind": "other",
            "acting_in": acting.pk,
            "file": file,
            "once": uuid4(),
        }
        answer = browser.post(f"{papers}add/", said)
        assert answer.status_code == (302 if is_kept else 400), what

    kept = Paper.objects.select_related("file")
    assert {paper.title for paper in kept} == {what for what, of in CORPUS.items() if of[2]}
    for paper in kept:
        given = browser.get(f"{papers}{paper.pk}/")
        assert given["Content-Type"] in ACCEPTED
        assert given["Content-Disposition"].startswith("attachment")
        assert given["X-Content-Type-Options"] == "nosniff"
        assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert StoredFile.objects.count() == len(kept)


@pytest.mark.parametrize(("given", "kept"), NAMES.items())
def test_ab22_a_hostile_name_becomes_a_plain_one(given: str, kept: str) -> None:
    assert plain_name(given, TEXT) == kept


@pytest.mark.parametrize("given", NAMES)
@pytest.mark.django_db
def test_ab22_a_hostile_name_neither_breaks_the_page_nor_leaves_the_folder(
    cast: Cast, settings: object, tmp_path: Path, given: str
) -> None:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    acting = cast.at_coldbrook
    browser = cast.signed_in(cast.colm)
    file = SimpleUploadedFile("x.txt", b"Minutes of May")
    file._name = given or "x"
    said = {
        "title": "Minutes",
        "kind": "minutes",
        "acting_in": acting.pk,
        "file": file,
        "once": uuid4(),
    }

    answer = browser.post("/bodies/coldbrook-council/papers/add/", said)

    assert answer.status_code in (302, 400)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["files"])


def test_a_file_larger_than_may_be_is_refused_unread() -> None:
    with pytest.raises(CannotAccept, match="A file may have 15 MB"):
        inspected(b"a" * (MOST + 1), most_bytes=MOST)
