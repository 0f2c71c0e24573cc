"""Keys of connected systems."""

import uuid_utils.compat
from django.db import models
from django.db.models import Q

from zhongshu.registers.people.models.accounts import Account


class ApiKey(models.Model):
    """A key with which a device account speaks to the machine API. Only its SHA-256 is kept: the key is random."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="keys")
    name = models.TextField()
    digest = models.BinaryField(unique=True, max_length=32)
    per_minute = models.IntegerField(default=600)
    issued = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_api_key"
        constraints = [
            models.CheckConstraint(condition=Q(per_minute__gt=0), name="api_key_limit_positive"),
        ]


class KeyUse(models.Model):
    """How often a key was used in its running minute; an unlogged table, for it need not survive a crash."""

    key = models.OneToOneField(ApiKey, models.CASCADE, primary_key=True, related_name="use")
    minute = models.BigIntegerField()
    used = models.IntegerField()

    class Meta:
        db_table = "people_key_use"
