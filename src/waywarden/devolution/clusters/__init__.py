"""Councils that come together to take services on: a cluster, its members, its leads, its shares.

Each member joins by its own resolution and agrees to numbered terms in the same way. One
cluster lead holds the agreement; each service has a service lead, who may be a council, a group
or a company. What members agreed is hashed: a change makes another version, to be agreed again.
"""
