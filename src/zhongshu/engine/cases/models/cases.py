"""The case itself, and where it stands in the lists."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Case(models.Model):
    """One matter on its way through a process.

    `revision` is the number of the case's last journal entry. `alarm` is when its deadline speaks up next, `alarms` how
    often it has; `master` is the case it was merged into. `marking` and `data` are the process' state. `reach` is
    every body and place the case lies under; `cases_reach` repeats it as rows for the lists. `awaits` are the messages
    and signals it listens to; null: none.
    """

    id = models.UUIDField(primary_key=True)
    number = models.TextField(unique=True)
    scenario = models.TextField()
    version = models.IntegerField()
    category = models.TextField()
    title = models.TextField()
    phase = models.TextField()
    source = models.TextField()
    opened = models.DateTimeField()
    due = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    place = models.BigIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    address = models.TextField(blank=True)
    body = models.BigIntegerField(null=True)
    reach = ArrayField(models.BigIntegerField())
    data = models.JSONField()
    marking = models.JSONField()
    revision = models.IntegerField()
    alarm = models.DateTimeField(null=True)
    alarms = models.SmallIntegerField(db_default=0)
    master = models.UUIDField(null=True)
    awaits = ArrayField(models.TextField(), null=True)

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="case_point",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")), name="case_closed_after_opened"
            ),
            models.CheckConstraint(condition=Q(revision__gt=0), name="case_revision"),
            models.CheckConstraint(
                condition=Q(master=None) | (Q(closed__isnull=False) & ~Q(master=F("id"))), name="case_merged"
            ),
        ]
        indexes = [
            models.Index(fields=["category", "-opened"], name="case_by_category"),
            models.Index(fields=["due"], name="case_due", condition=Q(closed=None)),
            models.Index(fields=["category", "lat"], name="case_near", condition=Q(closed=None, lat__isnull=False)),
            models.Index(fields=["place", "category", "opened"], name="case_again"),
            models.Index(fields=["master"], name="case_duplicates", condition=Q(master__isnull=False)),
            models.Index(fields=["alarm"], name="case_alarm", condition=Q(closed=None, alarm__isnull=False)),
            models.Index(fields=["due"], name="case_warned", condition=Q(closed=None, alarms__gt=0)),
            models.Index(fields=["scenario", "version", "id"], name="case_running", condition=Q(closed=None)),
            models.Index(fields=["closed"], name="case_closed", condition=Q(closed__isnull=False)),
            GinIndex(fields=["awaits"], name="case_awaits", condition=Q(awaits__isnull=False)),
        ]


_NEWEST = (F("opened").desc(), F("case_id").desc())


class Reach(models.Model):
    """The case under one ancestor body or place; newest first within each, open ones apart."""

    pk = models.CompositePrimaryKey("case_id", "ancestor")
    case_id = models.UUIDField()
    ancestor = models.BigIntegerField()
    opened = models.DateTimeField()
    running = models.BooleanField()

    class Meta:
        db_table = "cases_reach"
        indexes = [
            models.Index("ancestor", *_NEWEST, name="reach_newest"),
            models.Index("ancestor", *_NEWEST, name="reach_running", condition=Q(running=True)),
        ]
