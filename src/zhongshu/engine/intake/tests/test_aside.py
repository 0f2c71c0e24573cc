"""What is sent after a session has ended is found again by who it was typed for, and by nobody else."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent, Conflict
from zhongshu.base.permissions.rules import ANONYMOUS, SYSTEM
from zhongshu.engine.intake.actions import aside
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Aside, Draft
from zhongshu.engine.intake.personal import Forms
from zhongshu.engine.intake.queries import drafts
from zhongshu.engine.intake.tests.forms import ELSEWHERE, HERE, begun, page
from zhongshu.registers.privacy.rules.holdings import Owner


def test_it_is_taken_over_by_the_same_account_in_the_same_browser(city: Any) -> None:
    by, other = city.actor("resident"), city.actor("agent")
    drawn = page(by)
    assert aside.set_aside(drawn, {"name": "王芳"}, base=0, browser=HERE, at=city.now) == drawn.draft
    assert "王芳" not in Aside.objects.get().sealed
    assert drafts.mine(other, HERE, city.now) == drafts.mine(ANONYMOUS, HERE, city.now) == []
    assert aside.take_over(HERE, by=other, at=city.now) == aside.take_over(ELSEWHERE, by=by, at=city.now) == []
    assert aside.take_over(HERE, by=by, at=city.now) == [drawn.draft]
    assert drafts.kept(drafts.one(drawn.draft, by, None, city.now)).answers == {"name": "王芳"}
    assert not Aside.objects.exists()


def test_it_comes_together_with_what_was_saved_meanwhile(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳", phone="1").draft
    drawn = page(by, draft.pk)
    aside.set_aside(drawn, {"name": "王芳芳", "phone": "139"}, base=1, browser=HERE, at=city.now)
    actions.save(drawn, {"name": "王芳", "phone": "138"}, base=1, by=by, at=city.now)
    aside.take_over(HERE, by=by, at=city.now)
    kept = drafts.kept(drafts.one(draft.pk, by, None, city.now))
    assert kept.answers == {"name": "王芳芳", "phone": "138"} and kept.disputed == {"phone": ("139",)}


def test_of_a_draft_that_was_sent_meanwhile_it_becomes_a_new_one(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now).draft
    aside.set_aside(page(by, draft.pk), {"name": "王芳芳"}, base=1, browser=HERE, at=city.now)
    actions.finish(draft.pk, by=by, at=city.now)
    (new,) = aside.take_over(HERE, by=by, at=city.now)
    assert new != draft.pk and drafts.kept(Draft.objects.get(pk=new)).answers == {"name": "王芳芳"}


def test_a_page_that_was_drawn_for_nobody_needs_none_of_this(city: Any) -> None:
    with pytest.raises(Absent):
        aside.set_aside(page(ANONYMOUS), {"name": "王芳"}, base=0, browser=HERE, at=city.now)


def test_a_browser_sets_aside_so_much_and_no_more(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "MOST", 1)
    drawn = page(city.actor("resident"))
    aside.set_aside(drawn, {"name": "王芳"}, base=0, browser=HERE, at=city.now)
    with pytest.raises(Conflict):
        aside.set_aside(drawn, {"name": "王芳芳"}, base=0, browser=HERE, at=city.now)


def test_it_is_somebodys_data_like_any_other(city: Any) -> None:
    account, forms = city.account("resident"), Forms()
    aside.set_aside(page(city.actor("resident")), {"name": "王芳"}, base=0, browser=HERE, at=city.now)
    owner = Owner(account.pk, account.person_id)
    (record,) = forms.records(owner, city.now)
    assert record.facts["answers"] == {"name": "王芳"}
    forms.destroy(owner, by=SYSTEM, at=city.now)
    assert not Aside.objects.exists()
