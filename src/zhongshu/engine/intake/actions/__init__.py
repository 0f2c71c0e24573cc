"""Keeping what people type until they send it, and offering what is known already."""
