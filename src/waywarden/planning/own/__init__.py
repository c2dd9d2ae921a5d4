"""A county of somebody's own: its councils, work and prices read from a spreadsheet and planned.

`columns` says what may stand in which sheet, once for the blank spreadsheet and
for reading; `sheets` opens the file; `reading` reads its cells, and `posing`
makes the planner's problem of them, with all that is wrong named at once.
"""
