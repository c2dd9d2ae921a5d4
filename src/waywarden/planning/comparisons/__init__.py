"""Two plans side by side: what each costs, who moves, who leads, and who saves."""
