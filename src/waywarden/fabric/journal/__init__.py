"""Who did what, when: append-only, hash-chained; every action writes one line.

A line holds the changed fields before and after. Each line's hash covers the
line before it, so an edited, removed or reordered line shows. A cut tail does
not show by itself: that takes a copy of the latest hash kept elsewhere.
"""
