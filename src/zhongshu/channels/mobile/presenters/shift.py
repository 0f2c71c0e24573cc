"""Being on duty."""

HOURS = (4, 8, 12)
"""How long a shift can be."""
