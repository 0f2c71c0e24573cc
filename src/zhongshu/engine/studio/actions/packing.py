"""Drafts in and out of the platform as folders packed in one file."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Absent, Invalid, TooLarge
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import PAGE, Finding, Unsound, is_sound, told
from zhongshu.engine.studio.actions import beginning, rows
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.queries.findings import findings
from zhongshu.engine.studio.rules import folders, packing
from zhongshu.registers.documents import inspecting


def import_draft(data: bytes, body: int, *, name: str = "", by: Actor, at: datetime) -> Draft:
    """A draft of the scenario packed in these bytes. Unsound, with file, place and reason of all that is wrong; then
    nothing is kept. `name`: of the file as it was sent.

    Forbidden where `by` does not draft for this body.
    """
    rows.check_body(body, by, at)
    unpacked = _unpacked(data)
    code = folders.code_of(unpacked.files) or unpacked.folder
    said = [*unpacked.findings]
    if not said:
        said = [*_strays(unpacked.folder, code), *findings(unpacked.files, code)]
    if not is_sound(said):
        raise Unsound(said)
    return beginning.begin_new(unpacked.files, body, name=name[:100], by=by, at=at)


@transaction.atomic
def export_draft(draft: UUID, *, number: int | None = None, by: Actor, at: datetime) -> bytes:
    """A revision of a draft, the last one unless a number is given, as a packed folder. That it left is recorded."""
    held = drafts.one(draft, by, at)
    revision = drafts.revision(held, number)
    rows.record(held, "studio.exported", by, at, revision=revision.number, digest=revision.digest)
    return packing.pack(held.code, drafts.texts(revision.files))


def packed(code: str, version: int | None = None) -> bytes:
    """A published version, the newest unless a number is given, as a packed folder. Absent when there is none."""
    number = version or scenarios.newest_number(code)
    if not number:
        raise Absent("没有名为 {code} 的场景。", code=code)
    return packing.pack(code, scenarios.files(code, number))


def _unpacked(data: bytes) -> packing.Unpacked:
    """What is in the bytes, once they were inspected as any upload is."""
    try:
        if inspecting.inspected(data) == "zip":
            return packing.unpack(data)
    except (Invalid, TooLarge) as refusal:
        return packing.Unpacked(findings=tuple(told("", refusal)))
    return packing.Unpacked(findings=(Finding("", "", "error", "这不是场景的导出文件，请选择 .zip 文件。"),))


def _strays(folder: str, code: str) -> list[Finding]:
    if not folder or folder == code:
        return []
    gaps = {"folder": folder, "code": code}
    return [Finding(PAGE, "/code", "error", "文件夹名为 {folder}，code 写成了 {code}：两个要一样。", gaps)]
