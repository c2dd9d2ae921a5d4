"""Letting somebody into a body again where nobody is left who could invite.

Two people from outside do it together: one proposes, another agrees, and an
invitation goes out. Whoever can still invite is told and may stop it.
"""
