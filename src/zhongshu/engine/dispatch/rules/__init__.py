"""Who should take a case, what it is about, which officer is best placed: pure."""
