"""What is kept of people, for how long, what is said of it, and what is published. Pure."""
