"""Looking into a body's own matters from outside: with a reason, and seen by the body.

Whoever looks after the installation, or works for the county, is let in for
some hours alone, reads and changes nothing.
"""
