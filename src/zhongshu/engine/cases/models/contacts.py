"""Who told of a case, what they gave, and what turned out to be the same."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Contact(models.Model):
    """A call, report, alarm or visit that opened or joined a case. `key` makes sending it twice one contact.

    `behalf` is the person or firm that `account` told for; it is their contact then, not the account's.
    """

    pk = models.CompositePrimaryKey("case_id", "id")
    case_id = models.UUIDField()
    id = models.UUIDField()
    key = models.TextField(unique=True)
    account = models.UUIDField(null=True)
    behalf = models.UUIDField(null=True)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    source = models.TextField()
    text = models.TextField()
    received = models.DateTimeField()
    query_digest = models.BinaryField(null=True)

    class Meta:
        db_table = "cases_contact"
        indexes = [
            models.Index("account", F("received").desc(), name="contact_mine", condition=Q(account__isnull=False)),
            models.Index("behalf", F("received").desc(), name="contact_for", condition=Q(behalf__isnull=False)),
        ]


VOICE = "voice-note"
"""What a voice note is attached as: never the name of a question, which has no hyphen."""


class Attachment(models.Model):
    """A document on a case: who saw what where. `token` is the task it was given at, null for the report."""

    pk = models.CompositePrimaryKey("case_id", "document")
    case_id = models.UUIDField()
    document = models.UUIDField()
    token = models.IntegerField(null=True)
    field = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_attachment"
        indexes = [models.Index(fields=["document"], name="attachment_document")]


class Merge(models.Model):
    """That a case was merged into another, with what waited on it then, so that it can be undone."""

    pk = models.CompositePrimaryKey("case_id", "at")
    case_id = models.UUIDField()
    at = models.DateTimeField()
    master = models.UUIDField()
    actor = models.UUIDField()
    reason = models.TextField()
    phase = models.TextField()
    tokens = ArrayField(models.IntegerField())
    timers = models.JSONField()
    undone = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_merge"
        constraints = [
            models.UniqueConstraint(fields=["case_id"], condition=Q(undone=None), name="merge_one_at_a_time")
        ]
