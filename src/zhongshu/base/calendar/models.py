"""The table of days, and the editions it went through."""

from django.db import models


class Day(models.Model):
    """One date: worked or not, its name, whether that is decided, and by whom (`source`)."""

    on = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=80, blank=True, default="")
    name_en = models.CharField(max_length=120, blank=True, default="")
    official = models.BooleanField()
    source = models.CharField(max_length=60)

    class Meta:
        db_table = "calendar_day"
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}".rstrip()


class Edition(models.Model):
    """One change of the table: what, by whom, when; a process that counts a new one reloads its days."""

    what = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "calendar_edition"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.what} ({self.by})"
