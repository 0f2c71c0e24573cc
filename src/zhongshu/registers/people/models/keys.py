"""Keys of connected systems."""

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.accounts import Account


class ApiKey(models.Model):
    """A key with which a device account speaks to the machine API. Only its SHA-256 is kept: the key is random.

    `scopes` are the permissions it may use of those its holder has, none when empty; `networks` (CIDR) the addresses
    it may be used from, any when empty; `used_on` the last day it was used; `warned` when somebody was told of its end.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="keys")
    name = models.TextField()
    digest = models.BinaryField(unique=True, max_length=32)
    scopes = ArrayField(models.TextField(), default=list)
    networks = ArrayField(models.TextField(), default=list)
    per_minute = models.IntegerField(default=600)
    per_day = models.IntegerField(default=1_000_000)
    issued = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
    warned = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_api_key"
        constraints = [
            models.CheckConstraint(condition=Q(per_minute__gt=0), name="api_key_limit_positive"),
            models.CheckConstraint(condition=Q(per_day__gte=F("per_minute")), name="api_key_limit_of_day"),
        ]
        indexes = [
            models.Index(
                fields=["expires"], name="api_key_ending", condition=Q(revoked=None, warned=None, expires__isnull=False)
            ),
        ]


class KeyUse(models.Model):
    """How often a key was used in its running minute and day; an unlogged table, for it need not survive a crash."""

    key = models.OneToOneField(ApiKey, models.CASCADE, primary_key=True, related_name="use")
    minute = models.BigIntegerField()
    used = models.IntegerField()
    day = models.IntegerField(default=0)
    used_today = models.IntegerField(default=0)

    class Meta:
        db_table = "people_key_use"
