"""Actions that one alone may win, tried by several in the same moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from soak.browsers import Answer, Browser
from soak.sites import Site
from soak.together import Crowd, Press

RIVALS = 4
Figures = dict[str, Any]


class Contest(ABC):
    """Something that can be won once."""

    name: str
    #: What those are told who come too late: one of these.
    told: tuple[str, ...]

    def __init__(self, site: Site) -> None:
        self.site = site

    @abstractmethod
    def ready(self, number: int, rivals: int) -> list[Press]:
        """Lay out the next prize, and give what each rival will press."""

    @abstractmethod
    def winners(self, number: int) -> int:
        """Say, from the database, how many have won it."""

    def is_won(self, answer: Answer) -> bool:
        """Whether somebody was told that they have won, on the page they were led to."""
        return answer.status == 302


FIGURES = ("races", "one", "none", "several", "told_wrongly", "untold", "broken")


def races(site: Site, contest: Contest, *, count: int, first: int = 0) -> Figures:
    """Run so many races, and count those without exactly one winner."""
    found: Figures = dict.fromkeys(FIGURES, 0)
    with Crowd(site.port, RIVALS) as crowd:
        for number in range(first, first + count):
            presses = contest.ready(number, RIVALS)
            answers = crowd.press(presses)
            _count(found, contest, contest.winners(number), _pages(site, presses, answers))
    return found


def _pages(site: Site, presses: list[Press], answers: list[Answer]) -> list[Answer]:
    return [
        Browser(site.port, press.session).follow(answer)
        for press, answer in zip(presses, answers, strict=True)
    ]


def _count(found: Figures, contest: Contest, won: int, pages: list[Answer]) -> None:
    late = [page for page in pages if not contest.is_won(page)]
    found["races"] += 1
    found["one" if won == 1 else "several" if won else "none"] += 1
    found["told_wrongly"] += len(pages) - len(late) != won
    found["untold"] += any(not any(said in page.body for said in contest.told) for page in late)
    found["broken"] += any(not 0 < page.status < 500 for page in pages)
