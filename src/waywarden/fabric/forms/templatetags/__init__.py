"""Words about forms for templates."""
