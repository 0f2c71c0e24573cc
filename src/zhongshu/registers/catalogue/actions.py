"""Verbs on categories."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.catalogue import rules
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.catalogue.rules import CategoryRow


@transaction.atomic
def import_categories(rows: Iterable[CategoryRow], *, by: Actor, at: datetime) -> int:
    """Make the tree what the rows say: new ones come, others change, those no longer named end.

    Returns how many altered; a tree that is the same already leaves no entry. Invalid names the row that does
    not fit; then nothing changes.
    """
    wanted = {row.code: row for row in rules.checked(rows)}
    _alone()
    standing = {c.code: c for c in Category.objects.all()}
    altered = [row for row in wanted.values() if _row(standing.get(row.code)) != row]
    ended = sorted(c.code for c in standing.values() if c.ended is None and c.code not in wanted)
    if not altered and not ended:
        return 0
    Category.objects.bulk_create(
        (Category(parent_id=row.parent, **asdict(row)) for row in altered),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "kind", "scenario", "ended"],
    )
    Category.objects.filter(code__in=ended).update(ended=at)
    journal.record(
        subject=("categories", "tree"), verb="catalogue.categories_imported", by=by, at=at,
        body={"altered": [asdict(row) for row in altered], "ended": ended},
    )  # fmt: skip
    return len(altered) + len(ended)


def _alone() -> None:
    """One import at a time; readers go on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_category IN SHARE ROW EXCLUSIVE MODE")


def _row(stored: Category | None) -> CategoryRow | None:
    """A stored category as its row; None when there is none in force."""
    if stored is None or stored.ended is not None:
        return None
    return CategoryRow(stored.code, stored.name, stored.name_en, stored.kind, stored.scenario)  # type: ignore[arg-type]
