"""The demo's past goes through the real actions, so whatever they refuse would show here."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases.models import Case, Task
from zhongshu.main.demo import past
from zhongshu.registers.documents import doors
from zhongshu.registers.documents.file_store import FileStore


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "store", FileStore(tmp_path))


def test_two_weeks_of_events_are_played(city: Any) -> None:
    past.play(24, Random(9901), city.now)
    assert Case.objects.count() == 24
    ended = Case.objects.filter(closed__isnull=False)
    assert 0 < ended.count() < 24
    assert not Task.objects.filter(case_id__in=ended.values("id"), closed=None).exists()
    assert [finding for _, found in journal.verify() for finding in found] == []


def test_every_photo_shown_is_its_shower_s_own(city: Any) -> None:
    past.play(12, Random(7), city.now)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(*) FILTER (WHERE d.uploader = t.closed_by)
               FROM cases_attachment a JOIN documents_document d ON d.id = a.document
               JOIN cases_task t ON t.case_id = a.case_id AND t.token = a.token"""
        )
        shown, own = cursor.fetchone()
    assert shown == own > 0
