"""The settings an operator gives: read from the environment, refused when senseless."""

import os
import stat
from pathlib import Path

import pytest

from waywarden import environment, starting
from waywarden.environment import BadSetting


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("A_SETTING", "A_SETTING_FILE", "SECRET_KEY", "SECRET_KEY_FILE", "WAYWARDEN_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_a_setting_that_is_not_given_has_its_default() -> None:
    assert environment.text("A_SETTING") == ""
    assert environment.text("A_SETTING", "as usual") == "as usual"


def test_a_setting_may_stand_in_a_file_so_that_no_list_of_processes_shows_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("kept apart\n")
    monkeypatch.setenv("A_SETTING_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("A_SETTING", "in the open")

    assert environment.text("A_SETTING") == "kept apart"


def test_a_file_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("A_SETTING_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(BadSetting, match=r"A_SETTING_FILE names .*nowhere, which cannot be read"):
        environment.text("A_SETTING")


@pytest.mark.parametrize("given", ["1", "yes", "YES", "true", "On"])
def test_yes_may_be_said_in_several_ways(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("A_SETTING", given)

    assert environment.flag("A_SETTING", default=False) is True


@pytest.mark.parametrize("given", ["0", "no", "No", "false", "off"])
def test_no_may_be_said_in_several_ways(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("A_SETTING", given)

    assert environment.flag("A_SETTING", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_saying_nothing_leaves_the_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.setenv("A_SETTING", "")

    assert environment.flag("A_SETTING", default=default) is default


@pytest.mark.parametrize("given", ["maybe", "2", "yess", "nein"])
def test_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("A_SETTING", given)

    with pytest.raises(BadSetting, match=f"A_SETTING must be yes or no, not '{given}'"):
        environment.flag("A_SETTING", default=False)


def test_several_values_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", " one.example, two.example ,,")

    assert environment.words("A_SETTING") == ["one.example", "two.example"]


def test_the_folder_of_an_installation_is_var_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert environment.instance_folder() == tmp_path / "var"

    monkeypatch.setenv("WAYWARDEN_DIR", "elsewhere")
    assert environment.instance_folder() == tmp_path / "elsewhere"


def test_a_secret_is_made_once_and_kept_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"

    made = environment.secret_key(folder)

    kept = folder / "secret_key"
    assert len(made) >= 50
    assert environment.secret_key(folder) == made == kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert environment.secret_key(tmp_path / "a") != environment.secret_key(tmp_path / "b")


def test_a_secret_that_is_given_is_used_and_none_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_was_made_but_never_written_is_made_again(tmp_path: Path) -> None:
    # A full disk, or a stop between making the file and writing to it, leaves it empty.
    (tmp_path / "secret_key").touch()

    assert len(environment.secret_key(tmp_path)) >= 50


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://localhost:8085"),
        ({"SITE_ADDRESS": "https://register.example.org"}, "https://register.example.org"),
        ({"SEND_MAIL_OUTSIDE": "yes"}, None),
    ],
)
def test_links_in_letters_lead_to_the_port_that_is_served_unless_a_setting_says_where(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], address: str | None
) -> None:
    monkeypatch.setattr(os, "environ", dict(given))

    starting.name_the_site(8085)

    assert os.environ.get("SITE_ADDRESS") == address


@pytest.mark.parametrize(
    ("address", "answered"),
    [
        ("http://localhost:8000/", ["localhost", "127.0.0.1", "[::1]"]),
        ("https://www.example.org/", ["localhost", "127.0.0.1", "[::1]", "www.example.org"]),
        ("http://[2001:db8::1]:80/", ["localhost", "127.0.0.1", "[::1]", "[2001:db8::1]"]),
    ],
)
def test_a_site_answers_to_its_own_address_and_to_this_machine(
    monkeypatch: pytest.MonkeyPatch, address: str, answered: list[str]
) -> None:
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    assert environment.allowed_hosts(address) == answered

    monkeypatch.setenv("ALLOWED_HOSTS", "other.example.org")
    assert environment.allowed_hosts(address) == ["other.example.org"]
