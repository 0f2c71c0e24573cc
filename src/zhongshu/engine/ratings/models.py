"""What people say of how their matter was handled."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Rating(models.Model):
    """One rating of one case: by the person alone, five levels (GB/T 39735)."""

    case_id = models.UUIDField(primary_key=True)
    level = models.SmallIntegerField()
    reasons = ArrayField(models.TextField(), default=list)
    text = models.TextField(blank=True)
    body = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "ratings_rating"
        constraints = [models.CheckConstraint(condition=Q(level__range=(1, 5)), name="rating_level")]
        indexes = [
            models.Index("body", models.F("at").desc(), name="rating_of_body"),
            models.Index(fields=["at", "case_id"], name="rating_worded", condition=~Q(text="")),
        ]
