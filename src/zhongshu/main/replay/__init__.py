"""Real events of a district, driven through the whole loop with their own days as clock."""
