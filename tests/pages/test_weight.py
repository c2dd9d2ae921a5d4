"""The first page is light: under 150 KB on its way to a phone, without the map."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.pages.reading import Page, body_of
from waywarden.county.places.models import Area

pytestmark = pytest.mark.django_db

MOST = 150 * 1024
IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")


def file_of(address: str) -> Path:
    """Find a static file by its address."""
    found = finders.find(address.removeprefix("/static/"))
    assert found, f"{address} is not built: run `make assets`."
    return Path(found)


def on_its_way(path: Path) -> int:
    """Give the size of a file as it is sent: fonts as they are, the rest compressed."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content))


def with_imports(path: Path) -> set[Path]:
    """Give a script and the scripts it names at its top."""
    named = {(path.parent / name).resolve() for name in IMPORTED.findall(path.read_text())}
    return {path, *(each for one in named for each in with_imports(one))}


def test_the_first_page_weighs_less_than_150_kilobytes_without_the_map(
    client: Client, oxfordshire: Area
) -> None:
    html = body_of(client.get("/"))
    page = Page(html)
    styles = {file_of(link["href"]) for link in page.of("link") if "href" in link}
    scripts = {
        script
        for tag in page.of("script")
        if "src" in tag
        for script in with_imports(file_of(tag["src"]))
    }

    sizes = {path.name: on_its_way(path) for path in styles | scripts}
    sizes["the page"] = len(gzip.compress(html.encode()))

    assert len(sizes) >= 6
    assert sum(sizes.values()) < MOST, sizes


def test_the_page_is_compressed_on_its_way(client: Client, oxfordshire: Area) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
