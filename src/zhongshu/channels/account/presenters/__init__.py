"""What pages about oneself show."""
