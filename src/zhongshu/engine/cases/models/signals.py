"""What machines told, and how often each was wrong."""

from django.db import models
from django.db.models import F, Q

from zhongshu.engine.cases.rules.signals import FEWEST, SHARE


class Signal(models.Model):
    """An alarm of a machine, beside the contact it is. `sender` is the account of the key it came with.

    `place` is the finest place code of where it saw it, `retracted` when the machine took it back as false, `effect`
    what that did: it closed the case, told people, or was only noted.
    """

    pk = models.CompositePrimaryKey("case_id", "contact")
    case_id = models.UUIDField()
    contact = models.UUIDField()
    sender = models.UUIDField()
    device = models.TextField(blank=True)
    category = models.TextField()
    place = models.BigIntegerField()
    observed = models.DateTimeField()
    received = models.DateTimeField()
    confidence = models.FloatField(null=True)
    retracted = models.DateTimeField(null=True)
    effect = models.TextField(blank=True)

    class Meta:
        db_table = "cases_signal"
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)), name="signal_confidence"
            ),
        ]
        indexes = [
            models.Index(
                "sender", "device", "category", "place", F("received").desc(), name="signal_newest",
                condition=~Q(device=""),
            ),
        ]  # fmt: skip


class Device(models.Model):
    """A camera or sensor behind a key: how often it told, how many cases that opened, how often it was false.

    `seen` and `seen_false` are what it had told when somebody last looked into it (`reviewed`).
    """

    pk = models.CompositePrimaryKey("sender", "device")
    sender = models.UUIDField()
    device = models.TextField()
    first = models.DateTimeField()
    last = models.DateTimeField()
    alarms = models.IntegerField()
    cases = models.IntegerField()
    retracted = models.IntegerField(db_default=0)
    reviewed = models.DateTimeField(null=True)
    reviewer = models.UUIDField(null=True)
    seen = models.IntegerField(db_default=0)
    seen_false = models.IntegerField(db_default=0)

    class Meta:
        db_table = "cases_device"
        constraints = [
            models.CheckConstraint(
                condition=Q(retracted__gte=0, retracted__lte=F("alarms"), cases__lte=F("alarms")), name="device_counts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sender", "device"], name="device_flagged",
                condition=Q(alarms__gte=F("seen") + FEWEST)
                & Q(retracted__gt=F("seen_false") + (F("alarms") - F("seen")) * SHARE),
            ),
        ]  # fmt: skip
