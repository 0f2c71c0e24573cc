"""What Open311 clients send and are shown. Pure."""
