"""Shows on a terminal how far a command is: a bar, or a line for each stage where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

BAR_COLUMNS = 20


class Tell(Protocol):
    """Is told the stage, how much of all is done, from 0 to 1, and what to say beside it."""

    def __call__(self, stage: str, done: float, beside: str = "", /) -> None: ...


@contextmanager
def telling(what: str, console: Console, *, is_silent: bool = False) -> Iterator[Tell]:
    """Show how far ``what`` is, on a console; where ``is_silent``, on a terminal alone."""
    if console.is_terminal:
        with _bar(what, console) as tell:
            yield tell
    else:
        yield _silent if is_silent else _lines(what, console)


def _silent(stage: str, done: float, beside: str = "", /) -> None:
    """Tell nobody."""


def _lines(what: str, console: Console) -> Tell:
    said: list[str] = []

    def tell(stage: str, done: float, beside: str = "", /) -> None:
        if stage not in said:
            said.append(stage)
            console.print(f"{what}: {stage}", markup=False, highlight=False, soft_wrap=True)

    return tell


@contextmanager
def _bar(what: str, console: Console) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=BAR_COLUMNS),
        TaskProgressColumn(),
        TextColumn("{task.fields[beside]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=1.0, beside="")

        def tell(stage: str, done: float, beside: str = "", /) -> None:
            bar.update(task, completed=done, description=stage or what, beside=beside)

        yield tell
