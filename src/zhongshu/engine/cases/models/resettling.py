"""Open cases follow a body that was moved in the tree."""

from django.db import models
from django.db.models import F, Q


class BodyMove(models.Model):
    """The settling of all open cases under a body anew, because the body is under others now.

    `entry` is the journal entry that told of it; `upto` and `upto_case` are when the last case looked at was opened,
    and which it was: older ones are done.
    """

    entry = models.BigIntegerField(primary_key=True)
    body = models.BigIntegerField()
    asked = models.DateTimeField()
    upto = models.DateTimeField(null=True)
    upto_case = models.UUIDField(null=True)
    looked = models.IntegerField(db_default=0)
    moved = models.IntegerField(db_default=0)
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_body_move"
        constraints = [
            models.CheckConstraint(condition=Q(moved__gte=0, moved__lte=F("looked")), name="body_move_counts"),
        ]
        indexes = [models.Index(fields=["body", "-entry"], name="body_move_newest")]
