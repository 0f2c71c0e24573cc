"""The rows about documents. No table here points at a person: the uploader is a plain id."""

import uuid_utils.compat
from django.db import models
from django.db.models import Q


class Document(models.Model):
    """Something kept: what its bytes are, who gave it when. They lie in the store, by `digest` (SHA-256).

    `sent_digest` is the SHA-256 of the file as it was sent, before a photo was written anew: whoever has that file can
    show that it is the one. `taken`, `lon`, `lat`, `accuracy` are what the device said of the moment and the place.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    digest = models.BinaryField(max_length=32)
    media = models.TextField()
    bytes = models.IntegerField()
    width = models.IntegerField()
    height = models.IntegerField()
    name = models.TextField(blank=True)
    uploader = models.UUIDField(null=True)
    kept = models.DateTimeField()
    destroyed = models.DateTimeField(null=True)
    sent_digest = models.BinaryField(max_length=32, null=True)
    taken = models.DateTimeField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)

    class Meta:
        db_table = "documents_document"
        constraints = [
            models.CheckConstraint(
                condition=Q(bytes__gt=0, width__gt=0, height__gt=0)
                | Q(bytes__gt=0, width=0, height=0)
                & (Q(media__startswith="audio/") | Q(media__startswith="application/")),
                name="document_has_size",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__range=(-180, 180), lat__range=(-90, 90), taken__isnull=False),
                name="document_point",
            ),
            models.CheckConstraint(
                condition=Q(destroyed=None) | Q(name="", destroyed__gte=models.F("kept")),
                name="document_destroyed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["digest"], name="document_living", condition=Q(destroyed=None)),
            models.Index(fields=["uploader"], name="document_mine", condition=Q(destroyed=None)),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.media}"

    @property
    def is_file(self) -> bool:
        """Whether it is saved by who wants it, not looked at or listened to in a page."""
        return self.media.startswith("application/")
