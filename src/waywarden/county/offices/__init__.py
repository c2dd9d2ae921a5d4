"""Who is appointed, invited and handed an office, and what becomes of it when people leave.

An office is given by whoever appoints in its body. Somebody new is invited by
e-mail, and a successor takes over by accepting.
"""
