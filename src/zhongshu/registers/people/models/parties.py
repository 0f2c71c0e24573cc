"""Persons and firms: whom a matter is about, whether or not they ever sign in."""

import uuid_utils.compat
from django.db import models
from django.db.models import Q


class Person(models.Model):
    """A natural person. Their identity number is sealed (`base/crypto`); `id_mark` is the keyed hash it is found by.

    `level` is how sure it is who they are: only said so, name and number checked with the province's register, or seen
    in person with the document. `merged_into` is the record that this one turned out to be a second one of: one that
    stands by itself.
    """

    class Level(models.TextChoices):
        UNVERIFIED = "unverified", "未实名"
        CHECKED = "checked", "已核验姓名和证件号"
        IN_PERSON = "in_person", "已当面核验"

    class IdKind(models.TextChoices):
        NONE = "", "未登记"
        RESIDENT = "resident_id", "居民身份证"
        PASSPORT = "passport", "护照"
        PERMIT = "permit", "港澳台居民居住证或通行证"
        FOREIGNER = "foreigner", "外国人永久居留身份证"

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    name = models.TextField()
    level = models.TextField(choices=Level.choices, default=Level.UNVERIFIED)
    id_kind = models.TextField(choices=IdKind.choices, blank=True)
    id_sealed = models.TextField(blank=True)
    id_mark = models.BinaryField(max_length=32, null=True)
    phone = models.TextField(blank=True)
    opened = models.DateTimeField()
    verified = models.DateTimeField(null=True)
    verified_by = models.UUIDField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    destroyed = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_person"
        constraints = [
            models.UniqueConstraint(
                fields=["id_kind", "id_mark"],
                condition=Q(merged_into=None, id_mark__isnull=False),
                name="person_id_once",
            ),
            models.CheckConstraint(condition=Q(level__in=["unverified", "checked", "in_person"]), name="person_level"),
            models.CheckConstraint(
                condition=Q(id_kind="", id_sealed="", id_mark=None)
                | (~Q(id_kind="") & ~Q(id_sealed="") & Q(id_mark__isnull=False)),
                name="person_id_whole",
            ),
            models.CheckConstraint(
                condition=Q(level="unverified", verified=None) | (~Q(level="unverified") & Q(verified__isnull=False)),
                name="person_verified",
            ),
            models.CheckConstraint(
                condition=Q(destroyed=None) | Q(name="", phone="", id_kind=""), name="person_destroyed_whole"
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="person_phone", condition=~Q(phone=""))]

    def __str__(self) -> str:
        return f"person {self.id}"


class Firm(models.Model):
    """A legal person or other organisation outside government, by its unified social credit code (GB 32100)."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    name = models.TextField()
    uscc = models.TextField(unique=True)
    opened = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_firm"
        constraints = [
            models.CheckConstraint(condition=Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="firm_uscc"),
        ]

    def __str__(self) -> str:
        return self.name
