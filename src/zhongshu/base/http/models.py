"""How often each door was used: shared by all processes, kept for the running window only."""

from django.db import models


class Tally(models.Model):
    """Uses of a door by somebody within a window, which ends at `until` (seconds of the Unix epoch)."""

    pk = models.CompositePrimaryKey("door", "who")
    door = models.TextField()
    who = models.TextField()
    window = models.BigIntegerField()
    used = models.IntegerField()
    until = models.BigIntegerField(default=0)

    class Meta:
        db_table = "http_tally"
