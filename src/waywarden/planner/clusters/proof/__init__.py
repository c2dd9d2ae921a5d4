"""Proving how good a plan of shared clusters is, over all clusters that could be formed."""
