"""Whether terms and settlements still say what was drawn up and agreed to; see journal/records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from waywarden.devolution.clusters.models import Agreement, Consent, Settlement, Terms
from waywarden.fabric.journal.models import Entry
from waywarden.rules.clusters_terms import digest

#: A version by the key of its cluster and its number; who agreed to it, besides, by its key.
Version = tuple[str, int]
Given = tuple[str, int, str]


@dataclass(frozen=True)
class Kept:
    """What the journal kept of the versions of one kind: when each was drawn up, who agreed."""

    drawn_up: dict[Version, Entry]
    agreed: dict[Given, Entry]


def changed_behind_the_pages() -> Iterator[str]:
    """Name each version of terms, and each settlement, that is not what the journal kept of it."""
    terms = Terms.objects.select_related("cluster", "led_by_group")
    agreements = Agreement.objects.select_related("terms__cluster", "membership__body")
    yield from _compare(
        "Terms", terms, agreements, _kept(drawn_up="drew up terms", agreed="agreed to terms")
    )
    settlements = Settlement.objects.select_related("cluster")
    consents = Consent.objects.select_related("settlement__cluster", "membership__body")
    kept = _kept(drawn_up="drew up a settlement", agreed="agreed to a settlement")
    yield from _compare("Settlement", settlements, consents, kept)


def _kept(*, drawn_up: str, agreed: str) -> Kept:
    lines = Entry.objects.filter(subject_kind="cluster").order_by("number")
    # Of one that was agreed to anew, after its minute was withdrawn, the last line counts.
    return Kept(
        {
            (line.subject_key, line.after["number"]): line
            for line in lines.filter(did=drawn_up).iterator()
        },
        {
            (line.subject_key, line.after["number"], line.after["body"]): line
            for line in lines.filter(did=agreed).iterator()
        },
    )


def _compare(
    kind: str,
    versions: Iterable[Terms] | Iterable[Settlement],
    given: Iterable[Agreement] | Iterable[Consent],
    kept: Kept,
) -> Iterator[str]:
    there: set[Version] = set()
    for version in versions:
        there.add(key := (version.cluster.key, version.number))
        yield from _of_version(version, kept.drawn_up.get(key))
    for (cluster, number), line in kept.drawn_up.items():
        if (cluster, number) not in there:
            yield (
                f"{kind} {number} of {cluster}: gone, though line {line.number} of the journal "
                "says it was drawn up."
            )
    yield from _of_agreements(kind, given, kept)


def _of_version(version: Terms | Settlement, line: Entry | None) -> Iterator[str]:
    named, now = f"{version} ({version.cluster.key})", digest(version.facts())
    if line is None:
        yield f"{named}: no line of the journal says that it was drawn up."
    elif now != line.after["hash"]:
        yield f"{named}: what is held is not what line {line.number} of the journal kept."
    elif version.hash != now:
        yield f"{named}: its hash was changed."


def _of_agreements(
    kind: str, given: Iterable[Agreement] | Iterable[Consent], kept: Kept
) -> Iterator[str]:
    there: set[Given] = set()
    for each in given:
        version = each.terms if isinstance(each, Agreement) else each.settlement
        there.add(key := (version.cluster.key, version.number, each.membership.body.key))
        if not _is_as_kept(each, kept.agreed.get(key)):
            yield (
                f"{version} ({version.cluster.key}): the agreement of {each.membership.body} is "
                "not as the journal kept it."
            )
    for (cluster, number, body), line in kept.agreed.items():
        if (cluster, number, body) not in there:
            yield (
                f"{kind} {number} of {cluster}: the agreement of {body} is gone, though line "
                f"{line.number} of the journal keeps it."
            )


def _is_as_kept(given: Agreement | Consent, line: Entry | None) -> bool:
    if line is None or given.hash != line.after["hash"]:
        return False
    consents = given.accepts_above_alone if isinstance(given, Agreement) else None
    return consents == line.after.get("accepts_above_alone")
