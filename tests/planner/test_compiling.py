"""Machine code is kept only as long as the sources it was made from."""

import pytest

from waywarden.planner.compiling import forget_what_is_old


@pytest.fixture
def room(tmp_path):
    """A folder with a source, and code that was made from it."""
    (tmp_path / "loops.py").write_text("one = 1\n")
    forget_what_is_old(tmp_path)
    (tmp_path / "__pycache__" / "loops.one-1.py311.nbi").write_text("code")
    return tmp_path


def kept(room):
    return list((room / "__pycache__").glob("*.nbi"))


def test_code_is_kept_while_its_sources_stay_as_they_are(room):
    forget_what_is_old(room)
    assert kept(room)


def test_code_is_forgotten_when_any_source_changes(room):
    (room / "steps.py").write_text("two = 2\n")
    forget_what_is_old(room)
    assert not kept(room)


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path):
    forget_what_is_old(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
