"""The pages of the studio, a module for each part of a scenario."""
