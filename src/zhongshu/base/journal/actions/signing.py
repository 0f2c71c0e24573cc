"""Signing the tree as it stands."""

from datetime import datetime

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import models
from zhongshu.base.journal.doors import Log, log
from zhongshu.base.journal.queries import tree
from zhongshu.base.journal.rules import notes
from zhongshu.base.journal.rules.checkpoints import Checkpoint
from zhongshu.base.journal.rules.notes import Note

_ONE_AT_A_TIME = 0x109


class Diverged(Conflict):
    """The tree is not the continuation of what was signed before: signing it would be a lie."""


@transaction.atomic
def sign(at: datetime) -> int:
    """Sign and keep a checkpoint if the tree has grown since the last; returns how many were signed, 0 or 1.

    Diverged where the tree no longer has the root that was signed last, under whatever name: it was changed
    afterwards, or another hash was set for the same tree.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
    ours, size = log(), tree.size()
    last = models.Checkpoint.objects.order_by("-id").first()
    if size == 0 or (last is not None and last.origin == ours.origin and last.size == size):
        return 0
    root, before = tree.roots([(0, size), (0, min(last.size, size) if last else 0)])
    if last is not None and (size < last.size or before != bytes(last.root)):
        raise Diverged(
            "日志树与 {at} 签过的检查点（{size} 条）对不上，没有再签；请运行 ./run journal audit。",
            at=last.at.isoformat(),
            size=last.size,
        )
    note = signed(ours, Checkpoint(ours.origin, size, root), at)
    models.Checkpoint.objects.create(origin=ours.origin, size=size, root=root, note=str(note), at=at)
    return 1


def signed(ours: Log, checkpoint: Checkpoint, at: datetime) -> Note:
    """The note by which the log's newest key says the checkpoint, plainly and with the moment."""
    newest = ours.signers()[0]
    lines = [notes.signature(verifier, checkpoint.text, newest.sign, at) for verifier in ours.verifiers()[:2]]
    return Note(checkpoint.text, tuple(lines))
