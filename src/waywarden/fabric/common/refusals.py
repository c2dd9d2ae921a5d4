"""Refusals: requests that cannot be met, each in a sentence that says what to do."""


class Refusal(Exception):
    """What was asked cannot be done. The message is one plain sentence for the person who asked."""

    is_plain = True
