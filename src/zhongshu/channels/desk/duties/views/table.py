"""The responsibility table: what is in force, the past of a row, and the changes that were approved."""

from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.duties import forms
from zhongshu.channels.desk.duties.presenters import changes, options
from zhongshu.channels.desk.duties.presenters import rows as presenter
from zhongshu.engine.dispatch.actions import responsibility
from zhongshu.engine.dispatch.queries import rows

_FURTHEST = timedelta(days=36_600)


@access.holding("duties.read")
def duties(request: access.Request) -> HttpResponse:
    """The rows in force, now or as a day begins, narrowed by category, place and body; on top what is broken."""
    wanted, day = _wanted(request), _day(request)
    when = datetime.combine(day, time.min, SHANGHAI) if day else request.at
    after = rows.After.parse(request.GET.get("after", ""))
    found = rows.page(wanted, when, after, rows.PAGE + 1)
    context = {
        "tabs": options.tabs(request), "wanted": wanted, "later": after is not None,
        "on": day.isoformat() if day else "", "when": when,
        "items": presenter.items(found[: rows.PAGE], request.by, request.at),
        "next": presenter.following(found, rows.PAGE), "body_key": -wanted.body if wanted.body else "",
        "may_propose": permissions.holds_anywhere(request.by, responsibility.PROPOSE, request.at),
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "desk/duties/rows.html", context)
    return render(request, "desk/duties/table.html", context | _choices(wanted) | _alarms(request))


def _day(request: access.Request) -> date | None:
    """The day whose table is asked for, as it begins; None: the table as it is."""
    asked = forms.day(request.GET.get("on", ""))
    near = asked is not None and abs(asked - request.at.astimezone(SHANGHAI).date()) < _FURTHEST
    return asked if near and asked != request.at.astimezone(SHANGHAI).date() else None


def _wanted(request: access.Request) -> rows.Filter:
    category = request.GET.get("category", "")
    place, body = (forms.whole(request.GET.get(name, "")) for name in ("place", "body"))
    return rows.Filter(
        category if category.isascii() and category.isdecimal() else "",
        place if place and place > 0 else None,
        -body if body else None,
    )


def _choices(wanted: rows.Filter) -> dict[str, object]:
    return {
        "categories": options.categories(wanted.category),
        "places": options.places(options.EVERYWHERE, wanted.place),
        "bodies": options.bodies(wanted.body),
    }


def _alarms(request: access.Request) -> dict[str, object]:
    return {
        "broken": presenter.broken(request.by, request.at), "ending": presenter.ending(request.by, request.at)
    }  # fmt: skip


@access.holding("duties.read")
def duty(request: access.Request, row: int) -> HttpResponse:
    """One row with every row there ever was at its crossing."""
    found = rows.row(row)
    if found is None:
        raise Absent("没有这一条职责。")
    (item, *_), past = presenter.items([found], request.by, request.at), rows.periods(found.category, found.place)
    context = {
        "tabs": options.tabs(request), "item": item,
        "past": presenter.items(past, request.by, request.at),
    }  # fmt: skip
    return render(request, "desk/duties/row.html", context)


@access.holding("duties.read")
def versions(request: access.Request) -> HttpResponse:
    """The changes that were approved, newest first: what, who proposed, who approved, when and why."""
    after = forms.whole(request.GET.get("after", ""))
    found = rows.versions(after, rows.PAGE + 1)
    context = {
        "tabs": options.tabs(request), "versions": changes.versions(found[: rows.PAGE]), "later": after is not None,
        "next": found[rows.PAGE - 1].number if len(found) > rows.PAGE else "",
    }  # fmt: skip
    return render(request, "desk/duties/versions.html", context)
