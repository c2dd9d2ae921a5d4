"""What every test stands on: no network, no silent skip, the same draws again."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import settings

pytest_plugins = ["tests.cast", "tests.counties"]

# A slow machine is not a fault, and a run that fails must fail again.
settings.register_profile("everywhere", deadline=None, print_blob=True)
settings.register_profile("gate", settings.get_profile("everywhere"), derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "everywhere")


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
