"""A pattern's tree to a list of small steps."""

from dataclasses import dataclass
from functools import lru_cache

from zhongshu.engine.decisions.rules.patterns import parts, reading
from zhongshu.engine.decisions.rules.patterns.characters import Takes

LONGEST = 2_000


@dataclass(slots=True)
class Step:
    """One step: what it does, and where it goes on instead of the next (`then`, then `otherwise`)."""

    verb: str
    takes: Takes | None = None
    number: int = 0
    then: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a pattern, how many groups it keeps, and how they are to be taken."""

    steps: tuple[Step, ...]
    groups: int
    repeats: bool
    lines: bool
    any_case: bool


@lru_cache(maxsize=512)
def compile(pattern: str, flags: str) -> Program:
    """The program of a pattern. Raises reading.Malformed for one that is none, or is too long."""
    if len(pattern) > LONGEST:
        raise reading.Malformed(pattern)
    reader = reading.Reader(pattern, flags)
    writer = _Writer()
    writer.write(reader.read())
    writer.add(Step("match"))
    repeats = any(step.verb == "again" for step in writer.steps)
    return Program(tuple(writer.steps), reader.opened, repeats, "m" in flags, "i" in flags)


class _Writer:
    def __init__(self) -> None:
        self.steps: list[Step] = []

    def add(self, step: Step) -> Step:
        if len(self.steps) >= LONGEST:
            raise reading.Malformed("too long")
        self.steps.append(step)
        return step

    def write(self, part: parts.Part) -> None:
        match part:
            case parts.One(takes):
                self.add(Step("take", takes))
            case parts.Edge(sign):
                self.add(Step("start" if sign == "^" else "end"))
            case parts.Again(number):
                self.add(Step("again", number=number))
            case parts.Sequence(inner):
                for each in inner:
                    self.write(each)
            case parts.Group(number, inner):
                self.add(Step("keep", number=2 * number))
                self.write(inner)
                self.add(Step("keep", number=2 * number + 1))
            case parts.Choice(choices):
                self._choice(choices)
            case parts.Repeat():
                self._repeat(part)

    def _choice(self, choices: tuple[parts.Part, ...]) -> None:
        ends = []
        for part in choices[:-1]:
            fork = self.add(Step("fork", then=len(self.steps) + 1))
            self.write(part)
            ends.append(self.add(Step("go")))
            fork.otherwise = len(self.steps)
        self.write(choices[-1])
        for end in ends:
            end.then = len(self.steps)

    def _repeat(self, repeat: parts.Repeat) -> None:
        for _ in range(repeat.least):
            before = len(self.steps)
            self.write(repeat.part)
            if len(self.steps) == before:  # nothing, however often
                return
        if repeat.most is None:
            start = len(self.steps)
            fork = self.add(Step("fork"))
            self.write(repeat.part)
            self.add(Step("go", then=start))
            self._aim(fork, start + 1, repeat.greedy)
            return
        forks = []
        for _ in range(repeat.most - repeat.least):
            forks.append((self.add(Step("fork")), len(self.steps)))
            self.write(repeat.part)
        for fork, inside in forks:
            self._aim(fork, inside, repeat.greedy)

    def _aim(self, fork: Step, inside: int, greedy: bool) -> None:
        after = len(self.steps)
        fork.then, fork.otherwise = (inside, after) if greedy else (after, inside)
