"""`waywarden worker` does what is due, says so, and ends when it is asked to."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import a_database, environment, free_port, run

pytestmark = pytest.mark.postgres

PATIENCE = 60


@dataclass(frozen=True)
class Site:
    """A site with a folder of its own, whose worker was at work once."""

    folder: Path
    database: dict[str, str]
    first: subprocess.CompletedProcess[str]

    @property
    def log(self) -> Path:
        return self.folder / "said.log"

    def once(self, **more: str) -> subprocess.CompletedProcess[str]:
        return run("worker", "--once", folder=self.folder, **self.database, **more)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        with self.log.open("w") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "waywarden.cli", *words],
                env=environment(self.folder) | self.database,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + PATIENCE
        while words not in self.log.read_text():
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with a_database("a_site_with_a_worker") as database:
        first = run("worker", "--once", folder=folder, **database)
        yield Site(folder, database, first)


def test_asked_once_it_does_what_is_due_and_ends(site: Site) -> None:
    second = site.once()

    assert site.first.returncode == second.returncode == 0
    assert "Done for today: publish the head of the journal." in site.first.stdout
    assert second.stdout == ""


def test_a_read_only_site_is_left_alone(site: Site) -> None:
    answer = site.once(READ_ONLY="yes")

    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked(site: Site, asked: signal.Signals) -> None:
    worker = site.start("worker")
    site.wait_for("The worker is at work. Letters become files in")

    worker.send_signal(asked)

    assert worker.wait(timeout=PATIENCE) == 0
    assert "The worker has stopped." in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


def test_serving_starts_a_worker_that_ends_with_it(site: Site) -> None:
    server = site.start("serve", "--port", str(free_port()))
    site.wait_for("The worker is at work.")

    server.kill()
    server.wait()

    site.wait_for("The worker has stopped.")


def test_serving_can_leave_the_work_to_other_machines(site: Site) -> None:
    server = site.start("serve", "--port", str(free_port()), "--no-worker")
    site.wait_for("Serving on")
    time.sleep(3)

    server.terminate()
    server.wait(timeout=PATIENCE)

    assert "worker" not in site.log.read_text()
