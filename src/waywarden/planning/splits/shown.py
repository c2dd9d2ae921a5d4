"""What members of a cluster would pay, as tables and sentences for a terminal, and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waywarden.fabric.common.wording import pounds, whole_pounds
from waywarden.planner import StableShares
from waywarden.planning.splits.bills import Bill
from waywarden.planning.splits.splitting import RULES, ClusterSplits, Split
from waywarden.planning.words.phrasing import listed

#: So many sums of money stand beside the cost alone in eighty columns.
ABREAST = 3
#: A narrower terminal would cut sums of money off.
TABLE_COLUMNS = 80


class Money(NamedTuple):
    """A column of a table: what it is, and pence by member."""

    title: str
    pence: Mapping[str, int]


def tables(
    found: ClusterSplits, names: Mapping[str, str], columns: int
) -> Iterator[RenderableType]:
    """Give the members in rows: what each pays alone and by each rule, and by one what it saves.

    On a terminal of fewer ``columns`` than a table needs, each member has lines of its own.
    """
    told = list(_columns(found))
    if columns < TABLE_COLUMNS:
        yield from _lines([Money("Alone", found.alone), *told], names)
        return
    for first in range(0, len(told), ABREAST):
        yield _table([Money("Alone", found.alone), *told[first : first + ABREAST]], names)


def _columns(found: ClusterSplits) -> Iterator[Money]:
    for split in found.splits:
        yield Money(RULES[split.rule], split.pence)
    if len(found.splits) == 1:
        paid = found.splits[0].pence
        yield Money("Saved", {key: found.alone[key] - paid[key] for key in paid})
    if found.nearest:
        yield Money("In the core", found.nearest.pence)


def _lines(columns: Sequence[Money], names: Mapping[str, str]) -> Iterator[RenderableType]:
    for key in columns[0].pence:
        yield Text(names[key])
        for column in columns:
            yield Padding(Text(f"{column.title}: {_pence(column.pence[key])}"), (0, 0, 0, 2))
    yield Text("Together")
    for column in columns:
        yield Padding(Text(f"{column.title}: {_pence(sum(column.pence.values()))}"), (0, 0, 0, 2))


def _pence(amount: int) -> str:
    """Write pence as pounds with both decimals, so that they stand under one another.

    >>> _pence(1_234_50), _pence(300)
    ('£1,234.50', '£3.00')
    """
    written = pounds(amount)
    return written if "." in written else f"{written}.00"


def _table(columns: Sequence[Money], names: Mapping[str, str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("A year")
    for column in columns:
        table.add_column(column.title, justify="right")
    for key in columns[0].pence:
        table.add_row(Text(names[key]), *(_pence(column.pence[key]) for column in columns))
    table.add_section()
    table.add_row("Together", *(_pence(sum(column.pence.values())) for column in columns))
    return table


def sentences(found: ClusterSplits, names: Mapping[str, str]) -> Iterator[str]:
    """Say of each rule who would be better off to leave, and who would pay more than alone."""
    if any(split.rule == "allocation" for split in found.splits):
        yield (
            "Usual: each starts from its own county allocation and top-up, and the saving is "
            "shared in proportion to cost alone. No allocations are known yet, so that each "
            "starts from its cost alone."
        )
    for split in found.splits:
        yield f"{RULES[split.rule]}: {_core_words(split, names)}"
    for split in found.splits:
        yield from _above_alone(split, names)
    for rule, reason in found.refused.items():
        yield f"{RULES[rule]}: not possible here. {reason}"
    if found.nearest:
        yield (
            "In the core: the split nearest to the first under which no group would be better off "
            "by itself."
        )
    if found.no_core:
        yield f"No split of this cluster's cost would keep every group. {found.no_core}"


def _core_words(split: Split, names: Mapping[str, str]) -> str:
    if split.is_in_core:
        return "no group of members would be better off by itself."
    who = listed([names[key] for key in split.group])
    verb = "would be" if len(split.group) == 1 else "together would be"
    return f"{who} {verb} {pounds(split.excess)} a year better off without the others."


def _above_alone(split: Split, names: Mapping[str, str]) -> Iterator[str]:
    for key, more in split.above_alone.items():
        yield (
            f"{RULES[split.rule]}: {names[key]} would pay {pounds(more)} a year more than alone, "
            "which it would have to agree to expressly."
        )


def as_json(found: ClusterSplits, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the same as plain values, money in whole pence a year."""
    return {
        "cluster": found.cluster.number,
        "name": found.cluster.name,
        "cost": found.cluster.cost,
        "members": [
            {"key": key, "name": names[key], "alone": found.alone[key]}
            for key in found.cluster.members
        ],
        "rules": {split.rule: _split_json(split) for split in found.splits},
        "refused": dict(found.refused),
        "nearest_in_core": _split_json(found.nearest) if found.nearest else None,
        "no_core": found.no_core,
    }


def _split_json(split: Split) -> dict[str, Any]:
    return {
        "shares": dict(split.pence),
        "in_core": split.is_in_core,
        "better_off_without_the_others": list(split.group),
        "by": split.excess,
        "more_than_alone": dict(split.above_alone),
    }


def county_sentences(stable: StableShares, bill: Bill) -> Iterator[str]:
    """Say what stable shares of a whole county recover, and what grant they leave to find."""
    group = "in any one service" if bill.shape == "per_service" else "sharing all its services"
    yield (
        f"Shares under which no group of councils would be better off in a cluster of its own, "
        f"{group}, recover {whole_pounds(round(stable.total))} a year of the plan's "
        f"{whole_pounds(round(stable.cost))}."
    )
    at_most = "" if stable.is_exact else "at most "
    if stable.grant < 100:
        yield "No grant is needed to make the plan stable."
    else:
        yield (
            f"The smallest grant that makes the plan stable is {at_most}"
            f"{whole_pounds(round(stable.grant))} a year."
        )


def county_json(stable: StableShares, shares: Mapping[str, int]) -> dict[str, Any]:
    """Return the certificate of a county as plain values, money in whole pence a year."""
    return {
        "cost": round(stable.cost),
        "stable_total": sum(shares.values()),
        "grant": round(stable.cost) - sum(shares.values()),
        "grant_is": "smallest" if stable.is_exact else "at most",
        "groups": stable.groups,
        "rounds": stable.rounds,
        "shares": dict(shares),
    }
