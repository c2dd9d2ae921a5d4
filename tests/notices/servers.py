"""A mail server on this machine, for as long as a test needs it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from tests.serving import free_port


class Post:
    """What a mail server was given; it can be told to refuse."""

    def __init__(self, slowness: float = 0.0) -> None:
        #: How long it thinks about a letter after it has taken it, in seconds.
        self.slowness = slowness
        self.port = 0
        self.letters: list[Message] = []
        self.recipients: list[str] = []
        #: What to answer to a letter for an address.
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if refusal := self.refuses.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content))
        self.recipients.extend(envelope.rcpt_tos)
        await asyncio.sleep(self.slowness)
        return "250 OK"


@contextmanager
def mail_server(slowness: float = 0.0) -> Iterator[Post]:
    """Answer as a mail server does."""
    post = Post(slowness)
    post.port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
