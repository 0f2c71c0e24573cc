"""Kiosks and readers: browsers that sign in by themselves."""

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models import Account


class DeviceCode(models.Model):
    """The code with which a device account's next browser is bound: eight digits, once, for a few minutes."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="device_code")
    mark = models.BinaryField(unique=True, max_length=32)
    network = models.TextField(blank=True)
    expires = models.DateTimeField()

    class Meta:
        db_table = "identity_device_code"


class Device(models.Model):
    """A browser bound to a device account. It holds a random token, of which only the SHA-256 is kept.

    `agent` is the family of its browser, `network` the addresses it may come from; empty: from anywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    digest = models.BinaryField(unique=True, max_length=32)
    agent = models.TextField()
    network = models.TextField(blank=True)
    bound = models.DateTimeField()
    seen = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_device"
        constraints = [models.CheckConstraint(condition=Q(expires__gt=F("bound")), name="device_period")]
