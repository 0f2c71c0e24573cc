"""Verbs on city events that no other matter has."""

from zhongshu.affairs.city.actions.batch import Outcome, check_batch, import_batch
from zhongshu.affairs.city.actions.reporting import follow, known, report, retract
from zhongshu.affairs.city.rules.events import Handled, NewEvent

__all__ = [
    "Handled", "NewEvent", "Outcome", "check_batch", "follow", "import_batch", "known", "report", "retract",
]  # fmt: skip
