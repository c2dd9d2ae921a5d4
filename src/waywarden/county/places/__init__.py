"""Areas and their boundaries in time, neighbours, and which parish a point is in.

An area has a key of its own; GSS codes and names are dated attributes of it,
because 68 of Oxfordshire's 321 codes changed in eleven years and two parishes may
share a name. Boundaries that are modelled say so wherever they appear.
"""
