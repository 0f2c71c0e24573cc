"""Counters fed by the journal."""

from django.db import models


class Counter(models.Model):
    """How many, for one measure, under one ancestor body or place, in one category, on one day.

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
