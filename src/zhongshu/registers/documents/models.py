"""The rows about documents. No table here points at a person: the uploader is a plain id."""

import uuid_utils.compat
from django.db import models
from django.db.models import Q


class Document(models.Model):
    """Something kept: what its bytes are, who gave it when. They lie in the store, by `digest` (SHA-256)."""

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

    class Meta:
        db_table = "documents_document"
        constraints = [
            models.CheckConstraint(condition=Q(bytes__gt=0, width__gt=0, height__gt=0), name="document_has_size"),
            models.CheckConstraint(
                condition=Q(destroyed=None) | Q(name="", destroyed__gte=models.F("kept")),
                name="document_destroyed_whole",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="document_living", condition=Q(destroyed=None))]

    def __str__(self) -> str:
        return f"{self.id} {self.media}"
