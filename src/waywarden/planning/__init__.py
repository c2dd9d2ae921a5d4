"""A county put before the planner, and what the planner answered put in figures and words.

What is known of a county's councils and quantities, from the open data or from
the register, together with written cost assumptions, makes a `planner.Problem`;
its `Plan` becomes a `Report` in whole pence, from which tables, files, maps and
pages are made. No web framework and no database: it works from the bare wheel.
"""
