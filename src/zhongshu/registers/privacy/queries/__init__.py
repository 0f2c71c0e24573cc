"""Questions about requests, holdings, notices, consents, retention and certificates."""
