"""What is done outside of requests: letters, digests, daily chores and long jobs, by one worker.

Any number of workers may run, on one machine or several; what each takes up is
taken by it alone. A job that fails is tried again, and set aside after five
tries. A worker that is killed leaves nothing behind that another does not find.
"""
