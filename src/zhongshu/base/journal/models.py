"""The journal's tables. No table here points at a person: actors are plain ids."""

from typing import Any

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func
from django.db.models.functions import Now


class TransactionField(models.Field):
    """The 64-bit id of the transaction that wrote the row (`xid8`): tells what may still be uncommitted before it."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class Subject(models.Model):
    """Something that entries are about; keeps how many there are and the head of their chain."""

    pk = models.CompositePrimaryKey("kind", "id")
    kind = models.TextField()
    id = models.TextField()
    count = models.IntegerField()
    head = models.BinaryField()

    class Meta:
        db_table = "journal_subject"


class Entry(models.Model):
    """One change: who did what to which subject, when, and the commitment to it.

    `at` is business time, `recorded` the machine's. `body` is kept as canonical text because its bytes are committed
    to; body and salt are null after destruction.
    """

    id = models.BigAutoField(primary_key=True)
    xid = TransactionField(db_default=Func(function="pg_current_xact_id"), editable=False)
    kind = models.TextField()
    subject = models.TextField()
    number = models.IntegerField()
    verb = models.TextField()
    actor = models.TextField()
    behalf = models.TextField(null=True)  # noqa: DJ001  nobody is null: an empty name would be committed to
    at = models.DateTimeField()
    recorded = models.DateTimeField(db_default=Now())
    reach = ArrayField(models.BigIntegerField())
    body = models.TextField(null=True)  # noqa: DJ001  null is destroyed
    salt = models.BinaryField(null=True)
    leaf = models.BinaryField()

    class Meta:
        db_table = "journal_entry"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "number"], name="journal_entry_in_order"),
            models.CheckConstraint(
                condition=models.Q(body__isnull=False, salt__isnull=False)
                | models.Q(body__isnull=True, salt__isnull=True),
                name="journal_entry_whole_or_destroyed",
            ),
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="journal_entry_feed"),
            models.Index(
                fields=["id"], name="journal_sign_in",
                condition=models.Q(verb__in=["people.signed_in", "people.sign_in_failed"], body__isnull=False),
            ),
        ]  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        """The body as data; empty where it was destroyed."""
        return msgspec.json.decode(self.body) if self.body else {}


class Cursor(models.Model):
    """How far a reader of the journal has come."""

    reader = models.TextField(primary_key=True)
    xid = TransactionField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "journal_cursor"


class Setback(models.Model):
    """An entry that a reaction could not take, kept with the reason so that nobody has to search logs."""

    reader = models.TextField()
    entry = models.BigIntegerField()
    attempts = models.IntegerField()
    problem = models.TextField()
    at = models.DateTimeField()
    settled = models.BooleanField(default=False)

    class Meta:
        db_table = "journal_setback"
        constraints = [models.UniqueConstraint(fields=["reader", "entry"], name="journal_setback_once")]


class Leaf(models.Model):
    """Where an entry stands in the tree: the sequencer alone gives positions, from 0, without a gap."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "journal_leaf"


class Tile(models.Model):
    """Up to 256 hashes of the tree side by side, 32 bytes each (`rules/tiles.py`); the last of a level grows."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "journal_tile"


class Checkpoint(models.Model):
    """What the log signed: how many leaves, which root, when; `note` is what anybody can check."""

    origin = models.TextField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_checkpoint"
        constraints = [models.UniqueConstraint(fields=["origin", "size"], name="journal_checkpoint_one_of_a_size")]
