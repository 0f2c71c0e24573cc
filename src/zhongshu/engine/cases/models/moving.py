"""Moving the running cases of a scenario to a newer version."""

from django.db import models
from django.db.models import F, Q

STATES = ["looking", "drafted", "running", "stopped", "done", "dropped"]


class Migration(models.Model):
    """One such move: looked over (`looking`), `drafted` until another person approves it, then `running`.

    `total` cases are looked over or moved in this turn, `seen` of them so far, up to the case `after` of version
    `after_version`. `shapes` is what the dry run found (`rules/migrating.py`), `choices` what was answered: shape →
    question → option.
    """

    id = models.UUIDField(primary_key=True)
    scenario = models.TextField()
    version = models.IntegerField()
    state = models.TextField()
    begun = models.DateTimeField()
    begun_by = models.UUIDField()
    finished = models.DateTimeField(null=True)
    total = models.IntegerField()
    seen = models.IntegerField(db_default=0)
    after_version = models.IntegerField(db_default=0)
    after = models.UUIDField()
    shapes = models.JSONField()
    choices = models.JSONField()

    class Meta:
        db_table = "cases_migration"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="migration_state"),
            models.CheckConstraint(
                condition=Q(finished=None, state__in=STATES[:4]) | Q(finished__gte=F("begun"), state__in=STATES[4:]),
                name="migration_finished",
            ),
            models.UniqueConstraint(fields=["scenario"], condition=Q(finished=None), name="migration_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["scenario", "-begun"], name="migration_of_scenario")]


class Migrated(models.Model):
    """What became of one case in a migration.

    It `moved`, `stayed` (the sentence with its gaps says why) or was moved and `undone`. `before` is all that undoing
    needs; `revision` is the number of the entry that tells of the move.
    """

    pk = models.CompositePrimaryKey("case_id", "migration")
    case_id = models.UUIDField()
    migration = models.UUIDField()
    outcome = models.TextField()
    version = models.IntegerField()
    at = models.DateTimeField()
    sentence = models.TextField(blank=True)
    gaps = models.JSONField()
    before = models.JSONField(null=True)
    revision = models.IntegerField(null=True)
    undone = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_migrated"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="stayed", before=None, revision=None)
                | Q(outcome__in=["moved", "undone"], before__isnull=False, revision__isnull=False),
                name="migrated_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="undone", undone__isnull=False, undone_by__isnull=False)
                | Q(outcome__in=["moved", "stayed"], undone=None, undone_by=None),
                name="migrated_undone",
            ),
        ]
        indexes = [models.Index(fields=["migration", "outcome", "case_id"], name="migrated_of_migration")]
