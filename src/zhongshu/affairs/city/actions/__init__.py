"""Verbs on city events that no other matter has."""

from zhongshu.affairs.city.actions.batch import Outcome, check_batch, import_batch
from zhongshu.affairs.city.actions.reporting import NewEvent, follow, known, report

__all__ = ["NewEvent", "Outcome", "check_batch", "follow", "import_batch", "known", "report"]
