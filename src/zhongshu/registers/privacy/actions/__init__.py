"""Verbs: asking, deciding, copying, correcting, destroying, keeping time, notices and consents."""
