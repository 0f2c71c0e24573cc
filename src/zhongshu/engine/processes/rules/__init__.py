"""The rules of processes: pure functions and frozen values."""
