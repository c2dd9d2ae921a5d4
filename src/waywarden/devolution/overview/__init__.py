"""What waits for an officer of a county: where the councils are, what needs them, by which day.

It keeps nothing of its own. It asks the rooms of offers, of those who ask to run a service, and
of clusters, and puts what is overdue first.
"""
