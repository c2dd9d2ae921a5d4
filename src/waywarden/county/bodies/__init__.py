"""The pages of each council and other body: what anybody may know, and what its own people may.

Anybody sees what a body is, the areas it holds, how to reach it and which
offices are held; its officers see by whom, and who from outside looked in.
"""
