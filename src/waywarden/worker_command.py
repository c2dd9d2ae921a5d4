"""`waywarden worker`: does what is to be done outside of requests, until it is stopped."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from waywarden import starting
from waywarden.upkeep import beginning

HELP = "Send letters, do the daily chores and run long jobs. Stop it with Ctrl+C."
out = Console()
#: How often it looks whether there is something to do, in seconds.
PAUSE = 2.0
#: How long it leaves a database alone that cannot be used.
PAUSE_IN_TROUBLE = 10.0

Once = Annotated[bool, typer.Option(help="Do what is due now, then end: for cron.")]
Beside = Annotated[
    int, typer.Option(hidden=True, help="End with this process, which started the worker.")
]


def worker(once: Once = False, beside: Beside = 0) -> None:
    """Work until stopped, or do once what is due."""
    is_over = _ends_when_asked()
    beginning.start(_say)
    from waywarden.fabric.work import workers

    name = workers.new_name()
    with workers.Heartbeat(name, _now):
        if once:
            _take_turn(name, is_over.is_set)
        else:
            _say(_greeting())
            _work(name, is_over, beside)


def start_beside() -> None:
    """Start a worker that ends with this process, whatever this process becomes."""
    command = [sys.executable, "-m", "waywarden", "worker", "--beside", str(os.getpid())]
    subprocess.Popen(command)


def _work(name: str, is_over: threading.Event, beside: int) -> None:
    while not is_over.is_set():
        pause = PAUSE
        try:
            _take_turn(name, is_over.is_set)
        except Exception as error:
            if not (sentence := starting.why_no_database(error)):
                raise
            pause = _pause_after(sentence)
        _rest(is_over, pause, beside)
    _say("The worker has stopped. What it had not done is done when one runs again.")


def _pause_after(sentence: str) -> float:
    """Say what is wrong and leave the database alone for a while."""
    _say(f"{sentence} The worker waits.")
    return PAUSE_IN_TROUBLE


def _rest(is_over: threading.Event, seconds: float, beside: int) -> None:
    """Wait for the next turn, or for the end."""
    is_over.wait(seconds)
    if beside and os.getppid() != beside:
        is_over.set()


def _take_turn(name: str, is_over: Callable[[], bool]) -> None:
    from waywarden.fabric.work.turns import turn
    from waywarden.website.running.reading_only import is_switched_on

    if is_switched_on():
        return
    for line in turn(worker=name, clock=_now, is_over=is_over):
        _say(line)


def _greeting() -> str:
    from django.conf import settings

    if not settings.EMAIL_HOST:
        return f"The worker is at work. Letters become files in {settings.MAIL_FOLDER}"
    if not settings.SEND_MAIL_OUTSIDE:
        return (
            "The worker is at work. Letters leave only for ALLOWED_RECIPIENTS; "
            f"the others become files in {settings.MAIL_FOLDER}"
        )
    return f"The worker is at work. Letters leave through {settings.EMAIL_HOST}"


def _ends_when_asked() -> threading.Event:
    """Let Ctrl+C and a polite stop end the work after the letter or job in hand."""
    is_over = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        # Asked twice, it ends at once: what it had in hand is taken up again by another.
        signal.signal(number, signal.SIG_DFL)
        is_over.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return is_over


def _now() -> datetime:
    return datetime.now(UTC)


def _say(line: str) -> None:
    out.print(line, markup=False, highlight=False, soft_wrap=True)
