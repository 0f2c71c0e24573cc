"""What moves a case's deadlines: pauses and extensions."""

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
