"""What is short enough to be tried out, kept so that nobody without this site can."""

from django.utils.crypto import salted_hmac


def keyed_hash_of(text: str) -> str:
    """Return what is kept of something short: without this site's secret nobody can try it out."""
    return salted_hmac("waywarden.county.signing_in", text, algorithm="sha256").hexdigest()
