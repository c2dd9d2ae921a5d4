"""Reading a page as a browser does: its headings, its links, its blocks of text."""

from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track")
)
BLOCKS = frozenset(
    ("caption", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "li", "p", "summary", "td")
) | {"th", "title"}


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inline: list[str] = []
        #: The text of each block, innermost blocks having their own.
        self.blocks: list[str] = []
        self._open: list[tuple[str, list[str]]] = []
        self._texts: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, texts = self._open.pop()
            self._close(name, " ".join("".join(texts).split()))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        name = self._open[-1][0] if self._open else ""
        if name in {"script", "style"}:
            self.inline.append(data)
            return
        for at in range(len(self._open) - 1, -1, -1):
            self._open[at][1].append(data)
            if self._open[at][0] in BLOCKS:
                break

    def _close(self, name: str, text: str) -> None:
        self._texts.setdefault(name, []).append(text)
        if name in BLOCKS and text:
            self.blocks.append(text)

    def texts(self, tag: str) -> list[str]:
        """Give the text of every element of a kind."""
        return self._texts.get(tag, [])

    def of(self, tag: str) -> list[dict[str, str]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def words(self) -> str:
        """Everything that can be read."""
        return " ".join(self.blocks)


def body_of(response) -> str:
    """Give the text of an answer."""
    return response.content.decode()
