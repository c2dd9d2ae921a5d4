"""Who delivers what, where, when and under which power: the public answer.

In 2005 the county's cabinet was told of its agency agreements that
"documentation is scant" and of "a lack of clarity regarding who does what and
on what terms". The register answers from the tier that holds the duty by
default; where a power is not recorded it says so and never guesses.
"""
