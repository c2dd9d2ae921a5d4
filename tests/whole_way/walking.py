"""Somebody at a browser without scripts: reads a page, follows links, fills in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"))
CHOSEN_BY_MARK = ("radio", "checkbox")


@dataclass
class Control:
    """One field of a form, or one of several that can be ticked."""

    kind: str
    name: str
    value: str = ""
    key: str = ""
    legend: str = ""
    is_on: bool = True
    #: What a list offers: its words, and the value that each stands for.
    options: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Form:
    """A form as it was given, with the buttons that send it: their words, name and value."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Paper(HTMLParser):
    """A page taken apart: its words, links, forms and labels."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str], list[str]]] = [("", {}, [])]
        self._legends: list[str] = []
        self._is_in_form = False
        self.feed(text)
        self.words = tidy("".join(self._open[0][2]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get")))
            self._is_in_form = True
        elif tag == "fieldset":
            self._legends.append("")
        elif tag in ("input", "select", "textarea") and self._is_in_form and said.get("name"):
            self._take(tag, said)
        if tag == "br":
            self._open[-1][2].append(" ")
        if tag not in VOID:
            self._open.append((tag, said, []))

    def _take(self, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        value = said.get("value", "on" if kind in CHOSEN_BY_MARK else "")
        legend = next((each for each in reversed(self._legends) if each), "")
        is_on = kind not in CHOSEN_BY_MARK or "checked" in said
        held = Control(kind, said["name"], value, said.get("id", ""), legend, is_on)
        self.forms[-1].controls.append(held)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1:
            name, said, texts = self._open.pop()
            self._close(name, said, "".join(texts))
            if name == tag:
                break

    def _close(self, tag: str, said: dict[str, str], text: str) -> None:
        if tag in ("script", "style"):
            return
        self._keep(tag, said, tidy(text), text)
        # Words of an element stand in those around it; a space parts one block from the next.
        self._open[-1][2].append(text if tag in ("a", "span", "strong") else f" {text} ")

    def _keep(self, tag: str, said: dict[str, str], words: str, text: str) -> None:
        if tag == "fieldset":
            self._legends.pop()
        elif tag == "legend" and self._legends:
            self._legends[-1] = words
        elif tag == "label":
            self.labels[said.get("for", "")] = words
        elif tag == "a" and "href" in said:
            self.links.append((words, said["href"]))
        elif self._is_in_form:
            self._keep_of_form(tag, said, words, text)

    def _keep_of_form(self, tag: str, said: dict[str, str], words: str, text: str) -> None:
        if tag == "form":
            self._is_in_form = False
        elif tag == "textarea":
            self.forms[-1].controls[-1].value = text.removeprefix("\n")
        elif tag == "option":
            self._offer(said, words)
        elif tag == "button" and said.get("type", "submit") == "submit":
            self.forms[-1].buttons.append((words, said.get("name", ""), said.get("value", "")))

    def _offer(self, said: dict[str, str], words: str) -> None:
        if not self.forms[-1].controls or self.forms[-1].controls[-1].kind != "select":
            return
        held, value = self.forms[-1].controls[-1], said.get("value", words)
        if "selected" in said or not held.options:
            held.value = value
        held.options.append((words, value))

    def handle_data(self, text: str) -> None:
        self._open[-1][2].append(text)


def tidy(text: str) -> str:
    """Write words with one space between them."""
    return re.sub(r"\s+", " ", text).strip()


class Somebody:
    """One person's browser, and the page they look at."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.at = ""

    def go(self, address: str) -> str:
        """Open an address, and go where it leads; give what is read there."""
        return self._look(self.browser.get(address, follow=True), address)

    def _look(self, answer: Any, address: str, *, status: int = 200) -> str:
        led = getattr(answer, "redirect_chain", [])
        self.at = str(led[-1][0] if led else address)
        self.page = Paper(answer.content.decode())
        assert answer.status_code == status, f"{self.at} gives {answer.status_code}: {self.words}"
        return self.words

    @property
    def words(self) -> str:
        """What stands on the page."""
        return self.page.words

    def reads(self, *said: str) -> None:
        """See that the page says all of this."""
        missing = [each for each in said if each not in self.words]
        assert not missing, f"{self.at} does not say {missing}: {self.words}"

    def has_link(self, words: str) -> bool:
        """Whether the page has a link whose words begin so."""
        return any(text.startswith(words) for text, _ in self.page.links)

    def follow(self, words: str) -> str:
        """Follow the first link whose words begin so."""
        found = [where for text, where in self.page.links if text.startswith(words)]
        assert found, f"{self.at} has no link “{words}”: {[text for text, _ in self.page.links]}"
        return self.go(self._whole(found[0].partition("#")[0]))

    def _whole(self, where: str) -> str:
        own = self.at.partition("?")[0]
        return own + where if where.startswith("?") else where or self.at

    def press(self, button: str, typed: dict[str, str] | None = None, *, status: int = 200) -> str:
        """Fill in the form that has a button whose words begin so, and press it.

        What is typed is found by its label; what is chosen of several, by their legend, or by
        its own words with a tick (``"on"``) or without it (``""``).
        """
        found = [
            (form, each)
            for form in self.page.forms
            for each in form.buttons
            if each[0].startswith(button)
        ]
        assert found, f"{self.at} has no button “{button}”: {self.page.forms} {self.words}"
        form, (_, name, value) = found[0]
        for label, said in (typed or {}).items():
            self._type(form, label, said)
        sent: dict[str, list[str]] = {name: [value]} if name else {}
        for held in form.controls:
            if held.is_on and held.kind not in ("file", "submit"):
                sent.setdefault(held.name, []).append(held.value)
        where = self._whole(form.action.partition("#")[0])
        ask = self.browser.post if form.method == "post" else self.browser.get
        return self._look(ask(where, sent, follow=True), where, status=status)

    def untick(self, legend: str) -> None:
        """Take every tick away from what stands under a legend."""
        for form in self.page.forms:
            for held in form.controls:
                if held.kind == "checkbox" and held.legend.startswith(legend):
                    held.is_on = False

    def _type(self, form: Form, label: str, said: str) -> None:
        group = [each for each in form.controls if each.legend.startswith(label)]
        marks = [each for each in group if each.kind in CHOSEN_BY_MARK]
        if marks and said not in ("", "on"):
            self._mark(marks, label, said)
            return
        found = [each for each in form.controls if self._label(each).startswith(label)]
        assert found, f"{self.at} asks for no “{label}”: {sorted(self.page.labels.values())}"
        held = found[0]
        if held.kind in CHOSEN_BY_MARK:
            held.is_on = bool(said)
        elif held.kind == "select":
            offered = [value for words, value in held.options if words.startswith(said)]
            assert offered, f"“{label}” does not offer “{said}”: {held.options}"
            held.value = offered[0]
        else:
            held.value = said

    def _mark(self, marks: list[Control], label: str, said: str) -> None:
        """Choose one of several that stand under a legend."""
        chosen = [each for each in marks if self._label(each).startswith(said)]
        assert chosen, f"“{label}” does not offer “{said}”: {[self._label(x) for x in marks]}"
        for each in marks:
            each.is_on = each is chosen[0] if each.kind == "radio" else each.is_on
        chosen[0].is_on = True

    def _label(self, held: Control) -> str:
        return self.page.labels.get(held.key, "")
