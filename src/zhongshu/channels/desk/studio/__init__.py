"""The studio: pages on which officials make scenarios without code."""
