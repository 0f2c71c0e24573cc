"""Scenarios as loaded."""

from django.db import models


class Scenario(models.Model):
    """One version of a scenario folder, as loaded: never changed afterwards."""

    code = models.TextField()
    version = models.IntegerField()
    digest = models.TextField()
    files = models.JSONField()
    loaded = models.DateTimeField()

    class Meta:
        db_table = "cases_scenario"
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="scenario_version")]
