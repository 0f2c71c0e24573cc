"""Which letters were made, and how far each sequence of numbers has come."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """One letter made: the document is its PDF. It stays as it is; made anew it is another one.

    `name` is its key in the scenario's settings, `series` the pattern its number is of. `cause` is the journal entry
    that made it, null when somebody did by hand.
    """

    document = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    name = models.TextField()
    called = models.TextField()
    called_en = models.TextField()
    to_applicant = models.BooleanField()
    number = models.TextField(blank=True)
    body = models.IntegerField(null=True)
    year = models.IntegerField()
    series = models.TextField(blank=True)
    seq = models.IntegerField(null=True)
    actor = models.UUIDField()
    made = models.DateTimeField()
    cause = models.BigIntegerField(null=True)

    class Meta:
        db_table = "letters_letter"
        constraints = [
            models.UniqueConstraint(fields=["cause", "name"], condition=Q(cause__isnull=False), name="letter_once"),
            models.UniqueConstraint(
                fields=["body", "year", "series", "seq"], condition=Q(seq__isnull=False), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=Q(seq=None, number="", series="") | Q(seq__gt=0, body__isnull=False) & ~Q(number=""),
                name="letter_numbered_whole",
            ),
        ]
        indexes = [models.Index(fields=["case_id", "made"], name="letter_of_case")]

    def __str__(self) -> str:
        return f"{self.called} {self.number}"


class Sequence(models.Model):
    """How far the numbers of one body's series have come in a year."""

    pk = models.CompositePrimaryKey("body", "year", "series")
    body = models.IntegerField()
    year = models.IntegerField()
    series = models.TextField()
    last = models.IntegerField()

    class Meta:
        db_table = "letters_sequence"
        constraints = [models.CheckConstraint(condition=Q(last__gt=0), name="sequence_begun")]
