"""Questionnaires as their author sees them in the studio."""
