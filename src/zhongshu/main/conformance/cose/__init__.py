"""The examples of COSE's working group: `scoring` asks those of COSE_Sign1 with ES256 and Ed25519."""
