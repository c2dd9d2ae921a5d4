"""Councils and the bodies they work with: county, district, town and parish councils, groups, companies, partners.

Every body has a key of its own that never changes; its codes are dated
attributes. Bodies begin, end, split and merge: a successor takes over on a day.
"""
