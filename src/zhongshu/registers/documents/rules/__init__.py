"""What may be kept, and under which key. Pure."""
