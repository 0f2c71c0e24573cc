"""The subject under which all changes of places stand in the journal; its entries count the editions."""

from zhongshu.base.journal import caches
from zhongshu.base.journal.models import Subject

SUBJECT = ("places.edition", "1")


def number() -> int:
    """How many changes places have seen."""
    kind, id_ = SUBJECT
    return Subject.objects.filter(kind=kind, id=id_).values_list("count", flat=True).first() or 0


def forget() -> None:
    """Read places anew in this process at the next question; other processes see a change within a second."""
    for cached in caches.Cached.known:
        if cached.subject == SUBJECT:
            cached.forget()
