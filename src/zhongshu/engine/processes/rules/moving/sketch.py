"""A move as far as it is worked out: which tokens have a place, which are gone, what is still to be asked.

It lives for one call of `judge` and is never handed out.
"""

from collections.abc import Iterator, Mapping

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.marking import Marking, Token
from zhongshu.engine.processes.rules.moving.names import Names
from zhongshu.engine.processes.rules.moving.verdicts import Beside, Option, Place, Question


class Sketch:
    """Both processes, the marking, what was answered, and what follows from it so far."""

    def __init__(
        self, old: nets.Net, new: nets.Net, marking: Marking, names: Names, answers: Mapping[str, str]
    ) -> None:
        self.old, self.new, self.names, self.answers = old, new, names, answers
        self.tokens = {token.id: token for token in marking.tokens}
        self.places: dict[int, Place] = {}
        self.gone: set[int] = set()
        self.waits: list[Beside] = []
        self.begins: list[Beside] = []
        self.questions: list[Question] = []

    def named(self, id: str) -> str:
        """What an element or flow is called now."""
        return self.names.get(id, id)

    def scope(self, holder: int | None) -> str:
        """The scope of the new process in which what a token holds now lies."""
        if holder is None:
            return self.new.process_id
        return self.new.inside(self.new.elements[self.places[holder].at])

    def within(self, holder: int | None) -> list[Token]:
        """The tokens with a place directly in a scope; instances and signatures lie in their task, not in a scope."""
        return [t for t in self.tokens.values() if t.parent == holder and t.id in self.places and not self.belongs(t)]

    def holders(self) -> Iterator[int | None]:
        """Whatever holds a scope: the case itself, and each token that holds others."""
        yield None
        inside = (token for token in self.tokens.values() if not self.belongs(token))
        yield from sorted({token.parent for token in inside if token.parent in self.places})

    def belongs(self, token: Token) -> bool:
        """Whether a token is an instance of the activity its holder rests at, or signs for it."""
        return token.parent is not None and self.tokens[token.parent].at == token.at

    def key(self, id: int) -> str:
        """A token by where it stands, whatever its number: the same in every case that stands alike."""
        token = self.tokens[id]
        waits = isinstance(self.old.elements[token.at], nets.Join) and token.via
        here = f"{token.at}<{token.via}" if waits else token.at
        return here if token.parent is None else f"{self.key(token.parent)}/{here}"

    def drop(self, id: int) -> None:
        """Withdraw a token and all it holds."""
        self.gone.add(id)
        self.places.pop(id, None)
        for token in self.tokens.values():
            if token.parent == id:
                self.drop(token.id)

    def ask(self, question: Question) -> Option | None:
        """What was answered; noted as open where nothing was."""
        if (found := question.answered(self.answers)) is None:
            self.questions.append(question)
        return found
