"""Addresses as an operator may see them: enough to know which, too little to know whom."""

import re

ADDRESS = re.compile(r"([^\s@<>\"'(),:;]+)@([^\s@<>\"'(),:;]+)")


def masked(email: str) -> str:
    """Show the first letter and the domain.

    >>> masked("bron@wychbourne.example")
    'b•••@wychbourne.example'
    >>> masked("")
    ''
    """
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}" if at else ""


def without_addresses(text: str) -> str:
    """Mask every address in what a mail server said.

    >>> without_addresses("550 <bron@wychbourne.example> is unknown")
    '550 <b•••@wychbourne.example> is unknown'
    """
    return ADDRESS.sub(lambda found: masked(found[0]), text)
