"""How each kind of source is spoken with: what fills the doors."""
