"""What a text seems to be about."""

from datetime import datetime
from typing import NamedTuple

from zhongshu.engine.dispatch.queries.written import seen
from zhongshu.engine.dispatch.rules import suggestions
from zhongshu.registers.catalogue import queries as catalogue


class Suggested(NamedTuple):
    """A category for a text, with its share of belief (0 to 1) and the words that spoke for it."""

    code: str
    name: str
    score: float
    reasons: tuple[str, ...]


def suggest_category(text: str, at: datetime, limit: int = 3) -> list[Suggested]:
    """The categories a text seems to be about, best first, as learnt from closed cases; empty when nothing is known."""
    found = suggestions.rank(seen(suggestions.keys(text)), text, at.date(), limit)
    known = catalogue.tree()
    return [
        Suggested(choice.category, known[choice.category].name, choice.score, choice.pairs)
        for choice in found.choices
        if choice.pairs and choice.category in known and known[choice.category].ended is None
    ]  # fmt: skip
