"""What a machine's alarm says beside its report, and when a device is wrong too often. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FEWEST = 10
"""Alarms since somebody last looked, below which nothing is said about a device."""
SHARE = 0.3
"""Share of false alarms among them beyond which somebody should look into it."""

Effect = Literal["closed", "told", "noted"]
"""What taking an alarm back did: closed a case nobody had begun, told those at work on it, or was only noted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The device that told, when it observed it, how sure it is (0 to 1, None where it does not say)."""

    device: str
    observed: datetime
    confidence: float | None = None


def flagged(alarms: int, false: int) -> bool:
    """Whether a device that told so often, and was so often wrong, should be looked into. It goes on being heard."""
    return alarms >= FEWEST and false > alarms * SHARE
