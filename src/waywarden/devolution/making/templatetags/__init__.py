"""Words for the figures of a plan in templates."""
