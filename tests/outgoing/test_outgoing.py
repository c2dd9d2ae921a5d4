"""No address that somebody gives us leads inside: not directly, not by redirect, not by rebinding.

Nothing here leaves the machine: names are looked up in a table, and the only
server that answers stands on the loopback address.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from waywarden.fabric.common import outgoing
from waywarden.fabric.common.outgoing import Address, NotReached

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 (it is refused)
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.8",
    "192.88.99.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]

NO_ADDRESS = [
    "",
    "example.org",
    "//example.org/",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "http://",
    "http:///path",
    "https://user:secret@example.org/",
    "https://example.org@10.0.0.1/",
    "https://example.org:port/",
    "https://example.org:99999/",
    "https://[::1/",
    "https://example.org/\r\nHost: inside",
    "https://exa mple.org/",
    "https://example.org\\@inside/",
]


def names(**known: str | list[str]) -> outgoing.Resolve:
    """Look names up in a table; a number is its own address."""

    def resolve(host: str, port: int) -> list[str]:
        found = known.get(host.replace(".", "_"), [])
        if found:
            return [found] if isinstance(found, str) else found
        try:
            return [str(ip_address(host))]
        except ValueError as error:
            raise OSError("no such name") from error

    return resolve


def written(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


@pytest.mark.parametrize("ip", INSIDE)
def test_ab24_a_name_that_leads_inside_is_refused(ip: str) -> None:
    with pytest.raises(NotReached, match="inside a private network"):
        outgoing.check("https://calendar.example/", resolve=names(calendar_example=ip))


@pytest.mark.parametrize("ip", [ip for ip in INSIDE if "%" not in ip])
def test_ab24_an_address_inside_is_refused_as_a_number_too(ip: str) -> None:
    with pytest.raises(NotReached, match="inside a private network"):
        outgoing.check(f"http://{written(ip)}/", resolve=names())


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_ab24_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(NotReached):
        outgoing.check(url, resolve=names(example_org=PUBLIC))


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_ab24_an_address_inside_in_another_spelling_is_refused(number: str) -> None:
    # The real look-up reads these as the loopback address, without asking anybody.
    with pytest.raises(NotReached):
        outgoing.check(f"http://{number}/")


def test_ab24_one_address_inside_among_several_is_enough_to_refuse() -> None:
    with pytest.raises(NotReached):
        outgoing.check("https://two.example/", resolve=names(two_example=[PUBLIC, "10.0.0.1"]))


def test_a_name_nobody_knows_is_said_to_be_unknown() -> None:
    with pytest.raises(NotReached, match=r"nowhere.example is not known"):
        outgoing.check("https://nowhere.example/", resolve=names())


@pytest.mark.parametrize("ip", [PUBLIC, PUBLIC_6, "::ffff:93.184.215.14"])
def test_a_public_address_is_let_through(ip: str) -> None:
    place = outgoing.check("https://open.example/a?b=c", resolve=names(open_example=ip))

    assert (place.ip, place.port, place.asks_for) == (ip, 443, "/a?b=c")


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(answer: Answer) -> Iterator[int]:
    """Answer on the loopback address for as long as a ``with`` lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def says(body: bytes, kind: str = "text/calendar") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def sends_to(where: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", where)
        handler.end_headers()

    return answer


def loopback(ip: Address) -> bool:
    """Let the tests' own server count as a public one, and nothing else inside."""
    return str(ip) == "127.0.0.1" or outgoing.is_public(ip)


def fetch(port: int, host: str = "open.example", **more: object) -> outgoing.Fetched:
    given = {"resolve": names(open_example="127.0.0.1"), "allows": loopback} | more
    return outgoing.fetch(f"http://{host}:{port}/feed", **given)  # type: ignore[arg-type]


def test_what_stands_at_an_address_is_fetched() -> None:
    asked: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["Host"])
        says(b"BEGIN:VCALENDAR")(handler)

    with answering(answer) as port:
        found = fetch(port)

    assert (found.kind, found.body) == ("text/calendar", b"BEGIN:VCALENDAR")
    assert asked == [f"open.example:{port}"]


@pytest.mark.parametrize(
    "where",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "//192.168.1.1/",
        "file:///etc/passwd",
        "http://inside.example/",
    ],
)
def test_ab24_a_redirect_that_leads_inside_is_refused(where: str) -> None:
    table = names(open_example="127.0.0.1", inside_example="10.0.0.1")

    with answering(sends_to(where)) as port, pytest.raises(NotReached):
        fetch(port, resolve=table)


def test_a_redirect_that_stays_outside_is_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_first = handler.path == "/feed"
        (sends_to("/moved") if is_first else says(b"here"))(handler)

    with answering(answer) as port:
        assert fetch(port).body == b"here"


def test_a_redirect_without_end_is_given_up() -> None:
    with answering(sends_to("/feed")) as port, pytest.raises(NotReached, match="on and on"):
        fetch(port)


def test_ab24_a_name_that_changes_its_answer_gains_nothing() -> None:
    # Looked at once, then used: a second look-up, as the connection is made, would lead inside.
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    with answering(says(b"outside")) as port:
        found = fetch(port, resolve=lambda host, at: next(answers))

    assert found.body == b"outside"
    assert list(answers) == [["10.0.0.1"]]


def test_ab24_a_name_that_changes_its_answer_for_a_redirect_is_refused() -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    with answering(sends_to("/again")) as port, pytest.raises(NotReached):
        fetch(port, resolve=lambda host, at: next(answers))


def test_what_is_too_large_is_not_read_to_its_end() -> None:
    with answering(says(b"x" * 5000)) as port, pytest.raises(NotReached, match="larger than"):
        fetch(port, most_bytes=1000)


def test_what_drips_is_given_up_in_time() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    began = time.monotonic()
    with answering(drip) as port, pytest.raises(NotReached):
        fetch(port, seconds=0.5)

    assert time.monotonic() - began < 3


def test_what_is_not_there_is_told_with_its_status() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(404)
        handler.end_headers()

    with answering(answer) as port, pytest.raises(NotReached, match="answered 404"):
        fetch(port)


def test_an_answer_broken_off_does_not_pass_for_the_whole() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    with answering(answer) as port, pytest.raises(NotReached, match="broke off"):
        fetch(port)


def test_a_server_that_is_gone_is_told_of_in_words() -> None:
    with answering(says(b"")) as port:
        pass

    with pytest.raises(NotReached, match="did not answer"):
        fetch(port)


def test_ab24_without_the_check_the_same_address_is_reached() -> None:
    # The armed control: what refuses it above is the check and nothing else.
    with answering(says(b"a secret")) as port:
        with pytest.raises(NotReached):
            fetch(port, allows=outgoing.is_public)

        assert fetch(port, allows=lambda ip: True).body == b"a secret"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://10.1.2.3:8000/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "http://printer/",
        "http://files.council.internal/",
        "http://nas.local./",
        "ftp://coldbrook.example/",
        "javascript:alert(1)",
        "https://clerk:secret@coldbrook.example/",
    ],
)
def test_an_address_that_leads_inside_is_not_shown_to_everybody(url: str) -> None:
    with pytest.raises(NotReached):
        outgoing.check_shown(url)


@pytest.mark.parametrize(
    "url",
    ["https://www.coldbrook.example/parish", "http://93.184.216.34/", "https://münchen.example/"],
)
def test_a_public_address_is_shown_without_being_looked_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "look_up", lambda host, port: pytest.fail("looked up"))

    outgoing.check_shown(url)
