"""Writes the page of the back-test, with its maps, from the results there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from textwrap import fill

from benchmarks import backtest, plots
from benchmarks.answers import Figures
from benchmarks.bars.gathering import Found, Rows, number
from benchmarks.results import Result

NAME = "back-test"
BETWEEN = (5, 14)
TOWNS = {"alike": "all councils alike", "known": "the town council known"}


def write(found: Found, docs: Path) -> list[Path]:
    """Write the page and its maps, and return where; nothing where nothing was measured."""
    every = found.of(NAME).finished()
    if not len(every):
        return []
    shown = [one for one in every if one.options["seed"] == 1 and one.options["place"] == "Wycombe"]
    maps = plots.draw_maps(shown, docs / "images" / "benchmarks")
    path = docs / "explanation" / "back-test.md"
    path.write_text(page(every, shown), encoding="utf-8")
    return [path, *maps]


def page(every: Found, shown: Sequence[Result]) -> str:
    """Return the page, with the maps of some of the results."""
    pictures = [f"![{_alt(one)}](../images/benchmarks/{one.step}.svg)" for one in shown]
    parts = (INTRODUCTION, _likeness(every), *pictures, COST, _costs(every), SIZES, _sizes(every))
    return "\n\n".join(part.strip() for part in (*parts, _told(every), CANNOT)) + "\n"


INTRODUCTION = """\
# A plan beside clusters that really formed

Written by `make bench` (`benchmarks/backtest.py`) from what it measured: change nothing here.

In 2015 five parishes of Buckinghamshire took services on together: the town council of Princes
Risborough led, for Bledlow-cum-Saunderton, Bradenham, Lacey Green and Longwick-cum-Ilmer, with
£28,282 a year from the county (Bucks Free Press, in `data/devolution/real_clusters.csv`). Would the
planner have put them together?

**What is real:** the five, the parishes about them, their areas and centres (Boundary-Line, 2014).
**What is likely:** who touches whom, from a triangulation of England's parishes. **What is
modelled, from area alone:** how much of each service a parish has, namely for each hectare what
Oxfordshire's parishes have together, itself an estimate. A town is therefore taken for no busier
than fields of its size. **What is assumed:** the prices and limits shipped for Oxfordshire, and
that every council is willing. No population, kind or wish of these councils is held, but that
Princes Risborough has a town council: so it is planned twice, with all councils alike, none with
people of its own, and with that one town council able to employ them.

## Who is together

*Likeness* is the part that two groups have in common of all who are in either: 1 is the same group,
0 no member in common (Jaccard). *Likest* is that of whichever planned cluster is nearest to the
five. Of five councils there are ten pairs.
"""

COST = """\
## What it costs

Pounds a year at our prices, for all services that are planned, which are not the services the five
took on: the figures can be compared with each other and not with the £28,282. "With the five" is
the cost of the whole plan when the real cluster is kept and all others are planned anew.
"""

SIZES = """\
## How large clusters are

Hampshire's lengthsman scheme began with two clusters of 19 parishes together; St Mary Bourne leads
14 (`data/devolution/benchmarks.csv`). Clusters read of have had 5 to 14 members. The planner's
upper limit of 14 was taken from there, so that only the lower end, and what happens when the limit
is lifted to 30, say anything.
"""

CANNOT = """\
## What this cannot show

One cluster is one case. Who knew whom, who had a mower and a clerk with time, and what the county
offered decided as much as distance, and none of that is held. With measured quantities and the
councils' own answers the plan would be another; this page shows what prices and a map alone give.
"""


def _likeness(every: Found) -> str:
    """Return the table of how like the planned clusters are to the real one."""
    rows = Rows(("Parishes of", "Planned with", "Seed", "With Princes Risborough", "Likeness"))
    rows.headings += ("Likest", "Pairs together")
    for one in every:
        told = one.figures
        others = [name for name in told["found"] if name != told["real"][0]]
        named = [f"**{name}**" if name in told["real"] else name for name in others]
        rows.add(
            *_case(one),
            str(one.options["seed"]),
            ", ".join(named) or "nobody",
            number(told["likeness"]),
            number(told["likest"]),
            f"{told['pairs_kept']} of 10",
        )
    return f"{_markdown(rows)}\n\nMembers of the real cluster are in bold."


def _costs(every: Found) -> str:
    """Return the table of what the real cluster and the planner's cost."""
    rows = Rows(("Parishes of", "Planned with", "Seed", "The five alone", "Together", "Saved"))
    rows.headings += ("Whole plan", "With the five", "Dearer by", "Proven gap")
    for one in every:
        told = one.figures
        saved = 100 * (1 - told["real_cost"] / told["real_alone"])
        sums = (told["cost"], told["cost_with_real"])
        rows.add(
            *_case(one),
            str(one.options["seed"]),
            _pounds(told["real_alone"]),
            _pounds(told["real_cost"]),
            number(saved, 1, " %"),
            *map(_pounds, sums),
            number(dearer_percent(told), 2, " %"),
            number(told["gap_percent"], 1, " %"),
        )
    return _markdown(rows)


