"""A report on paper: maps, pages, tables, and the files that a plan is kept as."""
