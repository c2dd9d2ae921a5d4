"""The catalogue of services, whose duty each is by default, and each council's quantities.

Three standards are kept apart: the minimum, what is funded, and what is
delivered. Every quantity has a unit, a source, a date and a letter for how
sure it is; an estimate is a range and never passes for a measurement.
"""
