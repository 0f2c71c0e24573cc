"""Where somebody is signed in."""

import uuid_utils.compat
from django.db import models

from zhongshu.registers.people.models import Account


class Session(models.Model):
    """A browser that is signed in. `digest` is the SHA-256 of the session's key: this row opens no session."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    digest = models.BinaryField(unique=True, max_length=32)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    began = models.DateTimeField()
    seen = models.DateTimeField()
    method = models.TextField()
    address = models.TextField()
    agent = models.TextField()

    class Meta:
        db_table = "identity_session"
        constraints = [models.CheckConstraint(condition=models.Q(seen__gte=models.F("began")), name="session_seen")]
        indexes = [models.Index(fields=["began"], name="session_began")]
