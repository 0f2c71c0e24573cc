"""Proposals. Proposer and decider are plain ids: nothing in base points at a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

OUTCOMES = ["approved", "refused", "withdrawn"]


class Proposal(models.Model):
    """A change that somebody proposed, and what another person decided."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "已同意"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    subject = models.TextField()
    body = models.JSONField()
    reason = models.TextField()
    reach = ArrayField(models.BigIntegerField())
    proposed = models.DateTimeField()
    proposer = models.UUIDField()
    decided = models.DateTimeField(null=True)
    decider = models.UUIDField(null=True)
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "approvals_proposal"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(decided=None), name="proposal_one_waiting"),
            models.CheckConstraint(
                condition=Q(decided=None, decider=None, outcome="")
                | Q(
                    decided__gte=F("proposed"), decider__isnull=False, outcome__in=["approved", "refused", "withdrawn"]
                ),
                name="proposal_decided",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["approved", "refused"]) | ~Q(decider=F("proposer")),
                name="proposal_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["proposed", "id"], name="proposal_waiting", condition=Q(decided=None)),
            models.Index(fields=["subject", "-proposed"], name="proposal_about"),
        ]
