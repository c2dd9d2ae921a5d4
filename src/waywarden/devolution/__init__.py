"""Services handed to communities: what councils may take on, alone or together."""
