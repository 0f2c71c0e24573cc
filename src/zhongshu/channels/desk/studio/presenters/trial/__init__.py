"""A trial as its pages show it, and what is typed there."""
