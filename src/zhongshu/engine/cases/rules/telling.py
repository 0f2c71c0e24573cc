"""Which message an entry is to the people who told of a case. Pure."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.cases.rules.settings import ENDINGS

RELATED = frozenset({"case.followed", "case.merged", "case.split"})
ASKED = frozenset({"case.supplement_asked", "case.supplement_lapsed", "case.supplement_dropped"})
ENDED = frozenset(f"case.{phase}" for phase in ENDINGS)
"""The verbs of cases that ended before their process did."""
LETTER = "case.letter_made"
DEEMED = "case.deemed_withdrawn"


def template(verb: str, facts: Mapping[str, Any]) -> str:
    """The message's template; empty where there is nothing to tell.

    A case that ends before any body was to answer for it was not taken up; one that only counts as withdrawn was not
    taken back by who told of it.
    """
    before, after = facts.get("phase") or (None, None)
    if verb in ENDED:
        return DEEMED if facts.get("deemed") else verb
    if verb in ("case.opened", "case.reopened") or verb in RELATED or verb in ASKED:
        return verb
    if verb == LETTER:
        return verb if "contact" in facts else ""
    if facts.get("finished"):
        return "case.closed" if facts.get("body") is not None else "case.refused"
    return "case.advanced" if before != after else ""
