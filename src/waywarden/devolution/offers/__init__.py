"""The county's offers to its communities: a round, a pack for each council, and what it answers.

A council sees its own quantities, what the county would pay for them, what they would
cost and what is left to find. It may dispute a quantity, take the wording to its meeting
and answer by the link in its letter. Whoever says no is not asked again.
"""
