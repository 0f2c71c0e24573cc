"""Why can I, why can't I see this?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.rights import forms
from zhongshu.channels.desk.rights.presenters import tabs, words
from zhongshu.channels.desk.rights.presenters import why as presenter
from zhongshu.channels.desk.rights.views.table import EVERYWHERE
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.rules.grants import EXPLAIN


@access.signed_in
def why(request: access.Request) -> HttpResponse:
    """Why somebody may do something over a body, a place or a case, or may not; everybody asks about themselves."""
    asked, explains = forms.Asked.read(request.GET), permissions.holds_anywhere(request.by, EXPLAIN, request.at)
    holder = _holder(request, asked, explains)
    body = forms.number(request.GET.get("body", ""))
    context: dict[str, Any] = {
        "tabs": tabs.tabs(request), "asked": asked, "explains": explains, "holder": holder,
        "own": str(holder.pk) == request.by.id, "bodies": tabs.bodies(EVERYWHERE, body),
        "permissions": [(code, words.permission(code), code == asked.permission) for code in words.PERMISSIONS],
        "q": request.GET.get("q", "")[:64].strip(), "answer": None, "body": names.body(holder.body_id),
    }  # fmt: skip
    if context["q"] and explains:
        context["found"] = names.people_of(people.officials(context["q"]))
    if asked.thing or body:
        context["answer"] = _answer(request, asked, holder, -body if body else None)
        context["permission"] = words.permission(asked.permission)
        context["thing"] = names.body(-body) if body else asked.thing
    return render(request, "desk/rights/why.html", context)


def _holder(request: access.Request, asked: forms.Asked, explains: bool) -> Account:
    """About whom it is: oneself, or for who explains rights there anybody."""
    me = Account.objects.get(pk=request.by.id)
    if asked.account is None or asked.account == me.pk or not explains:
        return me
    found = people.official(asked.account)
    if found is None or not permissions.may(request.by, EXPLAIN, grants.above(found.body_id, None), request.at):
        raise Absent("没有找到这个人员。")
    return found


def _answer(request: access.Request, asked: forms.Asked, holder: Account, body: int | None) -> presenter.Answer | None:
    who = grants.every(holder.pk)
    if who is None or asked.permission not in words.PERMISSIONS:
        return None
    over = presenter.thing(asked.thing, body, request.by, request.at)
    return presenter.answer(who, asked.permission, over, asked.purpose, request.at)
