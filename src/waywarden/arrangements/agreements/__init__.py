"""What councils agree: drafted, sent in versions that never change, signed by all, in force.

What was sent is kept as it was shown, under its hash. Pages, PDF and Word of a version are
written from that alone; a change of the draft is another version, which every party signs anew.
"""
