"""Taking a spreadsheet in: pasted or sent, looked at row by row, and only then saved.

One wizard for every kind of table. It knows no council: each room describes a
kind (`kinds.ImportKind`) and names it in the settings. Nothing is saved until
somebody has seen what would change and says so; good rows may be taken while
bad ones go back with their reasons.
"""
