"""The entries of an account's door."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.rules.origins import Origin


def tell(
    account: UUID | str, what: str, *, origin: Origin | None = None, by: Actor, at: datetime, **facts: Any
) -> None:
    """Write on the account's chain that `identity.<what>` happened, and whence; the address is masked."""
    journal.record(
        subject=("account", str(account)), verb=f"identity.{what}", by=by, at=at,
        body=facts | (origin.facts if origin else {}),
    )  # fmt: skip
