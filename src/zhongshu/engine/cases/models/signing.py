"""Signatures that were asked for."""

from django.db import models
from django.db.models import Q


class Signature(models.Model):
    """That somebody, or whoever leads a body, was asked to sign a task, beside the task they got for it.

    When it was due and what was answered stands there. `task` is the token signed, `question` what is asked, `reply`
    what the doer answered to a disagreement, `off` when it was called off, `reminded` when a reminder went out last.
    """

    pk = models.CompositePrimaryKey("case_id", "token")
    case_id = models.UUIDField()
    token = models.IntegerField()
    task = models.IntegerField()
    account = models.UUIDField(null=True)
    body = models.BigIntegerField(null=True)
    question = models.TextField()
    asked = models.DateTimeField()
    asker = models.UUIDField()
    reminded = models.DateTimeField(null=True)
    off = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_signature"
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None, body__isnull=False) | Q(account__isnull=False, body=None),
                name="signature_of_one",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied=None) | (~Q(reply="") & Q(replied__isnull=False)),
                name="signature_reply",
            ),
        ]
