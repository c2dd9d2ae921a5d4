"""Proving how good a plan of one service is: bounds, and smaller problems to the end."""
