"""How much work a page is, beside the least a page can be in Django. See README.md."""
