"""How every map looks: still drawings as SVG, the shapes of the live map, names, tints. Pure.

It knows shapes, lines and labels, and nothing of parishes or services: whoever
draws a map says what each shape is called and how it is filled.
"""
