"""The rules of intake: pure functions and frozen values."""
