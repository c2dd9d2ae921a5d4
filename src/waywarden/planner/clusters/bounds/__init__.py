"""What shared clusters cost at least, reckoned service by service."""
