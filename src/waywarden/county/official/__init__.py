"""Official files that take the place of models: boundaries, populations, postcodes.

Each is read whole, checked, previewed and saved all or nothing.
"""
