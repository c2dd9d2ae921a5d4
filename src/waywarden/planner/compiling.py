"""The one way loops are compiled here."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Compile a loop to machine code on its first call, and keep the code for the next process.

    The loop gives up Python's lock while it runs, and does its sums in the
    order written, so that the answer is the same compiled or not. With
    NUMBA_DISABLE_JIT=1 it runs as plain Python.
    """
    return cast(Loop, numba.njit(cache=True, nogil=True)(loop))
