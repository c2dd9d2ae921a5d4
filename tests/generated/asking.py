"""Sends what was generated, one after another, and says what must never come of it."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from soak.browsers import Fields
from tests.generated import records
from tests.generated.hostile import Ask, WhoMay, asked, hostile
from tests.permissions import canaries
from tests.permissions.addresses import Pattern, address
from tests.permissions.county import County
from tests.permissions.policy import POLICY
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.people.gate import SENT
from waywarden.county.people.models import Office
from waywarden.fabric.forms.once import SENT as ONCE
from waywarden.fabric.journal import queries as journal

#: So many requests follow one another before the county is put back as it was.
IN_A_ROW, WORDS = 5, 8
REPLAYED = str(UUID(int=1))
#: Where one form changes more than one thing, each has its line.
SEVERAL_LINES = {
    "offices:invitation": "The office is given, perhaps another ended, and the answer kept.",
    "recovery:agree": "Somebody agreed, and an invitation went out.",
    "people:first-run": "A person came, and an office was given.",
    "imports:decide": "A table has many rows.",
    "making:adopt": "Each cluster that is proposed has its line.",
    "offices:hand-over": "Somebody leaves, and somebody is asked.",
}
#: What must never be: an error, another council's business, a change without its line, and a
#: line without a change.
WRONG = ("failed", "leaked", "unnoted", "noted_wrongly")


@dataclass
class Trial:
    """What was asked so far, and what was found wrong."""

    county: County
    counted: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    #: The records as they stand when a sequence begins.
    at_first: records.Rows = field(default_factory=dict)
    pages: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, int]:
        """How much was asked and changed, and what was wrong."""
        return {name: self.counted[name] for name in ("requests", "changes", *WRONG)}

    def begin(self) -> None:
        """Read every record once."""
        self.tables = records.tables()
        self.at_first = {name: records.rows_of(kind) for name, kind in self.tables.items()}
        self.held_first = _held()

    def ask_all(self, row: list[Ask]) -> None:
        """Send some requests one after another, and undo whatever they did."""
        cache.clear()
        with transaction.atomic():
            now = dict(self.at_first)
            for ask in row:
                if not self.ask(ask, now):
                    break
            transaction.set_rollback(True)

    def ask(self, ask: Ask, now: records.Rows) -> bool:
        """Send one; say whether the county still stands for another."""
        sent = self._sent(ask)
        before = journal.length()
        with transaction.atomic(), records.written() as into:
            answer = sent()
            is_whole = answer.status_code < 500
            if not is_whole:
                transaction.set_rollback(True)
        self.counted["requests"] += 1
        self.counted[f"answered {answer.status_code}"] += 1
        if is_whole:
            changed = self._changed(into, now)
            self._judge(ask, answer, changed, journal.length() - before)
        else:
            self._fault("failed", ask, _why(answer))
        return is_whole

    def _sent(self, ask: Ask) -> Any:
        body = self.county.bodies[ask.body]
        where = ask.bend(address(ask.pattern, self.county, body))
        browser = self.county.browser(ask.name)
        if ask.method != "POST":
            return lambda: getattr(browser, ask.method.lower())(where)
        fields = self._form(ask, body)
        return lambda: browser.post(where, fields)

    def _form(self, ask: Ask, body: Any) -> dict[str, str]:
        """Open the page of a form, and fill it in."""
        where = address(ask.pattern, self.county, body)
        office = self.county.office(ask.name)
        key = REPLAYED if ask.is_replayed else str(uuid4())
        opened = self._opened(ask.name, where)
        kept = {name: value for name, value in opened.items() if name in ("person", "seen")}
        fields = opened | ask.typed | kept | {SENT: str(office.pk if office else ""), ONCE: key}
        for name in ask.typed.keys() & {SENT, ONCE}:
            fields[name] = ask.typed[name]
        return {name: value for name, value in fields.items() if name not in ask.left_out}

    def _opened(self, name: str, where: str) -> dict[str, str]:
        if (name, where) not in self.pages:
            page = self.county.browser(name).get(where)
            found = Fields(page.content.decode("utf-8", "replace")).forms if _is_page(page) else []
            self.pages[name, where] = found[-1] if found else {}
        return self.pages[name, where]

    def _changed(self, into: set[str], now: records.Rows) -> set[str]:
        """Name the tables whose rows are not any more as they were."""
        found = set()
        for name in into & self.tables.keys():
            rows = records.rows_of(self.tables[name])
            if rows != now[name]:
                found.add(name)
                now[name] = rows
        return found

    def _judge(self, ask: Ask, answer: Any, changed: set[str], grew: int) -> None:
        self.counted["changes"] += bool(changed)
        if not _has_gained(self.county, ask.name, self.held_first):
            for leak in canaries.leaked(self.county, ask.name, canaries.everything_sent(answer)):
                self._fault("leaked", ask, leak)
        if changed - {records.LETTERS} and not grew:
            self._fault("unnoted", ask, f"{sorted(changed)} without a line in the journal")
        elif grew and not changed:
            self._fault("noted_wrongly", ask, f"{grew} lines without a change")
        elif grew > 1 and ask.pattern.name not in SEVERAL_LINES:
            self._fault("noted_wrongly", ask, f"{grew} lines for one change of {sorted(changed)}")

    def _fault(self, kind: str, ask: Ask, why: str) -> None:
        self.counted[kind] += 1
        self.faults.append(f"{kind}: {ask}: {why}")


def tried(county: County, *, count: int, number: int) -> Trial:
    """Send so many generated requests; the same number gives the same ones again."""
    trial, chance = Trial(county), Random(number)  # noqa: S311
    who_may = _who_may(county)
    trial.begin()

    @seed(number)
    @settings(
        max_examples=-(-count // IN_A_ROW),
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(hostile, min_size=WORDS, max_size=WORDS))
    def ask(words: list[str]) -> None:
        # Hypothesis finds the words; addresses and people are drawn alike often.
        row = [asked(chance, lambda: chance.choice(words), who_may) for _ in range(IN_A_ROW)]
        trial.ask_all(row)

    ask()
    return trial


def _who_may(county: County) -> WhoMay:
    """Say of everybody to which address about which body they may send forms."""

    def of(name: str) -> Callable[[Pattern, int], bool]:
        return lambda pattern, body: (
            county.role(name, county.bodies[body]) in POLICY[pattern.name].change
        )

    return {name: of(name) for name in county.people}


def _why(answer: Any) -> str:
    error = getattr(answer, "exc_info", None)
    return "".join(traceback.format_exception(*error)[-4:]) if error else str(answer.status_code)


def _is_page(answer: Any) -> bool:
    return answer.status_code == 200 and not answer.streaming


def _held() -> Counter[int]:
    return Counter(_holders())


def _holders() -> Iterator[int]:
    yield from Office._base_manager.values_list("person", flat=True)
    yield from OperatorAccess._base_manager.values_list("person", flat=True)


def _has_gained(county: County, name: str, at_first: Counter[int]) -> bool:
    """Whether somebody was let into something by an earlier request of the same row."""
    person = county.people[name]
    return person is not None and _held()[person.pk] > at_first[person.pk]
