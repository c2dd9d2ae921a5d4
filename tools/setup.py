"""Make this folder ready: ``python3 tools/setup.py runtime|dev|bench|assets|demo``.

Only the standard library is used, for nothing is installed yet. Every step is
done once and remembered by what it was made from, so a second run takes a
moment. What goes wrong is said in one sentence that names what to do, and
nothing half-made is left to break the next run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTANCE = Path(os.environ.get("WAYWARDEN_DIR") or ROOT / "var")
LOG = INSTANCE / "setup.log"
PIP = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries=2"]

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
BENCHMARKS = "requirements-bench.txt"
INSTALLER, NODE = "requirements-uv.txt", "requirements-node.txt"
# Which locks hold all that one holds.
WIDER = {
    RUNTIME: (RUNTIME, DEVELOPMENT, BENCHMARKS),
    DEVELOPMENT: (DEVELOPMENT, BENCHMARKS),
    BENCHMARKS: (BENCHMARKS,),
}

# What pip, uv and npm say when nobody answers, in any of their versions.
SIGNS_OF_NO_NETWORK = (
    "dns error",
    "failed to establish a new connection",
    "name resolution",
    "name or service not known",
    "network is unreachable",
    "connection refused",
    "connection reset",
    "connection error",
    "connect error",
    "error sending request",
    "timed out",
    "timeout",
    "proxy",
    "enotfound",
    "eai_again",
    "econnrefused",
    "econnreset",
    "etimedout",
)


class Refusal(Exception):
    """Something that stops the set-up, in one sentence that names what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do one of the steps, and give the exit code."""
    steps = {
        "runtime": lambda: install(RUNTIME),
        "dev": lambda: install(DEVELOPMENT),
        "bench": lambda: install(BENCHMARKS),
        "assets": build_assets,
        "demo": demo,
    }
    try:
        if len(arguments) != 1 or arguments[0] not in steps:
            raise Refusal(f"Say one of {', '.join(steps)}, for example: tools/setup.py demo")
        steps[arguments[0]]()
    except Refusal as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command to go on.", file=sys.stderr)
        return 130
    return 0


# The environment ------------------------------------------------------------


def install(lock: str) -> None:
    """Bring .venv to exactly what a lock holds, and the project itself into it."""
    if is_installed(lock):
        return
    made_now = not venv_works()
    if made_now:
        make_venv()
    print("Setting up Python packages (about a minute, once) ...", flush=True)
    try:
        install_lock(lock)
        run_installer("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    except BaseException:
        # A .venv without its packages would look finished to the next run.
        if made_now:
            shutil.rmtree(VENV, ignore_errors=True)
        raise
    stamp(lock).write_text(fingerprint(lock), "utf-8")


def is_installed(lock: str) -> bool:
    """Say whether .venv already holds this lock, or a wider one."""
    return venv_works() and any(
        stamp(held).is_file() and stamp(held).read_text("utf-8") == fingerprint(held)
        for held in WIDER[lock]
    )


def stamp(lock: str) -> Path:
    """Give the file that remembers which version of a lock was installed."""
    return VENV / f".installed-{lock}"


def fingerprint(lock: str) -> str:
    """Give a word that changes when the lock, what the project is made of, or its place changes."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = repr((stated["project"], stated["build-system"]))
    parts = [(ROOT / lock).read_bytes(), project.encode(), bytes(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def venv_works() -> bool:
    """Say whether .venv has a Python that runs, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, timeout=60)
    except OSError:
        return False
    return answer.returncode == 0


def make_venv() -> None:
    """Make an empty .venv in place of whatever is there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            "Python's venv module is missing: run `sudo apt install python3-venv`, then try again."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        note(made.stdout + made.stderr)
        raise Refusal(
            f"The folder {VENV.name} could not be made: run `sudo apt install python3-venv`, "
            f"see that this disk has room, then try again; the reason is in {shown(LOG)}."
        )


def install_lock(lock: str) -> None:
    """Install the packages of a lock, held to their hashes."""
    if not ran([*PIP, "--require-hashes", "-r", INSTALLER]) and is_offline():
        raise Refusal(why_it_failed("Python packages"))
    run_installer("--require-hashes", "-r", lock)


def run_installer(*what: str) -> None:
    """Install with uv, or with pip where uv cannot work."""
    # --system-certs: councils that inspect traffic have their certificate only there.
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--system-certs"]
    if ran([*uv, "--python", str(PYTHON), *what]):
        return
    print("The fast installer could not be used; going on with pip (slower) ...", flush=True)
    if not ran([*PIP, *what]):
        raise Refusal(why_it_failed("Python packages"))


# The front end --------------------------------------------------------------


def build_assets() -> None:
    """Build the style, script and font files that the pages need."""
    install(RUNTIME)
    if not can_build_assets():
        print("This machine has no npm that is new enough; fetching one (once) ...", flush=True)
        run_installer("--require-hashes", "-r", NODE)
    if not ran([str(PYTHON), str(TOOLS / "build_assets.py")]):
        raise Refusal(why_it_failed("The front end's packages"))


def can_build_assets() -> bool:
    """Say whether they are built already, or there is a Node and npm to build them with."""
    question = "import build_assets as b; b.is_up_to_date() or b.node_and_npm()"
    return ran([str(PYTHON), "-c", f"import sys; sys.path.insert(0, {str(TOOLS)!r}); {question}"])


# The demonstration ----------------------------------------------------------


def demo() -> None:
    """Show the real Oxfordshire: set up, load it and serve it."""
    serves = os.environ.get("SERVE", "1") != "0"
    port = free_port(os.environ.get("PORT", "8000")) if serves else None
    build_assets()
    waywarden = str(VENV / "bin" / "waywarden")
    for step in (["load", "oxfordshire"], ["plan", "--everyone", "--keep"]):
        done = subprocess.run([waywarden, *step], cwd=ROOT)
        if done.returncode:
            # The command has said what is wrong; a second sentence would only blur it.
            raise SystemExit(done.returncode)
    if port is None:
        print("Ready. Run `make demo` to serve it.")
        return
    os.chdir(ROOT)
    os.execv(waywarden, [waywarden, "serve", "--port", str(port)])


def free_port(wanted: str) -> int:
    """Give the port that was asked for, refusing one that is busy or is no port."""
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise Refusal(f"PORT={wanted} is no port: give a number from 1 to 65535.")
    port = int(wanted)
    with socket.socket() as probe:
        # As the web server does: a port left a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refusal(f"Port {port} is kept for the system: try PORT=8000.") from None
        except OSError:
            other = port + 1 if port < 65535 else 8000
            raise Refusal(f"Port {port} is busy: run `make demo PORT={other}` instead.") from None
    return port


# Saying what happened -------------------------------------------------------


def ran(command: Sequence[str]) -> bool:
    """Run a command, keeping what it says in the log; say whether it went well."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as failed:
        note(str(failed))
        return False
    note(done.stdout)
    return done.returncode == 0


def note(words: str) -> None:
    """Keep the words of the last command that ran, for whoever must look deeper."""
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(words, "utf-8")
    except OSError as failed:
        raise Refusal(
            f"{LOG} cannot be written ({failed.strerror}): set WAYWARDEN_DIR to a folder of yours."
        ) from None


def why_it_failed(what: str) -> str:
    """Give the sentence for an installation that failed, told from the log."""
    if is_offline():
        return (
            f"{what} could not be downloaded: check the network (behind a proxy, set "
            f"https_proxy), then try again; the installer's words are in {shown(LOG)}."
        )
    return f"{what} could not be installed: the reason is in {shown(LOG)}."


def is_offline() -> bool:
    """Say whether the last command failed because nobody answered."""
    words = LOG.read_text("utf-8").lower() if LOG.is_file() else ""
    return any(sign in words for sign in SIGNS_OF_NO_NETWORK)


def shown(path: Path) -> str:
    """Give a path as a reader of this folder would write it."""
    return os.path.relpath(path, ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
