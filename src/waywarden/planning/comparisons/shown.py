"""Two plans side by side on a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waywarden.fabric.common.wording import whole_pounds
from waywarden.planning.comparisons.comparing import Comparison, Move, NewLead, Payer
from waywarden.planning.comparisons.sides import Side
from waywarden.planning.words.delivering import way
from waywarden.planning.words.phrasing import capital

#: Longer lists are cut; `--json` has them whole.
MOST_SHOWN = 20
#: A narrower terminal has the figures under their name.
TABLE_COLUMNS = 60

NOT_KNOWN = "Not known"


def comparison_shown(found: Comparison, columns: int) -> Iterator[RenderableType]:
    """Return what to print of two plans on a terminal of so many columns."""
    yield Text(f"First: {found.first.file}")
    yield Text(f"Second: {found.second.file}")
    for note in found.notes:
        yield Text(note)
    yield Text("")
    yield _table(found) if columns >= TABLE_COLUMNS else _figures_below(found)
    yield Text("")
    yield Text(clusters(found))
    yield from _listed("Councils that move", [move(found, one) for one in found.moves])
    yield from _listed("Leads and ways that change", [lead(found, one) for one in found.leads])
    yield from _payers(found)


Figure = tuple[str, str, str, str]


def figures(found: Comparison) -> list[Figure]:
    """Return what each figure is, in the first plan and the second, and by how much it differs."""
    one, other = found.first, found.second
    counted = (
        ("Clusters", len(one.clusters), len(other.clusters)),
        ("Councils in them", one.in_clusters, other.in_clusters),
    )
    return [
        _amounts("Cost a year", one.cost, other.cost),
        _amounts("Proven bound", one.bound, other.bound),
        _amounts("All alone", one.alone, other.alone),
        *((name, f"{a:,}", f"{b:,}", f"{b - a:+,}" if b != a else "0") for name, a, b in counted),
    ]


def _amounts(name: str, one: float | None, other: float | None) -> Figure:
    differs = NOT_KNOWN if one is None or other is None else _signed(other - one)
    return name, _pounds(one), _pounds(other), differs


def _pounds(amount: float | None) -> str:
    return NOT_KNOWN if amount is None else whole_pounds(round(100 * amount))


def _signed(amount: float) -> str:
    sign = "+" if amount >= 0.5 else ""
    return f"{sign}{whole_pounds(round(100 * amount))}"


def _table(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in ("First", "Second", "Difference"):
        table.add_column(name, justify="right", no_wrap=True)
    for figure in figures(found):
        table.add_row(*figure)
    return table


def _figures_below(found: Comparison) -> RenderableType:
    lines = [
        f"{name}: {one} first, {other} second ({differs})"
        for name, one, other, differs in figures(found)
    ]
    return Text("\n".join(lines))


def clusters(found: Comparison) -> str:
    """Say which clusters are the same in both plans."""

    def numbers(which: Sequence[int]) -> str:
        shown = ", ".join(str(number) for number in which[:MOST_SHOWN])
        return f"{shown} and {len(which) - MOST_SHOWN} more" if len(which) > MOST_SHOWN else shown

    if not found.only_first and not found.only_second:
        return f"The clusters are the same: {len(found.same)}."
    alike = "One cluster is" if len(found.same) == 1 else f"{len(found.same)} clusters are"
    said = [f"{alike} the same in both."]
    for which, word in ((found.only_first, "first"), (found.only_second, "second")):
        said += [f"Only in the {word}: clusters {numbers(which)}."] if which else []
    return " ".join(said)


def move(found: Comparison, move: Move) -> str:
    """Say from where to where a council moves."""
    before, after = _place(found.first, move.before), _place(found.second, move.after)
    other = "another " if after == before else ""
    return f"{move.name}: from {before} to {other}{after}"


def _place(side: Side, number: int | None) -> str:
    """Name a cluster by who leads it: its number alone means another one in the other plan."""
    if number is None:
        return "alone"
    [lead] = [one.lead for one in side.clusters if one.number == number]
    return f"cluster {number} ({side.names.get(lead, lead)})"


def lead(found: Comparison, lead: NewLead) -> str:
    """Say who leads a service instead of whom, or in which way."""
    name = found.first.services.get(lead.service, lead.service)
    clusters = f"cluster {lead.before}"
    if lead.after != lead.before:
        clusters = f"{clusters} (now {lead.after})"
    if lead.lead_before == lead.lead_after:
        change = f"{lead.lead_after}, {way(lead.way_after)} instead of {way(lead.way_before)}"
    else:
        change = f"{lead.lead_after} instead of {lead.lead_before}"
    return f"{capital(name)}, {clusters}: {change}"


def _payers(found: Comparison) -> Iterator[RenderableType]:
    if not (found.first.pays and found.second.pays):
        yield Text("What each council would save is not known: the plans do not share the costs.")
        return
    yield from _listed(
        "Councils that would pay less or more", [_payer(one) for one in found.payers]
    )


def _payer(payer: Payer) -> str:
    word = "less" if payer.saving > 0 else "more"
    return f"{payer.name}: {whole_pounds(round(100 * abs(payer.saving)))} a year {word}"


def _listed(title: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    """Return a list under its title, cut where it is long."""
    yield Text(f"\n{title}: {len(lines) or 'none'}")
    for line in lines[:MOST_SHOWN]:
        yield Padding(Text(line), (0, 0, 0, 2), expand=False)
    if len(lines) > MOST_SHOWN:
        yield Text(f"  and {len(lines) - MOST_SHOWN} more: --json has all of them")
