"""Accounts: who signs in."""

import uuid_utils.compat
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from zhongshu.registers.people.models.bodies import Body
from zhongshu.registers.people.models.parties import Firm, Person


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
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="accounts")
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
        indexes = [models.Index(fields=["phone"], name="account_phone", condition=~Q(phone=""))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed is None
