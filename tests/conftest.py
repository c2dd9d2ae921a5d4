"""What every test stands on: no network, no silent skip, the same draws again."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models.signals import post_migrate
from hypothesis import settings

from tests import stores
from tests.journal import guards

pytest_plugins = ["tests.cast", "tests.counties"]

# A slow machine is not a fault, and a run that fails must fail again.
settings.register_profile("everywhere", deadline=None, print_blob=True)
settings.register_profile("gate", settings.get_profile("everywhere"), derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "everywhere")


#: Tests that take seconds, as `tools/lengthy.py` has measured them.
LENGTHY = Path(__file__).parent / "lengthy.txt"
#: What keeps no rows anywhere gives the same answers on every database: it is asked once.
STORELESS = (
    "src/waywarden/data/",
    "src/waywarden/planner/",
    "src/waywarden/planning/",
    "src/waywarden/rules/",
    "tests/cli/test_own_plan.py",
    "tests/cli/test_own_shares.py",
    "tests/cli/test_shares.py",
    "tests/data/",
    "tests/outgoing/",
    "tests/packaging/test_dependencies.py",
    "tests/packaging/test_docs.py",
    "tests/packaging/test_settings_reference.py",
    "tests/packaging/test_setup.py",
    "tests/packaging/test_wheel.py",
    "tests/planner/",
    "tests/rules/",
    "tests/shapes/",
)
#: What asks every page, right and command of the site. What actions and rules do is tried
#: elsewhere, one by one, so that only that is counted: to count takes as long again.
WHOLE_SITE = (
    "tests/cli/",
    "tests/clusters/test_before_it_is_known.py",
    "tests/generated/",
    "tests/journeys/",
    "tests/packaging/",
    "tests/pages/",
    "tests/permissions/",
    "tests/security/",
    "tests/soak/",
    "tests/whole_way/",
)
#: What comes to the site from outside: in a browser, by the command line, or to every page.
FROM_OUTSIDE = ("tests/cli/", "tests/journeys/", "tests/pages/")
#: What tries whether other tests would notice a fault says the same of them on every database.
CONTROLS = ("tests/permissions/test_seeded_leaks.py",)


class NetworkIsClosed(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let sockets reach this machine only."""
    connect = socket.socket.connect

    def connect_here(sock: socket.socket, address: Any) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
            sock.close()
            raise NetworkIsClosed(f"A test tried to reach {address[0]}.")
        connect(sock, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests empty the journal between them on SQLite, which does so row by row."""
    with django_db_blocker.unblock():
        guards.lift_where_rows_are_emptied_one_by_one()
    # A test that migrates puts them up again, for every test after it.
    post_migrate.connect(lift_guards)


def lift_guards(**_: Any) -> None:
    """Lift the guards of the journal once more."""
    guards.lift_where_rows_are_emptied_one_by_one()


@pytest.fixture(autouse=True)
def no_page_kept() -> Iterator[None]:
    """Forget the pages made in an earlier test: its rows, and so its journal, are gone."""
    cache.clear()
    yield


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is lengthy and what asks the whole site; leave out what this database is not asked.

    Files with lengthy tests go first, then those with most tests, so that at the end
    no worker waits long for another.
    """
    lengthy = frozenset(LENGTHY.read_text().split())
    for item in items:
        if item.nodeid.split("[")[0] in lengthy:
            item.add_marker(pytest.mark.lengthy)
        if item.nodeid.startswith(WHOLE_SITE):
            item.add_marker(pytest.mark.whole_site)
        if item.nodeid.startswith(FROM_OUTSIDE):
            item.add_marker(pytest.mark.from_outside)
    left_out = [item for item in items if is_left_out(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not is_left_out(item)]
    many = Counter(item.path for item in items)
    long = {item.path for item in items if item.get_closest_marker("lengthy")}
    items.sort(key=lambda item: (item.path not in long, -many[item.path], item.path))


def pytest_collection_finish() -> None:
    """Take what is imported by now as held for good: the collector need not go through it again."""
    gc.collect()
    gc.freeze()


def is_left_out(item: pytest.Item) -> bool:
    """Say whether a test has nothing to ask of the database that this run is on."""
    if stores.STORE == "sqlite":
        return item.get_closest_marker("only_postgresql") is not None
    is_sqlites = item.get_closest_marker("only_sqlite") is not None
    return is_sqlites or item.nodeid.startswith(STORELESS + CONTROLS)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which something skipped, where nothing may."""
    if not os.environ.get("WAYWARDEN_NO_SKIPS") or hasattr(session.config, "workerinput"):
        return
    if skipped_tests(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without failures counts as failed."""
    skipped = skipped_tests(terminalreporter.config)
    if skipped and os.environ.get("WAYWARDEN_NO_SKIPS"):
        terminalreporter.write_line(
            f"Failed: {len(skipped)} tests skipped, and with WAYWARDEN_NO_SKIPS nothing may.",
            red=True,
        )


def skipped_tests(config: pytest.Config) -> list[Any]:
    """List the reports of tests and files that skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [] if reporter is None else reporter.stats.get("skipped", [])
