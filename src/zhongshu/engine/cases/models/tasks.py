"""What waits for somebody, and what will come by itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value


class Task(models.Model):
    """A step that waits for somebody.

    `pool` is the body or place at which the task is offered to holders of `role`; `assignee` has it for himself and
    answers for it, `delegate` does it for them while that is not empty (`by_rule`: a rule chose who; `taken_from` were
    on the way before, and may still do it); `declined` are those who gave it back. `alarm` is when its
    deadline speaks up next, `alarms` how often it has; `urged` counts who urged. `signs` is the task that it
    is a signature to, if it is one.
    """

    pk = models.CompositePrimaryKey("case_id", "token")
    case_id = models.UUIDField()
    token = models.IntegerField()
    element = models.TextField()
    phase = models.TextField()
    role = models.TextField()
    pool = models.BigIntegerField()
    assignee = models.UUIDField(null=True)
    delegate = models.UUIDField(null=True)
    by_rule = models.BooleanField(db_default=False)
    taken_from = ArrayField(models.UUIDField(), db_default=Value([], output_field=ArrayField(models.UUIDField())))
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
    urged = models.SmallIntegerField(db_default=0)
    declined = ArrayField(models.UUIDField(), db_default=Value([], output_field=ArrayField(models.UUIDField())))
    signs = models.IntegerField(null=True)

    class Meta:
        db_table = "cases_task"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed=None, ending=None) | Q(closed__isnull=False, ending__in=["done", "withdrawn"]),
                name="task_ending",
            ),
            models.CheckConstraint(condition=~Q(ending="done") | Q(closed_by__isnull=False), name="task_done_by"),
            models.CheckConstraint(
                condition=Q(delegate=None) | (Q(assignee__isnull=False) & ~Q(delegate=F("assignee"))),
                name="task_delegate",
            ),
        ]
        indexes = [
            models.Index(
                fields=["role", "pool", "due", "case_id"], name="task_offered", condition=Q(closed=None, assignee=None)
            ),
            models.Index(fields=["assignee", "due", "case_id"], name="task_mine", condition=Q(closed=None)),
            models.Index(
                fields=["delegate", "due", "case_id"],
                name="task_delegated",
                condition=Q(closed=None, delegate__isnull=False),
            ),
            models.Index(fields=["due"], name="task_due", condition=Q(closed=None)),
            models.Index(
                fields=["role", "due", "case_id"],
                name="task_unreached",
                condition=Q(Q(assignee=None) | Q(by_rule=True), closed=None, arrived=None),
            ),
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


class Urge(models.Model):
    """That somebody urged a task (催办): the applicant by their `contact`, an official without one."""

    pk = models.CompositePrimaryKey("case_id", "token", "at", "actor")
    case_id = models.UUIDField()
    token = models.IntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    contact = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "cases_urge"
