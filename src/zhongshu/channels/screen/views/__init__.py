"""The wall, what it shows as data, and the rows behind each of its numbers."""
