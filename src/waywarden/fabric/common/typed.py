"""What was typed into a form that is not saved, to be shown back and copied."""

import re

from django.http import HttpRequest

CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What a page put into a form by itself, and what must not be shown again.
NOT_TYPED = re.compile(
    r"csrf|password|token|secret|passkey|credential|^_|_key$"
    r"|^(acting_in|draft_of|next|once|save_draft|discard_draft|seen|version)$"
)


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """Pair the name of each field with what was typed or chosen in it."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(given))
        for name, given in request.POST.lists()
        if any(given) and not NOT_TYPED.search(name.lower())
    ]
