"""Forms of every channel: what was typed, what of it is shown, one page or step at a time."""
