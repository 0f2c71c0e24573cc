"""The bodies a whistle called, and what the street thinks of them."""

from django.db import models
from django.db.models import F, Q


class Call(models.Model):
    """A body called by a whistle, beside the task it got: when it was due and what it answered stands there.

    `off` is when it was called off; the marks (考核) are given once, from 1 to 5 each.
    """

    pk = models.CompositePrimaryKey("case_id", "token")
    case_id = models.UUIDField()
    token = models.IntegerField()
    body = models.BigIntegerField()
    lead = models.BooleanField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    off = models.DateTimeField(null=True)
    response = models.SmallIntegerField(null=True)
    result = models.SmallIntegerField(null=True)
    attitude = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True)
    scored = models.DateTimeField(null=True)
    scorer = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_call"
        constraints = [
            models.CheckConstraint(
                condition=Q(response=None, result=None, attitude=None, scored=None, scorer=None)
                | Q(
                    response__range=(1, 5),
                    result__range=(1, 5),
                    attitude__range=(1, 5),
                    scored__isnull=False,
                    scorer__isnull=False,
                ),
                name="call_marks",
            ),
        ]
        indexes = [models.Index("body", F("at").desc(), name="call_of_body")]
