"""Tokens that open something: drawn at random, and kept as hashes alone."""

import hashlib
import secrets


def new_token() -> str:
    """Return a token nobody guesses, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a long token: there is nothing to guess, so no slow hash is due."""
    return hashlib.sha256(token.encode()).hexdigest()
