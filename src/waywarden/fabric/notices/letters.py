"""A notice as a letter: plain text, with why it came and how to hear less."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import stoppable

SALT = "waywarden.notices.unsubscribe"


def letter_of(notice: Notice) -> EmailMessage:
    """Write a notice as a letter. The same notice always has the same Message-ID."""
    stop = stop_address(notice)
    text = render_to_string(
        "notices/letter.txt",
        {
            "notice": notice,
            "link": site_address(notice.link) if notice.link else "",
            "stop": stop,
            "choose": site_address(reverse("notices:preferences")),
        },
    )
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    answers = [notice.reply_to] if notice.reply_to else None
    return EmailMessage(
        notice.subject, text, to=[addressed(notice)], reply_to=answers, headers=headers
    )


def addressed(notice: Notice) -> str:
    """Return name and address as a header shows them; a name cannot smuggle in an address."""
    name = notice.to_shown_as.replace("\\", "").replace('"', "")
    return f'"{name}" <{notice.to_email}>' if name else notice.to_email


def site_address(path: str) -> str:
    """Return the whole address of a page of this site."""
    return urljoin(settings.SITE_ADDRESS, path)


def stop_address(notice: Notice) -> str:
    """Return where one click stops the topic; nothing for what cannot be stopped."""
    topic = stoppable().get(notice.topic)
    if topic is None:
        return ""
    return site_address(reverse("notices:stop", args=[stop_token(notice.to_key, topic.key)]))


def stop_token(key: str, topic: str) -> str:
    """Sign who stops what, so that the address works without signing in and for nobody else."""
    return signing.dumps([key, topic], salt=SALT, compress=True)


def read_stop_token(token: str) -> tuple[str, str] | None:
    """Return who stops what, or nothing for an address that is not ours."""
    try:
        key, topic = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return key, topic
