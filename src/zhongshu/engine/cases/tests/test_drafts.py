"""Drafts and cases: a task's draft is its holder's, and a photo lives as long as the draft it is in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from zhongshu.base.http.refusals import Foreign
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Task
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.registers.documents.models import Document
from zhongshu.registers.privacy.actions import expiring


def test_the_draft_of_a_task_is_there_for_who_began_it_while_nobody_else_has_the_task(city: Any) -> None:
    case = city.report(source="resident").case_id
    task = Task.objects.filter(case_id=case, closed=None).first()
    assert task is not None
    acceptor = city.actor("acceptor")
    cases.claim(case, task.token, by=acceptor, at=city.now)
    form = Subject("city-event", 1, "受理", "Accept", "/desk/", element=task.element, case_id=case, token=task.token)
    drawn = pages.drawn(form, acceptor)
    draft = actions.save(drawn, {"note": "已核实"}, base=0, by=acceptor, at=city.now).draft
    assert [one.pk for one in drafts.mine(acceptor, None, city.now)] == [draft.pk]
    cases.release(case, task.token, "换人办理", by=acceptor, at=city.now)
    assert [one.pk for one in drafts.mine(acceptor, None, city.now)] == [draft.pk]
    cases.claim(case, task.token, by=city.actor("acceptor11"), at=city.now)
    assert drafts.mine(acceptor, None, city.now) == []
    with pytest.raises(Foreign):
        actions.save(drawn, {"note": "x"}, base=1, by=acceptor, at=city.now)


POTHOLE = Subject("city-event", 1, "道路坑洼", "Pothole", "/report/1101/", category="1101")


def kept_in_draft(city: Any, login: str, photo: str) -> Any:
    by = city.actor(login)
    return actions.save(pages.drawn(POTHOLE, by), {"photos": [photo]}, base=0, by=by, at=city.now).draft


def old_photo(city: Any, login: str) -> str:
    """A photo sent forty days ago, with the id it would have had."""
    photo = city.photo(city.actor(login))
    at = city.now - timedelta(days=40)
    key = str(UUID(f"{int(at.timestamp() * 1_000):012x}" + UUID(photo).hex[12:]))
    Document.objects.filter(pk=photo).update(id=key, kept=at)
    return key


def test_a_photo_lives_as_long_as_the_draft_it_is_in(
    city: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    photo, loose = old_photo(city, "resident"), old_photo(city, "resident")
    draft = kept_in_draft(city, "resident", photo)
    expiring.run(at=city.now)
    assert Document.objects.get(pk=loose).destroyed and not Document.objects.get(pk=photo).destroyed
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop(draft.pk, by=city.actor("resident"), at=city.now)
    assert Document.objects.get(pk=photo).destroyed


def test_nobody_keeps_or_destroys_anothers_photo_by_naming_it(
    city: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    named, kept = old_photo(city, "agent"), old_photo(city, "agent")
    kept_in_draft(city, "agent", kept)
    for photo in (named, kept):
        draft = kept_in_draft(city, "resident", photo)
        expiring.run(at=city.now)
        with django_capture_on_commit_callbacks(execute=True):
            actions.drop(draft.pk, by=city.actor("resident"), at=city.now)
    assert Document.objects.get(pk=named).destroyed and not Document.objects.get(pk=kept).destroyed


def test_a_draft_that_is_over_takes_its_photos_along(
    city: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    photo = old_photo(city, "resident")
    kept_in_draft(city, "resident", photo)
    with django_capture_on_commit_callbacks(execute=True):
        expiring.run(at=city.now + timedelta(days=31))
    assert Document.objects.get(pk=photo).destroyed
