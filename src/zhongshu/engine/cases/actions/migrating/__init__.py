"""Moving the running cases of a scenario to its newest version: looked over, approved by another, done in batches."""

from zhongshu.engine.cases.actions.migrating.batches import go_on
from zhongshu.engine.cases.actions.migrating.undoing import undo
from zhongshu.engine.cases.actions.migrating.verbs import apply, begin, choose, drop, propose, resume, stop

__all__ = ["apply", "begin", "choose", "drop", "go_on", "propose", "resume", "stop", "undo"]
