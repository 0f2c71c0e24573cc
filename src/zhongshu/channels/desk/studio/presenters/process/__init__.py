"""The process of a scenario as a table, and what one can do to a row of it."""
