"""The one way loops are compiled here."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.core.options import DefaultOptions

Loop = TypeVar("Loop", bound=Callable[..., Any])

#: Numba keeps this switch to itself; should it go one day, loops are slower and no less right.
_UNCOUNTED = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}


def compiled(loop: Loop) -> Loop:
    """Compile a loop to machine code on its first call, and keep the code for the next process.

    The loop gives up Python's lock while it runs, and does its sums in the
    order written, so that the answer is the same compiled or not. With
    NUMBA_DISABLE_JIT=1 it runs as plain Python.
    """
    return cast(Loop, numba.njit(cache=True, nogil=True)(loop))


def compiled_in_place(loop: Loop) -> Loop:
    """Compile, as `compiled` does, a loop that makes no array: it only fills those it is given.

    Nobody then counts references to arrays, which in small functions called
    millions of times takes ten times as long as the work itself.
    """
    return _compile(loop, **_UNCOUNTED)


def compiled_within(loop: Loop) -> Loop:
    """Compile, as `compiled_in_place` does, a step that only other loops call: half the wait."""
    return _compile(loop, no_cpython_wrapper=True, **_UNCOUNTED)


def _compile(loop: Loop, **options: bool) -> Loop:
    compiling = cast(Any, numba.njit)(cache=True, nogil=True, no_cfunc_wrapper=True, **options)
    return cast(Loop, compiling(loop))
