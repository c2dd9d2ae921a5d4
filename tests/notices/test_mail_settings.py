"""How letters leave is read from the environment, and nonsense is refused in words."""

import pytest

from waywarden import mail_settings
from waywarden.environment import BadSetting
from waywarden.mail_settings import Server

NAMES = (
    "EMAIL_URL",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
    "MAIL_FROM",
    "MAIL_LEASE_SECONDS",
    "SITE_ADDRESS",
    "SEND_MAIL_OUTSIDE",
    "ALLOWED_RECIPIENTS",
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def test_without_settings_letters_become_files_and_nobody_outside_is_written_to() -> None:
    server = mail_settings.server()

    assert server == Server()
    assert not mail_settings.sends_outside(server)
    assert mail_settings.allowed_recipients() == []
    assert mail_settings.site_address() == "http://localhost:8000/"
    assert mail_settings.sender(server, "http://localhost:8000/") == "waywarden@localhost"
    assert mail_settings.lease_seconds() == 120


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 25)),
        ("smtp://127.0.0.1:2525", Server("127.0.0.1", 2525)),
        (
            "smtp+tls://me:p%40ss@mail.example.org",
            Server("mail.example.org", 587, "me", "p@ss", starttls=True),
        ),
        (
            "smtps://me:pass@mail.example.org:4465",
            Server("mail.example.org", 4465, "me", "pass", tls=True),
        ),
    ],
)
def test_an_address_names_the_server(
    monkeypatch: pytest.MonkeyPatch, url: str, server: Server
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    assert mail_settings.server() == server


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ({}, Server("mail.example.org", 25)),
        ({"EMAIL_USE_TLS": "yes"}, Server("mail.example.org", 587, starttls=True)),
        ({"EMAIL_USE_SSL": "yes"}, Server("mail.example.org", 465, tls=True)),
        (
            {
                "EMAIL_PORT": "2525",
                "EMAIL_HOST_USER": "me",
                "EMAIL_HOST_PASSWORD": "pass",
                "EMAIL_USE_TLS": "yes",
            },
            Server("mail.example.org", 2525, "me", "pass", starttls=True),
        ),
    ],
)
def test_a_server_can_be_named_in_parts(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], server: Server
) -> None:
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert mail_settings.server() == server


HOST = {"EMAIL_HOST": "mail.example.org"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (HOST | {"EMAIL_URL": "smtp://mail.example.org"}, "not both"),
        ({"EMAIL_URL": "http://mail.example.org"}, "must begin with smtp"),
        ({"EMAIL_URL": "smtp://"}, "must read"),
        ({"EMAIL_URL": "smtp://mail.example.org:port"}, "must read"),
        ({"EMAIL_URL": "smtp://me:secret@mail.example.org"}, "for all to read"),
        (HOST | {"EMAIL_PORT": "many"}, "EMAIL_PORT must be a number"),
        (HOST | {"EMAIL_PORT": "70000"}, "EMAIL_PORT must be a number"),
        (HOST | {"EMAIL_USE_TLS": "yes", "EMAIL_USE_SSL": "yes"}, "not both"),
        (HOST | {"EMAIL_HOST_PASSWORD": "secret"}, "for all to read"),
        (HOST, "Set MAIL_FROM"),
        ({"MAIL_FROM": "the clerk"}, "MAIL_FROM must be an address"),
        ({"MAIL_FROM": "a@b.example\nBcc: c@d.example"}, "MAIL_FROM must be an address"),
        ({"SITE_ADDRESS": "register.example.org"}, "SITE_ADDRESS must read"),
        ({"SITE_ADDRESS": "https://register.example.org/path"}, "SITE_ADDRESS must read"),
        ({"SEND_MAIL_OUTSIDE": "yes"}, "needs a mail server"),
        (HOST | {"SEND_MAIL_OUTSIDE": "yes", "MAIL_FROM": "a@b.example"}, "needs SITE_ADDRESS"),
        ({"SEND_MAIL_OUTSIDE": "perhaps"}, "must be yes or no"),
        ({"ALLOWED_RECIPIENTS": "everybody"}, "lists addresses and @domains"),
        ({"MAIL_LEASE_SECONDS": "0"}, "number of seconds"),
    ],
)
def test_nonsense_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(BadSetting, match=says) as refused:
        _read_all()

    assert "secret" not in str(refused.value)


def _read_all() -> None:
    server = mail_settings.server()
    mail_settings.sender(server, mail_settings.site_address())
    mail_settings.sends_outside(server)
    mail_settings.allowed_recipients()
    mail_settings.lease_seconds()


def test_a_site_that_may_write_outside_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtps://mail.example.org")
    monkeypatch.setenv("MAIL_FROM", "register@example.org")
    monkeypatch.setenv("SITE_ADDRESS", "https://register.example.org")
    monkeypatch.setenv("SEND_MAIL_OUTSIDE", "yes")
    monkeypatch.setenv("ALLOWED_RECIPIENTS", "a@b.example, @county.example")

    server = mail_settings.server()

    assert mail_settings.sends_outside(server)
    assert mail_settings.sender(server, mail_settings.site_address()) == "register@example.org"
    assert mail_settings.site_address() == "https://register.example.org/"
    assert mail_settings.allowed_recipients() == ["a@b.example", "@county.example"]
