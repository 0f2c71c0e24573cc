"""All that stands on the page of a case, part by part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.cases.presenters import (
    asking,
    back,
    clock,
    links,
    lists,
    one,
    same,
    signals,
    signing,
    supplement,
    whistle,
)
from zhongshu.channels.desk.cases.presenters.one import Duty
from zhongshu.channels.presenters import answers, files, names
from zhongshu.channels.presenters import back as came
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.letters.queries import made

Part = dict[str, Any]


def about(found: View, *, full: bool) -> Part:
    """What the case is, where, and what came with it; `full`: numbers of people not masked."""
    row = found.row
    return {
        "case": found, "row": row, "title": names.category(row.category, row.title),
        "place": names.place(row.place, row.opened), "body": names.body(row.body), "source": names.source(row.source),
        "starter": one.starter(found), "facts": answers.facts(found, full=full), "photos": one.photos(found),
        "files": files.listed(found.files),
    }  # fmt: skip


def told(found: View, by: Actor, at: datetime, *, full: bool) -> Part:
    """Who told of it, and for which purposes the visitor may read names and numbers in full."""
    stated = permissions.purposes(by, "case.reveal", found.reach, at)
    return {
        "contacts": one.contacts(found.contacts), "revealed": full, "purposes": stated,
        "personal": answers.personal(found.scenario),
        "may_reveal": bool(stated) or permissions.may(by, "case.reveal", found.reach, at),
    }  # fmt: skip


def work(
    found: View, duties: Sequence[Duty], entries: list[Part], backs: Mapping[int, Any], by: Actor, at: datetime
) -> Part:
    """What is to be done, by whom and when, and what the visitor may do with it."""
    ticking, asked = clock.clock(found, by, at), signing.signings(found, by, at)
    return {
        "clock": ticking, "times": came.times(entries), "recallable": back.recallable(found, entries, by),
        "duties": [
            (duty, _people(found, duty, at), backs[duty.task.token], asked.get(duty.task.token)) for duty in duties
        ],
        "supplement": supplement.supplement(found, duties, ticking.stopped is not None, by, at),
        "letters": made.makeable(found, by),
        "may_cancel": found.row.closed is None and permissions.may(by, "case.assign", found.reach, at),
        "may_reopen": back.may_reopen(found, by, at),
    }  # fmt: skip


def _people(found: View, duty: Duty, at: datetime) -> list[tuple[str, str]]:
    return one.able_people(found, duty.task, at) if duty.assignable or duty.delegable else []


def beside(found: View, by: Actor, at: datetime, *, full: bool) -> Part:
    """What lies near it: similar cases, those linked with it or told by others, signals, what other bodies say."""
    return {
        "similar": lists.items(one.similar(found, by, at), at), "links": links.links(found, by, at),
        "same": same.same(found, by, at), "signals": signals.signals(found, by, at),
        "whistle": whistle.whistle(found, by, at, full=full), "asked": asking.asked(found, by, at, full=full),
    }  # fmt: skip
