"""Cases that have to do with each other."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from zhongshu.engine.cases.rules.links import KINDS


class Link(models.Model):
    """That two cases are tied (关联), seen from `case_id`: it is `kind` of `other`; a pair is tied once."""

    pk = models.CompositePrimaryKey("case_id", "other")
    case_id = models.UUIDField()
    other = models.UUIDField()
    kind = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "cases_link"
        constraints = [
            models.CheckConstraint(condition=~Q(case_id=F("other")), name="link_two_cases"),
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="link_kind"),
            models.UniqueConstraint(Least("case_id", "other"), Greatest("case_id", "other"), name="link_once"),
        ]
        indexes = [models.Index(fields=["other"], name="link_from_other")]
