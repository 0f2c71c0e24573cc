"""Verbs on scenarios in the making: each is one transaction with its journal entry."""

from zhongshu.engine.studio.actions.beginning import Called, begin_from_pattern, begin_from_scenario, begin_new
from zhongshu.engine.studio.actions.ending import drop
from zhongshu.engine.studio.actions.packing import export_draft, import_draft
from zhongshu.engine.studio.actions.publishing import apply_publish, propose
from zhongshu.engine.studio.actions.saving import catch_up, go_back, save
from zhongshu.engine.studio.actions.taking_in import take_in

__all__ = [
    "Called", "apply_publish", "begin_from_pattern", "begin_from_scenario", "begin_new", "catch_up", "drop",
    "export_draft", "go_back", "import_draft", "propose", "save", "take_in",
]  # fmt: skip
