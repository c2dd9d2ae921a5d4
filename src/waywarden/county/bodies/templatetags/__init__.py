"""Words about a body’s pages for templates."""
