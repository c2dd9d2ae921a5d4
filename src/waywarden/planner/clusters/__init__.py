"""Shared clusters: the search for them, their price, and what none of them can cost less than."""
