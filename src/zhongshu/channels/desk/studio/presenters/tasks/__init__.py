"""Who does what by when, as its page shows it; each part reads the page of settings and writes what was typed to it."""
