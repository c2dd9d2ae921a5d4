"""Reads how letters leave this installation, and fails loudly when it makes no sense."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from waywarden import environment
from waywarden.data.names import shown
from waywarden.environment import BadSetting

#: Port, STARTTLS and TLS from the beginning, by how EMAIL_URL begins.
SCHEMES = {
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "smtps": (465, False, True),
}
ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
DOMAIN = re.compile(r"@[^@\s<>,]+")
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Server:
    """The mail server letters are handed to; without a host they become files."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def server() -> Server:
    """Return the mail server of EMAIL_URL, or of EMAIL_HOST and what belongs to it."""
    url, host = environment.text("EMAIL_URL"), environment.text("EMAIL_HOST")
    if url and host:
        raise BadSetting("Give EMAIL_URL or EMAIL_HOST, not both.")
    found = _from_url(url) if url else _from_parts(host) if host else Server()
    if found.password and not (found.starttls or found.tls or found.host in HERE):
        raise BadSetting(
            "The mail server's password would cross the network for all to read. "
            "Begin EMAIL_URL with smtp+tls:// or smtps://, or set EMAIL_USE_TLS=yes."
        )
    return found


def _from_url(url: str) -> Server:
    # The address may hold a password: no message may repeat more of it than its beginning.
    scheme = url.partition(":")[0]
    if scheme not in SCHEMES:
        raise BadSetting(
            f"EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://, not “{shown(scheme)}”."
        )
    port, starttls, tls = SCHEMES[scheme]
    parts = urlsplit(url)
    try:
        port = parts.port or port
    except ValueError as error:
        raise BadSetting(_URL_READS) from error
    if not parts.hostname:
        raise BadSetting(_URL_READS)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port, user, password, starttls, tls)


_URL_READS = "EMAIL_URL must read smtp+tls://user:password@mail.example.org:587"


def _from_parts(host: str) -> Server:
    starttls = environment.flag("EMAIL_USE_TLS", default=False)
    tls = environment.flag("EMAIL_USE_SSL", default=False)
    if starttls and tls:
        raise BadSetting("Give EMAIL_USE_TLS or EMAIL_USE_SSL, not both.")
    usual = "465" if tls else "587" if starttls else "25"
    port = environment.text("EMAIL_PORT", usual)
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise BadSetting(f"EMAIL_PORT must be a number such as 587, not “{shown(port)}”.")
    user = environment.text("EMAIL_HOST_USER")
    password = environment.text("EMAIL_HOST_PASSWORD")
    return Server(host, int(port), user, password, starttls, tls)


def sender(server: Server, site_address: str) -> str:
    """Return the address letters come from; a server needs one that was chosen."""
    given = environment.text("MAIL_FROM")
    if given and not ADDRESS.fullmatch(given):
        raise BadSetting(
            f"MAIL_FROM must be an address such as register@example.org, not “{shown(given)}”."
        )
    if server.host and not given:
        raise BadSetting("Set MAIL_FROM to the address letters come from.")
    return given or f"waywarden@{urlsplit(site_address).hostname}"


def site_address() -> str:
    """Return how this site is reached from outside, for the links in letters and calendars."""
    given = environment.text("SITE_ADDRESS", "http://localhost:8000")
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise BadSetting(
            f"SITE_ADDRESS must read https://register.example.org, not “{shown(given)}”."
        )
    return f"{parts.scheme}://{parts.netloc}/"


def sends_outside(server: Server) -> bool:
    """Return whether anybody may be written to; no copy made to try something should."""
    wanted = environment.flag("SEND_MAIL_OUTSIDE", default=False)
    if wanted and not server.host:
        raise BadSetting("SEND_MAIL_OUTSIDE needs a mail server: set EMAIL_URL or EMAIL_HOST.")
    if wanted and not environment.text("SITE_ADDRESS"):
        raise BadSetting("SEND_MAIL_OUTSIDE needs SITE_ADDRESS, for the links in letters.")
    return wanted


def lease_seconds() -> int:
    """Return how long a worker has a letter to itself before another takes it to be lost."""
    given = environment.text("MAIL_LEASE_SECONDS", "120")
    if not given.isdecimal() or int(given) < 1:
        raise BadSetting(f"MAIL_LEASE_SECONDS must be a number of seconds, not “{shown(given)}”.")
    return int(given)


def allowed_recipients() -> list[str]:
    """Return the addresses, or whole domains as @example.org, that may be written to anyway."""
    given = environment.words("ALLOWED_RECIPIENTS")
    for each in given:
        if not (ADDRESS.fullmatch(each) or DOMAIN.fullmatch(each)):
            raise BadSetting(
                f"ALLOWED_RECIPIENTS lists addresses and @domains, not “{shown(each)}”."
            )
    return given
