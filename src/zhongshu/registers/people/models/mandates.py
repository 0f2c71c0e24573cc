"""Mandates: who may act for whom."""

from datetime import timedelta

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.accounts import Account
from zhongshu.registers.people.models.parties import Firm, Person
from zhongshu.registers.people.rules import mandates as rules

_AT_MOST = Q(kind="guardian")
for _kind, _longest in rules.LONGEST.items():
    if _longest:
        _AT_MOST |= Q(kind=_kind, ends__isnull=False, ends__lte=F("starts") + timedelta(days=_longest.days))


class Mandate(models.Model):
    """That one acts for another: for a person or a firm; by a person, or by an official in their office (helper).

    `how`, `ground` and `evidence` (a document) are the principal's consent, or the law that stands for it; `given_by`
    is the account that gave or recorded it. It holds from `accepted` on, in its period, until it is `revoked` (an agent
    who declines revokes what they never accepted).
    """

    class Kind(models.TextChoices):
        FAMILY = "family", "家人代办"
        GUARDIAN = "guardian", "监护人代办"
        HELPER = "helper", "帮办员代办"
        FIRM_AGENT = "firm_agent", "企业经办人"

    class How(models.TextChoices):
        ONLINE = "online", "本人在线授权"
        COUNTER = "counter", "本人当面同意"
        SIGNED = "signed", "本人签字的委托书"
        LAW = "law", "法定监护"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    principal_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="mandates_given")
    principal_firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="mandates_given")
    agent_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="mandates_held")
    agent_account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="mandates_held")
    kind = models.TextField(choices=Kind.choices)
    matters = ArrayField(models.TextField(), default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    how = models.TextField(choices=How.choices)
    ground = models.TextField(blank=True)
    evidence = models.UUIDField(null=True)
    given_by = models.UUIDField()
    given = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "people_mandate"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["family", "guardian"], principal_person__isnull=False, principal_firm=None,
                    agent_person__isnull=False, agent_account=None,
                )
                | Q(
                    kind="helper", principal_person__isnull=False, principal_firm=None,
                    agent_person=None, agent_account__isnull=False,
                )
                | Q(
                    kind="firm_agent", principal_person=None, principal_firm__isnull=False,
                    agent_person__isnull=False, agent_account=None,
                ),
                name="mandate_parties",
            ),
            models.CheckConstraint(
                condition=Q(principal_person=None) | Q(agent_person=None) | ~Q(agent_person=F("principal_person")),
                name="mandate_for_another",
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="mandate_period"),
            models.CheckConstraint(condition=_AT_MOST, name="mandate_not_longer"),
            models.CheckConstraint(
                condition=Q(how__in=["online", "counter"]) | Q(how__in=["signed", "law"], evidence__isnull=False),
                name="mandate_consent",
            ),
            models.CheckConstraint(
                condition=Q(revoked=None, revoked_by=None) | Q(revoked__isnull=False, revoked_by__isnull=False),
                name="mandate_revoked",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["agent_person"], name="mandate_agent"),
            models.Index(fields=["agent_account"], name="mandate_helper"),
            models.Index(fields=["principal_person"], name="mandate_person", condition=Q(revoked=None)),
            models.Index(fields=["principal_firm"], name="mandate_firm", condition=Q(revoked=None)),
        ]

    def __str__(self) -> str:
        return f"mandate {self.id}"

    @property
    def terms(self) -> rules.Terms:
        """What it is for and how long."""
        return rules.Terms(self.kind, self.starts, self.ends, tuple(self.matters))  # type: ignore[arg-type]

    @property
    def party(self) -> tuple[str, str]:
        """The chain of the one who is acted for: `person` or `firm`, and the id."""
        if self.principal_person_id:
            return "person", str(self.principal_person_id)
        return "firm", str(self.principal_firm_id)
