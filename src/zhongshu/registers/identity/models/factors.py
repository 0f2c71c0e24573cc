"""What somebody can prove beside a password: authenticator apps, passkeys, recovery codes."""

import uuid_utils.compat
from django.db import models

from zhongshu.registers.people.models import Account


class Authenticator(models.Model):
    """An app that makes one-time codes (RFC 6238). Its secret is sealed; `step` is the last time step accepted."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="authenticators")
    name = models.TextField()
    secret = models.TextField()
    step = models.BigIntegerField()
    added = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_authenticator"

    def __str__(self) -> str:
        return self.name


class Passkey(models.Model):
    """A WebAuthn credential: its public key, and how often its authenticator says it has signed."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    name = models.TextField()
    credential = models.BinaryField(unique=True, max_length=1023)
    public_key = models.BinaryField()
    counter = models.BigIntegerField()
    added = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_passkey"
        constraints = [models.CheckConstraint(condition=models.Q(counter__gte=0), name="passkey_counter")]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of the codes kept on paper. Only its keyed hash is here."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    mark = models.BinaryField(max_length=32)
    made = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_recovery_code"
        constraints = [models.UniqueConstraint(fields=["account", "mark"], name="recovery_code_once")]
