"""Expressions of interest: who asks to run a service, what they say, and what becomes of it.

A council, a group or a voluntary organisation asks in plain words, without an
account, and comes back by a private link. The county names a co-ordinator, talks,
assesses by the criteria it has published, and decides with its reasons.
"""
