"""What the planner refuses, said to people: by names alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from waywarden.planner import Infeasible
from waywarden.planning.costing import catalogue
from waywarden.planning.facts import CannotPlan
from waywarden.planning.words.phrasing import without_rows


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Raise `CannotPlan` for what the planner refuses.

    It names councils with their rows and services by their codes, and whoever
    asked for a plan has no such rows or codes before them.
    """
    try:
        yield
    except Infeasible as error:
        raise CannotPlan(_with_services(without_rows(str(error)))) from error


def _with_services(sentence: str) -> str:
    """Name services in what the planner says, which names them by their codes.

    >>> _with_services("Goring, service DPS01: nobody may lead.")
    'Goring, village grass: nobody may lead.'
    >>> _with_services("Service X9, counting only its own: nobody may lead.")
    'Service X9, counting only its own: nobody may lead.'
    """
    names = {row["code"]: row["name"] for row in catalogue()["service"]}
    for code, name in names.items():
        sentence = re.sub(rf"\bservice {code}\b", name.lower(), sentence)
        sentence = re.sub(rf"\bService {code}\b", name, sentence)
    return sentence
