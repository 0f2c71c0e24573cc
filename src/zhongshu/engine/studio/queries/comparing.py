"""How revisions and versions differ."""

from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules import comparing, merging
from zhongshu.engine.studio.rules.comparing import Compared


def revisions(draft: Draft, before: int, after: int) -> tuple[Compared, ...]:
    """How one revision of a draft differs from an earlier one. Absent when there is no such revision."""
    return comparing.compare(drafts.files(draft, before), drafts.files(draft, after))


def with_published(draft: Draft, number: int | None = None, *, version: int | None = None) -> tuple[Compared, ...]:
    """How a revision, the last one unless a number is given, differs from a published version, the newest unless said.

    All of it is new where there is no such scenario yet.
    """
    against = version or scenarios.newest_number(draft.code)
    return comparing.compare(scenarios.files(draft.code, against) if against else {}, drafts.files(draft, number))


def versions(code: str, before: int, after: int) -> tuple[Compared, ...]:
    """How one published version differs from an earlier one. Absent when there is no such version."""
    return comparing.compare(scenarios.files(code, before), scenarios.files(code, after))


def clashes(draft: Draft) -> tuple[Compared, ...]:
    """The files that both the draft and a version published meanwhile changed: how what was published differs from
    the draft's. Empty where `catch_up` needs no choice."""
    newest = scenarios.newest_number(draft.code)
    if newest == draft.base:
        return ()
    base = scenarios.files(draft.code, draft.base) if draft.base else {}
    ours, theirs = drafts.files(draft), scenarios.files(draft.code, newest)
    names = merging.merged(base, ours, theirs).clashes
    return tuple(each for each in comparing.compare(ours, theirs) if each.file in names)
