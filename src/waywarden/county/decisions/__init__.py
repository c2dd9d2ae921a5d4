"""What a council resolved: a minute, a decision of its executive, one of an officer for it.

Each has a reference, the day it was taken as stated and the moment it was received
here, how members voted and which of them had an interest. What an executive will
decide is announced 28 days before; what it has decided can be called in.
"""
