"""The site's pages, beside a bare Django view. Nothing is asked of them here."""

from __future__ import annotations

from benchmarks.bars.gathering import NOT_MEASURED, Found, Rows, Section, number

HEADINGS = ("Page", "Made: ms", "x bare", "Queries", "Kept: x bare", "304: x bare", "KB")


def pages(found: Found) -> Section:
    """The median CPU of each kind of page."""
    rows = Rows(HEADINGS)
    for one in found.of("pages").finished():
        for page in one.figures["pages"]:
            rows.add(
                page["page"],
                number(page["anew"]["cpu_ms"], 1),
                number(page["anew"]["times_bare"], 1),
                str(page["anew"]["queries"]),
                number(page["kept"]["times_bare"], 1),
                number(page["unchanged"]["times_bare"], 1),
                number(page["kilobytes"], 0),
            )
    said = "Nothing passes or fails: these are to be compared with other runs."
    return Section(
        "pages",
        "The site's pages",
        "How much work a page is, in bare views of the same site. `benchmarks/README.md` says "
        "what the columns are.",
        said if rows.rows else NOT_MEASURED,
        rows.table,
    )