def _sizes(every: Found) -> str:
    """Return the table of how many members planned clusters have."""
    rows = Rows(("Parishes of", "Planned with", "At most", "Clusters", "Members"))
    rows.headings += ("Median", "With 5 to 14", "Councils alone")
    for one in every:
        if one.options["seed"] == 1 and one.figures["sizes"]:
            sizes = one.figures["sizes"]
            within = sum(BETWEEN[0] <= size <= BETWEEN[1] for size in sizes)
            rows.add(
                *_case(one),
                str(one.figures["most_members"]),
                str(len(sizes)),
                f"{min(sizes)} to {max(sizes)}",
                number(median(sizes), 0),
                f"{within} of {len(sizes)}",
                str(one.figures["alone"]),
            )
    return _markdown(rows)


def _told(every: Found) -> str:
    """Say in words what the tables show, whatever it is."""
    usual = [one for one in every if "most_members" not in one.options]
    sizes = [size for one in usual for size in one.figures["sizes"]]
    fitting = sum(BETWEEN[0] <= size <= BETWEEN[1] for size in sizes)
    words = [
        *_told_of_likeness(usual),
        "The real cluster saves money by our prices, as do many others: a firm's price is the same "
        "wherever it works, so that it hardly matters which neighbours share one.",
        f"Of {len(sizes)} planned clusters {fitting} have 5 to 14 members, as Hampshire's had.",
    ]
    return "## What it shows\n\n" + fill(" ".join(words), 100, break_on_hyphens=False)


def _told_of_likeness(usual: Sequence[Result]) -> list[str]:
    likeness = [one.figures["likeness"] for one in usual]
    dearer = [dearer_percent(one.figures) for one in usual]
    within = sum(dearer_percent(one.figures) <= one.figures["gap_percent"] for one in usual)
    ties, cases = _ties(usual)
    return [
        f"In {likeness.count(1)} of {len(usual)} plans the planner puts the five together as they "
        f"were; the likeness is {min(likeness):.2f} to {max(likeness):.2f}, "
        f"{median(likeness):.2f} in the middle.",
        f"Keeping the real cluster makes the whole plan {min(dearer):.2f} % to "
        f"{max(dearer):.2f} % dearer. In {within} of {len(usual)} plans that is less than the "
        "proven gap, so that there nobody can say that the best plan of all does not keep them.",
        f"In {ties} of {cases} cases seeds gave plans of the same cost, to the pound, that have "
        "Princes Risborough with different councils: our prices do not tell these apart.",
    ]


def _ties(usual: Sequence[Result]) -> tuple[int, int]:
    """Return in how many cases plans of one cost have different councils with the town."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for one in usual:
        case = (*_case(one), _pounds(one.figures["cost"]))
        found.setdefault(case, set()).add(tuple(sorted(one.figures["found"])))
    tied = {case[:-1] for case, groups in found.items() if len(groups) > 1}
    return len(tied), len({case[:-1] for case in found})


def dearer_percent(told: Figures) -> float:
    """Return by how much keeping the real cluster makes the whole plan dearer, in per cent."""
    return 100 * (float(told["cost_with_real"]) / float(told["cost"]) - 1)


def _case(one: Result) -> tuple[str, str]:
    words = TOWNS[one.options["towns"]]
    if "most_members" in one.options:
        words += ", limit lifted"
    return one.options["place"], words


def _alt(one: Result) -> str:
    return (
        f"Map of the parishes of {backtest.DISTRICTS[one.options['place']][0]} as points, lines "
        f"joining neighbours planned together; rings mark the five of the real cluster. Planned "
        f"with {TOWNS[one.options['towns']]}."
    )


def _pounds(pence: float) -> str:
    return f"£{pence / 100:,.0f}"


def _markdown(rows: Rows) -> str:
    lines = (rows.headings, tuple("---" for _ in rows.headings), *rows.rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
