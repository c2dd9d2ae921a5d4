"""Everything that is soaked: how it is run, how often, and what must come of it.

A harness with an armed control stands beside it: the same trial on a site broken
on purpose. Where the control finds nothing, the harness proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from soak.sites import Site

Figures = dict[str, Any]
BOTH = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Harness:
    """One trial: what it is called on the page, how it is run, what must be nought."""

    name: str
    says: str
    run: Callable[..., Figures]
    #: How many pieces it has, how often each tries, and about how many seconds that takes.
    pieces: int
    in_a_piece: int
    #: The figure that says how often it was tried.
    counted: str
    #: The figures that must be nought; of a control, those of which one must not.
    nought: tuple[str, ...]
    is_control: bool = False
    stores: tuple[str, ...] = BOTH
    seconds: float = 90
    #: How many forms each piece tries so often.
    forms: int = 1
    #: Whether it brings a county of its own, on a site with nobody in it.
    is_empty: bool = False

    @property
    def wanted(self) -> int:
        """How often it is to be tried in all."""
        return self.pieces * self.in_a_piece * self.forms

    def faults(self, found: Figures) -> list[str]:
        """Say what did not hold; of a control, that nothing was found."""
        if "skipped" in found:
            return []
        if self.is_control:
            is_found = any(found.get(name) for name in self.nought)
            return [] if is_found else [f"{self.name} found nothing in {found.get(self.counted)}"]
        return [f"{self.name}: {name} is {found[name]}" for name in self.nought if found.get(name)]


def _kills(site: Site, *, count: int, seed: int, victim: str = "web", broken: str = "") -> Figures:
    from soak import kills, people
    from soak.acts import Appointing

    sessions = [people.session_of(people.cast().ada) for _ in range(kills.WRITERS)]
    given = {"victim": victim, "count": count, "seed": seed, "broken": broken}
    return kills.kills(site, Appointing(), sessions, until_found=bool(broken), **given)


def _syncs(site: Site, *, count: int, seed: int, broken: str = "") -> Figures:
    from soak import people, syncs
    from soak.acts import Appointing

    session = people.session_of(people.cast().ada)
    with site.served(broken):
        return syncs.syncs(site, Appointing(), session, count=count, seed=seed)


def _races(site: Site, *, count: int, seed: int, contest: str, broken: str = "") -> Figures:
    from soak import contests, leads, races, takings

    with site.served(broken):
        rooms = (contests, takings, leads)
        kind = next(getattr(room, contest) for room in rooms if hasattr(room, contest))
        return races.races(site, kind(site), count=count, first=seed * 100_000)


def _doubles(site: Site, *, count: int, seed: int, form: str = "", broken: str = "") -> Figures:
    """Press every form there is, unless one is named."""
    from soak import doubles, filled

    found: Figures = {}
    names = [form] if form else list(filled.CREATING)
    with site.served(broken):
        for name in names:
            each = filled.CREATING[name]()
            for what, figure in doubles.doubles(site, each, count=count, seed=seed).items():
                found[what] = found.get(what, 0) + figure
    return found


def _edits(site: Site, *, count: int, seed: int, broken: str = "") -> Figures:
    from soak import edits, filled

    found: Figures = {}
    with site.served(broken):
        for form in filled.EDITING.values():
            first = seed * 10_000
            for what, figure in edits.edits(site, form(), count=count, first=first).items():
                found[what] = found.get(what, 0) + figure
    return found


def _letters(site: Site, *, count: int, seed: int, broken: str = "") -> Figures:
    """Write ten letters for each kill."""
    from soak import mails

    return mails.mails(site, letters=10 * count, kills=count, seed=seed, broken=broken)


def _drills(site: Site, *, count: int, seed: int, is_copy: bool = False) -> Figures:
    from soak import drills, people
    from soak.acts import Appointing

    sessions = [people.session_of(people.cast().ada) for _ in range(4)]
    with site.served():
        trial = drills.copies if is_copy else drills.drills
        return trial(site, Appointing(), sessions, count=count, seed=seed)


def _generated(site: Site, *, count: int, seed: int, broken: str = "") -> Figures:
    from soak import generated

    return generated.generated(count=count, seed=seed, broken=broken)


def _tampering(site: Site, *, count: int, seed: int, broken: str = "") -> Figures:
    from soak import tampering

    return tampering.tampering(site, count=count, seed=seed, is_headless=bool(broken))


LOST = ("lost", "half")
RACED = ("told_wrongly", "untold", "none", "several", "broken")
PRESSED = ("duplicates", "lost", "unlike", "later_unlike", "other_taken", "broken")
SAVED = ("lost", "words_lost", "broken")
SENT = ("lost", "unknown", "not_noted")
NEVER = ("failed", "leaked", "unnoted", "noted_wrongly")
ON_POSTGRESQL = ("postgresql",)
#: How a site is broken for generated requests to find, by what they find.
GENERATED_BROKEN = (
    ("failed", "A form that stumbles"),
    ("leaked", "A page that anybody may see"),
    ("unnoted", "Changes that nobody notes"),
    ("noted_wrongly", "Lines without a change"),
)


def _control(
    trial: Harness,
    name: str,
    says: str,
    broken: str,
    tries: int,
    finds: str,
    *,
    stores: tuple[str, ...] = BOTH,
    **more: str,
) -> Harness:
    """Give a trial on a site broken on purpose, which must find something."""
    run, is_empty = partial(trial.run, broken=broken, **more), trial.is_empty
    return Harness(
        *(name, says, run, 1, tries, trial.counted, (finds,)),
        is_control=True,
        stores=stores,
        is_empty=is_empty,
    )


def _race(contest: str, says: str) -> Harness:
    run = partial(_races, contest=contest)
    name, told = f"races-{contest.lower()}", f"Races: {says}"
    return Harness(name, told, run, 4, 500, "races", RACED, seconds=180)


KILLS = Harness("kills-web", "Kills of the web server", _kills, 5, 40, "kills", LOST, seconds=240)
KILLS_BELOW = Harness(
    "kills-database",
    "Kills of the database",
    partial(_kills, victim="database"),
    *(5, 40, "kills", LOST),
    stores=ON_POSTGRESQL,
    seconds=400,
)
SYNCS = Harness("syncs", "Writes on the disk", _syncs, 2, 500, "acknowledged", ("without",))
ACCEPTING = _race("Accepting", "an invitation accepted")
DOUBLES = Harness(
    "doubles",
    "Forms pressed two to eight times at once",
    _doubles,
    *(10, 28, "forms", PRESSED),
    seconds=400,
    forms=18,
)
EDITS = Harness(
    *("edits", "Edits of one row, four at once", _edits, 5, 252, "edits", SAVED),
    forms=8,
    seconds=240,
)
LETTERS = Harness(
    "letters", "Letters while the worker is killed", _letters, 5, 20, "kills", SENT, seconds=150
)
DRILLS = Harness(
    *("drills", "Backups under load, each restored", _drills, 5, 10, "backups"),
    ("failed", "faults"),
    seconds=150,
)
GENERATED = Harness(
    "generated",
    "Requests nobody would think of",
    _generated,
    *(10, 10_000, "requests", NEVER),
    seconds=400,
    is_empty=True,
)
TAMPERING = Harness(
    "tampering",
    "Journals tampered with in six ways",
    _tampering,
    *(1, 1200, "tamperings", ("missed", "falsely_found", "too_slow")),
)
ALL = [
    KILLS,
    KILLS_BELOW,
    _control(
        KILLS, "kills-early", "Answers before the write is safe", "acknowledged-early", 20, "lost"
    ),
    _control(KILLS, "kills-halves", "Writes in two steps", "in-two-steps", 20, "half"),
    SYNCS,
    _control(SYNCS, "syncs-off", "Writes the disk need not have", "unsynced", 50, "without"),
    ACCEPTING,
    _race("HandingOver", "an office handed over"),
    _race("Agreeing", "a recovery agreed to"),
    _race("PuttingBack", "a letter put back"),
    _race("FirstOfficer", "the first officer of a site"),
    _race("Confirming", "a table taken in"),
    _race("Measuring", "a figure typed and taken in"),
    _race("TakingTheLead", "the lead of a cluster taken"),
    _control(
        *(ACCEPTING, "races-naive", "An invitation accepted by look, then write"),
        *("read-then-saved", 60, "several"),
        stores=ON_POSTGRESQL,
    ),
    DOUBLES,
    _control(
        *(DOUBLES, "doubles-keyless", "Forms whose key is forgotten"),
        *("keys-forgotten", 20, "duplicates"),
        form="offices:appoint",
    ),
    EDITS,
    _control(
        *(EDITS, "edits-unversioned", "Edits that ask for no version"),
        *("versions-ignored", 40, "lost"),
    ),
    LETTERS,
    _control(
        *(LETTERS, "letters-early", "Letters noted as sent before they are"),
        *("noted-early", 10, "lost"),
    ),
    _control(
        *(LETTERS, "letters-given-up", "Letters set aside at the first kill"),
        *("given-up-early", 10, "lost"),
    ),
    GENERATED,
    *(
        _control(GENERATED, f"generated-{how}", says, how, 400, how)
        for how, says in GENERATED_BROKEN
    ),
    TAMPERING,
    _control(
        *(TAMPERING, "tampering-headless", "Journals checked without a published head"),
        *("headless", 1200, "missed"),
    ),
    DRILLS,
    Harness(
        "drills-copied",
        "Copies of the live file",
        partial(_drills, is_copy=True),
        *(1, 15, "copies", ("lacking",)),
        is_control=True,
        stores=("sqlite",),
    ),
]
HARNESSES = {harness.name: harness for harness in ALL}
