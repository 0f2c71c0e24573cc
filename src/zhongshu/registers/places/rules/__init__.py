"""What a place is, how it is written and how far it is: pure."""
