"""Questions about requests."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account
from zhongshu.registers.privacy.models import Request
from zhongshu.registers.privacy.rules.holdings import Owner

HANDLE = "privacy.handle"
VERIFY = "persons.verify"
PAGE = 50
ASKING = frozenset({"resident", "firm"})
"""Whose data it is to ask for; what officials do in office is a record of the office (Archives Law, art. 13)."""


def owner(by: Actor) -> Owner:
    """Who asks, as the one the data is of."""
    person = Account.objects.filter(pk=by.id).values_list("person", flat=True).first()
    return Owner(UUID(by.id), person)


def mine(by: Actor, limit: int = PAGE) -> list[Request]:
    """The actor's own requests, newest first."""
    return list(Request.objects.filter(account=by.id).select_related("parcel").order_by("-asked", "-id")[:limit])


def own(request: UUID, by: Actor) -> Request:
    """The actor's own request; Absent when it is somebody else's."""
    found = Request.objects.filter(pk=request, account=by.id).select_related("parcel").first()
    if found is None:
        raise Absent("没有找到这个申请。")
    return found


def may_decide(kind: str, by: Actor, at: datetime) -> bool:
    """Whether the actor decides on requests of this kind: the privacy officer on all, a counter on corrections."""
    handles = permissions.holds_anywhere(by, HANDLE, at)
    return handles or (kind == "correct" and permissions.holds_anywhere(by, VERIFY, at))


def waiting(by: Actor, at: datetime, limit: int = PAGE) -> list[Request]:
    """What the actor could decide, the one due first at the top."""
    kinds = [kind for kind in ("correct", "erase", "close") if may_decide(kind, by, at)]
    found = Request.objects.filter(decided=None, kind__in=kinds).exclude(account=by.id)
    return list(found.order_by("due", "id")[:limit])


def one(request: UUID, by: Actor, at: datetime) -> Request:
    """A request for one who decides on such; else Absent."""
    found = Request.objects.filter(pk=request).first()
    if found is None or str(found.account) == by.id or not may_decide(found.kind, by, at):
        raise Absent("没有找到这个申请。")
    return found
