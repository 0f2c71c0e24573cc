"""A questionnaire's document edited question by question; what intake reads is what is written."""
