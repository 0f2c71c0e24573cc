"""A file of an organisation, its bodies or its staff: what it holds, row by row. Pure."""
