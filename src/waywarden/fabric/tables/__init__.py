"""Tables in and out: the spreadsheets councils send, and the CSV and Excel files we give back.

`reading` turns a file into rows that still know the number the sender sees beside
them; `cells` reads one cell, or says plainly what is wrong with it; `writing` makes
files that a spreadsheet opens without running anything.
"""
