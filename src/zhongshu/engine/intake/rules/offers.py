"""Answers that are known already, and what became of them: taken as they were, or changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.intake.rules.typed import Typed


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer that is known already: the value, the words for where it is from, and since when it is so."""

    value: Any
    source: str
    source_en: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer is from, for the official who reads it: known since `as_of`, and `changed` by who sent it."""

    source: str
    source_en: str
    as_of: datetime
    changed: bool

    def written(self) -> dict[str, Any]:
        """As it stands with the answers in a case's data."""
        return {
            "source": self.source, "source_en": self.source_en, "as_of": self.as_of.isoformat(),
            "changed": self.changed,
        }  # fmt: skip


def origins(answers: Typed, offered: Mapping[str, Offered]) -> dict[str, Origin]:
    """For each answered path that something is known about: where from, and whether the answer is another one.

    Compared with what is known when it is sent, not when the page was drawn: that is what the official goes by.
    """
    return {
        path: Origin(one.source, one.source_en, one.as_of, answers[path] != one.value)
        for path, one in offered.items() if answers.get(path) not in (None, "")
    }  # fmt: skip
