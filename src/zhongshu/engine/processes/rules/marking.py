"""Where a case stands: the tokens on the net, and what each still waits for.

A token rests at an activity or event, or waits at a gateway; it gets its number when it comes to rest, and no
number is ever given twice in a case, so a number names one visit of one element. Number 1 is the case itself.
The plain form is kept in a jsonb column.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers

WHOLE = 1
"""The number of the case itself."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the rounds of an activity are; the `items` of instances stay as they were when it was entered."""

    items: tuple[Any, ...]
    done: int = 0
    dropped: int = 0

    @property
    def closed(self) -> int:
        """Instances that need no more work."""
        return self.done + self.dropped


@dataclass(frozen=True, slots=True)
class Token:
    """One thing under way.

    `via` is the flow it came by; `parent` the token that holds it (the sub-process it is in, the activity whose
    instance it is, the task it signs for); `index` its place, from 0, among the parent's instances; `armed` the
    events that may still happen to it; `rung` how often each of its repeated timers has; `kept` the activities done
    inside it that can be undone, the last one last; `progress` is there if the token itself holds instances.
    """

    id: int
    at: str
    via: str | None = None
    parent: int | None = None
    index: int | None = None
    armed: tuple[str, ...] = ()
    rung: tuple[tuple[str, int], ...] = ()
    kept: tuple[str, ...] = ()
    progress: Progress | None = None

    def to_json(self) -> dict[str, Any]:
        """The plain form; what is absent is left out."""
        plain: dict[str, Any] = {"id": self.id, "at": self.at}
        plain |= {key: value for key in ("via", "parent", "index") if (value := getattr(self, key)) is not None}
        if self.armed:
            plain["armed"] = list(self.armed)
        if self.rung:
            plain["rung"] = dict(self.rung)
        if self.kept:
            plain["kept"] = list(self.kept)
        if self.progress:
            plain["items"] = list(self.progress.items)
            plain |= {key: value for key in ("done", "dropped") if (value := getattr(self.progress, key))}
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Token":
        """The token whose plain form this is."""
        progress = None
        if "items" in plain:
            progress = Progress(tuple(plain["items"]), plain.get("done", 0), plain.get("dropped", 0))
        return cls(
            id=plain["id"],
            at=plain["at"],
            via=plain.get("via"),
            parent=plain.get("parent"),
            index=plain.get("index"),
            armed=tuple(plain.get("armed", ())),
            rung=tuple(plain.get("rung", {}).items()),
            kept=tuple(plain.get("kept", ())),
            progress=progress,
        )


@dataclass(frozen=True, slots=True)
class Marking:
    """All tokens of a case by number, and the number the next one gets; `Marking()` has not begun.

    `armed`, `rung` and `kept` are those of the case itself.
    """

    tokens: tuple[Token, ...] = ()
    next: int = 1
    armed: tuple[str, ...] = ()
    rung: tuple[tuple[str, int], ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether the case has been started."""
        return self.next > 1

    @property
    def finished(self) -> bool:
        """Whether the case has been started and nothing is left to do."""
        return self.begun and not self.tokens

    def token(self, id: int) -> Token | None:
        """The token of that number, if it is still there."""
        return next((token for token in self.tokens if token.id == id), None)

    def open_tasks(self, net: nets.Net) -> tuple[Token, ...]:
        """The tokens that stand for work a person has to do now."""
        return tuple(token for token in self.tokens if is_open_task(net, token))

    def waits(self, net: nets.Net) -> Iterator[tuple[Token, nets.Listening]]:
        """What may still happen, by token and in the order of the file; the case itself comes last."""
        for token in (*self.tokens, self.whole(net)):
            for event in token.armed:
                element = net.elements[event]
                assert isinstance(element, nets.Listening)
                yield token, element

    def awaited(self, net: nets.Net) -> tuple[str, ...]:
        """What the case listens to from outside, as `message:payment` and `signal:flood`; each once, in order."""
        if not self.armed and not any(token.armed for token in self.tokens):
            return ()
        heard = (event.trigger for _, event in self.waits(net))
        named = (trigger for trigger in heard if isinstance(trigger, triggers.Message | triggers.Signal))
        return tuple(sorted({f"{type(trigger).__name__.lower()}:{trigger.name}" for trigger in named}))

    def whole(self, net: nets.Net) -> Token:
        """The case itself, as the token that holds all others."""
        return Token(WHOLE, net.process_id, armed=self.armed, rung=self.rung, kept=self.kept)

    def to_json(self) -> dict[str, Any]:
        """The plain form, for a jsonb column."""
        plain: dict[str, Any] = {"next": self.next, "tokens": [token.to_json() for token in self.tokens]}
        if self.armed:
            plain["armed"] = list(self.armed)
        if self.rung:
            plain["rung"] = dict(self.rung)
        if self.kept:
            plain["kept"] = list(self.kept)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Marking":
        """The marking whose plain form this is."""
        return cls(
            tuple(map(Token.from_json, plain["tokens"])),
            plain["next"],
            tuple(plain.get("armed", ())),
            tuple(plain.get("rung", {}).items()),
            tuple(plain.get("kept", ())),
        )


def is_open_task(net: nets.Net, token: Token) -> bool:
    """Whether a token is one person's work: a task, but not the outer token that holds a task's instances."""
    return isinstance(net.elements.get(token.at), nets.Task) and token.progress is None
