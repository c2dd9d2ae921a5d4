"""Planner runs kept and shown: which councils might share which services, at what cost, how surely.

"We are not seeking to determine how clusters of town and parish councils can
deliver services": a plan proposes and councils decide. Every plan is kept with
all it followed from, says how good it is proven to be, and is never changed.
"""
