"""The one way out to an address that somebody gave us: it never leads inside.

A web address a user types (a calendar, a map file, another council's service)
could point at this machine or its neighbours: a database, a router, the place
where a cloud keeps its keys. So the name is looked up here, every address it
has must be a public one, and the connection goes to the very address that was
looked at: a name that answers differently a moment later gains nothing. Each
redirect is looked at again. No proxy is asked, for it would look names up itself.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from waywarden.fabric.common.refusals import Refusal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
Allows = Callable[[Address], bool]

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 3
MOST_BYTES = 10_000_000
MOST_SECONDS = 20.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: What Python counts as public in some versions, or what wraps an address that may not be.
LEADS_ELSEWHERE = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
        ),
    )
)
#: How names end that are known on one machine or in one house alone.
INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class NotReached(Refusal):
    """An address that must not or could not be reached; the message says why."""


@dataclass(frozen=True)
class Fetched:
    """What was found at an address."""

    address: str
    kind: str
    body: bytes


@dataclass(frozen=True)
class Place:
    """An address after it was looked at: where to connect, and what to ask for there."""

    parts: SplitResult
    host: str
    port: int
    ip: str

    @property
    def asks_for(self) -> str:
        path = self.parts.path or "/"
        return f"{path}?{self.parts.query}" if self.parts.query else path


def is_public(ip: Address) -> bool:
    """Whether an address is one that anybody on the internet could reach."""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        return is_public(ip.ipv4_mapped)
    if any(ip in network for network in LEADS_ELSEWHERE if network.version == ip.version):
        return False
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return ip.is_global and not getattr(ip, "is_site_local", False)


def look_up(host: str, port: int) -> list[str]:
    """Return every address a name has today."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check(url: str, *, resolve: Resolve = look_up, allows: Allows = is_public) -> Place:
    """Look at an address and say where it leads; refuse one that leads inside or nowhere."""
    parts, host, port = _taken_apart(url)
    try:
        ips = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise NotReached(f"{host} is not known on the internet. Check the address.") from error
    # One inside address among several is enough: which of them is used is not ours to choose.
    if not ips or not all(allows(_read(ip)) for ip in ips):
        raise NotReached("That address leads inside a private network, so it is not asked.")
    return Place(parts, host, port, ips[0])


def check_shown(url: str) -> None:
    """Refuse an address to be shown to everybody that plainly leads inside, or is none.

    A name is not looked up: nothing is asked there, and what it answers may change.
    """
    _, host, port = _taken_apart(url)
    if ("." not in host.strip(".") and ":" not in host) or host.rstrip(".").endswith(INSIDE):
        raise NotReached("That address leads inside a private network, so nobody could open it.")
    with suppress(socket.gaierror, UnicodeError):
        found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        if not all(is_public(_read(str(entry[4][0]))) for entry in found):
            raise NotReached(
                "That address leads inside a private network, so nobody could open it."
            )


def _taken_apart(url: str) -> tuple[SplitResult, str, int]:
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in url) or "\\" in url:
        raise NotReached("An address cannot hold spaces, line breaks or backslashes.")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise NotReached("That is no address: it should read https://example.org/…") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotReached("An address must begin with https:// or http:// and name a site.")
    if parts.username is not None or parts.password is not None:
        raise NotReached("An address cannot hold a user’s name or a password.")
    return parts, parts.hostname, port


def _read(ip: str) -> Address:
    # "fe80::1%eth0" names the way there too.
    return ipaddress.ip_address(ip.partition("%")[0])


def fetch(
    url: str,
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    resolve: Resolve = look_up,
    allows: Allows = is_public,
) -> Fetched:
    """Get what stands at an address, within a size and a time, looking at each redirect."""
    until = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        place = check(url, resolve=resolve, allows=allows)
        found, further = _ask(place, until, most_bytes)
        if found is not None:
            return found
        url = urljoin(place.parts.geturl(), further)
    raise NotReached("That address sends us on and on. Give the address it ends at.")


def _ask(place: Place, until: float, most_bytes: int) -> tuple[Fetched | None, str]:
    """Ask at a place; return what was found there, or where it sends us."""
    connection = _connection(place, until)
    try:
        connection.connect()
        with _cut_off(connection.sock, until):
            return _answer(connection, place, until, most_bytes)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        _left(until)
        raise NotReached(f"{place.host} did not answer in a way we can use.") from error
    finally:
        connection.close()


def _answer(
    connection: http.client.HTTPConnection, place: Place, until: float, most_bytes: int
) -> tuple[Fetched | None, str]:
    headers = {"User-Agent": "waywarden", "Accept-Encoding": "identity"}
    connection.request("GET", place.asks_for, headers=headers)
    answer = connection.getresponse()
    if answer.status in REDIRECTS:
        return None, answer.headers.get("Location", "")
    if answer.status != 200:
        raise NotReached(f"{place.host} answered {answer.status} and gave us nothing.")
    body = answer.read(most_bytes + 1)
    # What was cut off for want of time must not pass for the whole.
    _left(until)
    if len(body) > most_bytes:
        raise NotReached(f"What stands there is larger than {most_bytes:,} bytes.")
    if answer.length:
        raise NotReached(f"{place.host} broke off before it had told all.")
    return Fetched(place.parts.geturl(), answer.headers.get_content_type(), body), ""


@contextmanager
def _cut_off(wire: socket.socket, until: float) -> Iterator[None]:
    """End a conversation when its time is up, however slowly the other side drips."""
    timer = threading.Timer(_left(until), _shut, [wire])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotReached("It took too long to answer. Try again later.")
    return left


def _connection(place: Place, until: float) -> http.client.HTTPConnection:
    if place.parts.scheme == "https":
        return _PinnedTls(place, until)
    return _Pinned(place, until)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, whatever the name says by now."""

    def __init__(self, place: Place, until: float) -> None:
        super().__init__(place.host, place.port, timeout=_left(until))
        self.ip = place.ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)


class _PinnedTls(http.client.HTTPSConnection):
    """The same, where the certificate must still be that of the name."""

    def __init__(self, place: Place, until: float) -> None:
        self.context = ssl.create_default_context()
        super().__init__(place.host, place.port, timeout=_left(until), context=self.context)
        self.ip = place.ip

    def connect(self) -> None:
        plain = socket.create_connection((self.ip, self.port), self.timeout)
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host)
