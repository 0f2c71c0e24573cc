"""How far the platform keeps to the standards it speaks, measured with their own public kits."""
