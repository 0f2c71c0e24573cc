"""The tables of intake: what people have typed and not sent yet."""

import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Draft(models.Model):
    """A form somebody has begun. What they typed is sealed (`rules.merging.Kept` as JSON); `finished` ones are empty.

    It is an account's, for the party `behalf` where that acts under a mandate, or of nobody signed in: then of the
    browser whose token has this digest. `address` is where its form is; `case_id` and `token` are the task's whose
    form it is, if it is one's; `documents` are those that were ever among its answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    account = models.UUIDField(null=True)
    browser = models.BinaryField(max_length=32, null=True)
    behalf = models.UUIDField(null=True)
    scenario = models.TextField()
    version = models.IntegerField()
    category = models.TextField(blank=True)
    element = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)
    token = models.IntegerField(null=True)
    title = models.TextField()
    title_en = models.TextField()
    address = models.TextField()
    step = models.TextField(blank=True)
    sealed = models.TextField(blank=True)
    documents = ArrayField(models.UUIDField(), default=list, blank=True)
    revision = models.IntegerField(default=0)
    begun = models.DateTimeField()
    saved = models.DateTimeField()
    finished = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_draft"
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, browser=None) | Q(account=None, browser__isnull=False, behalf=None),
                name="draft_of_one",
            ),
            models.CheckConstraint(
                condition=Q(case_id=None, token=None) | Q(case_id__isnull=False, token__isnull=False),
                name="draft_task_whole",
            ),
            models.CheckConstraint(
                condition=(Q(finished=None) & ~Q(sealed="")) | Q(finished__isnull=False, sealed=""),
                name="draft_finished_empty",
            ),
            models.CheckConstraint(condition=Q(saved__gte=F("begun")), name="draft_saved"),
        ]
        indexes = [
            models.Index("account", F("saved").desc(), name="draft_mine", condition=Q(finished=None)),
            models.Index(fields=["behalf"], name="draft_for", condition=Q(finished=None, behalf__isnull=False)),
            models.Index(fields=["browser"], name="draft_here", condition=Q(finished=None, browser__isnull=False)),
            models.Index(fields=["saved", "id"], name="draft_kept"),
            GinIndex(fields=["documents"], name="draft_documents", condition=~Q(documents=[])),
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"


class Aside(models.Model):
    """What was sent from a page after its session had ended: sealed, until the same account signs in with this browser.

    Nobody is shown it: it becomes a save of the draft it was typed for, by `whose` it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    browser = models.BinaryField(max_length=32)
    whose = models.UUIDField()
    behalf = models.UUIDField(null=True)
    sealed = models.TextField()
    kept = models.DateTimeField()

    class Meta:
        db_table = "intake_aside"
        constraints = [models.CheckConstraint(condition=~Q(sealed=""), name="aside_sealed")]
        indexes = [
            models.Index(fields=["whose"], name="aside_whose"),
            models.Index(fields=["browser", "whose"], name="aside_here"),
            models.Index(fields=["kept", "id"], name="aside_kept"),
        ]
