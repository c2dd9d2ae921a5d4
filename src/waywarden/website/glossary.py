"""The words explained: read once from glossary.toml, shown as hover text and on one page.

``python -m waywarden.website.glossary`` writes docs/glossary.md again.
"""

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True)
class Term:
    """One word or power, explained briefly and then at length."""

    key: str
    #: The word as it stands in a sentence.
    name: str
    #: One sentence, shown when the word is pointed at.
    short: str
    #: A paragraph for the glossary page.
    long: str
    #: The law or paper it comes from; empty where the word is our own.
    source: str = ""
    #: A where it was read in the source, C where a person has still to confirm it.
    confidence: str = "A"

    @property
    def title(self) -> str:
        """The word as a heading."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether the monitoring officer has still to confirm what we say."""
        return self.confidence == "C"


@cache
def terms() -> Mapping[str, Term]:
    """Return every term by its key, in the order of their titles."""
    text = resources.files("waywarden.website").joinpath("glossary.toml").read_text("utf-8")
    read = [Term(key=key, **fields) for key, fields in tomllib.loads(text).items()]
    return MappingProxyType(
        {term.key: term for term in sorted(read, key=lambda t: t.title.lower())}
    )


def as_markdown() -> str:
    """Return the glossary as the page docs/glossary.md holds."""
    opening = (
        "# Words explained\n\n"
        "Written from `src/waywarden/website/glossary.toml` by "
        "`python -m waywarden.website.glossary`: change it there.\n"
    )
    return opening + "".join(_entry(term) for term in terms().values())


def _entry(term: Term) -> str:
    lines = [f"\n## {term.title}", "", term.short, "", term.long]
    if term.source:
        lines += ["", f"Source: {term.source}"]
    if term.is_to_be_confirmed:
        lines += ["", "To be confirmed by the monitoring officer."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
