"""A plan's whole pounds, the same on its pages as in its files and on a terminal."""

from waywarden.planning.pounds import COORDINATION, KEPT, OUTSIDE, Pounds, handed_down, rounded

__all__ = ["COORDINATION", "KEPT", "OUTSIDE", "Pounds", "handed_down", "rounded"]
