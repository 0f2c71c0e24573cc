"""What an operator reads in the terminal: every line in Chinese and in English."""

import sys


class Trouble(Exception):
    """Something the operator has to mend: two sentences that say what is wrong and what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def say(chinese: str, english: str) -> None:
    """Tells how far things are, in one line."""
    print(f"{chinese}  {english}", flush=True)


def complain(trouble: Exception) -> None:
    """Tells what is wrong where errors are read."""
    print(trouble, file=sys.stderr, flush=True)
