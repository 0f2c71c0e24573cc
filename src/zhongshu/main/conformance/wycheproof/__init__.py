"""Project Wycheproof's vectors: `scoring` asks those of Ed25519, ECDSA on P-256 with SHA-256, and HMAC with SM3."""
