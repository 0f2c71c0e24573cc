"""Questions about ratings."""

from uuid import UUID

from zhongshu.engine.ratings.models import Rating


def rating_of(case_id: UUID) -> Rating | None:
    """The rating of a case, if it was given."""
    return Rating.objects.filter(pk=case_id).first()
