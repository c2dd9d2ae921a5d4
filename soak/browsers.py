"""A browser without a window: one session, one connection, and forms filled in as people do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

#: Any text of this length is a token, if cookie and form hold the same.
TOKEN = "soak" * 8
PATIENCE = 60.0
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back; a status of 0 where nothing whole did."""

    status: int
    location: str = ""
    body: str = ""
    #: What the browser is to keep, and to send with its next question.
    cookies: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether it says that what was asked is done: our forms lead on after a change."""
        return self.status in (200, 201, 302, 303)


NO_ANSWER = Answer(0)


class Fields(HTMLParser):
    """Reads the fields of the forms on a page, with what stands in them already."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.actions: list[str] = []
        self._textarea = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "form" and attributes.get("method", "").lower() == "post":
            self.forms.append({})
            self.actions.append(attributes.get("action", ""))
        elif self.forms and (name := attributes.get("name", "")):
            self._take(tag, name, attributes)
        elif self.forms and tag == "option" and self._select:
            self._choose(attributes)

    def _take(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1][name] = ""
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in attributes or name not in self.forms[-1]:
                self.forms[-1][name] = attributes.get("value", "on")
        elif tag == "input":
            self.forms[-1][name] = attributes.get("value", "")

    def _choose(self, attributes: dict[str, str]) -> None:
        value = attributes.get("value", "")
        if "selected" in attributes or not self.forms[-1].get(self._select):
            self.forms[-1][self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, text: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] += text


@dataclass
class Browser:
    """Somebody's browser."""

    port: int
    session: str = ""
    _held: HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def send(
        self, path: str, fields: Mapping[str, str], files: Mapping[str, bytes] | None = None
    ) -> Answer:
        """Send a form, with its files if it has any."""
        sent = dict(fields) | {"csrfmiddlewaretoken": TOKEN}
        if not files:
            return self._ask("POST", path, (URLENCODED, urlencode(sent).encode()))
        named = {name: SimpleUploadedFile("soak.txt", said) for name, said in files.items()}
        return self._ask(
            "POST", path, (MULTIPART_CONTENT, encode_multipart(BOUNDARY, sent | named))
        )

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads, as a browser does by itself, and give what is shown there."""
        if not answer.location:
            return answer
        shown = self._ask("GET", answer.location, cookies=answer.cookies)
        return replace(answer, body=shown.body)

    def form(self, path: str, *, having: str = "once") -> dict[str, str]:
        """Open a page and read its form: the one that has a field, as it would be sent."""
        answer = self.get(path)
        found = [form for form in Fields(answer.body).forms if having in form]
        if not found:
            raise LookupError(f"{path} answers {answer.status} and has no form with {having!r}.")
        return found[0]

    def _ask(
        self,
        method: str,
        path: str,
        form: tuple[str, bytes] | None = None,
        cookies: tuple[str, ...] = (),
    ) -> Answer:
        names = settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME
        held = f"{names[0]}={TOKEN}", f"{names[1]}={self.session}"
        heads = {"Cookie": "; ".join((*held, *cookies))}
        if form is not None:
            heads["Content-Type"] = form[0]
        try:
            # A new connection each time: a killed server must not be mistaken for a closed one.
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request(method, path, form[1] if form else None, heads)
                got = connection.getresponse()
                text = got.read().decode("utf-8", "replace")
                kept = got.headers.get_all("Set-Cookie") or []
                cookies = tuple(one.partition(";")[0] for one in kept)
                return Answer(got.status, got.getheader("Location", ""), text, cookies)
            finally:
                connection.close()
        except (OSError, HTTPException):
            return NO_ANSWER
