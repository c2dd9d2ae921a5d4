"""Refusals: requests that cannot be met, each in a sentence that says what to do."""

from collections.abc import Sequence


class Refusal(Exception):
    """What was asked cannot be done. The message is one plain sentence for the person who asked."""

    is_plain = True

    @classmethod
    def if_any(cls, obstacles: Sequence[str]) -> None:
        """Refuse, naming every obstacle; do nothing where there is none."""
        if obstacles:
            raise cls(" ".join(obstacles))


class Overtaken(Refusal):
    """A row was changed since it was read; nothing was changed on top of that."""

    def __init__(self, words: str = "This was changed meanwhile. Look at it again."):
        super().__init__(words)
