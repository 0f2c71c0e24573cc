"""What a file of an organisation would change: a handful of statements, however many rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account, Body, Grant, Import, ImportRow
from zhongshu.registers.people.queries.bodies import tree
from zhongshu.registers.people.queries.burdened import living_grants
from zhongshu.registers.people.queries.managing import BODIES, STAFF, managed_ids
from zhongshu.registers.people.rules.organisation import plan, rows, table
from zhongshu.registers.people.rules.organisation.plan import Fate, KnownAccount, KnownBody

PERMISSIONS = {"bodies": BODIES, "staff": STAFF}
PAGE = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What becomes of each row, nothing being written; `digest` names the bytes of the file."""

    kind: str
    digest: str
    fates: Sequence[Fate]

    def count(self, outcome: str) -> int:
        """How many rows come to this."""
        return sum(fate.outcome == outcome for fate in self.fates)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are compared with: bodies by path, accounts by login."""

    bodies: dict[str, KnownBody]
    accounts: Mapping[str, KnownAccount]


def preview(kind: str, content: bytes, *, by: Actor, at: datetime) -> Preview:
    """What a file would change if `by` had it taken in. Refused as a whole when it is no table of this kind."""
    found = table.read(content)
    listed = rows.cells(kind, found)
    return Preview(kind, found.digest, list(fates(kind, listed, known_for(kind, listed, by=by, at=at))))


def known_for(kind: str, listed: Sequence[tuple[int, rows.Cells]], *, by: Actor, at: datetime) -> Known:
    """What these rows are compared with: three statements at most."""
    bodies = known_bodies(PERMISSIONS[kind], by, at)
    if kind == Import.Kind.BODIES:
        return Known(bodies, {})
    logins = {cells.get("login", "").strip().lower() for _, cells in listed}
    return Known(bodies, known_accounts(logins, by, at))


def fates(kind: str, listed: Iterable[tuple[int, rows.Cells]], known: Known) -> Iterator[Fate]:
    """The fates of rows, in order."""
    if kind == Import.Kind.BODIES:
        return plan.of_bodies(listed, known.bodies)
    return plan.of_staff(listed, known.bodies, known.accounts)


def known_bodies(permission: str, by: Actor, at: datetime) -> dict[str, KnownBody]:
    """Every body by its path, from the tree kept in memory."""
    ids = managed_ids(by, permission, at)
    mine = None if ids is None or by.kind == "system" else set(ids)
    bodies = tree()
    known = {
        pk: KnownBody(pk, body.name_en, body.kind, body.place, mine is None or pk in mine, body.ended is not None)
        for pk, body in bodies.items()
    }
    return {path_of(body, bodies): known[pk] for pk, body in bodies.items()}


def path_of(body: Body, bodies: Mapping[int, Body] | None = None) -> str:
    """The names from the root down to a body, parted by strokes."""
    known = bodies if bodies is not None else tree()
    return "/".join(known[above].name for above in body.lineage if above in known)


def known_accounts(logins: Iterable[str], by: Actor, at: datetime) -> Mapping[str, KnownAccount]:
    """The accounts with these logins and what they hold: two statements."""
    ids = managed_ids(by, STAFF, at)
    mine = None if ids is None or by.kind == "system" else set(ids)
    found = {one.pk: one for one in Account.objects.filter(login__in=list(logins))}
    held: dict[UUID, list[Grant]] = {}
    for grant in Grant.objects.filter(living_grants(at), account__in=list(found)):
        held.setdefault(grant.account_id, []).append(grant)
    return {
        one.login: KnownAccount(
            one.name, one.phone, one.body_id, one.kind == Account.Kind.STAFF,
            mine is None or one.body_id in mine, one.closed is not None,
            frozenset((grant.role, grant.place) for grant in held.get(one.pk, ())),
            any(grant.body_id is not None for grant in held.get(one.pk, ())),
        )
        for one in found.values()
    }  # fmt: skip


def imports(account: str) -> QuerySet[Import]:
    """The files somebody had taken in, newest first, at most twenty."""
    return Import.objects.filter(actor=account).order_by("-asked")[:20]


def one_import(wanted: UUID, account: str) -> Import | None:
    """A file this person had taken in."""
    return Import.objects.filter(pk=wanted, actor=account).first()


def import_rows(wanted: UUID, *, after: int = 0, outcome: str = "") -> QuerySet[ImportRow]:
    """The rows of a file as far as it got, 200 from a number on; of one outcome, if named."""
    found = ImportRow.objects.filter(import_id=wanted, number__gt=after).exclude(outcome="")
    return (found.filter(outcome=outcome) if outcome else found).order_by("number")[:PAGE]


def counted(wanted: UUID) -> Mapping[str, int]:
    """Outcome → how many rows of a file came to it."""
    found = ImportRow.objects.filter(import_id=wanted).exclude(outcome="").values_list("outcome")
    return dict(found.annotate(n=Count("number")).order_by("outcome"))
