"""Modelled shapes of parishes, drawn from centres and areas where no boundary is held. Pure.

Approximate, and said to be so wherever they appear.
"""
