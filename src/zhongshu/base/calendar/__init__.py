"""Working days, deadlines and the business clock."""
