"""What dispatch learns when cases move."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.dispatch import actions

TEACHING = frozenset({"case.opened", "case.task_completed", "case.reopened"})
NOT_OURS = "not_ours"


def learn(entry: Read) -> None:
    """A closed case teaches who handled it; one sent back teaches who does not; one opened again has taught nothing."""
    facts = entry.facts
    place, category = facts.get("place"), facts.get("category")
    if place is None or not category:
        return
    if facts.get("finished") and facts.get("body") is not None:
        actions.learn_body(category, place, facts["body"], at=entry.at)
        actions.learn_words(category, entry.subject, at=entry.at)
    elif entry.verb == "case.reopened" and facts.get("before") is not None:
        actions.learn_body(category, place, facts["before"], weight=-1.0, at=entry.at)
        actions.learn_words(category, entry.subject, weight=-1.0, at=entry.at)
    elif (facts.get("outcome") or {}).get("result") == NOT_OURS and facts.get("before") is not None:
        actions.learn_body(category, place, facts["before"], weight=-1.0, at=entry.at)
