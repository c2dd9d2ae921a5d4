"""Several browsers that press the button in the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

from soak.browsers import Answer, Browser


@dataclass(frozen=True)
class Press:
    """One button pressed: in whose browser, for which address, with what in the form."""

    session: str
    path: str
    fields: dict[str, str]
    #: Files that go with it, by the name of the field.
    files: dict[str, bytes] = field(default_factory=dict)


class Crowd:
    """Browsers that wait for one another before each press."""

    def __init__(self, port: int, size: int) -> None:
        self.port = port
        self.pool = ThreadPoolExecutor(size)

    def press(self, presses: Sequence[Press]) -> list[Answer]:
        """Press all buttons at once, and give the answers in the order of the presses."""
        start = Barrier(len(presses))

        def go(press: Press) -> Answer:
            start.wait(30)
            return Browser(self.port, press.session).send(press.path, press.fields, press.files)

        return list(self.pool.map(go, presses))

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.shutdown()
