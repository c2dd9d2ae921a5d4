"""What law and agreements fix: powers, clear days, standards, pence. Pure: no Django, no clock."""
