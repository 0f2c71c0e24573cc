"""A decision table of a DMN file as a plain grid, changed cell by cell and written back into its file."""
