"""What can be seen without running: parts that do not fit, corners nobody reaches, joins that wait in vain."""

from zhongshu.engine.processes.rules.bpmn.checks import fit, joins, reach, scopes, undoing
from zhongshu.engine.processes.rules.bpmn.draft import Draft


def check(draft: Draft) -> None:
    """Add to the draft what is wrong with its parts taken together."""
    for look in (*fit.LOOKS, *scopes.LOOKS, *undoing.LOOKS, *reach.LOOKS):
        look(draft)
    if not any(finding.severity == "error" for finding in draft.findings):
        joins.check(draft)
