"""Several pages of one draft at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal.models import Entry
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts
from zhongshu.engine.intake.tests.forms import begun, page


def test_pages_that_save_at_the_same_moment_lose_nothing(
    committed_city: Any, at_once: Callable[..., list[Any]]
) -> None:
    by, at = committed_city.actor("resident"), committed_city.now
    both = page(by)

    def save(**answers: Any) -> Callable[[], Any]:
        return lambda: actions.save(both, answers, base=0, by=by, at=at)

    done = at_once(save(name="王芳"), save(phone="138"), save(road="主路"))
    assert not any(isinstance(one, Exception) for one in done)
    draft = Draft.objects.get(pk=both.draft)
    assert drafts.kept(draft).answers == {"name": "王芳", "phone": "138", "road": "主路"} and draft.revision == 3
    assert Entry.objects.filter(kind="draft", subject=str(draft.pk)).count() == 1


def test_sent_twice_at_the_same_moment_is_sent_once(committed_city: Any, at_once: Callable[..., list[Any]]) -> None:
    by, at = committed_city.actor("resident"), committed_city.now
    draft = begun(by, at).draft
    done = at_once(*(lambda: actions.finish(draft.pk, by=by, at=at) for _ in range(2)))
    assert sorted((one.again, len(one.answers)) for one in done) == [(False, 1), (True, 0)]
    with pytest.raises(Conflict):
        actions.save(page(by, draft.pk), {"name": "x"}, base=1, by=by, at=at)
    assert Draft.objects.get(pk=draft.pk).sealed == ""
