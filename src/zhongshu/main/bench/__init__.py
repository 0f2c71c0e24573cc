"""Measuring the platform: each bench in a scratch database it makes and drops."""
