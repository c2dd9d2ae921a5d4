"""Which councils are meant by what somebody typed."""

from collections.abc import Iterable

from waywarden.county.councils.models import Body


def councils_called(words: str, among: Iterable[Body]) -> tuple[list[Body], list[str]]:
    """Find the councils that lines name, and the lines that name none or several of them."""
    bodies = list(among)
    found: list[Body] = []
    unknown: list[str] = []
    for line in filter(None, (each.strip() for each in words.splitlines())):
        said = line.casefold()
        exact = [body for body in bodies if body.name.casefold() == said]
        near = [body for body in bodies if body.name.casefold().startswith(f"{said} ")]
        meant = exact or near
        if len(meant) == 1:
            found += [body for body in meant if body not in found]
        else:
            unknown.append(line)
    return found, unknown
