"""Bodies, accounts, grants, grid officers and keys."""

import uuid_utils.compat
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Body(models.Model):
    """A government body or a unit inside one; bodies form a tree.

    `lineage` holds the ids from the root to this body, itself included: who is above it, in one read.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        BUREAU = "bureau", "部门"
        OFFICE = "office", "街道办事处"
        COMMUNITY = "community", "社区"
        UNIT = "unit", "科室队所"
        COMPANY = "company", "企业"

    id = models.BigAutoField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField())
    name = models.TextField()
    name_en = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    place = models.BigIntegerField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_body"
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="body_name_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(kind__in=["government", "bureau", "office", "community", "unit", "company"]),
                name="body_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their login, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Someone or something that signs in: a resident, a firm, an official, a device."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", "个人"
        FIRM = "firm", "企业"
        STAFF = "staff", "工作人员"
        DEVICE = "device", "系统与设备"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    login = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    phone = models.TextField(blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="staff")
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    last_login = None

    objects = Accounts()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name", "kind"]

    class Meta:
        db_table = "people_account"
        constraints = [
            models.CheckConstraint(condition=Q(login=Lower("login")), name="account_login_lower"),
            models.CheckConstraint(condition=Q(kind__in=["resident", "firm", "staff", "device"]), name="account_kind"),
            models.CheckConstraint(condition=~Q(kind="staff") | Q(body__isnull=False), name="account_staff_body"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed is None


class Grant(models.Model):
    """A role given to an account over a body's subtree and a place's subtree, for a purpose and a period."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.TextField()
    body = models.ForeignKey(Body, models.PROTECT, null=True)
    place = models.BigIntegerField(null=True)
    purpose = models.TextField(blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    given_by = models.UUIDField()

    class Meta:
        db_table = "people_grant"
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="grant_period"),
        ]
        indexes = [models.Index(fields=["role", "body", "place"], name="grant_holders")]


class CellOfficer(models.Model):
    """The officer who looks after a grid cell."""

    cell = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="cells")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_cell_officer"
        constraints = [
            models.UniqueConstraint(fields=["cell", "account"], condition=Q(ends=None), name="cell_officer_once"),
        ]


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
