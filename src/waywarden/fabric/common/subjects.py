"""Plain values that name people and things without pointing at another room's records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who did something: a stable key, the name to show, and for which body."""

    key: str
    shown_as: str
    #: The key of the body they act for; blank where they act for none.
    body: str = ""


@dataclass(frozen=True)
class Subject:
    """What something was done to: its kind, its stable key, and the address of its page."""

    kind: str
    key: str
    url: str = ""
    #: The keys of the bodies it belongs to, whose trails are to show what is done to it.
    bodies: tuple[str, ...] = ()

    @property
    def concerned(self) -> frozenset[str]:
        """The keys of the bodies that are to see what is done to it."""
        own = (self.key,) if self.kind == "body" else ()
        return frozenset((*self.bodies, *own))


CHORES = Actor("chores", "The site, as it does every day")
COMMAND_LINE = Actor("command-line", "The operator, on the command line")
