"""The look of the whole: the base page, the parts every page is made of, home and search.

Rooms below bring their own pages and draw them with these parts. What a part
promises is kept here once: an estimate is always called an estimate, a figure
always says where it came from, and what is not known says so and is never 0.
"""
