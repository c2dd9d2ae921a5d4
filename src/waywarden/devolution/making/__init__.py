"""Plans asked for on the page: what is asked, the queue, and how far each is.

Pressing the button only writes down what was asked, with every figure as it
was then, and puts the work in line; a worker makes the plan. What comes of it
is kept in the room of plans, as a trial.
"""
