"""Publishing a draft: one proposes, another approves, and it goes the one way scenarios are published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import Unsound, is_sound
from zhongshu.engine.studio.actions import rows
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.queries.findings import findings, prefixes


@transaction.atomic
def propose(draft: UUID, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Ask that the draft be published as it now is; another person decides.

    Unsound (with all findings) while something has to be changed, Forbidden where `by` may not ask, Conflict when the
    scenario has moved on, its code was taken, or nothing is new.
    """
    held = rows.locked(draft, by, at)
    reach = drafts.reach(held)
    if not permissions.may(by, drafts.PROPOSE, reach, at):
        raise Forbidden("您没有申请发布这个场景的权限，请联系系统管理员。")
    revision = drafts.revision(held)
    _check_base(held, scenarios.newest_number(held.code))
    if held.base and scenarios.digest(held.code, held.base) == revision.digest:
        raise Conflict("草稿和已发布的第 {version} 版一样，不用发布。", version=held.base)
    said = findings(drafts.texts(revision.files), held.code)
    if not is_sound(said):
        raise Unsound(said)
    body = {
        "code": held.code, "name": held.name, "base": held.base, "revision": revision.number, "digest": revision.digest,
    }  # fmt: skip
    rows.record(held, "studio.proposed", by, at, **body)
    return approvals.propose(drafts.KIND, str(held.pk), body, reason, reach, by=by, at=at)


@transaction.atomic
def apply_publish(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Publish an approved draft, exactly the revision that was asked for. For `doors.Kind`."""
    held = Draft.objects.select_for_update().get(pk=UUID(subject))
    revision = drafts.revision(held, body["revision"])
    if held.finished is not None or revision.digest != body["digest"]:
        raise Conflict("草稿已经变动，请不同意这个申请，另行提出。")
    files = drafts.texts(revision.files)
    version = cases.publish(held.code, files, after=body["base"], by=by, at=at)
    prefixes.forget()
    said = findings(files, held.code)  # again: another scenario may have taken the prefix, a body may have ended
    if not is_sound(said):
        raise Unsound(said)
    held.finished, held.finished_by, held.outcome, held.version = at, UUID(by.id), Draft.Outcome.PUBLISHED, version
    held.save(update_fields=["finished", "finished_by", "outcome", "version"])
    rows.record(held, "studio.published", by, at, version=version, revision=revision.number, digest=revision.digest)


def _check_base(held: Draft, newest: int) -> None:
    if newest == held.base:
        return
    if not held.base:
        raise Conflict("代码 {code} 已被另一个场景占用，请换一个代码。", code=held.code)
    raise Conflict(
        "场景 {code} 已有第 {version} 版，草稿是以第 {base} 版为底的。请先并入新版本的改动，再申请发布。",
        code=held.code, version=newest, base=held.base,
    )  # fmt: skip
