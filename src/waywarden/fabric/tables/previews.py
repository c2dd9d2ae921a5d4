"""What an importer says of a file, before or after anything is saved."""

from dataclasses import dataclass

from waywarden.fabric.tables.problems import Problem


@dataclass(frozen=True)
class Preview:
    """What was found in a file and what changes; with any problem, nothing was saved."""

    said: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def lines(self) -> list[str]:
        """Say it in plain lines."""
        return list(self.said)


def listed(names: list[str], most: int = 20) -> str:
    """Name things one after another, and say how many more there are beyond ``most``.

    >>> listed(["Coldbrook", "Little Haye", "Marl Green"], most=2)
    'Coldbrook, Little Haye and 1 more'
    """
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def counted(count: int, one: str, many: str = "") -> str:
    """Count things in words.

    >>> counted(1, "place"), counted(2, "place"), counted(1_200, "boundary", "boundaries")
    ('1 place', '2 places', '1,200 boundaries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
