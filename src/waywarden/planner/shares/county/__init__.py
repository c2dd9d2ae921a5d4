"""Shares of a whole county: who would rather leave, and the grant that keeps them."""
