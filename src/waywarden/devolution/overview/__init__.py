"""What waits for an officer of a county, and for everybody who has taken what on so far.

It keeps nothing of its own. It asks the rooms of offers, of those who ask to run a service, and
of clusters, and puts what is overdue first.
"""
