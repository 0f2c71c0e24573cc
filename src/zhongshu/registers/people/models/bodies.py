"""Bodies: who governs, and under whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Body(models.Model):
    """A government body or a unit inside one; bodies form a tree.

    `lineage` holds the ids from the root to this body, itself included: who is above it, in one read.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        BUREAU = "bureau", "部门"
        OFFICE = "office", "街道办事处"
        COMMUNITY = "community", "社区"
        UNIT = "unit", "科室队所"
        COMPANY = "company", "企业"

    id = models.BigAutoField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField())
    name = models.TextField()
    name_en = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    place = models.BigIntegerField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_body"
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="body_name_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(kind__in=["government", "bureau", "office", "community", "unit", "company"]),
                name="body_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name
