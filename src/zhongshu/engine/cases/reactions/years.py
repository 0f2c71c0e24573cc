"""What a year that was announced sets going, and who hears that their day is another one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.actions import years
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages

ANNOUNCED = frozenset({"calendar.year_loaded"})
VERBS = frozenset({"case.deadlines_moved"})


def announced(entry: Read) -> None:
    """Have open deadlines reckoned anew, once the year is decided."""
    if entry.facts["official"]:
        since = date.fromisoformat(entry.facts["since"])
        years.ask_reckoning(entry.id, int(entry.subject), since, at=entry.at)


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send whoever has a task word when it is due on another day than before."""
    for move in entry.facts.get("moves", ()):
        before, due = (datetime.fromisoformat(move[name]).astimezone(SHANGHAI) for name in ("before", "due"))
        if before.date() == due.date():
            continue
        said = {
            "task": scenario.task_name(move["task"]), "task_en": scenario.task_name(move["task"], "en"),
            "before": f"{before:%Y-%m-%d}", "due": f"{due:%Y-%m-%d}",
        } if move["task"] else {}  # fmt: skip
        for account in filter(None, (move["assignee"], move["delegate"])):
            messages.send(
                "task.moved_on", {**about, **said}, key=f"{entry.id}:moved:{move['token']}:{account}", account=account,
                case_id=entry.subject, at=entry.at,
            )  # fmt: skip
