"""Work that goes from hand to hand: who stands in for whom, and all of a leaver's work on its way to others."""

from django.db import models
from django.db.models import F, Q


class Deputy(models.Model):
    """Who does the new tasks of somebody who is away, from `starts` until `ends`; `ended` when it is over for good."""

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    deputy = models.UUIDField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.TextField()
    named = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_deputy"
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="deputy_period"),
            models.CheckConstraint(condition=~Q(deputy=F("account")), name="deputy_another"),
            models.UniqueConstraint(fields=["account"], condition=Q(ended=None), name="deputy_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["deputy"], name="deputy_for", condition=Q(ended=None))]


class Handover(models.Model):
    """All work of an account on its way to a successor, or back to where it was offered (`successor` empty)."""

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    successor = models.UUIDField(null=True)
    reason = models.TextField()
    actor = models.UUIDField()
    asked = models.DateTimeField()
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_handover"
        constraints = [
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("account")), name="handover_to_another"
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(finished=None), name="handover_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["account", "-asked"], name="handover_of")]


class HandedRow(models.Model):
    """What became of one task of a handover: `outcome`, and of a refused one its sentence with its gaps."""

    class Outcome(models.TextChoices):
        GIVEN = "given", "已移交"
        OFFERED = "offered", "已退回待领"
        BACK = "back", "委托已交回"
        REFUSED = "refused", "未移交"

    pk = models.CompositePrimaryKey("case_id", "token", "handover")
    case_id = models.UUIDField()
    token = models.IntegerField()
    handover = models.UUIDField()
    outcome = models.TextField(choices=Outcome.choices)
    sentence = models.TextField(blank=True)
    gaps = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_handed_row"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["given", "offered", "back"], sentence="")
                | (Q(outcome="refused") & ~Q(sentence="")),
                name="handed_row_outcome",
            ),
        ]
        indexes = [models.Index(fields=["handover", "outcome", "case_id", "token"], name="handed_rows")]
