"""Messages to people and their way out."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message to one account or phone number about a case. `key` makes sending twice one message."""

    id = models.UUIDField(primary_key=True)
    key = models.TextField(unique=True)
    account = models.UUIDField(null=True)
    phone = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)
    template = models.TextField()
    facts = models.JSONField()
    sent = models.DateTimeField()
    read = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        db_table = "messages_message"
        constraints = [
            models.CheckConstraint(condition=Q(account__isnull=False) | ~Q(phone=""), name="message_to_somebody")
        ]
        indexes = [
            models.Index("account", models.F("sent").desc(), name="message_mine", condition=Q(account__isnull=False)),
            models.Index(fields=["account"], name="message_unread", condition=Q(read=None, account__isnull=False)),
            models.Index(fields=["sent", "id"], name="message_oldest"),
        ]  # fmt: skip
