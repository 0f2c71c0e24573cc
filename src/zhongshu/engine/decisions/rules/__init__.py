"""The rules of decisions: pure functions and frozen values."""
