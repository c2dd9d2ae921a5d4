"""Where the command begins: from its first moment on, Ctrl+C is answered in plain words."""

import os
import signal
from types import FrameType

STOPPED = b"Stopped. Nothing was saved.\n"


def main() -> None:
    """Run the command line, whose parts take a moment to load."""
    signal.signal(signal.SIGINT, _stop)
    from waywarden import cli

    cli.main()


def _stop(number: int, frame: FrameType | None) -> None:
    # Nothing has begun that would have to be undone, and an exception might come out of any import.
    os.write(2, STOPPED)
    os._exit(130)


if __name__ == "__main__":
    main()
