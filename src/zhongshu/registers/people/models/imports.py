"""Files of an organisation that were taken in, row by row."""

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q


class Import(models.Model):
    """A file of bodies or of staff that somebody confirmed; a job takes its rows in, a batch after the other.

    `digest` is the SHA-256 of the file; `done` counts the rows that were looked at.
    """

    class Kind(models.TextChoices):
        BODIES = "bodies", "单位"
        STAFF = "staff", "人员"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    kind = models.TextField(choices=Kind.choices)
    digest = models.TextField()
    actor = models.UUIDField()
    asked = models.DateTimeField()
    rows = models.IntegerField()
    done = models.IntegerField(default=0)
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_import"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["bodies", "staff"]), name="import_kind"),
            models.CheckConstraint(condition=Q(done__gte=0, done__lte=F("rows")), name="import_counts"),
            models.UniqueConstraint(fields=["actor"], condition=Q(finished=None), name="import_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["actor", "-asked"], name="import_newest")]


class ImportRow(models.Model):
    """A row of such a file and what became of it; `cells` are emptied once it is settled: they are personal data."""

    class Outcome(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "更新"
        SAME = "same", "无变化"
        WRONG = "wrong", "未导入"

    pk = models.CompositePrimaryKey("import_id", "number")
    import_id = models.UUIDField()
    number = models.IntegerField()
    cells = models.JSONField()
    outcome = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    gaps = models.JSONField(default=dict)
    account = models.UUIDField(null=True)
    proposing = models.JSONField(default=list)

    class Meta:
        db_table = "people_import_row"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", "new", "changed", "same", "wrong"]), name="import_row_outcome"
            ),
        ]
        indexes = [models.Index(fields=["import_id", "number"], name="import_row_open", condition=Q(outcome=""))]
