"""How to do things here: guides in plain English, by what somebody is.

Each guide is a Markdown file in this folder and a page of the site; roles.toml
says whom it is for. Addresses in backticks become links.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: What the component library calls each part of a text.
CLASSES = {
    "ordered_list_open": "govuk-list govuk-list--number govuk-list--spaced",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "table_open": "govuk-table",
}
#: An address of this site as a guide writes it: `/offers/`.
ADDRESS = re.compile(r"/(?:[a-z-]+/)*")
#: How a guide links to another.
FILE = re.compile(r"([a-z-]+)\.md(#[a-z-]+)?")
#: What the name of a heading in an address is made of.
WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Guide:
    """One thing that people do here, step by step."""

    key: str
    title: str
    #: What stands below the title, as Markdown.
    text: str

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"/help/{self.key}/"

    @cached_property
    def html(self) -> str:
        """The text for a page; nothing in it is taken for HTML."""
        reader = MarkdownIt("commonmark", {"html": False}).enable("table")
        tokens = reader.parse(self.text)
        for token in tokens:
            _dress(token)
        for heading, words in pairwise(tokens):
            if heading.type == "heading_open":
                heading.attrSet("id", "-".join(WORDS.findall(words.content.lower())))
        return str(reader.renderer.render(tokens, reader.options, {}))


@dataclass(frozen=True)
class Role:
    """What somebody is here, and the guides for them in the order they need them."""

    key: str
    name: str
    #: What they come here for, in one sentence.
    says: str
    guides: Sequence[Guide]


@cache
def guides() -> Mapping[str, Guide]:
    """Return every guide by its key."""
    folder = resources.files("waywarden.website.guides")
    files = sorted(each.name for each in folder.iterdir() if each.name.endswith(".md"))
    read = [_read(name, folder.joinpath(name).read_text("utf-8")) for name in files]
    return MappingProxyType({guide.key: guide for guide in read})


@cache
def roles() -> Sequence[Role]:
    """Return what people are here, residents first."""
    text = resources.files("waywarden.website.guides").joinpath("roles.toml").read_text("utf-8")
    return tuple(
        Role(key, said["name"], said["says"], tuple(guides()[name] for name in said["guides"]))
        for key, said in tomllib.loads(text).items()
    )


def roles_of(guide: Guide) -> Sequence[Role]:
    """Return whom a guide is for."""
    return [role for role in roles() if guide in role.guides]


def _read(name: str, text: str) -> Guide:
    title, _, below = text.partition("\n")
    return Guide(name.removesuffix(".md"), title.removeprefix("# "), below.strip())


def _dress(token: Token) -> None:
    """Give a part of a text its looks, and lead its links to pages of the site."""
    if token.type in CLASSES:
        token.attrSet("class", CLASSES[token.type])
    if token.type == "link_open":
        token.attrSet("href", FILE.sub(r"/help/\1/\2", str(token.attrGet("href"))))
    token.children = [part for child in token.children or () for part in _linked(child)] or None


def _linked(token: Token) -> Sequence[Token]:
    """Make a link of an address, and leave all else as it is."""
    if token.type != "code_inline" or not ADDRESS.fullmatch(token.content):
        _dress(token)
        return [token]
    opening, words = Token("link_open", "a", 1), Token("text", "", 0)
    opening.attrSet("href", token.content)
    words.content = token.content
    return [opening, words, Token("link_close", "a", -1)]


def as_markdown() -> str:
    """Return the list of guides as the page docs/how-to/README.md holds."""
    opening = (
        "# How to\n\nWritten from `src/waywarden/website/guides/` by `make docs`: change it there. "
        "On a site the same guides stand under `/help/`.\n"
        "For whoever sets a site up and looks after it, guides stand in this folder.\n"
    )
    return opening + "".join(_part(role) for role in roles())


def _part(role: Role) -> str:
    folder = "../../src/waywarden/website/guides"
    lines = [f"- [{guide.title}]({folder}/{guide.key}.md)\n" for guide in role.guides]
    return f"\n## {role.name}\n\n{role.says}\n\n{''.join(lines)}"
