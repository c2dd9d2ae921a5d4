"""An installation that holds nothing yet."""

from waywarden.county import intake


def test_an_empty_installation_says_how_to_fill_it(db: None) -> None:
    assert intake.holdings() == ["Nothing is held yet. To fill it: waywarden load oxfordshire"]
