"""One turn of a worker: whatever is due, once."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import close_old_connections

from waywarden.fabric.notices import delivery, digests
from waywarden.fabric.work import chores, jobs

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def turn(*, worker: str, clock: Clock, is_over: Callable[[], bool]) -> Iterator[str]:
    """Do whatever is due; tell in a sentence each what was done."""
    close_old_connections()
    for done in chores.do_chores(now=clock()):
        yield f"Done for today: {done}."
    if count := digests.gather(now=clock()):
        yield f"Wrote {_counted(count, 'digest')}."
    yield from _letters(clock, is_over)
    jobs.take_back(now=clock())
    jobs.try_again(now=clock())
    if count := jobs.run(worker=worker, is_over=is_over):
        yield f"Ran {_counted(count, 'job')}."


def _letters(clock: Clock, is_over: Callable[[], bool]) -> Iterator[str]:
    letters = delivery.deliver(clock=clock, is_over=is_over)
    if letters.sent:
        yield f"Sent {_counted(letters.sent, 'letter')}."
    if letters.failed:
        yield f"{_counted(letters.failed, 'letter')} could not be sent; see /notices/log/."
    if letters.away:
        yield f"{letters.away} Letters wait."


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
