"""Offering what is known already."""

from collections.abc import Mapping
from datetime import datetime

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.doors import sources
from zhongshu.engine.intake.queries import parties
from zhongshu.engine.intake.rules.offers import Offered


def prefill(wanted: Mapping[str, str], *, by: Actor, at: datetime) -> dict[str, Offered]:
    """Path → what is known already, of a form's paths with their sources (`{"owner": "person.name"}`).

    An action, for what it shows of a person may have to be written down. A source that nobody fills offers nothing.
    """
    party = parties.party(by) if wanted else None
    if party is None:
        return {}
    asked = ((path, *source.partition(".")[::2]) for path, source in wanted.items())
    found = {
        path: sources[kind].offers(name, by, party, at) for path, kind, name in asked if kind in sources and name
    }  # fmt: skip
    return {path: one for path, one in found.items() if one is not None}
