"""What a kit of yes and no is answered, one case at a time."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One case by its name: `right` as the kit has it; or not claimed, then `why` says what it asks beyond us."""

    name: str
    right: bool = False
    why: str = ""


@dataclass(slots=True)
class Count:
    """The figures, by the names others read them by; `not_claimed` is counted nowhere else."""

    passed: int = 0
    total: int = 0
    not_claimed: int = 0

    def add(self, answer: Answer) -> None:
        """Counts one case."""
        self.not_claimed += bool(answer.why)
        self.total += not answer.why
        self.passed += answer.right and not answer.why

    def report(self) -> dict[str, int]:
        """The figures as a plain value."""
        return asdict(self)
