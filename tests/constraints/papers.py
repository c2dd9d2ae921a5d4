"""Rules about files that are kept, and the papers of bodies."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import NOON, Break, Whole, once, twice
from waywarden.county.papers.models import Paper
from waywarden.fabric.documents.models import OwnContent, StoredFile


def stored(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a stored file that breaks no rule."""
    what = {"sha256": "0f", "size": 1, "media_type": "text/plain", "name": "minutes.txt"}
    about = {"kept_for_kind": "body", "kept_for_key": "coldbrook-council"}
    return what | about | {"by_key": "person-1", "by_shown_as": "Clerk"} | facts


def own(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of content of our own that break no rule."""
    return {"sha256": "0f", "at": NOON} | facts


def paper(cast: Cast, **facts: Any) -> dict[str, Any]:
    """Give the facts of a paper that breaks no rule."""
    about = {"body": cast.coldbrook_council, "title": "Minutes", "kind": "minutes"}
    held = StoredFile.objects.first() or StoredFile.objects.create(**stored(cast))
    return about | {"file": held} | facts


BROKEN: dict[str, Break] = {
    "a_stored_file_has_a_hash": once(StoredFile, lambda c: stored(c, sha256="")),
    "a_stored_file_is_not_empty": once(StoredFile, lambda c: stored(c, size=0)),
    "a_stored_file_has_a_name": once(StoredFile, lambda c: stored(c, name="")),
    "a_stored_file_is_of_a_known_kind": once(
        StoredFile, lambda c: stored(c, media_type="text/html")
    ),
    "OwnContent.sha256": twice(OwnContent, own),
    "own_content_has_a_hash": once(OwnContent, lambda c: own(c, sha256="")),
    "Paper.file": twice(Paper, paper),
    "a_paper_has_a_title": once(Paper, lambda c: paper(c, title="")),
    "a_paper_is_of_a_known_kind": once(Paper, lambda c: paper(c, kind="gossip")),
}
WHOLE: list[Whole] = [(StoredFile, stored), (OwnContent, own), (Paper, paper)]
