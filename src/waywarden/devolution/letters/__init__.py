"""What a plan means for each council, written to it as a letter: page, PDF and Word.

A letter says what its plan kept and works nothing out anew. All letters of a
plan are put into one file outside of requests.
"""
