"""The pages on which questionnaires are made: their list, one of them, one question or step, and how it looks."""
