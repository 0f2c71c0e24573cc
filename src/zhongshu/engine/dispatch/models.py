"""Who answers for what, who is on duty, where they are, and what has been learnt."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q


class Version(models.Model):
    """A change of the responsibility table that one proposed and another approved, numbered without a gap.

    `changes` are `rules.table.Change`, `trial` is `rules.trial.Trial` as the approver saw it.
    """

    number = models.BigIntegerField(primary_key=True)
    proposal = models.UUIDField(unique=True)
    changes = models.JSONField()
    trial = models.JSONField()
    reason = models.TextField()
    proposed = models.DateTimeField()
    proposer = models.UUIDField()
    answer = models.TextField(blank=True)
    approved = models.DateTimeField()
    approver = models.UUIDField()

    class Meta:
        db_table = "dispatch_version"
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0, approved__gte=F("proposed")), name="version_order"),
            models.CheckConstraint(condition=~Q(approver=F("proposer")), name="version_by_two"),
        ]


class Responsibility(models.Model):
    """A row of the responsibility table: cases of a category in a place belong to a body, for a period.

    `category` is a code or its beginning (empty: all). `trust` is the share the row holds against what was
    learnt; see `rules.duties`. `begun` and `ended` are the versions it came and went with (null: written down without
    a proposal, as when the city was set up); a row is never deleted.
    """

    category = models.TextField(blank=True)
    place = models.BigIntegerField()
    body = models.BigIntegerField()
    trust = models.FloatField(default=0.9)
    priority = models.IntegerField(default=0)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    begun = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", db_index=False)
    ended = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", db_index=False)

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
        indexes = [
            models.Index(fields=["place", "category", "id"], name="responsibility_by_place"),
            models.Index(fields=["body", "place", "category", "id"], name="responsibility_by_body"),
            models.Index(fields=["ends"], name="responsibility_ending", condition=Q(ends__isnull=False)),
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


_PERIOD = Func("starts", "ends", function="tstzrange", output_field=DateTimeRangeField())


class Shift(models.Model):
    """An officer's duty: when, in which place, for which kinds of matter (category beginnings; empty: any).

    `signed`: when the officer signed in. `tracked` and `untracked`: from when to when the officer let the way be kept.
    """

    account = models.UUIDField()
    place = models.BigIntegerField()
    skills = ArrayField(models.TextField(), default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    signed = models.DateTimeField(null=True)
    tracked = models.DateTimeField(null=True)
    untracked = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispatch_shift"
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_period")]
        indexes = [
            models.Index(fields=["account", "ends"], name="shift_of_account"),
            GistIndex(_PERIOD, name="shift_period_now"),
        ]


class Track(models.Model):
    """The way of an officer in one hour of a shift: a row an hour, not a row a point.

    `seconds` of the hour, `lons` and `lats` are the points side by side; `metres` and `cells` sum them up and outlive
    them (`actions.tracks.forget`).
    """

    pk = models.CompositePrimaryKey("shift_id", "hour")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="hours", db_index=False)
    hour = models.DateTimeField()
    seconds = ArrayField(models.SmallIntegerField())
    lons = ArrayField(models.FloatField())
    lats = ArrayField(models.FloatField())
    metres = models.FloatField()
    cells = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "dispatch_track"
        constraints = [models.CheckConstraint(condition=Q(metres__gte=0), name="track_metres")]
        indexes = [models.Index(fields=["hour"], name="track_kept", condition=~Q(seconds=[]))]


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
