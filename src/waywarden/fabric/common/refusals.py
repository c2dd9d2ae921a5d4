"""Refusals: requests that cannot be met, each in a sentence that says what to do."""


class Refusal(Exception):
    """What was asked cannot be done. The message is one plain sentence for the person who asked."""

    is_plain = True


class Overtaken(Refusal):
    """A row was changed since it was read; nothing was changed on top of that."""

    def __init__(self, words: str = "This was changed meanwhile. Look at it again."):
        super().__init__(words)
