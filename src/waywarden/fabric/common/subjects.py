"""Plain values that name people and things without pointing at another room's records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who did something: a stable key, and the name to show."""

    key: str
    shown_as: str


@dataclass(frozen=True)
class Subject:
    """What something was done to: its kind, its stable key, and the address of its page."""

    kind: str
    key: str
    url: str = ""


COMMAND_LINE = Actor("command-line", "The operator, on the command line")
