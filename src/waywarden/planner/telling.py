"""What a search tells of how far it is, where nobody asked to hear."""


def tell_nobody(*how_far: float | str) -> None:
    """Tell nobody how far it is: stands for any function that would be told."""
