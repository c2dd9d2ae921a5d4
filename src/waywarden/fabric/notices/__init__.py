"""Telling people: what the county's work asks of them, by mail and in their calendars.

A notice is a row written in the same transaction as the change it tells of, so
that nobody hears of what was undone and nothing done goes untold. The worker
sends it later, at once or in a daily or weekly digest as each person chose, and
tries again when a mail server refuses. Who is told stands in plain values: the
room knows no person and no council.
"""
