"""Drafts, their revisions and what these say."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Foreign
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.models import Draft, Revision, Text
from zhongshu.registers.people.queries import bodies
from zhongshu.registers.places import queries as places

EDIT, PROPOSE, APPROVE = "scenarios.edit", "scenarios.propose", "scenarios.approve"
KIND = "scenario.publish"
"""The kind of proposal a draft waits for."""
PAGE = 50


def one(draft: UUID, by: Actor, at: datetime) -> Draft:
    """The draft with this id, for who drafts for its body; Absent when there is none, Foreign for anybody else."""
    found = Draft.objects.filter(pk=draft).first()
    if found is None:
        raise Absent("没有找到这份场景草稿。")
    if not may_edit(found.body, by, at):
        raise Foreign("没有找到这份场景草稿。", kind="scenario_draft", thing=str(draft), reach=bodies.reach(found.body))
    return found


def to_decide(draft: UUID, by: Actor, at: datetime) -> Draft:
    """The same, also for who may decide whether it is published, while that is asked."""
    waiting = awaited(draft)
    if waiting and proposals.may_decide(waiting, by, at):
        return Draft.objects.get(pk=draft)
    return one(draft, by, at)


def listed(by: Actor, at: datetime, *, before: Draft | None = None, limit: int = PAGE) -> list[Draft]:
    """A page of the drafts under way that somebody may edit, those changed last first; `before`: the last one shown."""
    found = Draft.objects.filter(finished=None).order_by("-changed", "-id")
    scope = permissions.scope(by, EDIT, at)
    if not scope.everything:
        theirs = [id for id, body in bodies.tree().items() if scope.covers(bodies.reach_of_body(body))]
        found = found.filter(body__in=theirs)
    if before is not None:
        earlier = found.filter(changed=before.changed, id__lt=before.id)[:limit]
        found = found.filter(changed__lt=before.changed)
        return [*earlier, *found[:limit]][:limit]
    return list(found[:limit])


def may_edit(body: int, by: Actor, at: datetime) -> bool:
    """Whether somebody drafts for this body; the platform itself, at its own console, for any."""
    return by == SYSTEM or permissions.may(by, EDIT, bodies.reach(body), at)


def revision(draft: Draft, number: int | None = None) -> Revision:
    """One revision of a draft, the last one unless a number is given; Absent when there is none."""
    found = draft.revisions.filter(number=draft.revision if number is None else number).first()
    if found is None:
        raise Absent("这份草稿没有第 {number} 稿。", number=number)
    return found


def revisions(draft: Draft, *, before: int | None = None, limit: int = PAGE) -> list[Revision]:
    """A page of a draft's history, newest first, without what the files say."""
    found = draft.revisions.order_by("-number").defer("files")
    return list((found if before is None else found.filter(number__lt=before))[:limit])


def files(draft: Draft, number: int | None = None) -> dict[str, str]:
    """The files of a revision, the last one unless a number is given: name → text, in the order of names."""
    return texts(revision(draft, number).files)


def texts(folder: Mapping[str, str]) -> dict[str, str]:
    """What a folder says: name → digest becomes name → text, in the order of names."""
    known = dict(Text.objects.filter(digest__in=set(folder.values())).values_list("digest", "text"))
    return {name: known[digest] for name, digest in sorted(folder.items())}


def others(draft: Draft) -> list[Draft]:
    """Other drafts under way of the same code, whosesoever: who works on the same thing should know."""
    found = Draft.objects.filter(code=draft.code, finished=None).exclude(pk=draft.pk)
    return list(found.order_by("-changed")[:PAGE])


def under(body: int) -> int:
    """How many drafts under way are of a body or one under it; at most a thousand are counted."""
    return Draft.objects.filter(body__in=[body, *bodies.subtree(body)], finished=None)[:1_000].count()


def owner(code: str) -> int | None:
    """The body for which a scenario was last published from the studio; None where it came another way."""
    found = Draft.objects.filter(code=code, outcome="published").order_by("-finished")
    return found.values_list("body", flat=True).first()


def reach(draft: Draft) -> tuple[int, ...]:
    """Over what one must hold a permission to propose or decide on a draft.

    A new code, and one that its body published before, is the body's own; what came another way is the whole city's.
    """
    if scenarios.newest_number(draft.code) and owner(draft.code) != draft.body:
        return (places.root(),)
    return bodies.reach(draft.body)


def awaited(draft: UUID) -> Proposal | None:
    """The proposal about a draft that waits for a decision."""
    return next((each for each in proposals.about(str(draft), limit=1) if each.decided is None), None)
