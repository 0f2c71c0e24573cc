"""Telling of a matter that one told for another: the principal like whoever tells, the agent while they may act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.queries import mandates


def tell(
    template: str, facts: Mapping[str, Any], *, key: str, agent: UUID | None, behalf: UUID, matter: tuple[str, str],
    case_id: UUID, at: datetime,
) -> None:  # fmt: skip
    """Send a message about a case (`matter`: its scenario and category) to both sides of a mandate.

    Once to each account of the principal, or to their phone where they have none; the agent is only told that there is
    news: they read it while they act, and no longer than they may.
    """
    for account, phone in mandates.reached(behalf):
        messages.send(
            template, facts, key=f"{key}:{account or 'phone'}", account=account, phone=phone, case_id=case_id, at=at
        )
    if agent and mandates.acts_for(agent, behalf, *matter, at):
        whose = people.shown_names([str(behalf)]).get(str(behalf), "")
        messages.send("mandate.news", {**facts, "who": whose}, key=f"{key}:agent", account=agent, at=at)
