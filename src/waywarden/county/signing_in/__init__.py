"""Signing in: by a link that is mailed, a passkey or a password, and in a second way.

Nobody signs up: people come by invitation, and the very first by a code that the
operator's terminal shows (``first_run.py``). Whoever acts for a council proves in
two ways who they are, for a mailbox may be read by several. What a request may do
then follows from offices alone: see ``people``, on which this room stands.
"""
