"""Grants: who holds which role over what, and who looks after which cell."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Mod

from zhongshu.base.permissions import hours
from zhongshu.registers.people.models.accounts import Account
from zhongshu.registers.people.models.bodies import Body


class Grants(models.QuerySet["Grant"]):
    """Grants by when they count."""

    def living(self, at: datetime) -> "Grants":
        """Those whose period is running, at whatever hours."""
        return self.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)

    def in_force(self, at: datetime) -> "Grants":
        """Those that count at this very moment for who states no purpose: the rule of `permissions`, as a query."""
        bound = Func(Value(hours.minute_of_week(at)), F("hours"), function="width_bucket", output_field=_COUNT)
        return self.living(at).annotate(inside=Mod(bound, 2)).filter(Q(hours=[]) | Q(inside=1), purpose="")


_COUNT = models.IntegerField()


class Grant(models.Model):
    """A role given to an account over a body's subtree and a place's subtree, for a purpose, a period and hours.

    `hours` are bounds of stretches of the week (`permissions.hours`; none: always). `proposal` is the proposal by which
    it came, `reviewed` when it was last confirmed. One `deputy_of` another is lent during leave and ends with it.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.TextField()
    body = models.ForeignKey(Body, models.PROTECT, null=True)
    place = models.BigIntegerField(null=True)
    purpose = models.TextField(blank=True)
    hours = ArrayField(models.IntegerField(), default=list, db_default=Value("{}"))
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    given_by = models.UUIDField()
    proposal = models.UUIDField(null=True)
    reviewed = models.DateTimeField(null=True)
    deputy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="lent")

    objects = Grants.as_manager()

    class Meta:
        db_table = "people_grant"
        constraints = [
            # A grant that is taken back before it begins ends as it begins: an empty period.
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="grant_span"),
            models.CheckConstraint(condition=Q(deputy_of=None) | Q(ends__isnull=False), name="grant_lent_ends"),
        ]
        indexes = [
            models.Index(fields=["role", "body", "place"], name="grant_holders"),
            models.Index(fields=["-starts", "-id"], name="grant_newest"),
            models.Index(
                Coalesce("reviewed", "starts"), "id", name="grant_review_due", condition=Q(ends=None, deputy_of=None)
            ),
        ]


class GrantReview(models.Model):
    """That a grant was looked at and is still needed."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="reviews")
    confirmed_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "people_grant_review"


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
