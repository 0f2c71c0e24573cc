"""The tree of categories."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length


class Category(models.Model):
    """What a matter is about: a class (two digits), a category in it (four), or finer, two digits a level.

    `scenario` is what its cases walk through; a class nothing is told under directly has none.
    """

    class Kind(models.TextChoices):
        EVENT = "event", "事件"
        COMPONENT = "component", "部件"

    code = models.TextField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.TextField()
    name_en = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    scenario = models.TextField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_category"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^([0-9]{2}){1,4}$"), name="category_code_digits"),
            models.CheckConstraint(
                condition=Q(parent=None, code__regex=r"^[0-9]{2}$")
                | Q(parent__isnull=False, parent=Left("code", Length("code") - 2)),
                name="category_code_begins_with_parent",
            ),
            models.CheckConstraint(condition=Q(kind__in=["event", "component"]), name="category_kind"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(scenario=""), name="category_scenario"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def called(self, language: str = "zh-hans") -> str:
        """The name for showing."""
        return self.name_en if language == "en" else self.name
