"""The wheel alone, in an empty folder: it lists the parishes and serves the site."""

import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import pytest

from tools import locks

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90

pytestmark = [pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built here without a network."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    return next(folder.glob("waywarden-*.whl"))


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder beside a fresh venv that holds the wheel and what the site runs on."""
    folder = tmp_path_factory.mktemp("newcomer")
    venv = folder / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", str(venv)], folder)
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python")]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], folder)
    packages = next(venv.glob("lib/python3*/site-packages"))
    for name in locks.pinned((ROOT / locks.RUNTIME.file).read_text("utf-8")):
        lend(name, packages)
    (folder / "empty").mkdir()
    return folder


def lend(package: str, folder: Path) -> None:
    """Lend a package from the environment the tests run in, without a network."""
    try:
        files = metadata.distribution(package).files or []
    except metadata.PackageNotFoundError:  # one for another system
        return
    for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
        if not (folder / top).exists():
            (folder / top).symlink_to(Path(sysconfig.get_path("platlib")) / top)


def run(command: list[str], folder: Path) -> str:
    """Run a command away from this project's own environment, and give what it printed."""
    done = subprocess.run(
        command, cwd=folder, env=surroundings(), capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def surroundings() -> dict[str, str]:
    """What a newcomer's shell holds: none of our settings, and a wide page."""
    ours = ("WAYWARDEN_", "DJANGO_", "DATABASE_", "PYTHON", "PYTEST_", "COV_", "COVERAGE_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {**kept, "COLUMNS": "200"}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the site on a free port, and end it by its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [str(home / "venv/bin/waywarden"), "serve", "--port", str(port)],
        cwd=home / "empty",
        env=surroundings(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        site.terminate()
        site.wait(timeout=30)


def fetched(address: str) -> str:
    """Give the page at an address, waiting for a site that is still starting."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with direct.open(address, timeout=30) as answer:
                return answer.read().decode("utf-8")
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)


def test_it_holds_the_open_data_the_pages_and_every_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    def held(ending: str) -> bool:
        return any(name.endswith(ending) for name in names)

    assert held("waywarden/data/README.md")
    assert held("website/static/website/vendor/govuk.css"), "Run `make assets` first."
    assert any("/vendor/licences/" in name for name in names)
    assert held(".dist-info/licenses/LICENSE")
    assert not any(name.startswith(("tests/", "tools/")) for name in names)


def test_it_lists_oxfordshires_parishes(home: Path) -> None:
    listed = run([str(home / "venv/bin/waywarden"), "parishes"], home / "empty")

    assert "Cholsey" in listed
    assert listed.count("South Stoke") == 1


def test_it_loads_and_serves_the_county(home: Path) -> None:
    waywarden, wishes = str(home / "venv/bin/waywarden"), ["--effort", "quick", "--services", "ROW"]
    run([waywarden, "load", "oxfordshire"], home / "empty")
    told = run([waywarden, "plan", "--everyone", "--keep", *wishes], home / "empty")

    assert "Plan 1 is kept on the site, at /plans/1/." in told
    with served(home) as site:
        assert "Oxfordshire" in fetched(f"{site}/")
        assert "Cholsey" in fetched(f"{site}/counties/oxfordshire/")
        assert "If every council took part" in fetched(f"{site}/plans/1/")
        assert "govuk" in fetched(f"{site}/static/website/vendor/govuk.css")


WITHOUT_THE_WEB = """
import sys
sys.modules["django"] = None
from waywarden.cli import main
sys.argv = ["waywarden", "plan", "--everyone", "--effort", "quick", "--services", "ROW"]
main()
"""


def test_it_plans_the_county_without_the_web_platform(home: Path) -> None:
    python, folder = str(home / "venv/bin/python"), home / "empty"

    told = run([python, "-c", WITHOUT_THE_WEB], folder)

    assert "No plan of shared clusters under these" in " ".join(told.split())
    written = {file.name for file in (folder / "plan-oxfordshire").iterdir()}
    assert written == {"plan.html", "plan.csv", "plan.geojson", "plan.json"}
