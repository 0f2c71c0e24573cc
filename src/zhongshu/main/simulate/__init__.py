"""Officers of the demonstration city in simulated time: the given world, and what is told of it."""
