"""Records that turned out, or may turn out, to be of one person."""

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.parties import Person


class Twin(models.Model):
    """That `person` named an identity number which `other` holds: perhaps one person with two records."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="twins", db_index=False)
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "people_person_twin"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="twin_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="twin_another"),
        ]


class PersonMerge(models.Model):
    """That a record was merged into another, with all that moved, so that it can be undone.

    `moved` holds the ids: {"accounts": […], "firm_roles": […], "looks": […], "records": […]}.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    into = models.ForeignKey(Person, models.PROTECT, related_name="mergings")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.TextField()
    moved = models.JSONField()
    undone = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        db_table = "people_person_merge"
        constraints = [
            models.UniqueConstraint(fields=["other"], condition=Q(undone=None), name="person_merge_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone=None, undone_by=None) | Q(undone__gte=F("at"), undone_by__isnull=False),
                name="person_merge_undone",
            ),
        ]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="person_merge_newest", condition=Q(undone=None)),
        ]
