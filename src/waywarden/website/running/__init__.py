"""What keeps the site up and safe: checks of its settings, its health, its log, its headers.

And what it does when nothing can be saved: every page can still be read, and
whoever sent a form is told so and given back what they typed.
"""
