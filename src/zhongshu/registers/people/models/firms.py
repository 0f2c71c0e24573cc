"""Who acts for a firm."""

from datetime import timedelta

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.parties import Firm, Person


class FirmRole(models.Model):
    """A person's role in a firm. An agent's is for some `matters` and three years at most; `confirmed` says since when
    a legal representative's is known to be true, by the register or by documents at a counter.
    """

    class Role(models.TextChoices):
        REPRESENTATIVE = "legal_representative", "法定代表人"
        AGENT = "agent", "经办人"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="firm_roles")
    role = models.TextField(choices=Role.choices)
    matters = ArrayField(models.TextField(), default=list, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    appointed_by = models.UUIDField()
    ended = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        db_table = "people_firm_role"
        constraints = [
            models.UniqueConstraint(
                fields=["firm"],
                condition=Q(role="legal_representative", ended=None, confirmed__isnull=False),
                name="firm_one_representative",
            ),
            models.UniqueConstraint(
                fields=["firm", "person"],
                condition=Q(role="legal_representative", ended=None),
                name="firm_representative_once",
            ),
            models.CheckConstraint(
                condition=Q(role="legal_representative", matters=[])
                | (
                    Q(role="agent", confirmed__isnull=False, ends__isnull=False)
                    & Q(ends__lte=F("starts") + timedelta(days=3 * 366))
                    & ~Q(matters=[])
                ),
                name="firm_role_limits",
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="firm_role_period"),
            models.CheckConstraint(
                condition=Q(ended=None, ended_by=None) | Q(ended__isnull=False, ended_by__isnull=False),
                name="firm_role_ended",
            ),
        ]
