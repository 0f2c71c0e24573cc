"""What a place or body is made of, and what of it an actor may see figures of."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope, body_key
from zhongshu.data.figures.rules.requests import Whole
from zhongshu.data.figures.rules.steps import officer_key
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.codes import Level

READ = "figures.read"
MOST_OFFICERS = 500


def scope(actor: Actor, at: datetime) -> Scope:
    """Where the actor may see figures."""
    return permissions.scope(actor, READ, at)


def reach(key: int) -> tuple[int, ...]:
    """What a body or place lies under: a body under those above it and the place it is at home in."""
    if key > 0:
        return codes.ancestors(key)
    body = people.tree().get(-key)
    if body is None:
        return ()
    home = codes.ancestors(body.place) if body.place else ()
    return (*home, *(body_key(above) for above in body.lineage))


def known(key: int) -> bool:
    """Whether there is such a place or body."""
    return key in places.tree().names if key > 0 else -key in people.tree()


def top(scope_: Scope) -> int | None:
    """Where a visitor begins: the first place or body of the scope; None where there is none that is counted."""
    for body, place in scope_.pairs:
        if body is None:
            return _narrowed(places.root() if place is None else place)
        if scope_.covers(reach(body_key(body))):
            return body_key(body)
    return None


def _narrowed(place: int) -> int:
    """A place, or the first inside it that has several parts."""
    inside = places.tree().parts.get(place, ())
    return _narrowed(inside[0]) if len(inside) == 1 else place


def places_of(place: int) -> list[int]:
    """The regions right inside a place, from the first level that has several."""
    return list(places.tree().parts.get(_narrowed(place), ()))


def streets_of(place: int) -> list[int]:
    """The streets of a place; the regions right inside it where it is a street or finer."""
    held = [code for code in places.tree().names if codes.contains(place, code)]
    return [code for code in held if codes.level_of(code) == Level.STREET and code != place] or places_of(place)


def bodies_of(key: int) -> list[int]:
    """The bodies right under a body, or the widest ones at home in a place, as keys."""
    living = [body for body in people.tree().values() if body.ended is None]
    if key < 0:
        return [body_key(body.pk) for body in living if body.parent_id == -key]
    home = {body.pk: body for body in living if body.place and codes.contains(key, body.place)}
    tops = [body.pk for body in home.values() if body.parent_id not in home]
    if len(tops) == 1:
        tops = [body.pk for body in home.values() if body.parent_id == tops[0]] or tops
    return [body_key(pk) for pk in tops]


def officers_of(key: int, at: datetime) -> dict[int, Account]:
    """The officials of a body and those under it, or of the bodies at home in a place: officer's key → account."""
    bodies = people.subtree(-key) if key < 0 else [b for b in people.tree() if key in reach(body_key(b))]
    staff = Account.objects.filter(kind=Account.Kind.STAFF, body__in=bodies, opened__lte=at)
    found = staff.select_related("body").order_by("body_id", "login")[:MOST_OFFICERS]
    return {officer_key(account.pk): account for account in found}


def officer(account: UUID, scope_: Scope) -> tuple[Whole, Account] | None:
    """An official whose figures are in the scope; None when there is none."""
    found = Account.objects.filter(pk=account, kind=Account.Kind.STAFF).select_related("body").first()
    if found is None or found.body_id is None or not scope_.covers(reach(body_key(found.body_id))):
        return None
    return Whole("officer", officer_key(found.pk)), found
