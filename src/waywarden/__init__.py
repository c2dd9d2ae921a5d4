"""Who delivers what, where, under which power, to what standard and cost.

The front door of the library. It imports no web framework: the web platform
is in the wings beside it and is installed with ``waywarden[web]``.
"""

__version__ = "0.1.0"
