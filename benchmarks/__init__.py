"""How good and how fast plans are, and how much work a page is. See README.md."""
