"""The tables of privacy. Certificates and remains hold nothing of people but ids; the rest is a holding itself."""

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q


class Request(models.Model):
    """What somebody asked of their own data.

    `wanted` is what they typed, emptied once it is decided; `due` is until when it is decided, `done` when what was
    approved was carried out.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "已同意"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    kind = models.TextField()
    account = models.UUIDField()
    person = models.UUIDField(null=True)
    wanted = models.JSONField(default=dict)
    asked = models.DateTimeField()
    due = models.DateTimeField(null=True)
    decided = models.DateTimeField(null=True)
    decider = models.UUIDField(null=True)
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    done = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_request"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["export", "correct", "erase", "close"]), name="privacy_request_kind"
            ),
            models.CheckConstraint(
                condition=Q(decided=None, outcome="")
                | Q(decided__isnull=False, outcome__in=["approved", "refused", "withdrawn"]),
                name="privacy_request_decided",
            ),
            models.CheckConstraint(condition=~Q(decider=F("account")), name="privacy_request_by_another"),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(decided=None) | Q(outcome="approved", done=None),
                name="privacy_request_one_running",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-asked"], name="privacy_request_mine"),
            models.Index(fields=["due", "id"], name="privacy_request_waiting", condition=Q(decided=None)),
            models.Index(fields=["decided"], name="privacy_request_over", condition=Q(decided__isnull=False)),
        ]  # fmt: skip


class Parcel(models.Model):
    """A copy of somebody's data, sealed in the store under `key` until it is `gone`."""

    request = models.OneToOneField(Request, models.CASCADE, primary_key=True, related_name="parcel")
    key = models.TextField()
    bytes = models.BigIntegerField()
    ready = models.DateTimeField()
    until = models.DateTimeField()
    fetched = models.DateTimeField(null=True)
    gone = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_parcel"
        indexes = [models.Index(fields=["until"], name="privacy_parcel_kept", condition=Q(gone=None))]


class Certificate(models.Model):
    """Proof of a destruction: what kinds, how many, when, on whose decision, under which law. Nothing about a person.

    `said` is the canonical text that was signed, `signature` by the platform's key over it.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    said = models.TextField()
    signature = models.TextField()

    class Meta:
        db_table = "privacy_certificate"
        indexes = [models.Index(fields=["-at", "-id"], name="privacy_certificate_newest")]


class Remains(models.Model):
    """That records of somebody were destroyed: their ids alone, to destroy them again in a backup brought back."""

    certificate = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    person = models.UUIDField(null=True)
    keys = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "privacy_remains"


class Retention(models.Model):
    """For how many days a kind of data is kept, and how far its clock has come (`upto`, `upto_key`)."""

    kind = models.TextField(primary_key=True)
    days = models.IntegerField(null=True)
    since = models.DateTimeField(null=True)
    set_by = models.UUIDField(null=True)
    upto = models.DateTimeField(null=True)
    upto_key = models.TextField(blank=True)

    class Meta:
        db_table = "privacy_retention"
        constraints = [
            models.CheckConstraint(condition=Q(days=None) | Q(days__gt=0), name="privacy_retention_days"),
            models.CheckConstraint(
                condition=Q(days=None, since=None, set_by=None)
                | Q(days__isnull=False, since__isnull=False, set_by__isnull=False),
                name="privacy_retention_set",
            ),
        ]


class Hold(models.Model):
    """A case whose data is kept although its time is over, because it is in dispute."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    case_id = models.UUIDField()
    reason = models.TextField()
    placed = models.DateTimeField()
    placed_by = models.UUIDField()
    lifted = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        db_table = "privacy_hold"
        constraints = [
            models.UniqueConstraint(fields=["case_id"], condition=Q(lifted=None), name="privacy_hold_once"),
            models.CheckConstraint(
                condition=Q(lifted=None, lifted_by=None) | Q(lifted__isnull=False, lifted_by__isnull=False),
                name="privacy_hold_lifted",
            ),
        ]


class Notice(models.Model):
    """One version of a notice, in both languages, as two people approved it; never changed afterwards."""

    code = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    text_en = models.TextField()
    effective = models.DateTimeField()
    approved = models.DateTimeField()
    approved_by = models.UUIDField()

    class Meta:
        db_table = "privacy_notice"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="privacy_notice_version"),
            models.CheckConstraint(condition=Q(version__gt=1), name="privacy_notice_after_the_first"),
        ]


class Consent(models.Model):
    """That somebody agreed to a version of a notice, on which page, and when they took that back."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.UUIDField()
    notice = models.TextField()
    version = models.IntegerField()
    given = models.DateTimeField()
    where = models.TextField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_consent"
        indexes = [models.Index(fields=["account", "-given"], name="privacy_consent_mine")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "notice", "version"], condition=Q(withdrawn=None), name="privacy_consent_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(withdrawn__gte=F("given")), name="privacy_consent_period"
            ),
        ]
