"""Cases and what hangs on them.

Tables of a case lead their keys with the case id (a UUIDv7 made by us) and point outside the case by plain ids, so that
they distribute by case. The hot path writes them with plain SQL (`actions/rows.py`).
"""

from zhongshu.engine.cases.models.cases import Case, Reach
from zhongshu.engine.cases.models.clocks import Extension, Pause, Reckoning, Supplement
from zhongshu.engine.cases.models.contacts import VOICE, Attachment, Contact, Merge
from zhongshu.engine.cases.models.hands import Deputy, HandedRow, Handover
from zhongshu.engine.cases.models.links import Link
from zhongshu.engine.cases.models.moving import Migrated, Migration
from zhongshu.engine.cases.models.resettling import BodyMove
from zhongshu.engine.cases.models.scenarios import Scenario
from zhongshu.engine.cases.models.signals import Device, Signal
from zhongshu.engine.cases.models.signing import Signature
from zhongshu.engine.cases.models.tasks import Task, Timer, Urge
from zhongshu.engine.cases.models.whistle import Call

__all__ = [
    "VOICE", "Attachment", "BodyMove", "Call", "Case", "Contact", "Deputy", "Device", "Extension", "HandedRow",
    "Handover",
    "Link", "Merge", "Migrated", "Migration", "Pause", "Reach", "Reckoning", "Scenario", "Signal", "Signature",
    "Supplement", "Task", "Timer", "Urge",
]  # fmt: skip
