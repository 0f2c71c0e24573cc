"""What the wall shows, as plain values in the visitor's language."""
