"""What holds of proofs, sessions and browsers, without a database."""
