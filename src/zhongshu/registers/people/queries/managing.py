"""Over which bodies somebody's administration reaches: object check and list from one scope."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.people.queries.bodies import reach_of_body, tree

BODIES, STAFF, KEYS = "bodies.manage", "staff.manage", "keys.manage"


def manages(by: Actor, permission: str, body: Body | None, at: datetime) -> bool:
    """Whether the actor may administer this body, or, for None, the top of the tree; the platform itself may."""
    if by.kind == "system":
        return True
    return permissions.may(by, permission, reach_of_body(body) if body else (), at)


def managed_body(body: int, permission: str, by: Actor, at: datetime) -> Body:
    """The body with this id, when the actor administers it; Absent otherwise."""
    found = Body.objects.filter(pk=body).first()
    if found is None or not manages(by, permission, found, at):
        raise Absent("没有找到这个单位。")
    return found


def managed(by: Actor, permission: str, at: datetime) -> list[Body]:
    """The bodies the actor administers, ended ones too, from the tree kept in memory."""
    scope = permissions.scope(by, permission, at)
    return [body for body in tree().values() if scope.covers(reach_of_body(body))]


def managed_ids(by: Actor, permission: str, at: datetime) -> list[int] | None:
    """Their ids, for a statement to filter by; None when nothing is filtered out."""
    if permissions.scope(by, permission, at).everything:
        return None
    return [body.pk for body in managed(by, permission, at)]


def tops(by: Actor, permission: str, at: datetime) -> list[Body]:
    """Where the actor's part of the tree begins: the bodies they administer under none that they administer."""
    mine = {body.pk: body for body in managed(by, permission, at)}
    return [body for body in mine.values() if body.parent_id not in mine]


def managed_account(account: UUID | str, permission: str, by: Actor, at: datetime) -> Account:
    """The account of an official or a system with this id, when the actor administers its body; Absent otherwise.

    One without a body is administered by whoever administers everything.
    """
    kinds = (Account.Kind.STAFF, Account.Kind.DEVICE)
    found = Account.objects.select_related("body").filter(pk=account, kind__in=kinds).first()
    if found is None or not manages(by, permission, found.body, at):
        raise Absent("没有找到这个账号。")
    return found
