"""Other systems that people sign in to through us."""

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhongshu.registers.people.models import Account


class Client(models.Model):
    """A system of the city that may ask who somebody is. One without a secret runs where it could not keep one."""

    id = models.TextField(primary_key=True)
    name = models.TextField()
    name_en = models.TextField()
    digest = models.BinaryField(max_length=32, null=True)
    redirects = ArrayField(models.TextField())
    leaves = ArrayField(models.TextField(), default=list)
    back_channel = models.TextField(blank=True)
    sector = models.TextField()
    scopes = ArrayField(models.TextField())
    full_name = models.BooleanField(default=False)
    algorithm = models.TextField(default="RS256")
    registered = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_client"
        constraints = [
            models.CheckConstraint(condition=Q(algorithm__in=["RS256", "ES256"]), name="client_algorithm"),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """That somebody let a system know these things about them, until they take it back."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="consents")
    account = models.ForeignKey(Account, models.PROTECT, related_name="consents")
    scopes = ArrayField(models.TextField())
    given = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_consent"
        constraints = [
            models.UniqueConstraint(fields=["client", "account"], condition=Q(revoked=None), name="consent_once"),
        ]


class Subject(models.Model):
    """The name by which the systems of one host know an account: nobody can tell it from another host's (pairwise)."""

    sector = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    name = models.TextField(unique=True)

    class Meta:
        db_table = "identity_subject"
        constraints = [models.UniqueConstraint(fields=["sector", "account"], name="subject_once")]


class Permit(models.Model):
    """One sign-in of one account at one system: it ends with our session, and all tokens end with it."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="permits")
    account = models.ForeignKey(Account, models.PROTECT, related_name="permits")
    session = models.UUIDField()
    scopes = ArrayField(models.TextField())
    redirect = models.TextField()
    nonce = models.TextField(blank=True)
    challenge = models.TextField()
    proved = models.DateTimeField(null=True)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_permit"
        indexes = [
            models.Index(fields=["session"], condition=Q(ended=None), name="permit_open_session"),
            models.Index(fields=["account", "client"], condition=Q(ended=None), name="permit_open_account"),
        ]


class Pass(models.Model):
    """A code or token of a permit: 256 random bits of which only the hash is kept. `used` is when it was spent."""

    class Kind(models.TextChoices):
        CODE = "code", "授权码"
        ACCESS = "access", "访问令牌"
        REFRESH = "refresh", "续期令牌"

    digest = models.BinaryField(primary_key=True, max_length=32)
    permit = models.ForeignKey(Permit, models.CASCADE, related_name="passes")
    kind = models.TextField(choices=Kind.choices)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_pass"
        constraints = [models.CheckConstraint(condition=Q(kind__in=["code", "access", "refresh"]), name="pass_kind")]
        indexes = [models.Index(fields=["expires"], name="pass_expires")]


class SigningKey(models.Model):
    """A key that signs what we say of people. It is shown a day before it signs and a day after its successor does."""

    kid = models.TextField(primary_key=True, db_column="id")
    algorithm = models.TextField()
    sealed = models.TextField()
    public = models.JSONField()
    made = models.DateTimeField()
    signs = models.DateTimeField()
    retired = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_signing_key"
        indexes = [models.Index(fields=["algorithm", "-signs"], name="signing_key_newest")]
