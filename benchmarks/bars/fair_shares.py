"""Fair shares: beside coopgame-py, and of whole counties."""

from __future__ import annotations

from benchmarks.bars.gathering import Ask, Found, Rows, Section, instance, number, verdict

RULES = {"shapley": "Shapley", "nucleolus": "nucleolus"}
COOPGAME = "coopgame-py"
HEADINGS = ("Rule", "Players", "CPU s", "coopgame-py: CPU s", "Answers differ by at most")


def games(found: Found) -> Section:
    """Shapley values and nucleoli of random games."""
    rows, differences = Rows(HEADINGS), []
    for rule, words in RULES.items():
        for players in sorted({one.options["players"] for one in found if one.bar == "shares"}):
            ours = found.of("shares", rule=rule, players=players)
            theirs = found.of("shares", rule=rule, players=players, solver=COOPGAME)
            apart = _largest_difference(ours, theirs)
            differences += [apart] if apart is not None else []
            taken = number(ours.median("cpu_seconds"), 3), number(theirs.median("cpu_seconds"), 3)
            rows.add(words, str(players), *taken, _part(apart))
    return Section(
        "shares",
        "Shares of random games",
        "The same answers as coopgame-py, an open library of such rules.",
        verdict(
            Ask(
                "largest difference, as a part of the cost",
                max(differences, default=None),
                1e-6,
                digits=9,
            )
        ),
        rows.table,
        (GAMES_WORDS,),
        ("shares",),
    )


GAMES_WORDS = (
    "Games of six to twenty players who share up to four sites; two groups together never cost "
    "more than apart. coopgame-py is given all costs as a list beforehand. Ours asks a Python "
    "function for each of the up to a million costs, which is what takes longest from 16 players "
    "on, and is in its time."
)


def certificates(found: Found) -> Section:
    """The largest total that stable shares of a whole county recover."""
    headings = ("Councils", "CPU s", "Cost of the plan", "Stable shares recover", "At most")
    rows = Rows((*headings, "MB"))
    for one in found.of("certificate").finished():
        cost = one.figures["cost"]
        parts = (100 * one.figures[name] / cost for name in ("recovered", "ceiling"))
        cells = (
            number(one.figures["cpu_seconds"], 1),
            number(cost, 0),
            *(number(part, 2, " %") for part in parts),
        )
        rows.add(f"{one.options['councils']:,}", *cells, number(one.megabytes, 0))
    small, large = (found.of("certificate", councils=size) for size in (320, 10_400))
    return Section(
        "certificate",
        "Stable shares of a whole county",
        "320 councils in at most 5 CPU seconds, 10,400 within 10 minutes.",
        verdict(
            Ask("320 councils", small.median("cpu_seconds"), 5, " s", digits=1),
            Ask("10,400 councils", large.median("cpu_seconds"), 600, " s", digits=0),
        ),
        rows.table,
        (
            "What stable shares do not recover is the grant that makes the plan stable. No stable "
            "shares recover more than the last but one column says.",
        ),
    )


def _largest_difference(ours: Found, theirs: Found) -> float | None:
    """Return the largest difference of a share between the two, as a part of the whole cost."""
    by_instance = {instance(one): one.figures["shares"] for one in theirs.finished()}
    found = [
        max(abs(our - their) for our, their in zip(one.figures["shares"], shares, strict=True))
        / one.figures["total"]
        for one in ours.finished()
        if (shares := by_instance.get(instance(one)))
    ]
    return max(found, default=None)


def _part(value: float | None) -> str:
    return number(None) if value is None else f"{value:.1e}"
