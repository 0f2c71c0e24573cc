"""What moves a case's deadlines: pauses, extensions, and years as they are announced."""

from django.db import models
from django.db.models import F, Q


class Pause(models.Model):
    """An interval in which the case's clock stood still, with its reason."""

    pk = models.CompositePrimaryKey("case_id", "started")
    case_id = models.UUIDField()
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    reason = models.TextField()
    actor = models.UUIDField()

    class Meta:
        db_table = "cases_pause"
        constraints = [
            models.CheckConstraint(condition=Q(ended__isnull=True) | Q(ended__gt=F("started")), name="pause_period"),
            models.UniqueConstraint(fields=["case_id"], condition=Q(ended=None), name="pause_one_running"),
        ]


class Extension(models.Model):
    """Time added to a task's term, in the term's own unit; `actor` granted it."""

    pk = models.CompositePrimaryKey("case_id", "token", "at")
    case_id = models.UUIDField()
    token = models.IntegerField()
    at = models.DateTimeField()
    amount = models.IntegerField()
    actor = models.UUIDField()

    class Meta:
        db_table = "cases_extension"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="extension_adds")]


class Reckoning(models.Model):
    """One reckoning of all open deadlines anew, because the days of a year were announced.

    `entry` is the journal entry that told of it, `since` the first day that changed, `upto` the last case looked at.
    """

    entry = models.BigIntegerField(primary_key=True)
    year = models.IntegerField()
    since = models.DateField()
    asked = models.DateTimeField()
    upto = models.UUIDField(null=True)
    looked = models.IntegerField(db_default=0)
    moved = models.IntegerField(db_default=0)
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_reckoning"
        constraints = [
            models.CheckConstraint(condition=Q(moved__gte=0, moved__lte=F("looked")), name="reckoning_counts"),
        ]
