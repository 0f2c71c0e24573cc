"""Where things are: regions, grid cells, components, roads."""
