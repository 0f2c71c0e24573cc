"""Cases and what hangs on them.

Tables of a case lead their keys with the case id (a UUIDv7 made by us) and point outside the case by plain ids, so that
they distribute by case. The hot path writes them with plain SQL (`actions/rows.py`).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value


class Scenario(models.Model):
    """One version of a scenario folder, as loaded: never changed afterwards."""

    code = models.TextField()
    version = models.IntegerField()
    digest = models.TextField()
    files = models.JSONField()
    loaded = models.DateTimeField()

    class Meta:
        db_table = "cases_scenario"
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="scenario_version")]


class Case(models.Model):
    """One matter on its way through a process.

    `revision` is the number of the case's last journal entry. `alarm` is when its deadline speaks up next, `alarms` how
    often it has; `master` is the case it was merged into. `marking` and `data` are the process' state. `reach` is
    every body and place the case lies under; `cases_reach` repeats it as rows for the lists.
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


class Task(models.Model):
    """A step that waits for somebody.

    `pool` is the body or place at which the task is offered to holders of `role`; `assignee` has it for himself;
    `declined` are those who gave it back. `alarm` is when its deadline speaks up next, `alarms` how often it has.
    """

    pk = models.CompositePrimaryKey("case_id", "token")
    case_id = models.UUIDField()
    token = models.IntegerField()
    element = models.TextField()
    phase = models.TextField()
    role = models.TextField()
    pool = models.BigIntegerField()
    assignee = models.UUIDField(null=True)
    opened = models.DateTimeField()
    due = models.DateTimeField(null=True)
    claimed = models.DateTimeField(null=True)
    arrived = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    ending = models.TextField(null=True)  # noqa: DJ001  null is not ended yet
    outcome = models.JSONField(null=True)
    alarm = models.DateTimeField(null=True)
    alarms = models.SmallIntegerField(db_default=0)
    declined = ArrayField(models.UUIDField(), db_default=Value([], output_field=ArrayField(models.UUIDField())))

    class Meta:
        db_table = "cases_task"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed=None, ending=None) | Q(closed__isnull=False, ending__in=["done", "withdrawn"]),
                name="task_ending",
            ),
            models.CheckConstraint(condition=~Q(ending="done") | Q(closed_by__isnull=False), name="task_done_by"),
        ]
        indexes = [
            models.Index(
                fields=["role", "pool", "due", "case_id"], name="task_offered", condition=Q(closed=None, assignee=None)
            ),
            models.Index(fields=["assignee", "due", "case_id"], name="task_mine", condition=Q(closed=None)),
            models.Index(fields=["due"], name="task_due", condition=Q(closed=None)),
            models.Index(fields=["alarm"], name="task_alarm", condition=Q(closed=None, alarm__isnull=False)),
        ]


class Timer(models.Model):
    """A boundary timer that will fire unless its task ends first."""

    pk = models.CompositePrimaryKey("case_id", "token", "element")
    case_id = models.UUIDField()
    token = models.IntegerField()
    element = models.TextField()
    due = models.DateTimeField()

    class Meta:
        db_table = "cases_timer"
        indexes = [models.Index(fields=["due"], name="timer_due")]


class Pause(models.Model):
    """An interval in which the case's clock stood still, with its reason."""

    pk = models.CompositePrimaryKey("case_id", "started")
    case_id = models.UUIDField()
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    reason = models.TextField()
    actor = models.UUIDField()

    class Meta:
        db_table = "cases_pause"
        constraints = [
            models.CheckConstraint(condition=Q(ended__isnull=True) | Q(ended__gt=F("started")), name="pause_period"),
            models.UniqueConstraint(fields=["case_id"], condition=Q(ended=None), name="pause_one_running"),
        ]


class Extension(models.Model):
    """Time added to a task's term, in the term's own unit; `actor` granted it."""

    pk = models.CompositePrimaryKey("case_id", "token", "at")
    case_id = models.UUIDField()
    token = models.IntegerField()
    at = models.DateTimeField()
    amount = models.IntegerField()
    actor = models.UUIDField()

    class Meta:
        db_table = "cases_extension"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="extension_adds")]


class Merge(models.Model):
    """That a case was merged into another, with what waited on it then, so that it can be undone."""

    pk = models.CompositePrimaryKey("case_id", "at")
    case_id = models.UUIDField()
    at = models.DateTimeField()
    master = models.UUIDField()
    actor = models.UUIDField()
    reason = models.TextField()
    phase = models.TextField()
    tokens = ArrayField(models.IntegerField())
    timers = models.JSONField()
    undone = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_merge"
        constraints = [
            models.UniqueConstraint(fields=["case_id"], condition=Q(undone=None), name="merge_one_at_a_time")
        ]


class Contact(models.Model):
    """A call, report, alarm or visit that opened or joined a case. `key` makes sending it twice one contact."""

    pk = models.CompositePrimaryKey("case_id", "id")
    case_id = models.UUIDField()
    id = models.UUIDField()
    key = models.TextField(unique=True)
    account = models.UUIDField(null=True)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    source = models.TextField()
    text = models.TextField()
    received = models.DateTimeField()
    query_digest = models.BinaryField(null=True)

    class Meta:
        db_table = "cases_contact"
        indexes = [
            models.Index("account", F("received").desc(), name="contact_mine", condition=Q(account__isnull=False)),
        ]


class Attachment(models.Model):
    """A document on a case: who saw what where. `token` is the task it was given at, null for the report."""

    pk = models.CompositePrimaryKey("case_id", "document")
    case_id = models.UUIDField()
    document = models.UUIDField()
    token = models.IntegerField(null=True)
    field = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_attachment"
        indexes = [models.Index(fields=["document"], name="attachment_document")]
