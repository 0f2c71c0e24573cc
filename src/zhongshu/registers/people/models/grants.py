"""Grants: who holds which role over what, and who looks after which cell."""

from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.accounts import Account
from zhongshu.registers.people.models.bodies import Body


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
