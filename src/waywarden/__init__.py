"""Who delivers what, where, under which power, to what standard and cost.

The front door of the library. It imports no web framework: the web platform
is in the wings beside it and is installed with ``waywarden[web]``.

>>> from waywarden import Problem, plan, read, split_pence
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waywarden.planner import Infeasible, Plan, Problem, plan, read
    from waywarden.rules.pence import split_pence

__version__ = "0.1.0"
__all__ = ["Infeasible", "Plan", "Problem", "plan", "read", "split_pence"]

_ROOMS = {"split_pence": "waywarden.rules.pence"}


def __getattr__(name: str) -> Any:
    """Fetch what the front door offers when it is first asked for: the planner takes a second."""
    if name not in __all__:
        raise AttributeError(f"module 'waywarden' has no attribute {name!r}")
    return getattr(import_module(_ROOMS.get(name, "waywarden.planner")), name)
