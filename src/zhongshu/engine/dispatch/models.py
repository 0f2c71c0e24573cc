"""Who answers for what, who is on duty, where they are, and what has been learnt."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Responsibility(models.Model):
    """A row of the responsibility table: cases of a category in a place belong to a body, for a period.

    `category` is a code or its beginning (empty: all). `trust` is the share the row holds against what was
    learnt; see `rules.duties`.
    """

    category = models.TextField(blank=True)
    place = models.BigIntegerField()
    body = models.BigIntegerField()
    trust = models.FloatField(default=0.9)
    priority = models.IntegerField(default=0)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_responsibility"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="responsibility_period"
            ),
            models.CheckConstraint(condition=Q(trust__range=(0, 1)), name="responsibility_trust"),
            models.UniqueConstraint(
                fields=["category", "place"], condition=Q(ends=None), name="responsibility_one_body"
            ),
        ]


class Seen(models.Model):
    """How often, under a key (category × place, or words), the answer was so. Decays; see `rules`."""

    pk = models.CompositePrimaryKey("key", "answer")
    key = models.TextField()
    answer = models.TextField()
    n = models.FloatField()
    last = models.DateField()
    cases = models.IntegerField()

    class Meta:
        db_table = "dispatch_seen"


class Shift(models.Model):
    """An officer's duty: when, in which place, for which kinds of matter (category beginnings; empty: any)."""

    account = models.UUIDField()
    place = models.BigIntegerField()
    skills = ArrayField(models.TextField(), default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        db_table = "dispatch_shift"
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_period")]
        indexes = [models.Index(fields=["account", "ends"], name="shift_of_account")]


class Position(models.Model):
    """Where an officer was last, WGS-84 degrees."""

    account = models.UUIDField(primary_key=True)
    lon = models.FloatField()
    lat = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        db_table = "dispatch_position"
        constraints = [
            models.CheckConstraint(condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)), name="position_point"),
        ]
