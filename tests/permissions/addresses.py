"""The addresses of every pattern about a body: read from the URLconf, filled in from the county.

What a part of an address is filled with stands here by its name; where one name
means different things on different pages, by the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.county import County
from waywarden.county.councils.models import Body


@dataclass(frozen=True)
class Pattern:
    """One pattern of the site: its name, its parts, and the view behind it."""

    name: str
    parts: tuple[str, ...]
    found: URLPattern


Fill = Callable[[County, Body], object]


def _place(county: County, body: Body) -> str:
    is_town = body == county.cast.wychbourne_council
    return (county.cast.wychbourne if is_town else county.cast.coldbrook).key


#: By the name of the part.
PARTS: dict[str, Fill] = {
    "service": lambda county, body: "village-grass",
    "slug": lambda county, body: "village-grass",
    "size": lambda county, body: "wide",
    "number": lambda county, body: 1,
    "secret": lambda county, body: "never-sent",
    "sign_off": lambda county, body: "equality",
    "option": lambda county, body: county.planted["option", body.key],
    "interest": lambda county, body: county.planted["declaration", body.key],
    "kind": lambda county, body: "contacts",
    "place": _place,
    "cluster": lambda county, body: county.planted["cluster", body.key],
    "role": lambda county, body: county.planted["role", body.key],
    "code": lambda county, body: "DPS01",
    "version": lambda county, body: 1,
    "other": lambda county, body: 1,
    "model": lambda county, body: "contractor",
}


def _planted(kind: str) -> Fill:
    """Give the number of what was planted for a body."""
    return lambda county, body: county.planted[kind, body.key]


COUNTY: Fill = lambda county, body: county.cast.county.key  # noqa: E731
BODY: Fill = lambda county, body: body.key  # noqa: E731
CLUSTER: Fill = lambda county, body: "cluster-coldbrook-marlshire"  # noqa: E731
#: By the name of the page and the part.
PAGES: dict[tuple[str, str], Fill] = {
    ("website:guide", "key"): lambda county, body: "answer-an-offer",
    ("people:sign-in-rule", "key"): BODY,
    ("notices:stop", "token"): _planted("stop"),
    ("notices:end-feed", "pk"): _planted("feed"),
    ("notices:calendar", "token"): _planted("calendar"),
    ("notices:try-again", "pk"): _planted("letters"),
    ("work:try-again", "pk"): _planted("jobs"),
    ("work:drop", "pk"): _planted("jobs"),
    ("tables:remove-view", "number"): _planted("views"),
    ("offices:invitation", "token"): _planted("token"),
    ("offices:withdraw", "number"): _planted("invitations"),
    ("offices:hand-over", "number"): _planted("people"),
    ("offices:end", "number"): _planted("people"),
    ("offices:extend", "number"): _planted("people"),
    ("recovery:agree", "number"): _planted("recoveries"),
    ("recovery:stop", "number"): _planted("recoveries"),
    ("desk:contact", "number"): _planted("listed"),
    ("desk:withdraw-contact", "number"): _planted("listed"),
    ("imports:upload", "number"): _planted("uploads"),
    ("imports:decide", "number"): _planted("uploads"),
    ("imports:left-out", "number"): _planted("uploads"),
    ("journal:history", "kind"): lambda county, body: "body",
    ("journal:history", "key"): BODY,
    ("quantities:quantities", "key"): _place,
    ("quantities:quantities-csv", "key"): _place,
    ("quantities:quantities-xlsx", "key"): _place,
    ("quantities:quantity", "key"): _place,
    ("quantities:photo", "key"): _place,
    ("papers:download", "number"): _planted("papers"),
    ("papers:withdraw", "number"): _planted("papers"),
    **{
        (f"decisions:{page}", "number"): _planted("decisions")
        for page in (
            "decision",
            "take",
            "hand-on",
            "notice",
            "withdraw",
            "add-option",
            "leave-out-option",
        )
    },
    ("decisions:sign-off", "number"): _planted("decisions"),
    ("decisions:declare", "number"): _planted("decisions"),
    ("decisions:take-back", "number"): _planted("decisions"),
    ("decisions:correct", "number"): _planted("decided"),
    ("decisions:call-in", "number"): _planted("decided"),
    ("decisions:confirm", "number"): _planted("called-in"),
    **{
        (f"offers:{page}", "key"): BODY
        for page in (
            "offer",
            "write",
            "called",
            "end-link",
            "own",
            "answer",
            "call-back",
            "dispute",
            "photo",
            "wording",
        )
    },
    ("offers:pdf", "key"): BODY,
    ("offers:lines-csv", "key"): BODY,
    ("offers:lines-xlsx", "key"): BODY,
    ("offers:word", "key"): BODY,
    ("offers:wording-text", "key"): BODY,
    **{
        (f"clusters:{page}", "key"): BODY
        for page in (
            *("answer", "leave", "alone", "agree", "lend", "take-back", "consent", "erase-why"),
            *("unpaid", "note-paid", "asked", "question", "ask-again", "end-link"),
        )
    },
    ("clusters:put-right", "default"): _planted("default"),
    ("clusters:end-unpaid", "default"): _planted("default"),
    ("clusters:take-back", "resource"): _planted("resource"),
    **{
        (f"clusters:{page}", "number"): _planted("alone")
        for page in (
            "alone-one",
            "assess-alone",
            "answer-alone",
            "decide-alone",
            "withdraw-alone",
        )
    },
    ("clusters:by-link", "secret"): _planted("cluster-link"),
    ("agreements:remove-party", "party"): _planted("agreement-party"),
    ("agreements:remove-line", "line"): _planted("agreement-line"),
    **{
        (f"agreements:{page}", "number"): lambda county, body: f"CO-2027-{body.pk:04d}"
        for page in (
            *("agreement", "change", "clause", "add-party", "remove-party", "add-line"),
            *("remove-line", "power", "confirm-power", "send", "version", "pdf", "word", "beside"),
            *("sign", "add-paper", "paper", "confirm-paper", "refuse-paper", "name-decision"),
            *("start", "give-notice", "end", "take-back"),
            "withdraw",
        )
    },
    ("agreements:paper", "paper"): _planted("agreement-paper"),
    ("agreements:confirm-paper", "paper"): _planted("agreement-paper"),
    ("agreements:take-back", "confirmation"): _planted("agreement-confirmation"),
    ("agreements:refuse-paper", "paper"): _planted("agreement-paper"),
    ("agreements:clause", "clause"): lambda county, body: "safety",
    ("offers:by-link", "secret"): _planted("offer-link"),
    ("interest:by-link", "secret"): _planted("wish-link"),
    ("interest:by-host-link", "secret"): _planted("host-link"),
    ("interest:national-fund", "key"): lambda county, body: "reach-fund",
    **{
        (f"interest:{page}", "number"): _planted("wishes")
        for page in (
            *("who", "what", "how", "challenge", "budget", "send", "legal-form", "steps"),
            *("add-paper", "replace-paper", "take-paper-back"),
        )
    },
    **{
        (f"interest:{page}", "fund"): _planted("fund")
        for page in ("fund", "change-fund", "close-fund")
    },
    ("interest:award", "number"): _planted("interest"),
    ("interest:take-award-back", "number"): _planted("interest"),
    ("interest:take-award-back", "award"): _planted("interest-award"),
    ("interest:paper", "number"): _planted("interest"),
    ("interest:paper", "paper"): _planted("interest-paper"),
    ("interest:replace-paper", "paper"): _planted("wish-paper"),
    ("interest:take-paper-back", "paper"): _planted("wish-paper"),
    **{
        (f"interest:{page}", "number"): _planted("interest")
        for page in (
            *("expression", "withdraw", "coordinate", "note", "assess", "decide", "erase"),
            *("host", "hosting", "notes-csv", "notes-xlsx"),
        )
    },
    ("register:county", "key"): COUNTY,
    ("register:county-xlsx", "key"): COUNTY,
    ("register:county-csv", "key"): COUNTY,
    ("overview:progress", "key"): COUNTY,
    ("overview:progress-csv", "key"): COUNTY,
    ("overview:progress-xlsx", "key"): COUNTY,
    ("overview:progress-map-svg", "key"): COUNTY,
    ("overview:progress-map-geojson", "key"): COUNTY,
    ("register:districts-svg", "key"): COUNTY,
    ("register:districts-geojson", "key"): COUNTY,
    ("register:amounts-svg", "key"): COUNTY,
    ("register:amounts-geojson", "key"): COUNTY,
    ("register:place", "key"): _place,
    ("register:place-xlsx", "key"): _place,
    ("register:place-csv", "key"): _place,
    ("register:place-map-svg", "key"): _place,
    ("register:place-map-geojson", "key"): _place,
    ("plans:compared", "other"): lambda county, body: 1,
    ("plans:compared-csv", "other"): lambda county, body: 1,
    ("plans:compared-xlsx", "other"): lambda county, body: 1,
    ("plans:cluster", "key"): CLUSTER,
    ("plans:members-csv", "key"): CLUSTER,
    ("plans:members-xlsx", "key"): CLUSTER,
    ("plans:cluster-map-svg", "key"): CLUSTER,
    ("plans:cluster-map-geojson", "key"): CLUSTER,
}
#: What a page must be asked besides its address.
QUERIES = {"register:at": "?lon=-1.25&lat=51.61"}


def patterns(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[Pattern]:
    """Give every pattern of the site, with its namespace."""
    for each in (resolver or get_resolver()).url_patterns:
        parts = (*above, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{each.namespace}:" if each.namespace else space, parts)
        elif isinstance(each, URLPattern):
            yield Pattern(f"{space}{each.name}", parts, each)


#: Rooms whose addresses begin with the key of a body.
OF_BODIES = (
    "bodies:",
    "offices:",
    "recovery:",
    "looking_in:",
    "papers:",
    "decisions:",
    "desk:",
)

#: Pages of making that are about a plan, rather than about one that was asked for.
RUNS = ("making:adopt", "making:change")


def _fill(pattern: Pattern, part: str) -> Fill:
    if part == "number" and pattern.name.startswith("offers:"):
        return _planted("round being written" if pattern.name == "offers:change" else "round")
    if part == "number" and pattern.name.startswith("making:") and pattern.name not in RUNS:
        return _planted("asked-plan")
    if part == "confirmation" and not pattern.name.startswith("agreements:"):
        of_cluster = pattern.name.startswith("clusters:")
        return _planted("cluster-confirmation" if of_cluster else "confirmation")
    if part in ("line", "service") and pattern.name.startswith("offers:"):
        return _planted("offered")
    if part == "key" and pattern.name.startswith(OF_BODIES):
        return BODY
    return PAGES.get((pattern.name, part)) or PARTS[part]


def address(pattern: Pattern, county: County, body: Body) -> str:
    """Give the address of a pattern that is about a body."""
    given = {part: _fill(pattern, part)(county, body) for part in pattern.parts}
    return reverse(pattern.name, kwargs=given) + QUERIES.get(pattern.name, "")
