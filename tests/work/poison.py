"""Jobs for the tests: one that does its work, and one that never can."""

from django_tasks import task

DONE: list[str] = []


@task()
def note(word: str) -> None:
    """Do something that can be seen."""
    DONE.append(word)


@task()
def fail() -> None:
    """Fail every time."""
    raise ValueError("bron@wychbourne.example could not be found")
