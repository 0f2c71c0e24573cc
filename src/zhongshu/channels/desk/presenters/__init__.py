"""What every workplace says in the visitor's language."""
