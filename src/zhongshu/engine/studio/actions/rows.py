"""What every verb on a draft does to its rows: lock it, keep a revision, write the entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules import scenario
from zhongshu.engine.cases.rules.examining import Unsound
from zhongshu.engine.studio.models import Draft, Revision, Text
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules import folders, merging
from zhongshu.registers.people.queries import bodies

_FINISHED = {
    "published": "这份草稿已经发布，不能再改。请从已发布的场景另起一份。",
    "dropped": "这份草稿已经放弃，不能再改。请导出它再导入，另起一份。",
}


def begin(
    code: str, files: Mapping[str, str], body: int, origin: str, origin_name: str, base: int, by: Actor, at: datetime
) -> Draft:
    """A draft with its first revision."""
    check_body(body, by, at)
    made = Draft.objects.create(
        id=uuid_utils.compat.uuid7(), code=code, name=folders.name_of(files) or code, body=body, origin=origin,
        origin_name=origin_name, base=base, revision=1, begun=at, begun_by=by.id, changed=at,
    )  # fmt: skip
    revision = _revision(made, kept(files), (), by, at)
    record(made, "studio.begun", by, at, code=code, origin=origin, origin_name=origin_name, digest=revision.digest)
    return made


def check_body(body: int, by: Actor, at: datetime) -> None:
    """Refuse a body that is no more, and one for which `by` does not draft."""
    if body not in bodies.tree() or bodies.tree()[body].ended is not None:
        raise Invalid("这个单位不存在或已撤销，请另选。", field="body")
    if not drafts.may_edit(body, by, at):
        raise Forbidden("您没有为这个单位编写场景的权限，请联系系统管理员。")


def locked(draft: UUID, by: Actor, at: datetime) -> Draft:
    """The draft under its lock, for who may change it; a Conflict when it is finished or waits for a decision."""
    drafts.one(draft, by, at)
    held = Draft.objects.select_for_update().get(pk=draft)
    if held.finished is not None:
        raise Conflict(_FINISHED[held.outcome])
    if drafts.awaited(draft):
        raise Conflict("这份草稿正在等待审批；要改，请先撤回申请。")
    return held


def kept(files: Mapping[str, str]) -> dict[str, str]:
    """Keep what these files say; the folder, name → digest. Unsound when they can be no scenario's folder at all."""
    texts = {name: folders.kept(text) for name, text in files.items()}
    if outside := tuple(folders.bounds(texts)):
        raise Unsound(outside)
    folder = {name: folders.digest(text) for name, text in texts.items()}
    rows = {folder[name]: Text(digest=folder[name], text=text) for name, text in texts.items()}
    Text.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return folder


def write(held: Draft, folder: Mapping[str, str], verb: str, by: Actor, at: datetime, **more: Any) -> Revision:
    """The next revision of a locked draft, and its entry: of what it says the digests only."""
    changed = merging.changed(drafts.revision(held).files, folder)
    held.revision, held.changed = held.revision + 1, at
    revision = _revision(held, folder, changed, by, at)
    held.save(update_fields=["revision", "changed", "name", "base"])
    record(held, verb, by, at, revision=held.revision, digest=revision.digest, changed=list(changed), **more)
    return revision


def record(held: Draft, verb: str, by: Actor, at: datetime, **body: Any) -> None:
    """An entry on the draft's own chain."""
    journal.record(
        subject=("scenario_draft", str(held.pk)), verb=verb, by=by, at=at, reach=bodies.reach(held.body), body=body
    )  # fmt: skip


def _revision(held: Draft, folder: Mapping[str, str], changed: tuple[str, ...], by: Actor, at: datetime) -> Revision:
    texts = drafts.texts(folder)
    held.name = folders.name_of(texts) or held.name
    if outside := tuple(folders.bounds(texts)):
        raise Unsound(outside)
    return Revision.objects.create(
        draft=held, number=held.revision, digest=scenario.digest(texts), files=dict(folder), changed=list(changed),
        base=held.base, at=at, by=by.id,
    )  # fmt: skip
