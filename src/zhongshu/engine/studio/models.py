"""Scenarios in the making. Bodies and people are plain ids, as everywhere in the engine."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """A folder somebody works on, of a body.

    `origin` and `origin_name` say what it was begun from (a published scenario, a pattern, an import). `base` is the
    published version it is to follow, 0 for a new code. `revision` is the number of its last one. A draft that was
    published or dropped is finished and is kept.
    """

    class Origin(models.TextChoices):
        SCENARIO = "scenario", "已发布的场景"
        PATTERN = "pattern", "样板"
        IMPORT = "import", "导入"

    class Outcome(models.TextChoices):
        PUBLISHED = "published", "已发布"
        DROPPED = "dropped", "已放弃"

    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    body = models.BigIntegerField()
    origin = models.TextField(choices=Origin.choices)
    origin_name = models.TextField()
    base = models.IntegerField()
    revision = models.IntegerField()
    begun = models.DateTimeField()
    begun_by = models.UUIDField()
    changed = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    finished_by = models.UUIDField(null=True)
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    version = models.IntegerField(null=True)

    class Meta:
        db_table = "studio_draft"
        constraints = [
            models.CheckConstraint(condition=Q(base__gte=0, revision__gte=1), name="draft_counts"),
            models.CheckConstraint(condition=Q(origin__in=["scenario", "pattern", "import"]), name="draft_origin"),
            models.CheckConstraint(
                condition=Q(finished=None, finished_by=None, outcome="", version=None)
                | Q(finished__isnull=False, finished_by__isnull=False, outcome="dropped", version=None)
                | Q(finished__isnull=False, finished_by__isnull=False, outcome="published", version__isnull=False),
                name="draft_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-changed", "-id"], name="draft_of_body", condition=Q(finished=None)),
            models.Index(fields=["-changed", "-id"], name="draft_newest", condition=Q(finished=None)),
            models.Index(fields=["code", "-finished"], name="draft_of_code"),
        ]


class Revision(models.Model):
    """A draft as somebody saved it; never changed.

    `files` is name → digest of its text; `digest` is that of the whole folder, as a published version has it. `changed`
    are the files that differ from the revision before. `base` is the draft's at the time.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.IntegerField()
    digest = models.TextField()
    files = models.JSONField()
    changed = ArrayField(models.TextField())
    base = models.IntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        db_table = "studio_revision"
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="revision_number")]


class Trial(models.Model):
    """A draft tried on paper (`rules/trial`): `plain` is how it began and what was done, from which it is played again.

    `town` is where it happens. `revision` is the draft's when it was last tried; `turn` counts its changes, so that of
    two who change it at once the second learns of the first.
    """

    class Town(models.TextChoices):
        CITY = "city", "本市的单位"
        MADE_UP = "made_up", "示例城市（12 个单位）"

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="trials")
    title = models.TextField()
    town = models.TextField(choices=Town.choices)
    plain = models.JSONField()
    revision = models.IntegerField()
    turn = models.IntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    changed = models.DateTimeField()

    class Meta:
        db_table = "studio_trial"
        constraints = [
            models.CheckConstraint(condition=Q(town__in=["city", "made_up"]), name="trial_town"),
            models.CheckConstraint(condition=Q(turn__gte=1), name="trial_turn"),
        ]


class Text(models.Model):
    """What a file says; kept once, however many revisions of however many drafts hold it."""

    digest = models.TextField(primary_key=True)
    text = models.TextField()

    class Meta:
        db_table = "studio_text"
