"""What is known around an expression before it is read: names that hold spaces or signs, and types by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhongshu.engine.decisions.rules import lexer, properties
from zhongshu.engine.decisions.rules.types import NAMED, Type

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def phrases(names: Iterable[str]) -> Phrases:
    """The names of several words by their first word, the longest first."""
    found: Phrases = {}
    for name in set(names):
        words = lexer.spaced(name)
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, " ".join(name.split())))
    for same_start in found.values():
        same_start.sort(key=lambda entry: -len(entry[0]))
    return found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names and types a model gives its expressions.

    An expression read without any is strict: a function nobody knows is refused. In a model it may be the
    value of a decision, and one that is not there is null when it is called.
    """

    names: frozenset[str] = frozenset()
    types: Mapping[str, Type] = field(default_factory=dict)
    strict: bool = False
    phrases: Phrases = field(init=False, repr=False)
    typed: dict[tuple[str, ...], Type] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "phrases", phrases(self.names | properties.NAMES))
        typed = {lexer.spaced(name): found for name, found in {**NAMED, **self.types}.items()}
        object.__setattr__(self, "typed", typed)


NOTHING = Surroundings(strict=True)
