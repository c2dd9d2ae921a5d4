"""What a body's own officers keep in order: how the public reaches it, and its trail.

Its trail is what the body did and what was done about it, by whomever, as the
journal holds it. Here, too, each kind of record says who may see its history.
"""
