"""Trying a draft on paper: begun, taken on step by step, taken back, named, given up.

Nothing happens to the draft: who may see it may try it, also while it waits for a decision. A trial is played again
from its steps each time, in the draft as it is now; steps that no longer fit fall away with the next one taken.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
import uuid_utils.compat
from django.db import transaction

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.studio.actions import rows
from zhongshu.engine.studio.models import Draft, Trial
from zhongshu.engine.studio.queries import drafts, towns, trials
from zhongshu.engine.studio.rules import trial as paper

LONGEST_TITLE = 60


@transaction.atomic
def begin(draft: UUID, begun: paper.Begin, *, town: paper.Where, title: str = "", by: Actor, at: datetime) -> Trial:
    """Begin a trial of the draft's newest revision; without a title it is called like its case.

    Refused with the engine's own words where the case could not begin so: `Unfit` by question, `Unchosen` where a
    service has to be chosen for.
    """
    held = _room(draft, by, at)
    known = trials.scenario(drafts.files(held))
    tried = paper.begin(known, begun, towns.town(town, begun.at.year))
    return _made(held, paper.to_json(tried), town, title or tried.held.title, by, at)


@transaction.atomic
def begin_from(draft: UUID, example: paper.Example, *, by: Actor, at: datetime) -> Trial:
    """Begin a trial where one of the author's examples ends."""
    return _made(_room(draft, by, at), example.taken, example.town, example.title, by, at)


@transaction.atomic
def take(trial: UUID, added: Iterable[paper.Step], turn: int, *, by: Actor, at: datetime) -> Trial:
    """Take these steps, all or none; `turn` is that of the trial they were chosen on."""
    held = _locked(trial, turn, by, at)
    played = _played(held)
    for step in added:
        played = paper.take(played, step)
    if len(played.steps) > paper.MOST_STEPS:
        raise Conflict("一次试办最多 {most} 步。请退回几步，或另起一次试办。", most=paper.MOST_STEPS)
    return _kept(held, played, at)


@transaction.atomic
def back(trial: UUID, turn: int, *, by: Actor, at: datetime) -> Trial:
    """Take the last step back that still fits; those after it, which do not, fall away."""
    held = _locked(trial, turn, by, at)
    played = _played(held)
    if not played.steps:
        raise Conflict("已经退到最开始。要换一种开始，请另起一次试办。")
    plain = paper.to_json(played)
    held.plain = {**plain, "steps": plain["steps"][:-1]}
    return _saved(held, at)


@transaction.atomic
def name(trial: UUID, title: str, *, by: Actor, at: datetime) -> Trial:
    """Call a trial otherwise."""
    held = _locked(trial, None, by, at)
    held.title = _title(title)
    return _saved(held, at)


@transaction.atomic
def drop(trial: UUID, *, by: Actor, at: datetime) -> None:
    """Give a trial up for good."""
    held = _locked(trial, None, by, at)
    rows.record(held.draft, "studio.trial_dropped", by, at, trial=str(held.pk), steps=len(held.plain.get("steps", ())))
    held.delete()


def _room(draft: UUID, by: Actor, at: datetime) -> Draft:
    """The draft under its lock, with room for one more trial."""
    drafts.to_decide(draft, by, at)
    held = Draft.objects.select_for_update().get(pk=draft)
    _unfinished(held)
    if held.trials.count() >= trials.MOST:
        raise Conflict("一份草稿最多留 {most} 次试办，请先删去不用的。", most=trials.MOST)
    return held


def _locked(trial: UUID, turn: int | None, by: Actor, at: datetime) -> Trial:
    """The trial under its lock; a Conflict where somebody took it on since `turn`."""
    trials.one(trial, by, at)
    held = Trial.objects.select_for_update(of=("self",)).select_related("draft").filter(pk=trial).first()
    if held is None:
        raise Absent(trials.GONE)
    _unfinished(held.draft)
    if turn is not None and turn != held.turn:
        raise Conflict("这次试办刚刚有了新的步骤，没有再办。请看过现在的情况再继续。")
    return held


def _unfinished(draft: Draft) -> None:
    if draft.finished is not None:
        raise Conflict("这份草稿已经结束，不能再试办。")


def _played(held: Trial) -> paper.Trial:
    found = trials.played(held, trials.scenario(drafts.files(held.draft)))
    if found.trial is None:
        assert found.refusal is not None
        raise found.refusal
    return found.trial


def _made(held: Draft, plain: dict[str, object], town: str, title: str, by: Actor, at: datetime) -> Trial:
    _readable(plain)
    made = Trial.objects.create(
        id=uuid_utils.compat.uuid7(), draft=held, title=_title(title or held.name), town=town, plain=plain,
        revision=held.revision, turn=1, at=at, by=by.id, changed=at,
    )  # fmt: skip
    rows.record(held, "studio.trial_begun", by, at, trial=str(made.pk), town=town, revision=held.revision)
    return made


def _kept(held: Trial, played: paper.Trial, at: datetime) -> Trial:
    held.plain = paper.to_json(played)
    return _saved(held, at)


def _saved(held: Trial, at: datetime) -> Trial:
    _readable(held.plain)
    held.revision, held.turn, held.changed = held.draft.revision, held.turn + 1, at
    held.save(update_fields=["plain", "title", "revision", "turn", "changed"])
    return held


def _readable(plain: object) -> None:
    """Refuse the one character no database takes."""
    if rb"\u0000" in msgspec.json.encode(plain):
        raise Invalid("填写的内容里有不能识别的字符，请删去后再试。")


def _title(typed: str) -> str:
    title = " ".join(typed.replace("\0", "").split())
    if not title:
        raise Invalid("请写上这次试办叫什么。", field="title")
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
