"""Files an operator gives."""

FILES: dict = {}
