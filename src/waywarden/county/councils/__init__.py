"""Councils of every kind, and the groups, companies and partners they work with.

Every body has a key of its own that never changes; its codes are dated
attributes. Bodies begin, end, split and merge: a successor takes over on a day.
"""
