"""Soaking: what must hold under kills, races and double presses, tried thousands of times."""
