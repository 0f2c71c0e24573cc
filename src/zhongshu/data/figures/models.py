"""Counters fed by the journal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Counter(models.Model):
    """How many, for one measure, under one ancestor body, place or officer, in one category, on one day.

    Measures of flow count what happened that day (opened, closed, late, redone, returned); measures of stock
    hold what stands now under day 1970-01-01 (cases in a phase). The key leads with ancestor and day: every
    question names them.
    """

    pk = models.CompositePrimaryKey("ancestor", "day", "measure", "category")
    ancestor = models.BigIntegerField()
    day = models.DateField()
    measure = models.TextField()
    category = models.TextField()
    n = models.BigIntegerField()

    class Meta:
        db_table = "figures_counter"


class Spread(models.Model):
    """The same spread over slots: `opened` and `closed` over the hours of the day, `stage:PHASE` over durations.

    `counts` holds a number a slot (`rules/spreads.py`) from the first slot used to the last: its lower bound is
    that slot, gaps are null. `total` is the sum of what was spread (seconds), for means. Category '' holds all
    categories together.
    """

    pk = models.CompositePrimaryKey("ancestor", "day", "measure", "category")
    ancestor = models.BigIntegerField()
    day = models.DateField()
    measure = models.TextField()
    category = models.TextField()
    total = models.BigIntegerField()
    counts = ArrayField(models.IntegerField(null=True))

    class Meta:
        db_table = "figures_spread"
