"""The subject under which all changes of places stand in the journal; its entries count the editions."""

from zhongshu.base.journal import caches

SUBJECT = ("places.edition", "1")


def forget() -> None:
    """Read places anew in this process at the next question; other processes see a change within a second."""
    for cached in caches.Cached.known:
        if cached.subject == SUBJECT:
            cached.forget()
