"""Who looked at whose data, and who was given leave to."""

import uuid_utils.compat
from django.db import models
from django.db.models import F, Q

from zhongshu.registers.people.models.parties import Person


class Look(models.Model):
    """That somebody was shown a person's data: what, for which purpose, in which body's seat. The person reads it."""

    class What(models.TextChoices):
        IDENTITY = "identity", "姓名、证件号码和电话"
        CONTACT = "contact", "办件上的姓名和电话"

    class Purpose(models.TextChoices):
        SERVICE = "service", "为本人办理业务"
        VERIFY = "verify", "核对身份"
        CONTACT = "contact", "联系本人"
        LEGAL = "legal", "依法配合调查"
        OWN = "own", "本人查看"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="looks", db_index=False)
    account = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    body = models.BigIntegerField(null=True)
    what = models.TextField(choices=What.choices)
    purpose = models.TextField(choices=Purpose.choices)
    words = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)

    class Meta:
        db_table = "people_look"
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["identity", "contact"]), name="look_what"),
            models.CheckConstraint(
                condition=Q(purpose="own", words="") | Q(purpose__in=["service", "verify", "contact", "legal"]),
                name="look_purpose",
            ),
        ]
        indexes = [models.Index("person", F("at").desc(), F("id").desc(), name="look_newest")]


class Sitting(models.Model):
    """A person in front of a clerk: the clerk may work on their record until `ends`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="sittings", db_index=False)
    clerk = models.UUIDField()
    begun = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        db_table = "people_sitting"
        constraints = [
            models.UniqueConstraint(fields=["clerk", "person"], name="sitting_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("begun")), name="sitting_period"),
        ]
