"""Saving a draft: every save is a revision, and what two people save meets file by file."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.actions import rows
from zhongshu.engine.studio.models import Draft, Revision
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules import merging
from zhongshu.registers.people.queries import accounts


@transaction.atomic
def save(draft: UUID, files: Mapping[str, str | None], based_on: int, *, by: Actor, at: datetime) -> Revision:
    """Keep what these files now say (None: the file is gone); the others stay. The revision it makes.

    `based_on`: the revision it was written on. What others saved since is merged in file by file; where they saved the
    same file otherwise it is a Conflict that names who and when. A save that changes nothing makes no revision.
    """
    held = rows.locked(draft, by, at)
    before, latest = drafts.revision(held, based_on), drafts.revision(held)
    texts = {name: text for name, text in files.items() if text is not None}
    ours = {name: digest for name, digest in before.files.items() if name not in files} | rows.kept(texts)
    found = merging.merged(before.files, ours, latest.files)
    if found.clashes:
        raise _clash(held, found.clashes, based_on)
    if found.folder == latest.files:
        return latest
    return rows.write(held, found.folder, "studio.saved", by, at)


@transaction.atomic
def go_back(draft: UUID, number: int, *, by: Actor, at: datetime) -> Revision:
    """Make the draft say again what it said in an earlier revision: as its next one, so that nothing is lost."""
    held = rows.locked(draft, by, at)
    earlier = drafts.revision(held, number)
    if earlier.files == drafts.revision(held).files:
        raise Conflict("现在的内容和第 {number} 稿一样，不用回退。", number=number)
    return rows.write(held, earlier.files, "studio.gone_back", by, at, to=number)


@transaction.atomic
def catch_up(draft: UUID, theirs: Collection[str] = (), *, by: Actor, at: datetime) -> Revision:
    """Take over what was published since the draft was begun, so that it can follow it.

    A file only the publication changed is taken, one only the draft changed stays. Of those both changed, the names in
    `theirs` are taken as published, and the draft's stay else: the caller has shown both (`comparing.clashes`).
    """
    held = rows.locked(draft, by, at)
    newest = scenarios.newest_number(held.code)
    if newest == held.base:
        raise Conflict("没有更新的版本，草稿已是以最新的版本为底。")
    published = rows.kept(scenarios.files(held.code, newest))
    base = rows.kept(scenarios.files(held.code, held.base)) if held.base else {}
    found = merging.merged(base, drafts.revision(held).files, published)
    taken = {name: published.get(name) for name in found.clashes if name in theirs}
    folder = {name: digest for name, digest in (found.folder | taken).items() if digest is not None}
    held.base = newest
    return rows.write(held, folder, "studio.caught_up", by, at, version=newest)


def _clash(held: Draft, names: tuple[str, ...], based_on: int) -> Conflict:
    """Who saved the first of these files last, and when."""
    since = held.revisions.filter(number__gt=based_on, changed__overlap=list(names)).order_by("-number")
    last = since.defer("files")[0]
    file = next(name for name in names if name in last.changed)
    who = accounts.names([str(last.by)]).get(str(last.by), "")
    happened = [{"file": name, "who": who, "at": last.at, "revision": last.number} for name in names]
    return Conflict(
        "{who}在 {time} 已改过 {file}。您写的内容还在页面上：请对照第 {number} 稿，再保存一次。",
        who=who, time=f"{last.at.astimezone(SHANGHAI):%m-%d %H:%M}", file=file, number=last.number, happened=happened,
    )  # fmt: skip
