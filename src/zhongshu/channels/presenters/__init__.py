"""How every channel says what things are called and where somebody went."""
