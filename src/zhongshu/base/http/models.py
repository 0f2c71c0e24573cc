"""How often each door was used: shared by all processes, kept for the running window only."""

from django.db import models


class Tally(models.Model):
    """Uses of a door by somebody within a window."""

    pk = models.CompositePrimaryKey("door", "who")
    door = models.TextField()
    who = models.TextField()
    window = models.BigIntegerField()
    used = models.IntegerField()

    class Meta:
        db_table = "http_tally"
