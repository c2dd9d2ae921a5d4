"""How Mozilla's HTTP Observatory would score an answer, by its published table.

Source: `mozilla/http-observatory`, `docs/scoring.md`. A site begins with 100;
every fault takes away, and what is better than usual adds only where what is
left is 90 or more. 100 is an A+. Only what can be seen in headers is scored.
"""

from collections.abc import Mapping
from http.cookies import Morsel

HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def directives(policy: str) -> dict[str, set[str]]:
    """Take a Content Security Policy apart."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): set(values) for name, *values in parts}


def of_policy(headers: Mapping[str, str]) -> int:
    """Score the Content Security Policy."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    if not policy:
        return -25
    fallback = policy.get("default-src", {"*"})
    scripts = policy.get("script-src", fallback)
    styles = policy.get("style-src", fallback)
    wide = {"*", "https:", "http:", "data:"}
    if scripts & (wide | {"'unsafe-inline'"}) or policy.get("object-src", fallback) & wide:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles:
        return 0
    return 10 if fallback == {"'none'"} else 5


def of_transport(headers: Mapping[str, str]) -> int:
    """Score Strict-Transport-Security."""
    said = headers.get("Strict-Transport-Security", "").replace(" ", "").lower()
    ages = [part[8:] for part in said.split(";") if part.startswith("max-age=")]
    if not ages:
        return -20
    return 0 if int(ages[0]) >= HALF_A_YEAR else -10


def of_framing(headers: Mapping[str, str]) -> int:
    """Score who may put the page into a frame of theirs."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    if policy.get("frame-ancestors") == {"'none'"}:
        return 5
    return 0 if headers.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def of_cookies(cookies: Mapping[str, Morsel]) -> int:
    """Score the cookies."""
    if not cookies:
        return 0
    held = list(cookies.values())
    if not all(cookie["secure"] for cookie in held):
        return -20
    if not all(cookie["httponly"] for cookie in held):
        return -30
    return 5 if all(cookie["samesite"] for cookie in held) else 0


def of_rest(headers: Mapping[str, str]) -> list[int]:
    """Score guessing of types, what is told of where visitors come from, and who may embed."""
    referrer = headers.get("Referrer-Policy", "")
    same = headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}
    return [
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        (5 if set(referrer.split(",")) <= PRIVATE else -5) if referrer else 0,
        -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        10 if same else 0,
    ]


def scores(headers: Mapping[str, str], cookies: Mapping[str, Morsel]) -> list[int]:
    """Score an answer in each respect."""
    return [
        of_policy(headers),
        of_transport(headers),
        of_framing(headers),
        of_cookies(cookies),
        *of_rest(headers),
    ]


def scored(headers: Mapping[str, str], cookies: Mapping[str, Morsel]) -> int:
    """Score an answer."""
    each = scores(headers, cookies)
    base = 100 + sum(score for score in each if score < 0)
    return base + sum(score for score in each if score > 0) if base >= 90 else base
