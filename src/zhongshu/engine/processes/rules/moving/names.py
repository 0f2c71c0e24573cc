"""What an element or flow of the old process is called in the new one."""

from collections.abc import Iterable, Mapping

Names = Mapping[str, str]
"""Old id → new id, for those that are called otherwise now."""


def chained(versions: Iterable[Names]) -> Names:
    """The names over several versions, the oldest first: each says what the one before it is called now."""
    found: dict[str, str] = {}
    for names in versions:
        found = {old: names.get(now, now) for old, now in found.items()}
        found |= {old: now for old, now in names.items() if old not in found}
    return found
