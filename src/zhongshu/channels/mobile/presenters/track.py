"""The shifts of a patrol whose ways its page offers."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch.models import Shift


@dataclass(frozen=True, slots=True)
class Choice:
    """A shift to choose; `far` is how far its way was."""

    shift: Shift
    far: str
    chosen: bool


def shifts(found: Iterable[tuple[Shift, float]], chosen: int | None) -> list[Choice]:
    """The officer's shifts to choose from."""
    return [Choice(shift, names.distance(metres), shift.pk == chosen) for shift, metres in found]
