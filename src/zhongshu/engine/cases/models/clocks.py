"""What moves the deadlines of a case: pauses, extensions, what an applicant is to add, years as they are announced."""

from django.db import models
from django.db.models import F, Q


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


class Reckoning(models.Model):
    """One reckoning of all open deadlines anew, because the days of a year were announced.

    `entry` is the journal entry that told of it, `since` the first day that changed, `upto` the last case looked at.
    """

    entry = models.BigIntegerField(primary_key=True)
    year = models.IntegerField()
    since = models.DateField()
    asked = models.DateTimeField()
    upto = models.UUIDField(null=True)
    looked = models.IntegerField(db_default=0)
    moved = models.IntegerField(db_default=0)
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_reckoning"
        constraints = [
            models.CheckConstraint(condition=Q(moved__gte=0, moved__lte=F("looked")), name="reckoning_counts"),
        ]


class Supplement(models.Model):
    """What an applicant was asked to add, all of it in one list (一次性告知); the clock stands still meanwhile.

    `number` counts how often that was asked, `contact` is who was asked and `token` the task it was asked from; `items`
    are what and why, `law` what allows asking again. `answers` is what came, in the order of the items; `ending` why
    nobody waits any more: it was `answered`, the time was over (`lapsed`), or the asker waits no longer (`dropped`).
    """

    pk = models.CompositePrimaryKey("case_id", "number")
    case_id = models.UUIDField()
    number = models.SmallIntegerField()
    token = models.IntegerField()
    contact = models.UUIDField()
    items = models.JSONField()
    law = models.TextField(blank=True)
    actor = models.UUIDField()
    at = models.DateTimeField()
    due = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ending = models.TextField(null=True)  # noqa: DJ001  null is not ended yet
    answers = models.JSONField(null=True)

    class Meta:
        db_table = "cases_supplement"
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0, due__gte=F("at")), name="supplement_asked"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(law=""), name="supplement_once_by_law"),
            models.CheckConstraint(
                condition=Q(ended=None, ending=None, answers__isnull=True)
                | Q(ended__isnull=False, ending="answered", answers__isnull=False)
                | Q(ended__isnull=False, ending__in=["lapsed", "dropped"], answers__isnull=True),
                name="supplement_ending",
            ),
            models.UniqueConstraint(fields=["case_id"], condition=Q(ended=None), name="supplement_one_waiting"),
        ]
        indexes = [models.Index(fields=["due"], name="supplement_due", condition=Q(ended=None))]
