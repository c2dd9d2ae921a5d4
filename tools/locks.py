"""The locks: which exact packages are installed, each held to its hashes.

``make locks`` resolves what pyproject.toml asks for and writes them again;
``python tools/locks.py --check`` says, without a network, whether they still
agree with pyproject.toml and name no address. uv and pip can both install
from them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
HEADER = "# {purpose}. Written by `make locks` from pyproject.toml: change that, not this.\n"
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)
HASH = "--hash=sha256:"
CORE = "core"


@dataclass(frozen=True)
class Lock:
    """One lock file: what it is for, and which lists of pyproject.toml it holds."""

    file: str
    purpose: str
    lists: tuple[str, ...]
    constrained_by: str = ""


RUNTIME = Lock("requirements.txt", "What the site runs on", (CORE, "web", "build"))
DEVELOPMENT = Lock(
    "requirements-dev.txt",
    "What the site runs on, and what tests and checks need",
    (*RUNTIME.lists, "postgres", "test", "pgtest", "e2e", "check"),
    constrained_by=RUNTIME.file,
)
BENCHMARKS = Lock(
    "requirements-bench.txt",
    "What stands beside the planner in the benchmarks, and all that development needs",
    (*DEVELOPMENT.lists, "bench"),
    constrained_by=DEVELOPMENT.file,
)
NODE = Lock("requirements-node.txt", "Node, where the machine has no npm", ("node",))
INSTALLER = Lock("requirements-uv.txt", "The fast installer", ("installer",))
LOCKS = (RUNTIME, DEVELOPMENT, BENCHMARKS, NODE, INSTALLER)


def wanted(lists: tuple[str, ...]) -> list[str]:
    """Give the requirements that pyproject.toml states under these lists."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = {CORE: project["dependencies"], **project["optional-dependencies"]}
    return [requirement for name in lists for requirement in stated[name]]


def write(lock: Lock) -> None:
    """Resolve one lock afresh, keeping the versions it holds where they still fit."""
    uv = Path(sys.executable).with_name("uv")
    command = [
        str(uv), "pip", "compile", "--quiet", "--system-certs", "--universal",
        "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-header", "--no-annotate",
        "--no-emit-index-url", "--no-emit-find-links", "-", "-o", lock.file,
    ]  # fmt: skip
    if lock.constrained_by:
        command += ["--constraints", lock.constrained_by]
    subprocess.run(command, input="\n".join(wanted(lock.lists)), text=True, cwd=ROOT, check=True)
    path = ROOT / lock.file
    path.write_text(HEADER.format(purpose=lock.purpose) + path.read_text("utf-8"), "utf-8")


def pinned(text: str) -> dict[str, set[str]]:
    """Give the versions a lock pins, by package name."""
    pins: dict[str, set[str]] = {}
    for found in PINNED.finditer(text):
        pins.setdefault(found["name"], set()).add(found["version"])
    return pins


def faults(lock: Lock) -> list[str]:
    """List, in words, where a lock disagrees with pyproject.toml or names an address."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    text = (ROOT / lock.file).read_text("utf-8")
    pins = pinned(text)
    found = []
    for stated in map(Requirement, wanted(lock.lists)):
        versions = pins.get(canonicalize_name(stated.name), set())
        if not versions or not all(stated.specifier.contains(version) for version in versions):
            found.append(f"{lock.file} does not pin {stated}; run `make locks`.")
    if "://" in text or "index" in text:
        found.append(f"{lock.file} names an address; run `make locks`.")
    if len(re.findall(rf"==[^\n]*\\\n\s+{HASH}", text)) != len(PINNED.findall(text)):
        found.append(f"{lock.file} holds a package without a hash; run `make locks`.")
    return found


def disagreements() -> list[str]:
    """List what a wider lock pins otherwise than the one it is constrained by."""
    return [
        f"{wider.file} pins {name} otherwise than {narrower.file}; run `make locks`."
        for narrower, wider in ((RUNTIME, DEVELOPMENT), (DEVELOPMENT, BENCHMARKS))
        for name, versions in _pins(narrower).items()
        if _pins(wider).get(name) != versions
    ]


def _pins(lock: Lock) -> dict[str, set[str]]:
    return pinned((ROOT / lock.file).read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Write the locks, or with ``--check`` say what is wrong with them."""
    if arguments == ["--check"]:
        found = [fault for lock in LOCKS for fault in faults(lock)] + disagreements()
        print("\n".join(found) or "The locks agree with pyproject.toml and name no address.")
        return 1 if found else 0
    for lock in LOCKS:
        write(lock)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
