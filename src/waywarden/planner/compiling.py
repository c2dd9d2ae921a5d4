"""The two ways loops are compiled here."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.options import DefaultOptions

Loop = TypeVar("Loop", bound=Callable[..., Any])

#: Numba keeps this switch to itself; should it go one day, loops are slower and no less right.
_UNCOUNTED = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}


def compiled_in_place(loop: Loop) -> Loop:
    """Compile a loop that makes no array on its first call, and keep the code for the next process.

    It only fills the arrays it is given, gives up Python's lock while it runs,
    and does its sums in the order written, so that the answer is the same
    compiled or not: with NUMBA_DISABLE_JIT=1 it runs as plain Python. Nobody
    counts references to arrays, which in small functions called millions of
    times takes ten times as long as the work itself.
    """
    return _compile(loop, **_UNCOUNTED)


def compiled_within(loop: Loop) -> Loop:
    """Compile, as `compiled_in_place` does, a step that only other loops call: half the wait."""
    return _compile(loop, no_cpython_wrapper=True, **_UNCOUNTED)


def _compile(loop: Loop, **options: bool) -> Loop:
    compiling = cast(Any, numba.njit)(cache=True, nogil=True, no_cfunc_wrapper=True, **options)
    return cast(Loop, compiling(loop))


def forget_what_is_old(folder: Path) -> None:
    """Remove kept machine code made from other sources than those in a folder and its folders.

    Numba looks only at the file a loop stands in; a loop it calls may have
    changed in another. Where nothing can be written, nothing is kept there.
    """
    with suppress(OSError):
        sources = [(str(file), file.stat()) for file in sorted(folder.rglob("*.py"))]
        stamp = repr([(name, stat.st_mtime_ns, stat.st_size) for name, stat in sources])
        made_from = folder / "__pycache__" / "compiled-from"
        now = hashlib.sha256(stamp.encode()).hexdigest()
        if made_from.exists() and made_from.read_text() == now:
            return
        for kept in folder.rglob("__pycache__/*.nb[ic]"):
            kept.unlink(missing_ok=True)
        made_from.parent.mkdir(exist_ok=True)
        made_from.write_text(now)


forget_what_is_old(Path(__file__).parent)
