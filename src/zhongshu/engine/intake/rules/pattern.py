"""Patterns that cannot be made to run for long.

A backtracking matcher tries, at worst, every way to split the text between the parts of a pattern that
vary. Here a pattern is anchored at both ends and the number of ways is at most 10,000: the product, over its
quantifiers and alternatives, of the choices each leaves to a text of at most 200 characters. Groups that
repeat, back references and look-around are refused.
"""

import re
from collections.abc import Iterator

MOST_WAYS = 10_000
LONGEST = 200
_PARTS = re.compile(
    r"""
      (?P<escape> \\ (?: u[0-9a-fA-F]{4} | x[0-9a-fA-F]{2} | [dDwWsSnt] | [^\w] ) )
    | (?P<set>    \[ \^? \]? (?: \\. | [^\]\\] )+ \] )
    | (?P<group>  \( (?: \?: | (?!\?) ) )
    | (?P<close>  \) (?! [*+{] ) )
    | (?P<times>  [*+?] | \{ (?P<least>[0-9]{1,4}) (?P<range> , (?P<most>[0-9]{0,4}) )? \} )
    | (?P<or>     \| )
    | (?P<plain>  [^\\\[(){}*+?|] )
    """,
    re.VERBOSE,
)


def compile(text: str) -> re.Pattern[str] | None:
    """The pattern for texts of at most 200 characters, or None if it is not a pattern we let run."""
    ways = _ways(text) if len(text) <= LONGEST else None
    if ways is None or ways > MOST_WAYS:
        return None
    try:
        return re.compile(text, re.ASCII)
    except (re.error, OverflowError):
        return None


def _ways(text: str) -> int | None:
    parts = list(_parts(text))
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    known = [part for part in parts if part]
    if known[0][0] != "^" or known[-1][0] != "$":
        return None
    groups, ways = [1], 1
    for part in known:
        if part.lastgroup == "group":
            groups.append(1)
        elif part.lastgroup == "or":
            groups[-1] += 1
        elif part.lastgroup == "close":
            ways *= groups.pop()
        elif part.lastgroup == "times":
            ways *= _choices(part)
        if not groups or groups[0] > 1:
            return None
    return ways


def _parts(text: str) -> Iterator[re.Match[str] | None]:
    position = 0
    while position < len(text):
        part = _PARTS.match(text, position)
        yield part
        if not part:
            return
        position = part.end()


def _choices(part: re.Match[str]) -> int:
    if part["times"] == "?":
        return 2
    if part["times"] in ("*", "+") or part["most"] == "":
        return LONGEST + 1
    return max(1, int(part["most"]) - int(part["least"]) + 1) if part["range"] else 1
