"""Measures pages through the test client, each beside the bare view in the same breath."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

BARE = "/bare/"
PAGES = {
    "home": "/",
    "county": "/counties/oxfordshire/",
    "county with a service": "/counties/oxfordshire/?service=village-grass",
    "place": "/places/cholsey-south-oxfordshire/",
    "service": "/services/village-grass/",
    "map": "/maps/oxfordshire/districts/wide.svg",
}
WARM_UP = 3
Ask = Callable[[], HttpResponseBase]


@dataclass(frozen=True)
class Cost:
    """The median CPU of one way of asking, and how often it asked the database."""

    cpu_ms: float
    times_bare: float
    queries: int


@dataclass(frozen=True)
class Measured:
    """What one page costs when it is made, when it is kept, and when the browser has it already."""

    page: str
    address: str
    rounds: int
    bare_ms: float
    anew: Cost
    kept: Cost
    unchanged: Cost
    kilobytes: float


def measure(page: str, rounds: int) -> Measured:
    """Measure a page for as many rounds; every round asks in all four ways, one after another."""
    address, client = PAGES[page], Client()
    first = client.get(address)
    etag = first.headers.get("ETag", "")
    asks: dict[str, Ask] = {
        "bare": lambda: client.get(BARE),
        "anew": lambda: client.get(address),
        "kept": lambda: client.get(address),
        "unchanged": lambda: client.get(address, headers={"If-None-Match": etag}),
    }
    _expect(asks)
    took: dict[str, list[float]] = {what: [] for what in asks}
    for turn in range(WARM_UP + rounds):
        for what, ask in asks.items():
            _forget(what)
            spent = cpu_ms(ask)
            if turn >= WARM_UP:
                took[what].append(spent)
    costs = {what: _cost(what, ask, took) for what, ask in asks.items() if what != "bare"}
    size = round(len(getattr(first, "content", b"")) / 1024, 1)
    bare = round(median(took["bare"]), 3)
    return Measured(page, address, rounds, bare, **costs, kilobytes=size)


def _forget(what: str) -> None:
    """Empty the cache before a page that is to be made anew."""
    if what == "anew":
        cache.clear()


def _expect(asks: dict[str, Ask]) -> None:
    """Stop before measuring an answer that is not the one meant."""
    for what, ask in asks.items():
        status, answered = 304 if what == "unchanged" else 200, ask().status_code
        if answered != status:
            raise SystemExit(f"The {what} answer was {answered} and not {status}.")


def _cost(what: str, ask: Ask, took: dict[str, list[float]]) -> Cost:
    """Sum a way of asking up, compared with the bare view of the same round."""
    ratios = [spent / bare for bare, spent in zip(took["bare"], took[what], strict=True)]
    _forget(what)
    return Cost(round(median(took[what]), 3), round(median(ratios), 1), queries(ask))


def cpu_ms(ask: Ask) -> float:
    """Give the CPU time of this process that a request took, other processes left out."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        ask()
        return (time.process_time() - begun) * 1000
    finally:
        gc.enable()


def queries(ask: Ask) -> int:
    """Count how often a request asks the database."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
